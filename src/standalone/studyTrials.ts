import { DEFAULT_SEED, optionsObject, seedNumber, wholeNumber } from "../check.js";
import type { Dataset } from "../data/dataset.js";
import type { DrawnName } from "../data/drawn.js";
import { encoder } from "../data/gates.js";
import { runToEnd } from "../engine/trial.js";
import { trialSeed } from "../numbers/random.js";
import {
  makeOutcomes,
  type Outcome,
  type OutcomeSummary,
  outcomeOf,
  setOutcome,
  summarize,
} from "../study/outcomes.js";
import { type GivenSetting, type OneOrMore, type StudyOptions, studySettings } from "../study/settings.js";
import { fusedOutcomes } from "../study/trials.js";

/** The data that are known by name here besides those that are drawn; irises and digits would be a large part of a bundle. */
const FIXED_DATA = { encoder };

/** What is studied: the options of study() that do not need threads, a page or TensorFlow.js. */
export interface TrialOptions
  extends Omit<StudyOptions, "trials" | "engine" | "workers" | "progress" | "signal" | "data"> {
  /** As in study(); all names but "iris" and "digits", or a dataset. "xor" unless given. */
  readonly data?: OneOrMore<DrawnName | keyof typeof FIXED_DATA | Dataset>;
}

/** Which trials of which row. */
export interface TrialRange {
  /** Index of the row, in the order of studyRows(); 0 unless given. */
  readonly row?: number;
  /** The first trial, counted from 0; 0 unless given. */
  readonly first?: number;
  /** How many, ≥ 1; 1 unless given. */
  readonly count?: number;
}

/** One trial and how it ended. */
export interface TrialOutcome extends Outcome {
  /** The seed of the trial's data, weights and shuffles. */
  readonly seed: number;
}

/**
 * The settings that study() compares with these options: a row for every combination of those given as arrays.
 *
 * @throws TypeError or RangeError that names the option
 * @example studyRows({ hidden: [1, 2, 3], activation: ["relu", "tanh"] }).length // 6
 */
export function studyRows(options: TrialOptions = {}): readonly GivenSetting[] {
  return settingsOf(options).map(({ given }) => given);
}

/**
 * Trials of one row of a study, one after the other in the calling thread and without TensorFlow.js. They are those of study()
 * with the same options and seed, bit for bit, whichever are asked for: so a study can be spread over threads or machines.
 *
 * @param options  the options of study(), without trials, engine, workers, progress and signal
 * @throws TypeError or RangeError that names the option
 * @example studyTrials({ hidden: 2, epochs: 3 }, { first: 10, count: 4 }).length // 4
 */
export function studyTrials(options: TrialOptions = {}, range: TrialRange = {}): TrialOutcome[] {
  const settings = settingsOf(options);
  const {
    row = 0,
    first = 0,
    count = 1,
  } = optionsObject<TrialRange>("studyTrials", range, ["row", "first", "count"]);
  const setting = settings[wholeNumber("studyTrials", "row", row, 0, settings.length - 1)];
  wholeNumber("studyTrials", "first", first, 0);
  wholeNumber("studyTrials", "count", count, 1, 1_000_000);
  const study = seedNumber("study", options.seed ?? DEFAULT_SEED);
  const seeds = Array.from({ length: count }, (_, i) => trialSeed(study, setting.text, first + i));
  const outcomes = runToEnd(fusedOutcomes(setting, seeds));
  return seeds.map((seed, i) => ({ ...(outcomeOf(outcomes, i) as Outcome), seed }));
}

/**
 * Sums up trials of one row as study() does: how many were solved, the rate with its 95 % interval, the epochs it took, and the
 * losses at which the others ended.
 *
 * @param trials  in any order, of one or several calls of studyTrials()
 * @example summarizeTrials(studyTrials({ hidden: 2 }, { count: 8 })).trials // 8
 */
export function summarizeTrials(trials: readonly Outcome[]): OutcomeSummary {
  const outcomes = makeOutcomes(trials.length);
  for (const [i, trial] of trials.entries()) setOutcome(outcomes, i, trial);
  return summarize(outcomes);
}

const settingsOf = (options: TrialOptions) => studySettings(options, FIXED_DATA);
