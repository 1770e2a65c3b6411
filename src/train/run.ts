import { oneLine, wholeNumber, written } from "../check.js";
import type { Dataset } from "../data/dataset.js";
import { judgedRows } from "../data/dataset.js";
import { type LayerWeights, layerWeights, type Network } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import type { LayersModel, Sequential } from "../model/tensorflow.js";
import type { TrainSettings } from "../settings/training.js";
import { type Ending, endingOf, type RunStatus } from "../verdict/outcome.js";
import { networkName } from "../words/names.js";
import { accuracyText, lossText, measuredText } from "../words/numbers.js";

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

/** What train() knows when a training has ended. */
export interface RunRecord
  extends Pick<
    Run<Sequential>,
    | "settings"
    | "engine"
    | "engineReason"
    | "status"
    | "divergedAt"
    | "firstSolvedEpoch"
    | "history"
    | "milliseconds"
    | "data"
    | "network"
    | "model"
  > {
  /** Flat weights by completed epoch; 0 the initial ones. */
  readonly snapshots: ReadonlyMap<number, Float32Array>;
  /** What the model holds now. */
  readonly finalWeights: Float32Array;
  /** Predicts with the model itself, for networks that are no chain of dense layers. */
  readonly predictWithModel: (inputs: Float32Array) => ArrayLike<number>;
}

/** Makes the run from the record. */
export function makeRun(record: RunRecord): Run<Sequential> {
  const { settings, history, data, network, snapshots, finalWeights, predictWithModel, ...rest } = record;
  const lastEpoch = history.loss.length;
  const weightsAt = (where: string, epoch: number | undefined) => {
    if (epoch === undefined) return finalWeights;
    wholeNumber(where, "epoch", epoch, 0, lastEpoch);
    const kept = snapshots.get(epoch);
    if (!kept)
      throw new RangeError(
        `${where}: of this long run only some epochs were kept (${fewOf([...snapshots.keys()])}), got ${epoch}`,
      );
    return kept;
  };
  const predictFlat = (inputs: Float32Array, epoch?: number): ArrayLike<number> => {
    if (network) return predictions(network, weightsAt("predict", epoch), inputs);
    if (epoch !== undefined && epoch !== lastEpoch)
      throw chainOnly("predict with an earlier epoch", record.engineReason);
    return predictWithModel(inputs);
  };
  const judged = judgedRows(data);
  const ending = endingOf(record.status, predictFlat(judged.inputs), judged, settings.solvedAccuracy);
  const perfect = history.accuracy.indexOf(1);
  const run: Run<Sequential> = {
    ...rest,
    settings,
    seed: settings.seed,
    history,
    ending,
    solved: ending === "solved",
    firstPerfectEpoch: perfect < 0 ? undefined : perfect + 1,
    finalLoss: history.loss.at(-1) ?? Number.NaN,
    finalAccuracy: history.accuracy.at(-1) ?? Number.NaN,
    data,
    network,
    epochsKept: network ? [...snapshots.keys()] : [],
    weights: (epoch) => {
      if (!network) throw chainOnly("weights", record.engineReason);
      return layerWeights(network, weightsAt("weights", epoch));
    },
    predict: (inputs, epoch) => Array.from(predictFlat(flatInputs(inputs, data.features), epoch)),
    toString: () => runText(run),
  };
  return Object.freeze(withInspection(run));
}

function runText(run: Run): string {
  const who = `${networkName(run.network)} on ${oneLine(run.data.name)}`;
  const epochs = run.history.loss.length;
  const where =
    epochs > 0
      ? `loss ${lossText(run.finalLoss)}, accuracy ${accuracyText(run.finalAccuracy)} after epoch ${epochs}`
      : "before its first epoch ended";
  const how = `${run.engine} engine, ${measuredText(run.milliseconds)}`;
  return `${who}: ${outcome(run)}; ${where} (${how}, seed ${run.seed})`;
}

function outcome({ ending, divergedAt, firstPerfectEpoch }: Run): string {
  if (ending === "diverged")
    return `diverged in epoch ${(divergedAt?.epoch ?? 0) + 1}, step ${divergedAt?.step}`;
  if (ending !== "solved") return ending;
  return firstPerfectEpoch ? `solved, first perfect epoch ${firstPerfectEpoch}` : "solved";
}

/** Node prints values by this method; a run in one line is worth more than its arrays. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

function withInspection<Value extends object>(value: Value): Value {
  return Object.defineProperty(value, INSPECT, {
    value: () => `Run { ${String(value)} }`,
    enumerable: false,
  });
}

function flatInputs(inputs: unknown, features: number): Float32Array {
  if (!Array.isArray(inputs))
    throw new TypeError(`predict: inputs must be an array of rows, got ${written(inputs)}`);
  const rows = Array.from(inputs, (row: unknown, i) => {
    const rule = () => `predict: row ${i} must have ${features} numbers, got ${written(row)}`;
    if (!Array.isArray(row) || !Array.from(row).every((value) => typeof value === "number"))
      throw new TypeError(rule());
    if (row.length !== features) throw new RangeError(rule());
    return row as number[];
  });
  return Float32Array.from(rows.flat());
}

function fewOf(epochs: readonly number[]): string {
  return epochs.length > 6 ? `${epochs.slice(0, 3).join(", ")}, … ${epochs.at(-1)}` : epochs.join(", ");
}

function chainOnly(what: string, why: string): Error {
  return new TypeError(`${what}: only for a chain of dense layers (${why}); use run.model`);
}
