import type { LayerWeights } from "../../engine/network.js";
import { significant, weightText } from "../../words/numbers.js";
import { COLOURS, WEIGHT_COLOURS } from "../parts/colours.js";
import {
  apart,
  between,
  columns,
  keyEntry,
  line,
  marks,
  note,
  type Place,
  type Trace,
} from "../parts/marks.js";
import { asText } from "../parts/text.js";
import type { Node } from "./nodes.js";

/** A weight as a line between two places, or a bias as a short one. */
interface WeightLine {
  readonly from: Place;
  readonly to: Place;
  readonly weight: number;
  /** "weight, input 1 → unit 2 of hidden layer 1". */
  readonly what: string;
  /** How far along the line its number stands; 0 of a bias. */
  readonly at: number;
}

const CLASSES = 12; // widths that are told apart
const WIDEST = 9; // pixels
const THINNEST = 0.7;
const SIGNS = [
  { sign: 1, name: "positive weight", color: WEIGHT_COLOURS.positive, dash: "solid" },
  { sign: -1, name: "negative weight", color: WEIGHT_COLOURS.negative, dash: "6px,2px" },
] as const;
const MOST_NUMBERED = 9; // weights whose numbers stand on their lines; those to several outputs would lie on each other

/**
 * The weights and biases as lines, wide for large ones, broken for negative ones; the numbers that are always on them, and the
 * size of the largest weight.
 */
export function weightDrawing(
  nodes: readonly (readonly Node[])[],
  weights: readonly LayerWeights[],
  nameOf: (node: Node) => string,
) {
  const last = weights.length - 1;
  const lines = [
    ...weights.flatMap(({ kernel }, i) => weightLines(nodes[i], nodes[i + 1], kernel, nameOf, i === last)),
    ...weights.flatMap(({ bias }, i) => biasLines(nodes[i + 1], bias, nameOf)),
  ];
  const largest = lines.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  return {
    traces: [...SIGNS.flatMap((sign) => signTraces(lines, sign, largest)), hovers(lines)],
    notes: lines.length <= MOST_NUMBERED && nodes[last + 1].length === 1 ? lines.map(numberNote) : [],
    largest,
  };
}

function weightLines(
  below: readonly Node[],
  above: readonly Node[],
  kernel: LayerWeights["kernel"],
  nameOf: (node: Node) => string,
  last: boolean,
): WeightLine[] {
  return below.flatMap((from) =>
    above.map((to) => ({
      from: [from.x, from.y],
      to: [to.x, to.y],
      weight: kernel[from.unit][to.unit],
      what: `weight, ${nameOf(from)} → ${nameOf(to)}`,
      at: last ? 0.55 : 0.3,
    })),
  );
}

const STUB = [0.12, 0.42] as const; // how far to the left of its unit, and above, a bias begins

function biasLines(
  nodes: readonly Node[],
  bias: readonly number[],
  nameOf: (node: Node) => string,
): WeightLine[] {
  if (bias.length === 0) return [];
  return nodes.map((node) => ({
    from: [node.x - STUB[0], node.y - STUB[1]],
    to: [node.x, node.y],
    weight: bias[node.unit],
    what: `bias of ${nameOf(node)}`,
    at: 0,
  }));
}

/** An entry of the key, and a trace for each width. */
function signTraces(
  lines: readonly WeightLine[],
  { sign, name, color, dash }: (typeof SIGNS)[number],
  largest: number,
): Trace[] {
  const classes = new Map<number, WeightLine[]>();
  for (const one of lines.filter(({ weight }) => Math.sign(weight) === sign)) {
    const width = Math.max(1, Math.ceil((CLASSES * Math.abs(one.weight)) / largest));
    classes.set(width, [...(classes.get(width) ?? []), one]);
  }
  const traces = [...classes]
    .sort(([one], [other]) => one - other)
    .map(([width, its]) => {
      const stroke = { color, dash, width: Math.max(THINNEST, (WIDEST * width) / CLASSES) };
      return line(apart(its.map(({ from, to }) => [from, to])), stroke);
    });
  return [keyEntry(name, { color, dash, width: WIDEST / 2 }), ...traces];
}

/** A place on each line that shows its number under the mouse. */
function hovers(lines: readonly WeightLine[]): Trace {
  const hover = { hover: "%{customdata[0]}: %{customdata[1]}" };
  return marks(columns(lines.map(placeOf)), { size: 10, opacity: 0 }, hover, {
    customdata: lines.map(({ what, weight }) => [what, significant(weight, 4)].map(asText)),
  });
}

const placeOf = ({ from, to, at }: WeightLine) => between(from, to, at);

/** A weight's number on its line; a bias's at the beginning of its own. */
function numberNote(one: WeightLine): object {
  const [x, y] = placeOf(one);
  const yanchor = one.at === 0 ? "bottom" : "middle";
  return note(weightText(one.weight), { x, y, yanchor, bgcolor: `${COLOURS.card}d9` });
}
