import type { Activation, LayerActivation } from "../../../engine/functions.js";
import { initialWeights } from "../../../engine/initializers.js";
import { flatOf } from "../../../engine/layerValues.js";
import { hiddenLayers, type Layer, layerWeights, type Network } from "../../../engine/network.js";
import { activationName, unitsText } from "../../../words/names.js";
import { anew, GLOROT, here, type KnownEnd, type Remedy, type RemedyMaker, withWeights } from "../remedy.js";
import { anotherSeed } from "./starts.js";

/** Other hidden units, and more of them. */

/** One more unit, put into the trained network: where it is dead, or into its first layer. */
export const oneMoreUnit: RemedyMaker = ({ ended, facts }) => {
  const { network, weights } = ended;
  const own = hiddenLayers(network);
  if (own.length === 0) return [];
  const at = facts.inside?.working.deadLayer ?? 0;
  const hidden = asOption(hiddenLayers(withOneMore(network, at)).map(({ units }) => units));
  const bias = own[at].useBias === false ? "" : ", one more number in its bias,";
  const more = ` with one more column in the kernel of layer ${at + 1}${bias} and one more row in the kernel of layer ${at + 2}`;
  return [
    here(ended, {
      change: `one more ${activationName(own[at].activation)} unit`,
      how: `, put ${own.length > 1 ? `into layer ${at + 1} of` : "into"} this very network`,
      options: withWeights(ended, { hidden }, more),
      weights: (seed) => weightsWithOneMore(network, weights, at, seed),
    }),
  ];
};

/** Leaky ReLU with the trained weights. */
export const leakyFromHere: RemedyMaker = ({ ended }) => {
  const own = hiddenLayers(ended.network).map(({ activation }) => activation);
  if (!own.includes("relu")) return [];
  const leaky = own.map((activation) => (activation === "relu" ? "leakyRelu" : activation));
  const activation = new Set(leaky).size === 1 ? leaky[0] : leaky;
  const options = withWeights(ended, { activation });
  return [here(ended, { change: "leaky ReLU instead of ReLU", options })];
};

/** Other units of the same number. */
export const otherUnits: RemedyMaker = ({ ended }) =>
  otherActivations(hiddenLayers(ended.network)).map((activation) =>
    anew(ended, { change: `${activationName(activation)} units`, options: { mlp: { activation } } }),
  );

/** Activations worth comparing with those of a network: they have a slope where those have none, or a larger one. */
function otherActivations(hidden: readonly Layer[]): Activation[] {
  const own = new Set<LayerActivation>(hidden.map(({ activation }) => activation));
  const others: Activation[] = own.has("relu") ? ["leakyRelu", "tanh"] : ["tanh", "leakyRelu"];
  return hidden.length === 0 ? [] : others.filter((activation) => !(own.size === 1 && own.has(activation)));
}

const LEAST_BENDS = 8;

/** Units that bend in place of few that do not. */
export const bendingUnits: RemedyMaker = ({ ended }) => {
  const own = hiddenLayers(ended.network);
  const few = own.every(({ activation, units }) => activation === "linear" && units < LEAST_BENDS);
  if (own.length === 0 || !few) return [];
  const change = `${LEAST_BENDS} tanh units${own.length > 1 ? " a layer" : ""}`;
  const hidden = asOption(own.map(() => LEAST_BENDS));
  return [anew(ended, { change, options: { mlp: { hidden, activation: "tanh" } } })];
};

/** Twice as many units; of one unit four, for two are few; and of layers that are too narrow as many as are needed. */
export const wider: RemedyMaker = ({ ended, facts }) => {
  const own = hiddenLayers(ended.network);
  if (own.length === 0) return [];
  const times = own.every(({ units }) => units === 1) ? 4 : 2;
  const { needed } = facts.structure?.limit ?? {};
  return [
    ...(needed ? [resized(ended, "wide enough", (units) => Math.max(units, needed))] : []),
    resized(ended, `${times === 2 ? "twice" : `${times} times`} as wide`, (units) => times * units),
  ];
};

/** Half as many units. */
export const narrower: RemedyMaker = ({ ended }) => {
  if (hiddenLayers(ended.network).every(({ units }) => units === 1)) return [];
  return [resized(ended, "half as wide", (units) => Math.ceil(units / 2))];
};

function resized(ended: KnownEnd, how: string, size: (units: number) => number): Remedy {
  const hidden = asOption(hiddenLayers(ended.network).map(({ units }) => size(units)));
  return anew(ended, { change: `${how} (${unitsText("", hidden)})`, options: { mlp: { hidden } } });
}

/** A hidden layer where there is none. */
export const hiddenLayer: RemedyMaker = ({ ended }) => {
  if (hiddenLayers(ended.network).length > 0) return [];
  const change = "a hidden layer of 4 tanh units";
  return [anew(ended, { change, how: "", options: { mlp: { hidden: 4, activation: "tanh" } } })];
};

/** What is tried first where units are off. */
export const OTHER_UNITS: readonly RemedyMaker[] = [
  oneMoreUnit,
  leakyFromHere,
  otherUnits,
  anotherSeed,
  wider,
];

/** What hidden layers have, as mlp() takes it: a list, or of a single layer what that has. */
function asOption<Value>(all: readonly Value[]): Value | readonly Value[] {
  return all.length === 1 ? all[0] : all;
}

/** One more unit in a hidden layer. */
export function withOneMore(network: Network, at: number): Network {
  const layers = network.layers.map((layer, l) => (l === at ? { ...layer, units: layer.units + 1 } : layer));
  return { ...network, layers };
}

/**
 * The weights of such a network: all as they were, the new unit's own and outgoing weights drawn as at a start (Glorot
 * uniform, bias 0).
 */
export function weightsWithOneMore(
  network: Network,
  weights: Float32Array,
  at: number,
  seed: number,
): Float32Array {
  const wider = withOneMore(network, at);
  const drawn = layerWeights(wider, initialWeights(wider, GLOROT.kernel, GLOROT.bias, seed));
  const kept = layerWeights(network, weights);
  return flatOf(
    drawn.map(({ kernel, bias }, l) => ({
      kernel: kernel.map((row, i) => row.map((value, j) => kept[l].kernel[i]?.[j] ?? value)),
      bias: bias.map((value, j) => kept[l].bias[j] ?? value),
    })),
  );
}
