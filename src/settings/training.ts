import {
  abortSignal,
  DEFAULT_SEED,
  finiteNumber,
  oneOf,
  seedNumber,
  trueOrFalse,
  wholeNumber,
} from "../check.js";
import type { Dataset } from "../data/dataset.js";
import { LOSS_NAMES, type Loss } from "../engine/losses.js";
import type { OptimizerSettings } from "../engine/optimizers.js";
import type { OptimizerOption } from "./optimizers.js";
import { optimizerSettings } from "./optimizers.js";

/** How a run is trained. Names and defaults are those of the question's script. */
export interface TrainOptions {
  /** Passes through the data, ≥ 1; 100 unless given. */
  readonly epochs?: number;
  /** Rows a step, ≥ 1; the last batch of an epoch may be smaller. 4 unless given. */
  readonly batchSize?: number;
  /** What takes the steps, by name or as `{ name, … }`; "rmsprop" unless given. Formulas and defaults are Keras 3's. */
  readonly optimizer?: OptimizerOption;
  /** Replaces the optimizer's learning rate, > 0; that of the optimizer (0.001, of "sgd" 0.01) unless given. */
  readonly learningRate?: number;
  /**
   * What is made small: "binaryCrossentropy" (in nats) unless given, "categoricalCrossentropy", "meanSquaredError" or
   * "meanAbsoluteError".
   */
  readonly loss?: Loss;
  /** Whether every epoch takes the rows in a new order; true unless given. */
  readonly shuffle?: boolean;
  /** Seed of the shuffles, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
  /** Data on which loss and accuracy are taken after every epoch, without learning from them: `history.valLoss`, `history.valAccuracy`. */
  readonly validation?: Dataset;
  /** Which share of the judged rows must be right after the last epoch; 1 (all) unless given. */
  readonly solvedAccuracy?: number;
  /** Of a regression: which share of the targets' variance must be explained after the last epoch (R²); 0.99 unless given. */
  readonly solvedR2?: number;
  /** The largest mean loss over the judged rows that counts as solved; in place of shares of right rows, or R². */
  readonly solvedLoss?: number;
  /** "fused" trains without per-operation cost, "tfjs" is TensorFlow.js itself; "auto" takes fused where the network fits it. */
  readonly engine?: "auto" | "fused" | "tfjs";
  /** Whether progress is shown; true unless given. */
  readonly progress?: boolean;
  /** Stops the run; what was done is kept. */
  readonly signal?: AbortSignal;
}

/** No run is longer. */
export const LARGEST_EPOCHS = 1_000_000;

/** A run's settings with everything filled in. */
export interface TrainSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
  readonly loss: Loss;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly solvedAccuracy: number;
  /** Only if it was given; else 0.99. */
  readonly solvedR2?: number;
  /** Only if it was given. */
  readonly solvedLoss?: number;
}

export const TRAIN_OPTION_NAMES = [
  "epochs",
  "batchSize",
  "optimizer",
  "learningRate",
  "loss",
  "shuffle",
  "seed",
  "validation",
  "solvedAccuracy",
  "solvedR2",
  "solvedLoss",
  "engine",
  "progress",
  "signal",
] as const satisfies readonly (keyof TrainOptions)[];

/** Checks the settings of a training and fills in the defaults. */
export function trainSettings(where: string, options: TrainOptions): TrainSettings {
  const { epochs = 100, batchSize = 4, optimizer = "rmsprop", learningRate } = options;
  const { loss = "binaryCrossentropy", shuffle = true, seed = DEFAULT_SEED } = options;
  const { solvedAccuracy = 1, solvedR2, solvedLoss } = options;
  return {
    epochs: wholeNumber(where, "epochs", epochs, 1, LARGEST_EPOCHS),
    batchSize: wholeNumber(where, "batchSize", batchSize, 1),
    optimizer: optimizerSettings(where, optimizer, learningRate),
    loss: oneOf(where, "loss", loss, LOSS_NAMES),
    shuffle: trueOrFalse(where, "shuffle", shuffle),
    seed: seedNumber(where, seed),
    solvedAccuracy: finiteNumber(where, "solvedAccuracy", solvedAccuracy, { above: 0, high: 1 }),
    ...(solvedR2 === undefined
      ? {}
      : { solvedR2: finiteNumber(where, "solvedR2", solvedR2, { above: 0, high: 1 }) }),
    ...(solvedLoss === undefined
      ? {}
      : { solvedLoss: finiteNumber(where, "solvedLoss", solvedLoss, { low: 0 }) }),
  };
}

/** The options that need no number: engine, progress and signal. */
export function trainControls(where: string, options: TrainOptions) {
  const { engine = "auto", progress = true, signal } = options;
  return {
    engine: oneOf(where, "engine", engine, ["auto", "fused", "tfjs"]),
    progress: trueOrFalse(where, "progress", progress),
    signal: abortSignal(where, signal),
  };
}
