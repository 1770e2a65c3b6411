import { FIXED_DATA } from "../data/fixed.js";
import { trialsMilliseconds } from "../engine/cost.js";
import { STUDY_LANES } from "../engine/fused.js";
import { trialSeed } from "../numbers/random.js";
import type { Progress } from "../platform.js";
import { unitsText } from "../words/names.js";
import { paceText, timeLeftText } from "../words/numbers.js";
import { countEnded, makeOutcomes, pendingStretches } from "./outcomes.js";
import {
  makingOptions,
  type StudyOptions,
  type StudySetting,
  studyControls,
  studySettings,
} from "./settings.js";
import { type TrialRange, trialRanges } from "./shard.js";

/** A study, or one shard of it, while it runs. The outcomes are filled in as trials end. */
export type StudyPlan = ReturnType<typeof makePlan>["plan"];

/** Checks a study's options and plans it, all of its trials pending. */
export function makePlan(options: StudyOptions) {
  const settings = studySettings(options, FIXED_DATA);
  const controls = studyControls(options);
  const { trials, seed, engine } = controls;
  const shard = controls.shardOf(settings.length * trials);
  const ranges = trialRanges(shard, settings.length, trials);
  const outcomes = ranges.map(({ count }) => makeOutcomes(count));
  const plan = {
    settings,
    /** Which trials are to be run: a range for each setting. */
    ranges,
    /** Those of each setting's range. */
    outcomes,
    /** Of each setting, in the whole study. */
    trials,
    ...{ seed, engine, shard },
    /** What was given of the options that decide what comes out. */
    options: makingOptions(options),
  };
  return { plan, controls };
}

/** How many trials a plan has. */
export function plannedTrials({ ranges }: StudyPlan): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** How many of them have ended. */
export function endedTrials({ outcomes }: StudyPlan): number {
  return outcomes.reduce((sum, theirs) => sum + countEnded(theirs).trials, 0);
}

/** Some trials of one setting, done in one go. */
export interface Chunk extends TrialRange {
  readonly row: number;
}

/** The seed of trial t of a row. */
export function seedOf(plan: StudyPlan, row: number, t: number): number {
  return trialSeed(plan.seed, plan.settings[row].text, t);
}

/** The seeds of a chunk's trials. */
export function chunkSeeds(plan: StudyPlan, { row, first, count }: Chunk): number[] {
  return Array.from({ length: count }, (_, i) => seedOf(plan, row, first + i));
}

const CHUNK_MILLISECONDS = 60;
const MOST_TRIALS = 1024; // of a chunk

/**
 * All pending trials in chunks of about a twentieth of a second. The settings take turns, so that all of them have got about
 * as far when a study is stopped.
 */
export function chunksOf(plan: StudyPlan): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [row, setting] of plan.settings.entries()) {
    const groups = Math.floor(CHUNK_MILLISECONDS / millisecondsFor(setting, STUDY_LANES));
    const size = STUDY_LANES * Math.min(MOST_TRIALS / STUDY_LANES, Math.max(1, groups));
    const { first } = plan.ranges[row];
    for (const [from, to] of pendingStretches(plan.outcomes[row]))
      for (let at = from; at < to; at += size)
        chunks.push({ row, first: first + at, count: Math.min(size, to - at) });
  }
  return chunks.sort((a, b) => a.first - b.first || a.row - b.row);
}

const WORTH_A_WORKER = 250; // milliseconds of work that are worth the start of another thread

/** How many threads a study is worth: one for each core, fewer where there is little to do. */
export function fittingWorkers({ settings, outcomes }: StudyPlan, cores: number): number {
  const left = outcomes.map((theirs) => theirs.status.length - countEnded(theirs).trials);
  const work = settings.reduce((sum, setting, row) => sum + millisecondsFor(setting, left[row]), 0);
  return Math.max(1, Math.min(cores, Math.floor(work / WORTH_A_WORKER)));
}

function millisecondsFor({ given, network, training }: StudySetting, trials: number): number {
  const work = { ...training, network: network.network, rows: given.rows };
  return trialsMilliseconds(work, trials, trials * training.epochs);
}

/**
 * How far a study is: trials done, trials a second, the time left, and the rates so far.
 *
 * @param known  how many trials were done before it began
 * @param done   how many were done since
 */
export function studyProgress(
  plan: StudyPlan,
  known: number,
  done: number,
  millisecondsPassed: number,
): Progress {
  const total = plannedTrials(plan);
  const perSecond = (done / millisecondsPassed) * 1000;
  const facts = [
    `trial ${Math.floor(known + done)} of ${total}`,
    `${paceText(perSecond)} trials/s`,
    timeLeftText(millisecondsPassed, done / (total - known)),
  ].filter((fact) => fact !== "");
  const bars = plan.settings.map((setting, row) => {
    const { trials, solved } = countEnded(plan.outcomes[row]);
    return {
      label: unitsText(setting.given.activation, setting.given.hidden),
      value: trials > 0 ? solved / trials : 0,
      done: trials / plan.ranges[row].count,
    };
  });
  return { title: "study: share of trials solved", fraction: (known + done) / total, facts, bars };
}
