import type { LayerWeights } from "../../engine/network.js";

/** A unit, an input or the output at its place in the drawing: x by layers, y downwards in rows. */
export interface Node {
  /** 0 the inputs, then the layers. */
  readonly layer: number;
  /** 0 is the first of its layer. */
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

export const MOST_DRAWN = 16; // of a layer
const WIDEST_GAP = 2; // rows between the units of a small layer beside a large one

/** The nodes to draw, layer by layer, the inputs first, in their order. Of a large layer those that count most. */
export function placedNodes(
  weights: readonly LayerWeights[],
  spreads: readonly (readonly number[])[],
): Node[][] {
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
