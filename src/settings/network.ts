import {
  DEFAULT_SEED,
  finiteNumber,
  oneOf,
  optionsObject,
  seedNumber,
  trueOrFalse,
  wholeNumber,
  written,
} from "../check.js";
import {
  ACTIVATION_NAMES,
  type Activation,
  type LayerActivation,
  OUTPUT_ACTIVATION_NAMES,
} from "../engine/functions.js";
import type { InitializerSettings } from "../engine/initializers.js";
import type { Layer, LayerWeights, Network } from "../engine/network.js";
import { counted } from "../words/english.js";
import type { InitializerOption } from "./optimizers.js";
import { initializerSettings } from "./optimizers.js";
import { givenWeights } from "./weights.js";

/** A network's structure and the start of its weights. */
export interface NetworkOptions {
  /** Inputs a row, ≥ 1; 2 unless given. */
  readonly inputs?: number;
  /** Units of the hidden layers, first to last: `[4, 2]`, or `2` for one layer, `[]` for none; `[2]` unless given. */
  readonly hidden?: number | readonly number[];
  /** Output units, ≥ 1: as many as the data have targets a row, so one a class for classes; 1 unless given. */
  readonly outputs?: number;
  /** Activation of the hidden units: one name for all layers, or one a layer; "sigmoid" unless given. */
  readonly activation?: Activation | readonly Activation[];
  /** Activation of the output units; "softmax" makes them sum to 1, for classes. "sigmoid" unless given. */
  readonly output?: LayerActivation;
  /** Whether the units have biases; true unless given. */
  readonly useBias?: boolean;
  /** Penalties on every layer's kernel that are added to the loss: `{ l1, l2 }`; none unless given. */
  readonly kernelRegularizer?: KernelRegularizerOption;
  /** The initial weights themselves instead of initializers and a seed: one `{ kernel, bias }` a layer, as `run.weights()` gives them. */
  readonly weights?: readonly LayerWeights[];
  /** How the initial weights are drawn, by name or as `{ name, … }`; "glorotUniform" unless given, as in Keras. */
  readonly kernelInitializer?: InitializerOption;
  /** How the initial biases are drawn, by name or as `{ name, … }`; "zeros" unless given, as in Keras. */
  readonly biasInitializer?: InitializerOption;
  /** Seed of the initial weights, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
}

/** What is added to the loss for each layer's kernel: l1 · Σ|w| + l2 · Σw². */
export interface KernelRegularizerOption {
  /** Weight of the sum of absolute values, ≥ 0; 0 unless given. Keras's `L1()` has 0.01. */
  readonly l1?: number;
  /** Weight of the sum of squares, ≥ 0; 0 unless given. Keras's `L2()` has 0.01. */
  readonly l2?: number;
}

/** A network's settings with everything filled in. */
export interface NetworkSettings {
  readonly network: Network;
  readonly kernelInitializer: InitializerSettings;
  readonly biasInitializer: InitializerSettings;
  readonly seed: number;
  /** The initial weights, flat, where they were given; otherwise they follow from the rest. */
  readonly weights?: Float32Array;
}

export const NETWORK_OPTION_NAMES = [
  "inputs",
  "hidden",
  "outputs",
  "activation",
  "output",
  "useBias",
  "kernelRegularizer",
  "weights",
  "kernelInitializer",
  "biasInitializer",
  "seed",
] as const satisfies readonly (keyof NetworkOptions)[];

/** Checks the settings of a network and fills in the defaults. */
export function networkSettings(where: string, came: NetworkOptions): NetworkSettings {
  const options = optionsObject<NetworkOptions>(where, came, NETWORK_OPTION_NAMES);
  const { inputs = 2, seed = DEFAULT_SEED, weights } = options;
  const { kernelInitializer = "glorotUniform", biasInitializer = "zeros" } = options;
  const layers = networkLayers(where, options);
  const network = { inputs: wholeNumber(where, "inputs", inputs, 1, 4096), layers };
  if (weights !== undefined) checkAlone(where, options);
  return {
    network,
    kernelInitializer: initializerSettings(where, "kernelInitializer", kernelInitializer),
    biasInitializer: initializerSettings(where, "biasInitializer", biasInitializer),
    seed: seedNumber(where, seed),
    ...(weights === undefined ? {} : { weights: givenWeights(where, weights, network) }),
  };
}

/** The layers. What is at its default is left out: the seeds of a study's trials follow from what is there. */
function networkLayers(where: string, options: NetworkOptions): Layer[] {
  const { hidden = [2], outputs = 1, activation = "sigmoid", output = "sigmoid", useBias = true } = options;
  if (hidden === 0)
    throw new RangeError(`${where}: hidden must be a whole number ≥ 1, got 0; write [] for no hidden layer`);
  const widths = hiddenWidths(where, hidden);
  const activations = hiddenActivations(where, activation, widths.length);
  const shared = {
    ...(trueOrFalse(where, "useBias", useBias) ? {} : { useBias: false as const }),
    ...penalties(where, options.kernelRegularizer),
  };
  const last = {
    units: wholeNumber(where, "outputs", outputs, 1, 4096),
    activation: oneOf(where, "output", output, OUTPUT_ACTIVATION_NAMES),
  };
  return [...widths.map((units, i) => ({ units, activation: activations[i] })), last].map((layer) => ({
    ...layer,
    ...shared,
  }));
}

/** The activation of each hidden layer. */
function hiddenActivations(where: string, came: unknown, layers: number): readonly Activation[] {
  if (!Array.isArray(came)) return Array<Activation>(layers).fill(hiddenActivation(where, came));
  if (came.length !== layers)
    throw new RangeError(
      `${where}: activation must be one name, or one for each of ${counted(layers, "hidden layer")}, got ${written(came)}`,
    );
  return Array.from(came, (name: unknown) => hiddenActivation(where, name));
}

function hiddenActivation(where: string, came: unknown): Activation {
  if (came === "softmax")
    throw new RangeError(`${where}: activation "softmax" is for the output; write output: "softmax"`);
  return oneOf(where, "activation", came, ACTIVATION_NAMES);
}

/** The penalties that are there at all. */
function penalties(where: string, came: unknown): Pick<Layer, "l1" | "l2"> {
  const part = `${where}: kernelRegularizer`;
  const options = optionsObject<KernelRegularizerOption>(part, came, ["l1", "l2"]);
  const numbers = (["l1", "l2"] as const).map((key) => {
    const { [key]: value = 0 } = options;
    return [key, finiteNumber(where, `kernelRegularizer ${key}`, value, { low: 0 })] as const;
  });
  return Object.fromEntries(numbers.filter(([, value]) => value > 0));
}

/** Throws if weights are given together with what they would be drawn from. */
function checkAlone(where: string, options: NetworkOptions): void {
  const drawn = (["kernelInitializer", "biasInitializer", "seed"] as const).find(
    (key) => options[key] !== undefined,
  );
  if (drawn)
    throw new RangeError(
      `${where}: weights are the initial weights themselves, so ${drawn} would do nothing; leave one of the two out`,
    );
}

/** The widths of the hidden layers: `5` means `[5]`. */
export function hiddenWidths(where: string, came: unknown): readonly number[] {
  const widths = typeof came === "number" ? [came] : came;
  if (!Array.isArray(widths))
    throw new TypeError(`${where}: hidden must be a width or an array of widths, got ${written(came)}`);
  for (const width of widths) wholeNumber(where, "hidden", width, 1, 4096);
  return widths;
}
