import { platform } from "../platform.js";
import { inSlices, silentReporter, stopWatch } from "../train/progress.js";
import { type Outcomes, setOutcomes } from "./outcomes.js";
import {
  type Chunk,
  chunkSeeds,
  chunksOf,
  endedTrials,
  fittingWorkers,
  makePlan,
  type StudyPlan,
  studyProgress,
} from "./plan.js";
import { runInPool } from "./pool.js";
import { makeStudy, type Study, studyText } from "./result.js";
import type { StudyControls, StudyOptions } from "./settings.js";
import { tfjsOutcomes } from "./tfjsTrials.js";
import { countedOn, fusedOutcomes } from "./trials.js";

/**
 * Trains many networks: every combination of the settings given as arrays, `trials` of each. Trial t of a setting has
 * its own data, initial weights and shuffles, all from a seed that follows from (seed, setting, t).
 *
 * @param options  see StudyOptions; what is not given is as in the question's script
 * @returns rows with the rate of success, its 95 % interval, and the losses at which the others ended
 * @throws TypeError or RangeError that names the option
 * @example (await study({ hidden: [1, 2], trials: 2, epochs: 1 })).rows.length // 2
 */
export async function study(options: StudyOptions = {}): Promise<Study> {
  const { plan, controls } = makePlan(options);
  return runPlan(plan, controls);
}

/**
 * Runs the trials of a plan that are pending.
 *
 * @param take  receives every chunk's outcomes as well, in the order in which they end
 */
export async function runPlan(
  plan: StudyPlan,
  controls: StudyControls,
  take: (chunk: Chunk, outcomes: Outcomes) => void = () => {},
): Promise<Study> {
  const host = platform().host();
  const known = endedTrials(plan);
  await null; // leave the caller's synchronous part: only then can a stop button reach us
  const reporter = controls.progress ? host.reporter() : silentReporter;
  const watch = stopWatch(host, controls.signal);
  const start = performance.now();
  const report = (done: number): void =>
    reporter.update(() => studyProgress(plan, known, done, performance.now() - start));
  const keep = (chunk: Chunk, outcomes: Outcomes): void => {
    setOutcomes(plan.outcomes[chunk.row], chunk.first - plan.ranges[chunk.row].first, outcomes);
    take(chunk, outcomes);
  };
  let done = 0;
  try {
    const workers = plan.engine === "tfjs" ? 1 : (controls.workers ?? fittingWorkers(plan, platform().cores));
    const status = await (workers === 1
      ? inSlices(allChunks(plan, keep), watch, () => {}, report)
      : runInPool(plan, chunksOf(plan), workers, watch, (chunk, outcomes) => {
          keep(chunk, outcomes);
          done += chunk.count;
          report(done);
        }));
    const made = makeStudy(plan, status, performance.now() - start);
    reporter.finish(studyText(made, plan));
    return made;
  } catch (error) {
    reporter.finish("study: failed");
    throw error;
  } finally {
    watch.release();
  }
}

/** All chunks in the calling thread, one after the other; yields how many trials are done. */
function* allChunks(
  plan: StudyPlan,
  keep: (chunk: Chunk, outcomes: Outcomes) => void,
): Generator<number, "completed"> {
  const outcomesOf = plan.engine === "tfjs" ? tfjsOutcomes : fusedOutcomes;
  let done = 0;
  for (const chunk of chunksOf(plan)) {
    const work = outcomesOf(plan.settings[chunk.row], chunkSeeds(plan, chunk));
    keep(chunk, yield* countedOn(work, done));
    done += chunk.count;
  }
  return "completed";
}
