import { layerPlaces, type Network } from "../../engine/network.js";

/**
 * How many different units each hidden layer has: units with exactly the same weights, into them and out of them, get exactly
 * the same gradient and stay the same, however long the network is trained.
 */
export function differentUnits(network: Network, weights: ArrayLike<number>): number[] {
  const places = layerPlaces(network);
  return places.slice(0, -1).map(({ inputs, units, kernel, bias, end }, l) => {
    const next = places[l + 1];
    const keys = Array.from({ length: units }, (_, j) => {
      const into = Array.from({ length: inputs }, (_, i) => weights[kernel + i * units + j]);
      const out = Array.from({ length: next.units }, (_, k) => weights[next.kernel + j * next.units + k]);
      return [...into, ...(end > bias ? [weights[bias + j]] : []), ...out].join(" ");
    });
    return new Set(keys).size;
  });
}
