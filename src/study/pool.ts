import type { StudyWorker } from "../platform.js";
import type { StopWatch } from "../train/progress.js";
import type { Outcomes } from "./outcomes.js";
import { type Chunk, chunkSeeds, type StudyPlan } from "./plan.js";
import { startThread } from "./threads.js";
import type { StudyTask } from "./trials.js";

const LOOK = 20; // milliseconds between two looks at the stop button
const TRIES = 3; // times that a chunk is tried, each time with a new worker if the last one died

/**
 * Does chunks in worker threads.
 *
 * @param take  receives every chunk's outcomes, in the order in which they end
 * @returns "stopped" as soon as the stop watch is pressed; unfinished chunks are then given up
 * @throws Error that names the chunk, if workers died on it three times
 */
export async function runInPool(
  plan: StudyPlan,
  chunks: readonly Chunk[],
  workers: number,
  watch: StopWatch,
  take: (chunk: Chunk, outcomes: Outcomes) => void,
): Promise<"completed" | "stopped"> {
  const threads = Array.from({ length: Math.min(workers, chunks.length) }, replacedThread);
  let next = 0;
  let over = false;
  const oneAfterTheOther = async (thread: Thread): Promise<void> => {
    while (next < chunks.length && !over) {
      const chunk = chunks[next++];
      const outcomes = await tryChunk(thread, plan, chunk, () => over);
      if (outcomes && !over) take(chunk, outcomes);
    }
  };
  const pressed = untilPressed(watch, () => over);
  try {
    const all = Promise.all(threads.map(oneAfterTheOther));
    all.catch(() => {}); // a failure after a stop is part of the stop
    return await Promise.race([all.then(() => "completed" as const), pressed]);
  } finally {
    over = true;
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** Resolves when the stop button is pressed; never, if the work ends first. */
function untilPressed(watch: StopWatch, over: () => boolean): Promise<"stopped"> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (watch.pressed) resolve("stopped");
      if (watch.pressed || over()) clearInterval(timer);
    }, LOOK);
  });
}

async function tryChunk(
  thread: Thread,
  plan: StudyPlan,
  chunk: Chunk,
  over: () => boolean,
): Promise<Outcomes | undefined> {
  const task: StudyTask = { setting: plan.settings[chunk.row], seeds: chunkSeeds(plan, chunk) };
  for (let attempt = 1; ; attempt++) {
    try {
      return await thread.run(task);
    } catch (cause) {
      if (over()) return undefined;
      if (attempt < TRIES) continue;
      const last = chunk.first + chunk.count - 1;
      throw new Error(
        `study: a worker thread failed ${TRIES} times on trials ${chunk.first} to ${last} of row ${chunk.row}`,
        { cause },
      );
    }
  }
}

type Thread = ReturnType<typeof replacedThread>;

/** A worker that is started when there is something to do, and again after it died. */
function replacedThread() {
  let worker: StudyWorker | undefined;
  /** Fails if the worker dies before it answers. */
  const run = (task: StudyTask): Promise<Outcomes> =>
    new Promise((resolve, reject) => {
      answered = resolve;
      failed = reject;
      worker ??= startThread({ onMessage, onEnd });
      worker.post(task);
    });
  let answered: (outcomes: Outcomes) => void;
  let failed: (cause: Error) => void;
  const onMessage = (outcomes: unknown): void => answered(outcomes as Outcomes);
  const onEnd = (cause: Error): void => {
    worker = undefined;
    failed(cause);
  };
  return { run, end: () => worker?.end() };
}
