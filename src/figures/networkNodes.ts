import type { Node } from "./networkPlaces.js";
import type { DrawnUnit, Role } from "./networkUnits.js";
import { asText } from "./text.js";
import { COLOURS, PALETTE, SIZES } from "./theme.js";

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
      size: looks.map(({ symbol }) => (symbol === "circle-x" || symbol === "circle" ? size : size * 1.25)),
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

/** What each node is called or does, below it. */
export function nodeLabels(
  nodes: readonly Node[],
  labelOf: (node: Node) => readonly string[],
  size: number,
): object[] {
  return nodes.map((node) => ({
    text: labelOf(node).map(asText).join("<br>"),
    x: node.x,
    y: node.y,
    yanchor: "top",
    yshift: -(size / 2 + 2),
    showarrow: false,
    borderpad: 0,
    bgcolor: "rgba(255,255,255,0.8)",
    font: { size: SIZES.label, color: COLOURS.ink },
  }));
}
