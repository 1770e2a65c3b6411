import { abortSignal, DEFAULT_SEED, optionsObject, seedNumber, trueOrFalse, wholeNumber } from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import type { Loss } from "../engine/losses.js";
import { flatWeights } from "../model/chain.js";
import { startOf } from "../model/start.js";
import type { LayersModel } from "../model/tensorflow.js";
import { type TrainOptions, trainSettings } from "../settings/training.js";
import type { Run } from "../train/run.js";
import { causeOf } from "./cause.js";
import { type Diagnosis, makeDiagnosis } from "./diagnosis.js";
import { type Ended, endOfModel, endOfRun } from "./ended.js";
import { type Facts, factsOf } from "./facts/facts.js";
import { mostPossible } from "./facts/judgement.js";
import { type Controls, triedLookingOn } from "./trying/lookingOn.js";
import type { KnownEnd } from "./trying/remedy.js";
import { NOTHING_TRIED } from "./trying/trying.js";

/** How much explain() tries. */
export interface ExplainOptions {
  /**
   * How often each remedy is tried; 0 for the facts alone. Unless given, as often as is possible in about two seconds:
   * everything a few times, and what looks best up to 100 times; of large networks and data only what the cause points to.
   */
  readonly trials?: number;
  /** Seed of everything that is tried; 1 unless given. */
  readonly seed?: number;
  /** Whether progress is shown where it takes longer than half a second; true unless given. */
  readonly progress?: boolean;
  /**
   * Stops it; what was tried is kept. Since explain() does not return to the event loop, this is of use for signals that
   * were aborted before, or that the stop button aborts.
   */
  readonly signal?: AbortSignal;
}

/** Of a model that was trained elsewhere: how it is to be judged, and how the trials of what might help are trained. */
export interface ExplainModelOptions
  extends ExplainOptions,
    Pick<TrainOptions, (typeof MODEL_OPTION_NAMES)[number]> {}

const EXPLAIN_OPTION_NAMES = ["trials", "seed", "progress", "signal"] as const;
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
 * It works at once and returns no promise. Where it takes longer than half a second it shows its progress. The stop button
 * of a notebook or an exported page ends it with what was tried so far; in a terminal Ctrl-C ends the program.
 *
 * A model that was trained elsewhere is explained with its data; what follows from how it was trained is then not known.
 *
 * @param run      made by train(); or a TensorFlow.js model, with its data as the second argument
 * @param options  `trials`: how often each remedy is tried (0: the facts alone); `seed`, `progress`, `signal`. For a model
 *                 also those of train() that say how trials are to be trained, and what counts as solved
 * @throws TypeError or RangeError that names the option
 * @example explain(await train(mlp({ hidden: 1 }), truthTable("xor"), { epochs: 1 }), { trials: 0 }).cause // "cannot-represent"
 */
export function explain(run: Run, options?: ExplainOptions): Diagnosis;
export function explain(model: LayersModel, data: Dataset, options?: ExplainModelOptions): Diagnosis;
export function explain(subject: Run | LayersModel, ...rest: readonly unknown[]): Diagnosis {
  const { ended, model, controls } = isModel(subject) ? ofModel(subject, rest) : ofRun(subject, rest);
  const { trials, seed } = controls;
  const facts = factsOf(ended);
  const cause = causeOf(ended, facts);
  const known = trials === 0 ? undefined : knownEnd(ended, model);
  const trying = known
    ? triedLookingOn({ ...asFarAsPossible(known, facts), cause }, controls)
    : NOTHING_TRIED;
  const untriable = !known && trials !== 0 && cause !== "solved" && facts.possible;
  return makeDiagnosis(cause, ended, facts, { ...trying, untriable }, seed);
}

/** A run of data that contradict themselves, judged by the most that any answers can reach: so is what is tried. */
function asFarAsPossible(ended: KnownEnd, facts: Facts): { readonly ended: KnownEnd; readonly facts: Facts } {
  const asked = mostPossible(facts.judgement);
  if (asked === undefined) return { ended, facts };
  const { by } = facts.judgement;
  return {
    ended: {
      ...ended,
      settings: { ...ended.settings, [by === "rows" ? "solvedAccuracy" : "solvedR2"]: asked },
    },
    facts: { ...facts, possible: true, judgement: { ...facts.judgement, asked, possible: true } },
  };
}

/** A training whose structure is known, or would be without its dropout layers, or with other units. */
function knownEnd(ended: Ended, model: LayersModel): KnownEnd | undefined {
  const network = ended.network ?? ended.withoutDropout ?? ended.withOtherUnits;
  const weights = ended.weights ?? (network && flatWeights(model));
  return network && weights && { ...ended, network, weights, drawn: startOf(model) };
}

function isModel(subject: unknown): subject is LayersModel {
  return typeof subject === "object" && subject !== null && "getWeights" in subject && "layers" in subject;
}

function ofRun(run: Run, [came = {}]: readonly unknown[]) {
  const options = optionsObject<ExplainOptions>("explain", came, EXPLAIN_OPTION_NAMES);
  return { ended: endOfRun(run), model: run.model, controls: checked(options) };
}

function ofModel(model: LayersModel, [data, came = {}]: readonly unknown[]) {
  const names = [...EXPLAIN_OPTION_NAMES, ...MODEL_OPTION_NAMES];
  const options = optionsObject<ExplainModelOptions>("explain", came, names);
  const own = checkDataset("explain", data);
  const controls = checked(options);
  const settings = trainSettings("explain", { loss: usualLoss(own), ...options });
  checkTargets("explain", own, settings.loss);
  return { ended: endOfModel(model, own, settings), model, controls };
}

function checked({ trials, seed = DEFAULT_SEED, progress = true, signal }: ExplainOptions): Controls {
  if (trials !== undefined) wholeNumber("explain", "trials", trials, 0, 100_000);
  return {
    ...{ trials, seed: seedNumber("explain", seed) },
    progress: trueOrFalse("explain", "progress", progress),
    signal: abortSignal("explain", signal),
  };
}

/** The loss that usually goes with data. */
function usualLoss({ task, targets }: Dataset): Loss {
  if (task === "classes") return "categoricalCrossentropy";
  const probabilities = targets.every((target) => target >= 0 && target <= 1);
  return task === "binary" && probabilities ? "binaryCrossentropy" : "meanSquaredError";
}
