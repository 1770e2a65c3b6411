import type { Activation, LayerActivation } from "../../../engine/functions.js";
import { initialWeights } from "../../../engine/initializers.js";
import { flatOf } from "../../../engine/layerValues.js";
import { type Layer, layerWeights, type Network } from "../../../engine/network.js";
import { counted } from "../../../words/english.js";
import { activationName, widthsText } from "../../../words/names.js";
import { anew, GLOROT, here, type RemedyMaker, withWeights } from "../remedy.js";
import { anotherSeed } from "./starts.js";

/** Other hidden units, and more of them. */

/** One more unit, put into the trained network: where it is dead, or into its first layer. */
export const oneMoreUnit: RemedyMaker = ({ ended, facts }) => {
  const { network, weights } = ended;
  const hidden = network.layers.slice(0, -1);
  if (hidden.length === 0) return [];
  const at = facts.inside?.working.deadLayer ?? 0;
  const wider = withOneMore(network, at);
  return [
    here(ended, {
      change: `one more ${activationName(hidden[at].activation)} unit`,
      how: `, put ${hidden.length > 1 ? `into layer ${at + 1} of` : "into"} this very network`,
      options: withWeights(
        ended,
        { hidden: widthsOf(wider) },
        ` with one more column in the kernel of layer ${at + 1}, one more number in its bias, and one more row in the kernel of layer ${at + 2}`,
      ),
      network: wider,
      weights: (seed) => weightsWithOneMore(network, weights, at, seed),
    }),
  ];
};

/** Leaky ReLU with the trained weights. */
export const leakyFromHere: RemedyMaker = ({ ended }) => {
  if (!ended.network.layers.slice(0, -1).some(({ activation }) => activation === "relu")) return [];
  const leaky = (layer: Layer): Layer =>
    layer.activation === "relu" ? { ...layer, activation: "leakyRelu" } : layer;
  const network = withHidden(ended.network, leaky);
  const options = withWeights(ended, { activation: activationsOf(network) });
  return [here(ended, { change: "leaky ReLU instead of ReLU", options, network })];
};

/** Other units of the same number. */
export const otherUnits: RemedyMaker = ({ ended }) => {
  const hidden = ended.network.layers.slice(0, -1);
  return otherActivations(hidden).map((activation) =>
    anew(ended, {
      change: `${activationName(activation)} units`,
      options: { mlp: { activation } },
      network: withHidden(ended.network, (layer) => ({ ...layer, activation })),
    }),
  );
};

/** Activations worth comparing with those of a network: they have a slope where those have none, or a larger one. */
function otherActivations(hidden: readonly Layer[]): Activation[] {
  const own = new Set<LayerActivation>(hidden.map(({ activation }) => activation));
  const others: Activation[] = own.has("relu") ? ["leakyRelu", "tanh"] : ["tanh", "leakyRelu"];
  return hidden.length === 0 ? [] : others.filter((activation) => !(own.size === 1 && own.has(activation)));
}

const LEAST_BENDS = 8;

/** Units that bend in place of few that do not. */
export const bendingUnits: RemedyMaker = ({ ended }) => {
  const hidden = ended.network.layers.slice(0, -1);
  if (
    hidden.length === 0 ||
    hidden.some(({ activation, units }) => activation !== "linear" || units >= LEAST_BENDS)
  )
    return [];
  const network = withHidden(ended.network, (layer) => ({
    ...layer,
    units: LEAST_BENDS,
    activation: "tanh",
  }));
  const mlp = { hidden: widthsOf(network), activation: "tanh" };
  return [
    anew(ended, {
      change: `${LEAST_BENDS} tanh units${hidden.length > 1 ? " a layer" : ""}`,
      options: { mlp },
      network,
    }),
  ];
};

/** Twice as many units; of one unit four, for two are few. */
export const wider: RemedyMaker = ({ ended }) => {
  if (ended.network.layers.length === 1) return [];
  const times = ended.network.layers.slice(0, -1).every(({ units }) => units === 1) ? 4 : 2;
  const network = withHidden(ended.network, (layer) => ({ ...layer, units: times * layer.units }));
  const hidden = widthsOf(network);
  return [
    anew(ended, {
      change: `${times === 2 ? "twice" : `${times} times`} as wide (${widthsName(hidden)})`,
      options: { mlp: { hidden } },
      network,
    }),
  ];
};

/** Half as many units. */
export const narrower: RemedyMaker = ({ ended }) => {
  if (ended.network.layers.slice(0, -1).every(({ units }) => units === 1)) return [];
  const network = withHidden(ended.network, (layer) => ({ ...layer, units: Math.ceil(layer.units / 2) }));
  const hidden = widthsOf(network);
  return [
    anew(ended, { change: `half as wide (${widthsName(hidden)})`, options: { mlp: { hidden } }, network }),
  ];
};

const FIRST_LAYER = { units: 4, activation: "tanh" } as const;

/** A hidden layer where there is none. */
export const hiddenLayer: RemedyMaker = ({ ended }) => {
  const { network } = ended;
  if (network.layers.length > 1) return [];
  const { units, activation } = FIRST_LAYER;
  const change = `a hidden layer of ${units} ${activationName(activation)} units`;
  const layers = [{ ...network.layers[0], ...FIRST_LAYER }, ...network.layers]; // with or without biases and penalties, as mlp() makes it
  const mlp = { hidden: units, activation };
  return [anew(ended, { change, how: "", options: { mlp }, network: { ...network, layers } })];
};

/** What is tried first where units are off. */
export const OTHER_UNITS: readonly RemedyMaker[] = [
  oneMoreUnit,
  leakyFromHere,
  otherUnits,
  anotherSeed,
  wider,
];

function widthsName(hidden: number | readonly number[]): string {
  return typeof hidden === "number" ? counted(hidden, "unit") : widthsText(hidden);
}

/** The hidden widths as mlp() takes them. */
function widthsOf(network: Network): number | readonly number[] {
  const widths = network.layers.slice(0, -1).map(({ units }) => units);
  return widths.length === 1 ? widths[0] : widths;
}

/** The hidden layers' activations as mlp() takes them. */
function activationsOf(network: Network): LayerActivation | readonly LayerActivation[] {
  const all = network.layers.slice(0, -1).map(({ activation }) => activation);
  return new Set(all).size === 1 ? all[0] : all;
}

/** A network with its hidden layers changed. */
export function withHidden(network: Network, change: (layer: Layer, index: number) => Layer): Network {
  const last = network.layers.length - 1;
  return { ...network, layers: network.layers.map((layer, l) => (l < last ? change(layer, l) : layer)) };
}

/** One more unit in a hidden layer. */
export function withOneMore(network: Network, at: number): Network {
  return withHidden(network, (layer, l) => (l === at ? { ...layer, units: layer.units + 1 } : layer));
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
