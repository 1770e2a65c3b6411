import type { Dataset } from "../../data/dataset.js";
import { MOST_ENUMERATED } from "../../data/rows.js";
import { columnOf, layerCourses } from "../../engine/layerValues.js";
import { layerPlaces, type Network } from "../../engine/network.js";
import { extent } from "../../numbers/vectors.js";
import { significant } from "../../words/numbers.js";
import { whereText } from "./units.js";

/** What a unit of the last hidden layer contributes to a solution. */
type Contribution = ReturnType<typeof contributionsOf>[number];

/** Gates of two binary inputs, by their answers to (0, 0), (0, 1), (1, 0) and (1, 1). */
const GATES: Readonly<Record<string, string>> = {
  "0001": "AND",
  "0111": "OR",
  "1110": "NAND",
  "1000": "NOR",
  "0110": "XOR",
  "1001": "XNOR",
  "0011": "x1",
  "1100": "not x1",
  "0101": "x2",
  "1010": "not x2",
  "0010": "x1 and not x2",
  "0100": "x2 and not x1",
  "1101": "x2 or not x1",
  "1011": "x1 or not x2",
};

/** So near to the middle of its range, as a share of that, a value is neither high nor low. */
const MIDWAY = 0.1;

/** What the units of the last hidden layer add to the one output, those that add nothing left out; none with several outputs. */
export function contributionsOf(network: Network, weights: Float32Array, rows: Dataset) {
  const courses = layerCourses(network, weights, rows.inputs);
  if (courses.length < 2 || rows.outputs > 1) return [];
  const { values, units } = courses[courses.length - 2];
  const output = layerPlaces(network)[courses.length - 1];
  return Array.from({ length: units }, (_, unit) => {
    const column = columnOf(values, units, unit);
    const [low, top] = extent(column);
    /** Rows on which its value is in the upper half of its range. */
    const high = Array.from(column, (value) => value > (low + top) / 2);
    /** The most that it adds to the output's weighted sum, against its lowest value; negative where it lowers it. */
    const most = weights[output.kernel + unit] * (top - low);
    const isMidway = (value: number): boolean => Math.abs(value - (low + top) / 2) <= MIDWAY * (top - low);
    const gate = column.some(isMidway) ? undefined : gateOf(rows, high);
    return { unit, high, most, gate };
  }).filter(({ most }) => most !== 0);
}

/** The gate of a pattern over the four rows of two binary inputs; undefined for other rows. */
function gateOf({ inputs, features }: Dataset, high: readonly boolean[]): string | undefined {
  const isTable = features === 2 && inputs.join("") === "00011011";
  return isTable ? GATES[high.map(Number).join("")] : undefined;
}

const MOST_UNITS = 8;
const MOST_NAMED = 4;
/** A unit that adds less than this share of what the strongest adds plays no part. */
const WEAK = 0.01;

/** How the last hidden layer solves it: "How: unit 2 (AND) lowers the output's weighted sum by up to 14; unit 1 …". */
export function contributionsLine(found: readonly Contribution[], rows: Dataset): string | undefined {
  if (found.length === 0 || found.length > MOST_UNITS || rows.rows > MOST_ENUMERATED) return undefined;
  const sorted = [...found].sort((a, b) => Math.abs(b.most) - Math.abs(a.most));
  const strong = sorted.filter(({ most }) => Math.abs(most) > WEAK * Math.abs(sorted[0].most));
  const texts = strong.slice(0, MOST_NAMED).map(({ unit, gate, high, most }, i) => {
    const where = gate ?? `highest ${whereText(high, true, rows)}`;
    const what = `${most > 0 ? "raises" : "lowers"} ${i === 0 ? "the output's weighted sum" : "it"}`;
    return `unit ${unit + 1} (${where}) ${what} by up to ${significant(Math.abs(most), 2)}`;
  });
  if (strong.length > texts.length) texts.push("the others do less");
  return `How: ${texts.join("; ")}.`;
}
