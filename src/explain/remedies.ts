import type { Activation, LayerActivation } from "../engine/functions.js";
import { type InitializerSettings, initialWeights } from "../engine/initializers.js";
import { flatOf } from "../engine/layerValues.js";
import { layerWeights, type Network } from "../engine/network.js";
import { OPTIMIZERS } from "../engine/optimizers.js";
import type { TrainSettings } from "../settings/training.js";
import { counted } from "../words/english.js";
import { activationName, widthsText } from "../words/names.js";
import { rounded, significant } from "../words/numbers.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts.js";

/** Something that might have led to a solution: what is changed, and whether the trained weights are kept. */
export interface Remedy {
  /** What is changed, in short: "one more ReLU unit". */
  readonly change: string;
  /** The same with where it starts: "one more ReLU unit, put into this very network". */
  readonly name: string;
  /** Whether it starts from the run's final weights or from new ones. */
  readonly from: "this state" | "new weights";
  readonly network: Network;
  readonly settings: TrainSettings;
  /** The weights with which a trial starts, from the trial's seed. */
  readonly weights: (seed: number) => Float32Array;
}

/** A run whose inside is known. */
export interface KnownEnd extends Ended {
  readonly network: Network;
  readonly weights: Float32Array;
}

/** What is tried for a run, each with as many epochs as the run was to have. */
export function remediesFor(ended: KnownEnd, facts: Facts): Remedy[] {
  return [...(ended.ending === "diverged" ? [] : fromThisState(ended, facts)), ...fromNewWeights(ended)];
}

function fromThisState({ network, weights, settings }: KnownEnd, facts: Facts): Remedy[] {
  const here = (change: string, how: string, more: Partial<Remedy>): Remedy => ({
    ...{ change, name: `${change}${how}`, from: "this state", network, settings, weights: () => weights },
    ...more,
  });
  const found: Remedy[] = [];
  const hidden = network.layers.slice(0, -1);
  if (hidden.length > 0) {
    const at = facts.inside?.working.deadLayer ?? 0;
    const place = hidden.length > 1 ? `into layer ${at + 1} of this very network` : "into this very network";
    found.push(
      here(`one more ${activationName(hidden[at].activation)} unit`, `, put ${place}`, {
        network: withOneMore(network, at),
        weights: (seed) => weightsWithOneMore(network, weights, at, seed),
      }),
    );
  }
  if (hidden.some((layer) => layer.activation === "relu")) {
    const leaky = withHidden(network, (layer) =>
      layer.activation === "relu" ? { ...layer, activation: "leakyRelu" } : layer,
    );
    found.push(here("leaky ReLU instead of ReLU", " from here on", { network: leaky }));
  }
  for (const factor of [10, 0.1]) {
    const changed = withRate(settings, factor);
    found.push(here(rateText(changed), " from here on", { settings: changed }));
  }
  return found;
}

const GLOROT: InitializerSettings = { name: "glorotUniform" };
const ZEROS: InitializerSettings = { name: "zeros" };
/** The small positive bias that is often advised for ReLU units. */
const SMALL_BIAS: InitializerSettings = { name: "constant", value: 0.1 };

function fromNewWeights(ended: KnownEnd): Remedy[] {
  const { settings, ending } = ended;
  const factors = ending === "diverged" ? [0.1, 0.01, 0.001] : [10];
  const other = otherOptimizer(settings);
  return [
    anew(ended, "another start: new weights (Glorot uniform)", ""),
    ...otherNetworks(ended),
    ...factors.map((factor) => {
      const changed = withRate(settings, factor);
      return anew(ended, rateText(changed), NEW_WEIGHTS, { settings: changed });
    }),
    anew(ended, `${other.optimizer.name} (${rateText(other)})`, NEW_WEIGHTS, { settings: other }),
  ];
}

const NEW_WEIGHTS = ", new weights";

/** Other initial weights, activations and widths; a hidden layer where there is none. */
function otherNetworks(ended: KnownEnd): Remedy[] {
  const { network } = ended;
  if (network.layers.length === 1) {
    const layers: Network["layers"] = [{ units: 4, activation: "tanh" }, ...network.layers];
    return [anew(ended, "a hidden layer of 4 tanh units", "", { network: { ...network, layers } })];
  }
  const wider = withHidden(network, (layer) => ({ ...layer, units: 2 * layer.units }));
  const widths = wider.layers.slice(0, -1).map((layer) => layer.units);
  const wideText = widths.length === 1 ? counted(widths[0], "unit") : widthsText(widths);
  return [
    anew(ended, "new weights after He (normal)", "", {}, { name: "heNormal" }),
    anew(ended, "new weights, and biases of 0.1", "", {}, GLOROT, SMALL_BIAS),
    ...otherActivations(network.layers[0].activation).map((activation) =>
      anew(ended, `${activationName(activation)} units`, NEW_WEIGHTS, {
        network: withHidden(network, (layer) => ({ ...layer, activation })),
      }),
    ),
    anew(ended, `twice as wide (${wideText})`, NEW_WEIGHTS, { network: wider }),
  ];
}

function anew(
  { network, settings }: KnownEnd,
  change: string,
  how: string,
  more: Partial<Remedy> = {},
  kernel = GLOROT,
  bias = ZEROS,
): Remedy {
  const shape = more.network ?? network;
  const weights = (seed: number) => initialWeights(shape, kernel, bias, seed);
  return { change, name: `${change}${how}`, from: "new weights", network, settings, weights, ...more };
}

/** Activations worth comparing with one: those that have a slope where it has none. */
function otherActivations(activation: LayerActivation): Activation[] {
  if (activation === "relu") return ["leakyRelu", "tanh"];
  return activation === "tanh" ? ["leakyRelu"] : ["tanh"];
}

function withRate(settings: TrainSettings, factor: number): TrainSettings {
  const learningRate = rounded(settings.optimizer.learningRate * factor, 12);
  return { ...settings, optimizer: { ...settings.optimizer, learningRate } };
}

function rateText({ optimizer }: TrainSettings): string {
  return `learning rate ${significant(optimizer.learningRate)}`;
}

function otherOptimizer(settings: TrainSettings): TrainSettings {
  const name = settings.optimizer.name === "adam" ? "rmsprop" : "adam";
  const optimizer = name === "adam" ? { name, ...OPTIMIZERS.adam } : { name, ...OPTIMIZERS.rmsprop };
  return { ...settings, optimizer } as TrainSettings;
}

type Layer = Network["layers"][number];

/** A network with its hidden layers changed. */
function withHidden(network: Network, change: (layer: Layer, index: number) => Layer): Network {
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
  const drawn = layerWeights(wider, initialWeights(wider, GLOROT, ZEROS, seed));
  const kept = layerWeights(network, weights);
  return flatOf(
    drawn.map(({ kernel, bias }, l) => ({
      kernel: kernel.map((row, i) => row.map((value, j) => kept[l].kernel[i]?.[j] ?? value)),
      bias: bias.map((value, j) => kept[l].bias[j] ?? value),
    })),
  );
}
