import { FIXED_DATA } from "../data/fixed.js";
import { platform } from "../platform.js";
import { inSlices, type StopWatch, silentReporter, stopWatch } from "../train/progress.js";
import { makeOutcomes, setOutcomes } from "./outcomes.js";
import { chunkSeeds, chunksOf, fittingWorkers, type StudyPlan, studyProgress } from "./plan.js";
import { runInPool } from "./pool.js";
import { makeStudy, type Study, studyText } from "./result.js";
import { type StudyOptions, studyControls, studySettings } from "./settings.js";
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
  const host = platform().host();
  const settings = studySettings(options, FIXED_DATA);
  const controls = studyControls(options);
  const { trials, seed, engine } = controls;
  const plan = { settings, outcomes: settings.map(() => makeOutcomes(trials)), trials, seed, engine };
  await null; // leave the caller's synchronous part: only then can a stop button reach us
  const reporter = controls.progress ? host.reporter() : silentReporter;
  const watch = stopWatch(host, controls.signal);
  const start = performance.now();
  const report = (done: number): void =>
    reporter.update(() => studyProgress(plan, done, performance.now() - start));
  try {
    const workers = engine === "tfjs" ? 1 : (controls.workers ?? fittingWorkers(plan, platform().cores));
    const status = await (workers === 1
      ? inSlices(allChunks(plan), watch, () => {}, report)
      : runThere(plan, workers, watch, report));
    const done = makeStudy(plan, status, performance.now() - start);
    reporter.finish(studyText(done, trials));
    return done;
  } catch (error) {
    reporter.finish("study: failed");
    throw error;
  } finally {
    watch.release();
  }
}

/** All chunks in the calling thread, one after the other; yields how many trials are done. */
function* allChunks(plan: StudyPlan): Generator<number, "completed"> {
  const outcomesOf = plan.engine === "tfjs" ? tfjsOutcomes : fusedOutcomes;
  let done = 0;
  for (const chunk of chunksOf(plan)) {
    const work = outcomesOf(plan.settings[chunk.row], chunkSeeds(plan, chunk));
    setOutcomes(plan.outcomes[chunk.row], chunk.first, yield* countedOn(work, done));
    done += chunk.count;
  }
  return "completed";
}

/** In worker threads. */
function runThere(
  plan: StudyPlan,
  workers: number,
  watch: StopWatch,
  report: (done: number) => void,
): Promise<"completed" | "stopped"> {
  let done = 0;
  return runInPool(plan, chunksOf(plan), workers, watch, (chunk, outcomes) => {
    setOutcomes(plan.outcomes[chunk.row], chunk.first, outcomes);
    done += chunk.count;
    report(done);
  });
}
