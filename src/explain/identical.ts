import { layerPlaces, type Network } from "../engine/network.js";
import { allOf } from "../words/english.js";
import type { Ended, Facts } from "./facts.js";
import { boundaryText } from "./stateText.js";
import { noLine } from "./structure.js";

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

/** "all 5 hidden units have exactly the same weights …" */
export function identicalText(ended: Ended, facts: Facts): string {
  const { different = [], units = [] } = facts.inside ?? {};
  const at = units.findIndex((layer, l) => different[l] < layer.length);
  if (at < 0) return "";
  const all = units[at].length;
  const layer = units.length > 1 ? ` of layer ${at + 1}` : "";
  const who =
    different[at] === 1
      ? `${allOf(all, "hidden unit")}${layer} have`
      : `of ${all} hidden units${layer} only ${different[at]} are different: the others have`;
  const worth = different[at] === 1 ? "a single unit" : `${different[at]} units`;
  const line =
    facts.inside?.differentDrawOneLine && noLine(ended, facts.structure)
      ? `, with which the network can only draw ${boundaryText(ended)}, and none separates the classes`
      : "";
  return `${who} exactly the same weights, and so the same gradients: they stay the same however long they are trained, and are worth no more than ${worth}${line}`;
}
