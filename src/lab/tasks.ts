import { DEFAULT_SEED } from "../check.js";
import { STUDY_LANES } from "../engine/fused.js";
import { runToEnd } from "../engine/trial.js";
import { trialSeed } from "../numbers/random.js";
import { trainSettings } from "../settings/training.js";
import { type Outcomes, outcomeOf } from "../study/outcomes.js";
import { studySettings } from "../study/settings.js";
import { trainedOutcomes } from "../study/trials.js";
import { explainTask, runTask } from "./labRun.js";
import { networkOptions, trainOptions } from "./options.js";
import { problemOf, startOf } from "./problem.js";
import type { Setting } from "./setting.js";
import { tableOf } from "./table.js";

/** What a worker does for the laboratory. Each is a function of the setting alone, so that any worker can do it. */

/**
 * Trials `first` to `first + count − 1` of this setting: those of study() with its default seed, where the points are the
 * library's own or listed. Each trial draws its data, initial weights (unless they are kept) and shuffles from a seed of its own.
 */
export function countTask({
  setting,
  first,
  count,
}: {
  setting: Setting;
  first: number;
  count: number;
}): Outcomes {
  const text = textOf(setting);
  const seeds = Array.from({ length: count }, (_, i) => trialSeed(DEFAULT_SEED, text, first + i));
  return outcomesOf(setting, seeds);
}

/** The seed of trial t of countTask(): a run with it ends as the trial did. */
export function seedTask({ setting, trial }: { setting: Setting; trial: number }): number {
  return trialSeed(DEFAULT_SEED, textOf(setting), trial);
}

const PATIENCE = 5000; // milliseconds of searching

/** The next seed after the setting's own with which it is solved, or not; undefined if none was found in some seconds. */
export function findTask({ setting, solved }: { setting: Setting; solved: boolean }): {
  readonly seed: number | undefined;
  readonly tried: number;
} {
  const end = performance.now() + PATIENCE;
  let tried = 0;
  while (performance.now() < end) {
    const seeds = Array.from({ length: STUDY_LANES }, (_, i) => setting.seed + tried + i + 1);
    const outcomes = outcomesOf(setting, seeds);
    const found = seeds.findIndex((_, i) => (outcomeOf(outcomes, i)?.status === "solved") === solved);
    if (found >= 0) return { seed: seeds[found], tried: tried + found + 1 };
    tried += STUDY_LANES;
  }
  return { seed: undefined, tried };
}

/** The text that the seeds of study() follow from. */
function textOf(setting: Setting): string {
  const { inputs: _, ...network } = networkOptions(setting);
  const { data } = problemOf(setting, DEFAULT_SEED).train;
  return studySettings({ ...network, hidden: [setting.hidden], ...trainOptions(setting), data })[0].text;
}

function outcomesOf(setting: Setting, seeds: readonly number[]): Outcomes {
  const work = trainedOutcomes(
    startOf(setting, setting.seed).network,
    trainSettings("laboratory", trainOptions(setting)),
    seeds,
    (seed) => {
      const { train, test } = problemOf(setting, seed);
      return { data: train.data, weights: startOf(setting, seed).weights, seed, validation: test?.data };
    },
  );
  return runToEnd(work);
}

/** All that can be asked of a worker, by name. */
export const TASKS = {
  ...{ run: runTask, explain: explainTask, count: countTask, seed: seedTask, find: findTask, table: tableOf },
};
export type Tasks = typeof TASKS;
/** What each of them answers. */
export type Answers = { readonly [Name in keyof Tasks]: Awaited<ReturnType<Tasks[Name]>> };
