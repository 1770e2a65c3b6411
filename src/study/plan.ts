import { trialsMilliseconds } from "../engine/cost.js";
import { STUDY_LANES } from "../engine/fused.js";
import { trialSeed } from "../numbers/random.js";
import type { Progress } from "../platform.js";
import { settingName } from "../words/names.js";
import { paceText, timeLeftText } from "../words/numbers.js";
import { countEnded, type Outcomes } from "./outcomes.js";
import type { StudySetting } from "./settings.js";

/** A study while it runs. The outcomes are filled in as trials end. */
export interface StudyPlan {
  readonly settings: readonly StudySetting[];
  /** One for each setting. */
  readonly outcomes: readonly Outcomes[];
  readonly trials: number;
  readonly seed: number;
  readonly engine: "fused" | "tfjs";
}

/** Some trials of one setting, done in one go. */
export interface Chunk {
  readonly row: number;
  readonly first: number;
  readonly count: number;
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
 * All trials in chunks of about a twentieth of a second. The settings take turns, so that all of them have got about as
 * far when a study is stopped.
 */
export function chunksOf(plan: StudyPlan): Chunk[] {
  const chunks = plan.settings.flatMap((setting, row) => {
    const groups = Math.floor(CHUNK_MILLISECONDS / millisecondsFor(setting, STUDY_LANES));
    const size = STUDY_LANES * Math.min(MOST_TRIALS / STUDY_LANES, Math.max(1, groups));
    const starts = Array.from({ length: Math.ceil(plan.trials / size) }, (_, i) => i * size);
    return starts.map((first) => ({ row, first, count: Math.min(size, plan.trials - first) }));
  });
  return chunks.sort((a, b) => a.first - b.first || a.row - b.row);
}

const WORTH_A_WORKER = 250; // milliseconds of work that are worth the start of another thread

/** How many threads a study is worth: one for each core, fewer where there is little to do. */
export function fittingWorkers({ settings, trials }: StudyPlan, cores: number): number {
  const work = settings.reduce((sum, setting) => sum + millisecondsFor(setting, trials), 0);
  return Math.max(1, Math.min(cores, Math.floor(work / WORTH_A_WORKER)));
}

function millisecondsFor({ given, network, training }: StudySetting, trials: number): number {
  const work = { ...training, network: network.network, rows: given.rows };
  return trialsMilliseconds(work, trials, trials * training.epochs);
}

/** How far a study is: trials done, trials a second, the time left, and the rates so far. */
export function studyProgress(plan: StudyPlan, done: number, millisecondsPassed: number): Progress {
  const total = plan.settings.length * plan.trials;
  const perSecond = (done / millisecondsPassed) * 1000;
  const facts = [
    `trial ${Math.floor(done)} of ${total}`,
    `${paceText(perSecond)} trials/s`,
    timeLeftText(millisecondsPassed, done / total),
  ].filter((fact) => fact !== "");
  const bars = plan.settings.map((setting, row) => {
    const { trials, solved } = countEnded(plan.outcomes[row]);
    return {
      label: settingName(setting.given.activation, setting.given.hidden),
      value: trials > 0 ? solved / trials : 0,
      done: trials / plan.trials,
    };
  });
  return { title: "study: share of trials solved", fraction: done / total, facts, bars };
}
