import type { LayerWeights } from "../../engine/network.js";
import { weightText } from "../../words/numbers.js";
import { asText } from "../parts/text.js";
import { COLOURS, PALETTE, SIZES } from "../parts/theme.js";
import type { Node } from "./places.js";

type Trace = Readonly<Record<string, unknown>>;

/** A weight as a line between two places, or a bias as a short one. */
interface Line {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly weight: number;
  /** "weight, input 1 → unit 2 of hidden layer 1". */
  readonly what: string;
  /** Where along the line its number stands. */
  readonly at: number;
}

const CLASSES = 12; // widths that are told apart
const WIDEST = 9; // pixels
const SIGNS = [
  { sign: 1, name: "positive weight", colour: PALETTE[0], dash: "solid" },
  { sign: -1, name: "negative weight", colour: PALETTE[1], dash: "6px,2px" },
] as const;
const MOST_NUMBERED = 9; // weights whose numbers are weightText on their lines

/** The lines, the numbers that are always on them, and the size of the largest. */
interface LineDrawing {
  readonly traces: Trace[];
  readonly annotations: object[];
  readonly largest: number;
}

/** The weights and biases as lines: wide for large ones, broken for negative ones. */
export function lineTraces(
  nodes: readonly (readonly Node[])[],
  weights: readonly LayerWeights[],
  nameOf: (node: Node) => string,
): LineDrawing {
  const lines = [...weightLines(nodes, weights, nameOf), ...biasLines(nodes, weights, nameOf)];
  const largest = lines.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  const classOf = ({ weight }: Line) => Math.max(1, Math.ceil((CLASSES * Math.abs(weight)) / (largest || 1)));
  const traces = SIGNS.flatMap(({ sign, name, colour, dash }) => {
    const ofSign = lines.filter(({ weight }) => Math.sign(weight) === sign);
    const key = {
      ...lineTrace([], colour, dash, WIDEST / 2),
      x: [null],
      y: [null],
      name: asText(name),
      showlegend: true,
    };
    const classes = [...new Set(ofSign.map(classOf))].sort((a, b) => a - b);
    return [
      key,
      ...classes.map((one) =>
        lineTrace(
          ofSign.filter((line) => classOf(line) === one),
          colour,
          dash,
          Math.max(0.7, (WIDEST * one) / CLASSES),
        ),
      ),
    ];
  });
  const annotations = lines.length <= MOST_NUMBERED ? lines.map(numberText) : [];
  return { traces: [...traces, hovers(lines)], annotations, largest };
}

function weightLines(
  nodes: readonly (readonly Node[])[],
  weights: readonly LayerWeights[],
  nameOf: (node: Node) => string,
): Line[] {
  return weights.flatMap(({ kernel }, layer) =>
    nodes[layer].flatMap((from) =>
      nodes[layer + 1].map((to) => ({
        from: [from.x, from.y] as const,
        to: [to.x, to.y] as const,
        weight: kernel[from.unit][to.unit],
        what: `weight, ${nameOf(from)} → ${nameOf(to)}`,
        at: layer === weights.length - 1 ? 0.55 : 0.3,
      })),
    ),
  );
}

const STUB = [0.12, 0.42] as const; // how far to the left of its unit, and above, a bias begins

function biasLines(
  nodes: readonly (readonly Node[])[],
  weights: readonly LayerWeights[],
  nameOf: (node: Node) => string,
): Line[] {
  return weights.flatMap(({ bias }, layer) =>
    nodes[layer + 1].map((node) => ({
      from: [node.x - STUB[0], node.y - STUB[1]] as const,
      to: [node.x, node.y] as const,
      weight: bias[node.unit],
      what: `bias of ${nameOf(node)}`,
      at: 0,
    })),
  );
}

function lineTrace(lines: readonly Line[], colour: string, dash: string, width: number): Trace {
  const gapped = (axis: 0 | 1) =>
    lines.flatMap(({ from, to }, i) => [...(i > 0 ? [null] : []), from[axis], to[axis]]);
  return {
    type: "scatter",
    mode: "lines",
    x: gapped(0),
    y: gapped(1),
    line: { color: colour, width, dash },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function placeOf({ from, to, at }: Line, axis: 0 | 1): number {
  return from[axis] + at * (to[axis] - from[axis]);
}

/** A place on each line that shows its number under the mouse. */
function hovers(lines: readonly Line[]): Trace {
  return {
    type: "scatter",
    mode: "markers",
    x: lines.map((line) => placeOf(line, 0)),
    y: lines.map((line) => placeOf(line, 1)),
    customdata: lines.map(({ what, weight }) => [what, String(Number(weight.toPrecision(4)))].map(asText)),
    hovertemplate: "%{customdata[0]}: %{customdata[1]}<extra></extra>",
    marker: { size: 10, opacity: 0 },
    cliponaxis: false,
    showlegend: false,
  };
}

/** A weight's number on its line; a bias's at the beginning of its own. */
function numberText(line: Line): object {
  return {
    text: asText(weightText(line.weight)),
    x: placeOf(line, 0),
    y: placeOf(line, 1),
    yanchor: line.at === 0 ? "bottom" : "middle",
    showarrow: false,
    borderpad: 1,
    bgcolor: "rgba(255,255,255,0.85)",
    font: { size: SIZES.label, color: COLOURS.ink },
  };
}
