import { runToEnd } from "../engine/trial.js";
import type { Outcomes } from "./outcomes.js";
import type { StudySetting } from "./settings.js";
import { fusedOutcomes } from "./trials.js";

/** A chunk of a study as it is sent to a worker. */
export interface StudyTask {
  readonly setting: StudySetting;
  readonly seeds: readonly number[];
}

/** What a worker does: all trials of a task. */
export function doTask({ setting, seeds }: StudyTask): Outcomes {
  return runToEnd(fusedOutcomes(setting, seeds));
}
