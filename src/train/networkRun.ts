import type { Dataset } from "../data/dataset.js";
import type { LayerWeights, Network } from "../engine/network.js";
import type { TrainSettings } from "../settings/training.js";
import type { Ending, RunStatus } from "../verdict/outcome.js";
import { oneLine } from "../words/english.js";
import { networkName } from "../words/names.js";
import { accuracyText, lossText, measuredText, r2Text } from "../words/numbers.js";

/** What a run is, apart from its model, and its text. */

/** Running means over each completed epoch, as Keras reports them. */
export interface History {
  /** Mean loss, penalties included, in the loss's unit (nats for the cross-entropies). */
  readonly loss: readonly number[];
  /** Share of rows that were right as they passed; of a regression, in which none is, it is empty. */
  readonly accuracy: readonly number[];
  /** Loss over the validation data with the weights after each epoch, NaN or Infinity where it is no finite number; only if there were such data. */
  readonly valLoss?: readonly number[];
  /** Accuracy likewise. */
  readonly valAccuracy?: readonly number[];
}

export type { RunStatus };

/** The answer to one row: a number; of several outputs an array of numbers. Its type lets it be used as the one it is. */
export type Answer = number & number[];

/** One training and what came of it: a run without its TensorFlow.js model. All figures can be made of it. */
export interface NetworkRun {
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
  /** Loss and accuracy of every completed epoch, also over the validation data where there are some. */
  readonly history: History;
  /** How it ended: "solved" or "unsolved"; "stopped" or "diverged" if it did not complete its last epoch. */
  readonly ending: Ending;
  /**
   * Whether the judged rows (the truth table, test data, or all) were solved after the last epoch: at least the share
   * `settings.solvedAccuracy` of them right; in a regression an R² of `settings.solvedR2`; or a loss of at most
   * `settings.solvedLoss`, if that was given.
   */
  readonly solved: boolean;
  /** The first epoch, counted from 1, after which the judged rows were solved; undefined if there was none. */
  readonly firstSolvedEpoch: number | undefined;
  /** The first epoch, counted from 1, whose running accuracy was 1, as Keras prints it; undefined if there was none. */
  readonly firstPerfectEpoch: number | undefined;
  /** Loss of the last completed epoch, in nats for the cross-entropies; NaN if none was completed. */
  readonly finalLoss: number;
  /** Accuracy of the last completed epoch, from 0 to 1; NaN if none was completed, and of a regression. */
  readonly finalAccuracy: number;
  /** Of a regression: the share of the targets' variance that the final weights explain over the judged rows; NaN if the answers are no numbers. */
  readonly r2: number | undefined;
  /** Duration of the training, in milliseconds. */
  readonly milliseconds: number;
  /** What it was trained on. */
  readonly data: Dataset;
  /** What it was validated on after every epoch, if there were such data. */
  readonly validation: Dataset | undefined;
  /** The structure, where the model is a chain of dense layers that the fused engine knows. */
  readonly network: Network | undefined;
  /** The epochs whose weights were kept, ascending, 0 for the initial ones; of long runs only some. None without `network`. */
  readonly epochsKept: readonly number[];
  /** The weights after an epoch (0: the initial ones), layer by layer; the final ones unless given. */
  weights(epoch?: number): readonly LayerWeights[];
  /**
   * Predictions for rows of inputs, with the weights after an epoch (0: the initial ones); the final ones unless given. Of scaled
   * data, inputs and answers are in the units in which the data were given.
   */
  predict(inputs: readonly (readonly number[])[], epoch?: number): Answer[];
  /** The outcome in one line. */
  toString(): string;
}

/** A run in one line. */
export function runText(run: NetworkRun): string {
  const who = `${networkName(run.network)} on ${oneLine(run.data.name)}`;
  const epochs = run.history.loss.length;
  const where =
    epochs > 0
      ? `loss ${lossText(run.finalLoss)}, ${qualityText(run)} after epoch ${epochs}`
      : "before its first epoch ended";
  const how = `${run.engine} engine, ${measuredText(run.milliseconds)}`;
  return `${who}: ${outcomeText(run)}; ${where} (${how}, seed ${run.seed})`;
}

/** "accuracy 0.75", or of a regression "R² 0.987". */
export function qualityText({ r2, finalAccuracy }: Pick<NetworkRun, "r2" | "finalAccuracy">): string {
  return r2 === undefined ? `accuracy ${accuracyText(finalAccuracy)}` : `R² ${r2Text(r2)}`;
}

function outcomeText({ ending, divergedAt, firstPerfectEpoch }: NetworkRun): string {
  if (ending === "diverged")
    return `diverged in epoch ${(divergedAt?.epoch ?? 0) + 1}, step ${divergedAt?.step}`;
  if (ending !== "solved") return ending;
  return firstPerfectEpoch ? `solved, first perfect epoch ${firstPerfectEpoch}` : "solved";
}
