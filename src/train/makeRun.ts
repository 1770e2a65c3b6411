import { wholeNumber, written } from "../check.js";
import { judgedRows } from "../data/dataset.js";
import { answersInUnits, toScale } from "../data/scaling.js";
import { type MimeBundle, showing } from "../display.js";
import { layerWeights } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import { endingOf, r2Of } from "../verdict/outcome.js";
import { type Answer, type NetworkRun, runText } from "./networkRun.js";

/** What is trained, on what, how and where. */
export interface Training
  extends Pick<NetworkRun, "network" | "data" | "validation" | "settings" | "engine" | "engineReason"> {
  /** The model, where there is one: asked where there is no network that says as much. */
  readonly live?: LiveModel;
}

/** What a model tells of its present weights. */
export interface LiveModel {
  /** Its answers to flat rows, row after row. */
  answers(inputs: Float32Array): ArrayLike<number>;
  /** What is added to the loss for its regularizers. */
  penalty(): number;
}

/** What train() writes down of a training. */
export interface Log
  extends Pick<NetworkRun, "status" | "divergedAt" | "firstSolvedEpoch" | "history" | "milliseconds"> {
  /** Flat weights by completed epoch; 0 the initial ones. */
  readonly snapshots: ReadonlyMap<number, Float32Array>;
  /** Those that the model holds now: of part of an epoch more than the last snapshot if it was stopped or diverged. */
  readonly finalWeights: Float32Array;
}

/**
 * Makes the run of a training that has ended.
 *
 * @param more  what else the run carries: its model
 * @param display  how a notebook shows it
 */
export function makeRun<More extends object>(
  training: Training,
  { snapshots, finalWeights, ...log }: Log,
  more: More,
  display?: (run: NetworkRun) => MimeBundle,
): NetworkRun & More {
  const { live: _, ...made } = training;
  const { settings, data, network, engineReason } = training;
  const { history } = log;
  const { weightsAt, predictFlat } = weightsOf(training, snapshots, finalWeights, history.loss.length);
  const judged = judgedRows(data);
  const answers = predictFlat(judged.inputs);
  const ending = endingOf(log.status, answers, judged, settings);
  const perfect = history.accuracy.indexOf(1);
  const run: NetworkRun & More = {
    ...more,
    ...made,
    ...log,
    seed: settings.seed,
    ending,
    solved: ending === "solved",
    firstPerfectEpoch: perfect < 0 ? undefined : perfect + 1,
    finalLoss: history.loss.at(-1) ?? Number.NaN,
    finalAccuracy: history.accuracy.at(-1) ?? Number.NaN,
    r2: judged.task === "regression" ? r2Of(answers, judged) : undefined,
    epochsKept: network ? [...snapshots.keys()] : [],
    weights: (epoch) => {
      if (!network) throw chainOnly("weights", engineReason);
      return layerWeights(network, weightsAt("weights", epoch));
    },
    predict: (inputs, epoch) => {
      const seen = toScale(flatInputs(inputs, data.features), data.scaling?.inputs);
      return byRow(answersInUnits(data, predictFlat(seen, epoch)), data.outputs);
    },
    toString: () => runText(run),
  };
  const inspect = () => `Run { ${String(run)} }`;
  return Object.freeze(showing(run, { inspect, display: display && (() => display(run)) }));
}

/** Makes the functions that find the weights after an epoch, and predict with them. */
function weightsOf(
  { live, network, engineReason }: Training,
  snapshots: Log["snapshots"],
  finalWeights: Float32Array,
  lastEpoch: number,
) {
  const weightsAt = (where: string, epoch: number | undefined): Float32Array => {
    if (epoch === undefined) return finalWeights;
    wholeNumber(where, "epoch", epoch, 0, lastEpoch);
    const kept = snapshots.get(epoch);
    if (kept) return kept;
    const few = fewOf([...snapshots.keys()]);
    throw new RangeError(`${where}: of this long run only some epochs were kept (${few}), got ${epoch}`);
  };
  const predictFlat = (inputs: Float32Array, epoch?: number): ArrayLike<number> => {
    if (network) return predictions(network, weightsAt("predict", epoch), inputs);
    if (live && (epoch === undefined || epoch === lastEpoch)) return live.answers(inputs);
    throw chainOnly("predict with an earlier epoch", engineReason);
  };
  return { weightsAt, predictFlat };
}

/** One number a row, or of several outputs an array of them. */
function byRow(answers: ArrayLike<number>, outputs: number): Answer[] {
  const flat = Array.from(answers);
  const rows =
    outputs === 1
      ? flat
      : Array.from({ length: flat.length / outputs }, (_, row) =>
          flat.slice(row * outputs, (row + 1) * outputs),
        );
  return rows as Answer[];
}

function flatInputs(inputs: unknown, features: number): number[] {
  if (!Array.isArray(inputs))
    throw new TypeError(`predict: inputs must be an array of rows, got ${written(inputs)}`);
  const rows = Array.from(inputs, (row: unknown, i) => {
    const rule = () => `predict: row ${i} must have ${features} numbers, got ${written(row)}`;
    if (!Array.isArray(row) || !Array.from(row).every((value) => typeof value === "number"))
      throw new TypeError(rule());
    if (row.length !== features) throw new RangeError(rule());
    return row as number[];
  });
  return rows.flat();
}

function fewOf(epochs: readonly number[]): string {
  return epochs.length > 6 ? `${epochs.slice(0, 3).join(", ")}, … ${epochs.at(-1)}` : epochs.join(", ");
}

function chainOnly(what: string, why: string): Error {
  return new TypeError(`${what}: only for a chain of dense layers (${why}); use run.model`);
}
