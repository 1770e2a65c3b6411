import type { Dataset } from "../data/dataset.js";
import { columnOf, layerCourses } from "../engine/layerValues.js";
import { layerPlaces, type Network } from "../engine/network.js";

/** What a unit of the last hidden layer contributes to a solution. */
export interface Role {
  readonly unit: number;
  /** Rows on which its value is in the upper half of its range. */
  readonly high: readonly boolean[];
  /** The logical gate that is high on the same rows, for tables of two binary inputs: "OR", "AND", "not x1", …. */
  readonly gate: string | undefined;
  /** What it adds at most to the output unit's input, against its lowest value; negative if it pulls down. */
  readonly push: number;
}

/** How sure the answers are. */
export interface Margin {
  /** The least distance of an answer from ½ on its right side; negative if one is wrong. */
  readonly least: number;
  /** The row for which it is so. */
  readonly row: number;
}

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

/** The roles of the units of the last hidden layer, those that do not vary left out. */
export function rolesOf(network: Network, weights: Float32Array, rows: Dataset): Role[] {
  const courses = layerCourses(network, weights, rows.inputs);
  if (courses.length < 2) return [];
  const { values, units } = courses[courses.length - 2];
  const output = layerPlaces(network)[courses.length - 1];
  return Array.from({ length: units }, (_, unit) => {
    const column = columnOf(values, units, unit);
    const [low, top] = [Math.min(...column), Math.max(...column)];
    const high = Array.from(column, (value) => value > (low + top) / 2);
    const push = weights[output.kernel + unit] * (top - low);
    return { unit, high, push, gate: top > low ? gateOf(rows, high) : undefined };
  }).filter((role) => role.push !== 0);
}

/** The gate of a pattern over the four rows (0,0), (0,1), (1,0), (1,1). */
function gateOf(rows: Dataset, high: readonly boolean[]): string | undefined {
  if (rows.features !== 2 || rows.rows !== 4 || Array.from(rows.inputs).join("") !== "00011011")
    return undefined;
  return GATES[high.map(Number).join("")];
}

/** The answer that is nearest to the wrong side. */
export function marginOf(rows: Dataset, answers: readonly number[]): Margin {
  const distances = answers.map((answer, row) => (rows.targets[row] > 0.5 ? answer - 0.5 : 0.5 - answer));
  const least = distances.reduce((a, b) => Math.min(a, b));
  return { least, row: distances.indexOf(least) };
}
