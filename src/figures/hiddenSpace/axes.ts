import type { Network } from "../../engine/network.js";
import { axis } from "../parts/theme.js";
import type { Window } from "./window.js";

/** The values that these units can take, where there are bounds. */
export function boundsOf(network: Network, layer: number): [number, number] | undefined {
  const { units, activation } = network.layers[layer];
  if (units !== 2) return undefined;
  return activation === "sigmoid" ? [0, 1] : activation === "tanh" ? [-1, 1] : undefined;
}

/** What the axes of a hidden layer are called, and whether it is the last one. */
export interface SpaceNames {
  readonly last: boolean;
  /** "hidden space", or which layer's. */
  readonly space: string;
  readonly unit: (unit: number) => string;
}

/** What the layer, its units and its space are called. */
export function spaceNames(network: Network, layer: number): SpaceNames {
  const several = network.layers.length > 2;
  const last = layer === network.layers.length - 2;
  return {
    last,
    space: last ? "hidden space" : `hidden layer ${layer + 1}`,
    unit: (unit: number) => (several ? `unit ${unit} of hidden layer ${layer + 1}` : `hidden unit ${unit}`),
  };
}

/** The axes of a square drawing. */
export function planeAxes(units: number, names: SpaceNames, { x, y }: Window): object {
  const shared = { showgrid: false, nticks: 6, fixedrange: true, constrain: "domain" };
  const ratio = (x[1] - x[0]) / (y[1] - y[0]); // the drawing is a square, whatever the units of its sides
  const square = { scaleanchor: "x", scaleratio: ratio, constraintoward: "top" };
  const across = names.last ? "distance from output ½" : "direction of largest spread";
  const up = names.last ? "largest spread along it" : "direction of second largest spread";
  return {
    xaxis: axis(units > 2 ? across : names.unit(1), { range: x, ...shared }),
    yaxis: axis(units > 2 ? up : units === 2 ? names.unit(2) : "", {
      range: y,
      ...shared,
      ...square,
      ...(units === 1 ? { visible: false } : {}),
    }),
  };
}
