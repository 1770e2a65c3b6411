import { DEFAULT_SEED, oneOf, optionsObject, seedNumber, wholeNumber, written } from "../check.js";
import { ACTIVATION_NAMES, type Activation } from "../engine/functions.js";
import type { InitializerSettings } from "../engine/initializers.js";
import type { Network } from "../engine/network.js";
import type { InitializerOption } from "./optimizers.js";
import { initializerSettings } from "./optimizers.js";

/** A network's structure and the start of its weights. */
export interface NetworkOptions {
  /** Inputs a row, ≥ 1; 2 unless given. */
  readonly inputs?: number;
  /** Units of the hidden layers, first to last: `[4, 2]`, or `2` for one layer, `[]` for none; `[2]` unless given. */
  readonly hidden?: number | readonly number[];
  /** Activation of the hidden units; "sigmoid" unless given. */
  readonly activation?: Activation;
  /** Activation of the one output unit; "sigmoid" unless given. */
  readonly output?: Activation;
  /** How the initial weights are drawn, by name or as `{ name, … }`; "glorotUniform" unless given, as in Keras. */
  readonly kernelInitializer?: InitializerOption;
  /** How the initial biases are drawn, by name or as `{ name, … }`; "zeros" unless given, as in Keras. */
  readonly biasInitializer?: InitializerOption;
  /** Seed of the initial weights, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
}

/** A network's settings with everything filled in. */
export interface NetworkSettings {
  readonly network: Network;
  readonly kernelInitializer: InitializerSettings;
  readonly biasInitializer: InitializerSettings;
  readonly seed: number;
}

export const NETWORK_OPTION_NAMES = [
  "inputs",
  "hidden",
  "activation",
  "output",
  "kernelInitializer",
  "biasInitializer",
  "seed",
] as const satisfies readonly (keyof NetworkOptions)[];

/** Checks the settings of a network and fills in the defaults. */
export function networkSettings(where: string, came: NetworkOptions): NetworkSettings {
  const options = optionsObject<NetworkOptions>(where, came, NETWORK_OPTION_NAMES);
  const {
    inputs = 2,
    hidden = [2],
    activation = "sigmoid",
    output = "sigmoid",
    seed = DEFAULT_SEED,
  } = options;
  const { kernelInitializer = "glorotUniform", biasInitializer = "zeros" } = options;
  const hiddenActivation = oneOf(where, "activation", activation, ACTIVATION_NAMES);
  const layers = hiddenWidths(where, hidden).map((units) => ({ units, activation: hiddenActivation }));
  const last = { units: 1, activation: oneOf(where, "output", output, ACTIVATION_NAMES) };
  return {
    network: { inputs: wholeNumber(where, "inputs", inputs, 1, 4096), layers: [...layers, last] },
    kernelInitializer: initializerSettings(where, "kernelInitializer", kernelInitializer),
    biasInitializer: initializerSettings(where, "biasInitializer", biasInitializer),
    seed: seedNumber(where, seed),
  };
}

/** The widths of the hidden layers: `5` means `[5]`. */
export function hiddenWidths(where: string, came: unknown): readonly number[] {
  const widths = typeof came === "number" ? [came] : came;
  if (!Array.isArray(widths))
    throw new TypeError(`${where}: hidden must be a width or an array of widths, got ${written(came)}`);
  for (const width of widths) wholeNumber(where, "hidden", width, 1, 4096);
  return widths;
}
