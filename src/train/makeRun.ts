import { wholeNumber, written } from "../check.js";
import { judgedRows } from "../data/dataset.js";
import { showing } from "../display.js";
import { layerWeights } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import type { Sequential } from "../model/tensorflow.js";
import { endingOf } from "../verdict/outcome.js";
import type { Run } from "./run.js";
import { runBundle, runText } from "./runText.js";

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
  return Object.freeze(
    showing(run, { display: () => runBundle(run), inspect: () => `Run { ${String(run)} }` }),
  );
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
