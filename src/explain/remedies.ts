import type { Activation } from "../engine/functions.js";
import { type InitializerSettings, initialWeights } from "../engine/initializers.js";
import type { Network } from "../engine/network.js";
import { OPTIMIZERS } from "../engine/optimizers.js";
import type { TrainSettings } from "../settings/training.js";
import { counted } from "../words/english.js";
import { activationName } from "../words/names.js";
import { significant } from "../words/numbers.js";
import type { Attempt } from "./attempts.js";
import { weightsWithOneMore, withActivation, withHidden, withOneMore } from "./changes.js";
import type { Ended, Facts } from "./facts.js";

/** Something that might have led to a solution: what is changed, and whether the trained weights are kept. */
export interface Remedy extends Pick<Attempt, "network" | "settings" | "weights"> {
  /** What is done, as a sentence has it: "one more ReLU, put into this very network". */
  readonly name: string;
  /** Whether it starts from the run's final weights or from new ones. */
  readonly from: "this state" | "new weights";
}

/** A run whose inside is known. */
export interface KnownEnd extends Ended {
  readonly network: Network;
  readonly weights: Float32Array;
}

const GLOROT: InitializerSettings = { name: "glorotUniform" };
const ZEROS: InitializerSettings = { name: "zeros" };
/** The small positive bias that is often advised for ReLU units. */
const SMALL_BIAS: InitializerSettings = { name: "constant", value: 0.1 };

/** What is tried for a run, each with as many epochs as the run was to have. */
export function remediesFor(ended: KnownEnd, facts: Facts): Remedy[] {
  const usable = ended.weights.every(Number.isFinite) && ended.status !== "diverged";
  return [...(usable ? fromThisState(ended, facts) : []), ...fromNewWeights(ended)];
}

function fromThisState({ network, weights, settings }: KnownEnd, facts: Facts): Remedy[] {
  const here = (name: string, more: Partial<Remedy> = {}): Remedy => ({
    ...{ name, from: "this state", network, settings, weights: () => weights },
    ...more,
  });
  const found: Remedy[] = [];
  const hidden = network.layers.slice(0, -1);
  if (hidden.length > 0) {
    const at = facts.inside?.working.deadLayer ?? 0;
    const place = hidden.length > 1 ? ` into layer ${at + 1} of` : " into";
    found.push(
      here(`one more ${activationName(hidden[at].activation)} unit, put${place} this very network`, {
        network: withOneMore(network, at),
        weights: (seed) => weightsWithOneMore(network, weights, at, seed),
      }),
    );
  }
  if (hidden.some((layer) => layer.activation === "relu"))
    found.push(
      here("leaky ReLU instead of ReLU from here on", {
        network: withHidden(network, (layer) =>
          layer.activation === "relu" ? { ...layer, activation: "leakyRelu" } : layer,
        ),
      }),
    );
  for (const factor of [10, 0.1]) {
    const changed = withRate(settings, factor);
    found.push(here(`${rateText(changed)} from here on`, { settings: changed }));
  }
  return found;
}

function fromNewWeights(ended: KnownEnd): Remedy[] {
  const { settings, status } = ended;
  const factors = status === "diverged" ? [0.1, 0.01, 0.001] : [10];
  const other = otherOptimizer(settings);
  return [
    anew(ended, "another start: new weights (Glorot uniform)"),
    ...otherNetworks(ended),
    ...factors.map((factor) => {
      const changed = withRate(settings, factor);
      return anew(ended, `${rateText(changed)}, new weights`, { settings: changed });
    }),
    anew(ended, `${other.optimizer.name} (${rateText(other)}), new weights`, { settings: other }),
  ];
}

/** Other initial weights, activations and widths; a hidden layer where there is none. */
function otherNetworks(ended: KnownEnd): Remedy[] {
  const { network } = ended;
  if (network.layers.length === 1)
    return [anew(ended, "a hidden layer of 4 tanh units", { network: withLayer(network) })];
  return [
    anew(ended, "new weights after He (normal)", {}, { name: "heNormal" }),
    anew(ended, "new weights, and biases of 0.1", {}, GLOROT, SMALL_BIAS),
    ...otherActivations(network.layers[0].activation).map((activation) =>
      anew(ended, `${activationName(activation)} units, new weights`, {
        network: withActivation(network, activation),
      }),
    ),
    anew(ended, `twice as wide (${widthsText(wider(network))}), new weights`, { network: wider(network) }),
  ];
}

function anew(
  { network, settings }: KnownEnd,
  name: string,
  more: Partial<Remedy> = {},
  kernel = GLOROT,
  bias = ZEROS,
): Remedy {
  const shape = more.network ?? network;
  const weights = (seed: number) => initialWeights(shape, kernel, bias, seed);
  return { name, from: "new weights", network, settings, weights, ...more };
}

/** Activations worth comparing with one: those that have a slope where it has none. */
function otherActivations(activation: Activation): Activation[] {
  if (activation === "relu") return ["leakyRelu", "tanh"];
  return activation === "tanh" ? ["leakyRelu"] : ["tanh"];
}

function wider(network: Network): Network {
  return withHidden(network, (layer) => ({ ...layer, units: 2 * layer.units }));
}

function widthsText(network: Network): string {
  const widths = network.layers.slice(0, -1).map((layer) => layer.units);
  return widths.length === 1 ? counted(widths[0], "unit") : widths.join("-");
}

function withLayer(network: Network): Network {
  return { ...network, layers: [{ units: 4, activation: "tanh" }, ...network.layers] };
}

function withRate(settings: TrainSettings, factor: number): TrainSettings {
  const learningRate = Number((settings.optimizer.learningRate * factor).toPrecision(12));
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
