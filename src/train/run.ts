import type { Dataset } from "../data/dataset.js";
import type { LayerWeights, Network } from "../engine/network.js";
import type { LayersModel } from "../model/tensorflow.js";
import type { TrainSettings } from "../settings/training.js";
import type { Ending, RunStatus } from "../verdict/outcome.js";

/** Running means over each completed epoch, as Keras reports them. */
export interface History {
  /** Mean loss, in the loss's unit (nats for binary cross-entropy). */
  readonly loss: readonly number[];
  /** Share of rows on the right side of ½. */
  readonly accuracy: readonly number[];
}

export type { RunStatus };

/** One training and what came of it. */
export interface Run<Trained extends LayersModel = LayersModel> {
  /** All settings of the training, the defaults filled in. */
  readonly settings: TrainSettings;
  /** Seed of the shuffles. */
  readonly seed: number;
  /** Which engine trained: the fused one or TensorFlow.js. */
  readonly engine: "fused" | "tfjs";
  /** Why that engine, in words. */
  readonly engineReason: string;
  /** "diverged": the loss stopped being finite, at `divergedAt`. */
  readonly status: RunStatus;
  /** Where the loss stopped being finite: epoch, counted from 0, and step. */
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  /** Loss and accuracy of every completed epoch. */
  readonly history: History;
  /** How it ended: "solved", "unsolved", or, without reaching its last epoch, as `status` says. */
  readonly ending: Ending;
  /** Whether, after the last epoch, the judged rows (the truth table, or all) are on the right side of ½. */
  readonly solved: boolean;
  /** The first epoch, counted from 1, after which the judged rows were right; undefined if there was none. */
  readonly firstSolvedEpoch: number | undefined;
  /** The first epoch, counted from 1, whose running accuracy was 1, as Keras prints it; undefined if there was none. */
  readonly firstPerfectEpoch: number | undefined;
  /** Loss of the last completed epoch, in nats for binary cross-entropy; NaN if none was completed. */
  readonly finalLoss: number;
  /** Accuracy of the last completed epoch, from 0 to 1; NaN if none was completed. */
  readonly finalAccuracy: number;
  /** Duration of the training, in milliseconds. */
  readonly milliseconds: number;
  /** What it was trained on. */
  readonly data: Dataset;
  /** The structure, where the model is a chain of dense layers that the fused engine knows. */
  readonly network: Network | undefined;
  /** The trained TensorFlow.js model: predict, evaluate, save and summary all work. */
  readonly model: Trained;
  /** The epochs whose weights were kept, ascending, 0 for the initial ones; of long runs only some. None without `network`. */
  readonly epochsKept: readonly number[];
  /** The weights after an epoch (0: the initial ones), layer by layer; the final ones unless given. */
  weights(epoch?: number): readonly LayerWeights[];
  /** Predictions for rows of inputs, with the weights after an epoch (0: the initial ones); the final ones unless given. */
  predict(inputs: readonly (readonly number[])[], epoch?: number): number[];
  /** The outcome in one line. */
  toString(): string;
}
