import { asText } from "../parts/text.js";
import { COLOURS, PALETTE, SIZES } from "../parts/theme.js";
import type { Node } from "./places.js";
import type { DrawnUnit, Role } from "./units.js";

type Trace = Readonly<Record<string, unknown>>;

/** How each kind of unit looks: a cross for what carries nothing, another shape for what does not bend. */
const LOOKS: Record<Role | "end", { symbol: string; fill: string; edge: string }> = {
  end: { symbol: "circle", fill: COLOURS.grid, edge: COLOURS.quiet },
  works: { symbol: "circle", fill: COLOURS.card, edge: COLOURS.ink },
  dead: { symbol: "circle-x", fill: COLOURS.line, edge: "#000000" },
  constant: { symbol: "circle-x", fill: COLOURS.grid, edge: COLOURS.quiet },
  duplicate: { symbol: "hexagon", fill: COLOURS.card, edge: PALETTE[3] },
  linear: { symbol: "diamond", fill: COLOURS.card, edge: PALETTE[2] },
};

/** The inputs, units and the output as marks, each with its number in it. */
export function nodeTrace(
  nodes: readonly Node[],
  unitOf: (node: Node) => DrawnUnit | undefined,
  hoverOf: (node: Node) => string,
  size: number,
): Trace {
  const looks = nodes.map((node) => LOOKS[unitOf(node)?.role ?? "end"]);
  const crossed = (i: number) => looks[i].symbol === "circle-x";
  return {
    type: "scatter",
    mode: "markers+text",
    x: nodes.map(({ x }) => x),
    y: nodes.map(({ y }) => y),
    text: nodes.map(({ unit }, i) => (crossed(i) || unitOf(nodes[i]) === undefined ? "" : String(unit + 1))),
    textfont: { size: SIZES.label, color: COLOURS.ink, weight: 700 },
    textposition: "middle center",
    marker: {
      symbol: looks.map(({ symbol }) => symbol),
      size: looks.map(({ symbol }) => (symbol === "hexagon" ? size * 1.15 : size)),
      color: looks.map(({ fill }) => fill),
      opacity: 1,
      line: { color: looks.map(({ edge }) => edge), width: 1.8 },
    },
    hovertext: nodes.map(hoverOf),
    hovertemplate: "%{hovertext}<extra></extra>",
    cliponaxis: false,
    showlegend: false,
  };
}

/** What each node is called or does: above the first of its layer, where no line of a weight runs, below the others. */
export function nodeLabels(
  layers: readonly (readonly Node[])[],
  labelOf: (node: Node) => readonly string[],
  size: number,
): object[] {
  return layers.flatMap((nodes, layer) =>
    nodes.map((node, i) => ({
      text: labelOf(node).map(asText).join("<br>"),
      x: node.x,
      y: node.y,
      ...(i === 0 && layer < layers.length - 1 ? above(layer, size) : below(size)),
      showarrow: false,
      borderpad: 0,
      bgcolor: "rgba(255,255,255,0.8)",
      font: { size: SIZES.label, color: COLOURS.ink },
    })),
  );
}

/** To the right of the line of a bias, which inputs have not. */
function above(layer: number, size: number): object {
  const place = { yanchor: "bottom", yshift: size / 2 + 1 };
  return layer === 0 ? place : { ...place, xanchor: "left", xshift: -2, align: "left" };
}

function below(size: number): object {
  return { yanchor: "top", yshift: -(size / 2 + 4) };
}
