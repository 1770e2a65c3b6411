import { DEFAULT_SEED, optionsObject, seedNumber, wholeNumber } from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import type { Loss } from "../engine/losses.js";
import type { LayersModel } from "../model/tensorflow.js";
import { type TrainOptions, trainSettings } from "../settings/training.js";
import type { Run } from "../train/run.js";
import { causeOf } from "./cause.js";
import { type Diagnosis, makeDiagnosis } from "./diagnosis.js";
import { endOfModel, endOfRun } from "./endOf.js";
import { factsOf } from "./facts.js";
import type { KnownEnd } from "./remedies.js";
import { NOTHING_TRIED, tryAll } from "./trying.js";

export interface ExplainOptions {
  /**
   * How often each remedy is tried; 0 for the facts alone, which takes some milliseconds. Unless given, 100, or fewer
   * (at least 8) where so many would take longer than about a second.
   */
  readonly trials?: number;
  /** Seed of everything that is tried; 1 unless given. */
  readonly seed?: number;
}

/** Of a model that was trained elsewhere: how it is to be judged, and how the trials of what might help are trained. */
export interface ExplainModelOptions
  extends ExplainOptions,
    Pick<TrainOptions, (typeof MODEL_OPTION_NAMES)[number]> {}

const EXPLAIN_OPTION_NAMES = ["trials", "seed"] as const;
const MODEL_OPTION_NAMES = [
  ...["epochs", "batchSize", "optimizer", "learningRate", "loss", "shuffle"],
  ...["solvedAccuracy", "solvedR2", "solvedLoss"],
] as const;

/**
 * Why a run ended as it did: which inputs get the same answer though they need different ones and what that costs, which
 * units are dead, whether the gradient is zero, whether the loss still moved, and what would have helped, each tried.
 *
 * Everything is computed from the run's final weights and its data; nothing is said that was not. The result prints as
 * text, shows itself as a cell's last expression, and holds all facts as fields.
 *
 * A model that was trained elsewhere is explained with its data; what follows from how it was trained is then not known.
 *
 * @param run      made by train(); or a TensorFlow.js model, with its data as the second argument
 * @param options  `trials`: how often each remedy is tried (0: the facts alone); `seed`. For a model also those of train()
 *                 that say how trials are to be trained, and what counts as solved
 * @throws TypeError or RangeError that names the option
 * @example explain(await train(mlp({ hidden: 1 }), truthTable("xor"), { epochs: 1 }), { trials: 0 }).cause // "cannot-represent"
 */
export function explain(run: Run, options?: ExplainOptions): Diagnosis;
export function explain(model: LayersModel, data: Dataset, options?: ExplainModelOptions): Diagnosis;
export function explain(subject: Run | LayersModel, ...rest: readonly unknown[]): Diagnosis {
  const { ended, trials, seed } = isModel(subject) ? ofModel(subject, rest) : ofRun(subject, rest);
  const facts = factsOf(ended);
  const cause = causeOf(ended, facts);
  const known = ended.network && ended.weights ? (ended as KnownEnd) : undefined;
  const trying = known && trials !== 0 ? tryAll(known, facts, cause, { trials, seed }) : NOTHING_TRIED;
  return makeDiagnosis(cause, ended, facts, trying, seed);
}

function isModel(subject: unknown): subject is LayersModel {
  return typeof subject === "object" && subject !== null && "getWeights" in subject && "layers" in subject;
}

function ofRun(run: Run, [came = {}]: readonly unknown[]) {
  const options = optionsObject<ExplainOptions>("explain", came, EXPLAIN_OPTION_NAMES);
  return { ended: endOfRun(run), ...checkedTrials(options) };
}

function ofModel(model: LayersModel, [data, came = {}]: readonly unknown[]) {
  const names = [...EXPLAIN_OPTION_NAMES, ...MODEL_OPTION_NAMES];
  const options = optionsObject<ExplainModelOptions>("explain", came, names);
  const own = checkDataset("explain", data);
  const trials = checkedTrials(options);
  const settings = trainSettings("explain", { loss: usualLoss(own), ...options });
  checkTargets("explain", own, settings.loss);
  return { ended: endOfModel(model, own, settings), ...trials };
}

function checkedTrials({ trials, seed = DEFAULT_SEED }: ExplainOptions) {
  if (trials !== undefined) wholeNumber("explain", "trials", trials, 0, 100_000);
  return { trials, seed: seedNumber("explain", seed) };
}

/** The loss that usually goes with data. */
function usualLoss({ task, targets }: Dataset): Loss {
  if (task === "classes") return "categoricalCrossentropy";
  const probabilities = targets.every((target) => target >= 0 && target <= 1);
  return task === "binary" && probabilities ? "binaryCrossentropy" : "meanSquaredError";
}
