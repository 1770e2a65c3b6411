import { ACTIVATION_NAMES, type Activation, LOSS_NAMES, type Loss } from "./engine/functions.js";
import {
  INITIALIZER_NAMES,
  INITIALIZERS,
  type InitializerName,
  type InitializerSettings,
} from "./engine/initializers.js";
import type { Network } from "./engine/network.js";
import {
  OPTIMIZER_NAMES,
  OPTIMIZERS,
  type OptimizerName,
  type OptimizerSettings,
} from "./engine/optimizers.js";
import {
  DEFAULT_SEED,
  finiteNumber,
  oneOf,
  optionsObject,
  seedNumber,
  trueOrFalse,
  unknownName,
  wholeNumber,
  written,
} from "./options.js";

/** An optimizer by name, with some of its numbers if they are not to be Keras's defaults. */
export type OptimizerOption =
  | OptimizerName
  | { readonly [Name in OptimizerName]: { readonly name: Name } & OptimizerNumbers<Name> }[OptimizerName];
type OptimizerNumbers<Name extends OptimizerName> = {
  readonly [Key in keyof (typeof OPTIMIZERS)[Name]]?: (typeof OPTIMIZERS)[Name][Key] extends boolean
    ? boolean
    : number;
};

/** An initializer by name, with some of its numbers if they are not to be Keras's defaults. */
export type InitializerOption =
  | InitializerName
  | {
      readonly [Name in InitializerName]: { readonly name: Name } & {
        readonly [Key in keyof (typeof INITIALIZERS)[Name]]?: number;
      };
    }[InitializerName];

/** What each number of an optimizer may be. */
const NUMBER_RANGES: Readonly<Record<string, { low?: number; above?: number; below?: number }>> = {
  learningRate: { above: 0 },
  momentum: { low: 0, below: 1 },
  rho: { low: 0, below: 1 },
  beta1: { low: 0, below: 1 },
  beta2: { low: 0, below: 1 },
  epsilon: { above: 0 },
  initialAccumulator: { low: 0 },
  stddev: { low: 0 },
};

/** An optimizer option with everything filled in. */
export function optimizerSettings(where: string, came: unknown, learningRate?: unknown): OptimizerSettings {
  const settings = namedSettings(where, "optimizer", came, OPTIMIZERS, OPTIMIZER_NAMES) as OptimizerSettings;
  if (settings.name === "sgd" && settings.nesterov && settings.momentum === 0)
    throw new RangeError(`${where}: optimizer nesterov needs a momentum > 0, got 0`);
  if (learningRate === undefined) return settings;
  return { ...settings, learningRate: finiteNumber(where, "learningRate", learningRate, { above: 0 }) };
}

/** An initializer option with everything filled in. */
export function initializerSettings(where: string, option: string, came: unknown): InitializerSettings {
  const settings = namedSettings(where, option, came, INITIALIZERS, INITIALIZER_NAMES) as InitializerSettings;
  if (settings.name === "randomUniform" && settings.minval > settings.maxval)
    throw new RangeError(
      `${where}: ${option} minval must be ≤ maxval, got ${settings.minval} and ${settings.maxval}`,
    );
  return settings;
}

/** A thing given as "name" or { name, …numbers }: its numbers checked, the rest from the table. */
function namedSettings<Name extends string>(
  where: string,
  option: string,
  came: unknown,
  table: Readonly<Record<Name, Readonly<Record<string, number | boolean>>>>,
  names: readonly Name[],
): object {
  const given = typeof came === "string" ? { name: came } : (came as Record<string, unknown> | null);
  if (given === null || typeof given !== "object" || Array.isArray(given))
    throw new TypeError(
      `${where}: ${option} must be a name or { name, … } (${[...names].sort().join(", ")}), got ${written(came)}`,
    );
  const name = oneOf(where, option, given.name, names);
  const settings: Record<string, unknown> = { name, ...table[name] };
  for (const [key, value] of Object.entries(given)) {
    if (key === "name" || value === undefined) continue;
    if (!Object.hasOwn(table[name], key))
      throw unknownName(where, `option of ${option} "${name}"`, key, Object.keys(table[name]));
    const label = `${option} ${key}`;
    settings[key] =
      typeof table[name][key] === "boolean"
        ? trueOrFalse(where, label, value)
        : finiteNumber(where, label, value, NUMBER_RANGES[key]);
  }
  return settings;
}

/** How a run is trained. Names and defaults are those of the question's script. */
export interface TrainOptions {
  /** Passes through the data, ≥ 1; 100 unless given. */
  readonly epochs?: number;
  /** Rows a step; the last batch of an epoch may be smaller. 4 unless given. */
  readonly batchSize?: number;
  /** "rmsprop" unless given. Formulas and defaults are Keras 3's. */
  readonly optimizer?: OptimizerOption;
  /** Replaces the optimizer's learning rate. */
  readonly learningRate?: number;
  /** "binaryCrossentropy" unless given. */
  readonly loss?: Loss;
  /** Whether every epoch takes the rows in a new order; true unless given. */
  readonly shuffle?: boolean;
  /** Seed of the shuffles. */
  readonly seed?: number;
  /** Which share of the judged rows must be on the right side of ½ after the last epoch; 1 (all) unless given. */
  readonly solvedAccuracy?: number;
  /** "fused" trains without per-operation cost, "tfjs" is TensorFlow.js itself; "auto" takes fused where the network fits it. */
  readonly engine?: "auto" | "fused" | "tfjs";
  /** Whether progress is shown; true unless given. */
  readonly progress?: boolean;
  /** Stops the run; what was done is kept. */
  readonly signal?: AbortSignal;
}

/** A run's settings with everything filled in. */
export interface TrainSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
  readonly loss: Loss;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly solvedAccuracy: number;
}

export const TRAIN_OPTION_NAMES = [
  "epochs",
  "batchSize",
  "optimizer",
  "learningRate",
  "loss",
  "shuffle",
  "seed",
  "solvedAccuracy",
  "engine",
  "progress",
  "signal",
] as const satisfies readonly (keyof TrainOptions)[];

/** Checks the settings of a training and fills in the defaults. */
export function trainSettings(where: string, options: TrainOptions): TrainSettings {
  const {
    epochs = 100,
    batchSize = 4,
    optimizer = "rmsprop",
    learningRate,
    loss = "binaryCrossentropy",
  } = options;
  const { shuffle = true, seed = DEFAULT_SEED, solvedAccuracy = 1 } = options;
  return {
    epochs: wholeNumber(where, "epochs", epochs, 1, 1_000_000),
    batchSize: wholeNumber(where, "batchSize", batchSize, 1),
    optimizer: optimizerSettings(where, optimizer, learningRate),
    loss: oneOf(where, "loss", loss, LOSS_NAMES),
    shuffle: trueOrFalse(where, "shuffle", shuffle),
    seed: seedNumber(where, seed),
    solvedAccuracy: finiteNumber(where, "solvedAccuracy", solvedAccuracy, { above: 0, high: 1 }),
  };
}

/** The options that need no number: engine, progress and signal. */
export function trainControls(where: string, options: TrainOptions) {
  const { engine = "auto", progress = true, signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError(`${where}: signal must be an AbortSignal, got ${written(signal)}`);
  return {
    engine: oneOf(where, "engine", engine, ["auto", "fused", "tfjs"]),
    progress: trueOrFalse(where, "progress", progress),
    signal,
  };
}

/** A network's structure and the start of its weights. */
export interface NetworkOptions {
  /** Inputs a row; 2 unless given. */
  readonly inputs?: number;
  /** Units of the hidden layers, first to last: `[4, 2]`, or `2` for one layer; `[2]` unless given, `[]` for none. */
  readonly hidden?: number | readonly number[];
  /** Activation of the hidden units; "sigmoid" unless given. */
  readonly activation?: Activation;
  /** Activation of the one output unit; "sigmoid" unless given. */
  readonly output?: Activation;
  /** "glorotUniform" unless given, as in Keras. */
  readonly kernelInitializer?: InitializerOption;
  /** "zeros" unless given, as in Keras. */
  readonly biasInitializer?: InitializerOption;
  /** Seed of the weights. */
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
