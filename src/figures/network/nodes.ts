import type { LayerWeights } from "../../engine/network.js";
import { COLOURS } from "../parts/colours.js";
import { columns, marks, note, type Trace } from "../parts/marks.js";
import { SIZES } from "../parts/theme.js";
import type { DrawnUnit, Role } from "./units.js";

/** A unit, an input or the output at its place in the drawing: x by layers, of which the inputs are the first, y downwards in rows. */
export type Node = ReturnType<typeof placedNodes>[number][number];

export const MOST_DRAWN = 16; // of a layer
const WIDEST_GAP = 2; // rows between the units of a small layer beside a large one

/**
 * The nodes to draw, layer by layer, the inputs first, in their order. Of a large layer those that count most.
 *
 * @param spreads  how far the values of each node lie apart
 */
export function placedNodes(weights: readonly LayerWeights[], spreads: readonly (readonly number[])[]) {
  const chosen = spreads.map((layer, at) => mostCounting(layer, weights[at]));
  const most = Math.max(...chosen.map((units) => units.length));
  return chosen.map((units, layer) => {
    const gap = Math.min(WIDEST_GAP, most / units.length);
    return units.map((unit, i) => ({ layer, unit, x: layer, y: (i - (units.length - 1) / 2) * gap }));
  });
}

/** A unit counts by how much it can move the layer above: the spread of its values times its weights there. */
function mostCounting(spreads: readonly number[], above: LayerWeights | undefined): number[] {
  const units = spreads.map((_, unit) => unit);
  if (!above || units.length <= MOST_DRAWN) return units;
  const worth = units.map(
    (unit) => spreads[unit] * above.kernel[unit].reduce((sum, weight) => sum + Math.abs(weight), 0),
  );
  return units
    .sort((a, b) => worth[b] - worth[a])
    .slice(0, MOST_DRAWN)
    .sort((a, b) => a - b);
}

/** How each kind of unit looks: a cross for what carries nothing, another shape for what computes nothing of its own. */
const LOOKS: Record<Role | "end", { symbol: string; fill: string; edge: string }> = {
  end: { symbol: "circle", fill: COLOURS.grid, edge: COLOURS.quiet },
  active: { symbol: "circle", fill: COLOURS.card, edge: COLOURS.ink },
  dead: { symbol: "circle-x", fill: COLOURS.line, edge: COLOURS.edge },
  constant: { symbol: "circle-x", fill: COLOURS.grid, edge: COLOURS.quiet },
  copy: { symbol: "hexagon", fill: COLOURS.card, edge: COLOURS.ink },
  linear: { symbol: "diamond", fill: COLOURS.card, edge: COLOURS.ink },
};

/** The inputs, units and the output as marks, each unit with its number in it. */
export function nodeTrace(
  nodes: readonly Node[],
  unitOf: (node: Node) => DrawnUnit | undefined,
  hoverOf: (node: Node) => string,
  size: number,
): Trace {
  const looks = nodes.map((node) => LOOKS[unitOf(node)?.role ?? "end"]);
  const marker = {
    symbol: looks.map(({ symbol }) => symbol),
    size: looks.map(({ symbol }) => (symbol === "hexagon" ? size * 1.15 : size)),
    color: looks.map(({ fill }) => fill),
    opacity: 1,
    line: { color: looks.map(({ edge }) => edge), width: 1.8 },
  };
  const numbered = (node: Node, i: number) => unitOf(node) !== undefined && looks[i].symbol !== "circle-x";
  const places = columns(nodes.map(({ x, y }) => [x, y]));
  return marks(
    places,
    marker,
    { hover: "%{hovertext}" },
    {
      mode: "markers+text",
      text: nodes.map((node, i) => (numbered(node, i) ? String(node.unit + 1) : "")),
      textfont: { size: SIZES.label, color: COLOURS.ink, weight: 700 },
      textposition: "middle center",
      hovertext: nodes.map(hoverOf),
    },
  );
}

/** What each node is called or does: above the first of its layer, where no line of a weight runs, below the others. */
export function nodeNotes(
  layers: readonly (readonly Node[])[],
  linesOf: (node: Node) => readonly string[],
  size: number,
): object[] {
  const below = { yanchor: "top", yshift: -(size / 2 + 4) };
  const above = { yanchor: "bottom", yshift: size / 2 + 1 };
  const besideBias = { ...above, xanchor: "left", xshift: -2, align: "left" }; // which inputs have not
  return layers.flatMap((nodes, layer) =>
    nodes.map((node, i) => {
      const first = i === 0 && layer < layers.length - 1;
      const place = first ? (layer === 0 ? above : besideBias) : below;
      const look = { borderpad: 0, bgcolor: `${COLOURS.card}cc` };
      return note(linesOf(node), { x: node.x, y: node.y, ...place, ...look });
    }),
  );
}
