import { type Dataset, judgedRows } from "../data/dataset.js";
import { inputsOf } from "../data/rows.js";
import type { MimeBundle } from "../display.js";
import type { LayerWeights, Network } from "../engine/network.js";
import type { LayersModel } from "../model/tensorflow.js";
import type { TrainSettings } from "../settings/training.js";
import { type Ending, isRight, type RunStatus } from "../verdict/outcome.js";
import { oneLine } from "../words/english.js";
import { asMarkdown, markdownTable } from "../words/markdown.js";
import { networkName } from "../words/names.js";
import { accuracyText, answerText, lossText, measuredText, withDecimals } from "../words/numbers.js";

/** What a run is, and what it shows as a cell's value. */

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
  /** How it ended: "solved" or "unsolved"; "stopped" or "diverged" if it did not complete its last epoch. */
  readonly ending: Ending;
  /**
   * Whether the judged rows (the truth table, or all) were right after the last epoch: on the same side of ½ as their
   * targets, at least a share of `settings.solvedAccuracy` of them.
   */
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

/** A run in one line. */
export function runText(run: Run): string {
  const who = `${networkName(run.network)} on ${oneLine(run.data.name)}`;
  const epochs = run.history.loss.length;
  const where =
    epochs > 0
      ? `loss ${lossText(run.finalLoss)}, accuracy ${accuracyText(run.finalAccuracy)} after epoch ${epochs}`
      : "before its first epoch ended";
  const how = `${run.engine} engine, ${measuredText(run.milliseconds)}`;
  return `${who}: ${outcomeText(run)}; ${where} (${how}, seed ${run.seed})`;
}

function outcomeText({ ending, divergedAt, firstPerfectEpoch }: Run): string {
  if (ending === "diverged")
    return `diverged in epoch ${(divergedAt?.epoch ?? 0) + 1}, step ${divergedAt?.step}`;
  if (ending !== "solved") return ending;
  return firstPerfectEpoch ? `solved, first perfect epoch ${firstPerfectEpoch}` : "solved";
}

const MOST_ROWS = 8; // of a truth table: three inputs

/** A run as a cell's value: the outcome in a line, and what the network answers on a small truth table. */
export function runBundle(run: Run): MimeBundle {
  const table = judgedRows(run.data);
  const outcome = asMarkdown(String(run));
  const text = { "text/plain": String(run) };
  if (table.rows > MOST_ROWS) return { ...text, "text/markdown": outcome };
  const rows = Array.from(table.targets, (_, row) => [...inputsOf(table, row)]);
  const answers = run.predict(rows);
  const lines = rows.map((row, i) => [
    row.map((value) => withDecimals(value, 3)).join(", "),
    withDecimals(table.targets[i], 3),
    answerText(answers[i]),
    isRight(answers, i, table) ? "✓" : "✗",
  ]);
  const answered = markdownTable([["inputs", "target", "answer", "right"], ...lines]);
  return { ...text, "text/markdown": `${outcome}\n\n${answered}` };
}
