import type { Outcomes } from "../study/outcomes.js";
import type { StudySetting } from "../study/settings.js";
import { fusedOutcomes } from "../study/trials.js";

/** What a worker thread is asked to do. */
export interface WorkerTask {
  readonly setting: StudySetting;
  readonly seeds: readonly number[];
}

/** Runs a chunk of trials to its end; the entry of a worker thread. */
export function runTask({ setting, seeds }: WorkerTask): Outcomes {
  const work = fusedOutcomes(setting, seeds);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
