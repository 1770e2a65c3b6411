import { endedTrials, makePlan, plannedTrials } from "../../study/plan.js";
import { shardText } from "../../study/shard.js";
import { runPlan } from "../../study/study.js";
import { measuredText } from "../../words/numbers.js";
import { openPartFile } from "./partFile.js";
import type { StudyRequest } from "./studyArguments.js";
import { writeStudy } from "./studyOutput.js";

/** The exit code of work that is not over, and continues when the same command is given again: EX_TEMPFAIL of sysexits.h. */
export const INCOMPLETE = 75;

/**
 * Runs a shard of a study, or a whole one, and keeps its trials in a file as they end. Trials that the file has are not
 * run again. SIGTERM and SIGINT end it.
 *
 * @returns the exit code
 */
export async function runShard(path: string, request: StudyRequest): Promise<number> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const signal of SIGNALS) process.once(signal, abort); // a second one ends the program at once
  try {
    return await runUntil(stop.signal, path, request);
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort);
  }
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

async function runUntil(signal: AbortSignal, path: string, request: StudyRequest): Promise<number> {
  const where = "xorlab study";
  const { plan, controls } = makePlan({ ...request.options, signal });
  const file = openPartFile(where, path, plan, request.shared);
  const work = runPlan(plan, controls, file.take);
  const result = await work.finally(file.close);
  const [trials, total] = [endedTrials(plan), plannedTrials(plan)];
  const fresh = trials - file.known;
  const took = fresh > 0 ? ` (${fresh} now, in ${measuredText(result.milliseconds)})` : "";
  const state = trials === total ? "complete" : "incomplete; the same command continues it";
  process.stderr.write(
    `${path}: shard ${shardText(plan.shard)}, ${trials} of ${total} trials${took}; ${state}\n`,
  );
  if (trials < total) return INCOMPLETE;
  if (plan.shard.of === 1) writeStudy(where, result, request);
  return 0;
}
