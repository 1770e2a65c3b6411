import { join } from "node:path";
import type { Piscina } from "piscina";
import type { Outcomes } from "../study/outcomes.js";
import { type Chunk, chunkSeeds, type StudyPlan } from "../study/plan.js";
import type { StopWatch } from "../train/progress.js";
import type { WorkerTask } from "./studyWorker.js";

const LOOK = 20; // milliseconds between two looks at the stop button
const TRIES = 3; // a worker that dies is replaced, and its chunk done again, so many times

/**
 * Works off chunks in worker threads, as many at a time.
 *
 * @param take  receives every chunk's outcomes, in the order in which they end
 * @returns "stopped" as soon as the stop watch says so; the chunks under way are then given up
 * @throws Error that names the chunk, if workers die on it again and again
 */
export async function runInPool(
  plan: StudyPlan,
  chunks: readonly Chunk[],
  workers: number,
  watch: StopWatch,
  take: (chunk: Chunk, outcomes: Outcomes) => void,
): Promise<"completed" | "stopped"> {
  const { Piscina } = await import("piscina"); // not needed by whoever only imports "xorlab"
  const pool = new Piscina({
    filename: join(__dirname, "studyWorker.js"),
    name: "runTask",
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
  });
  pool.on("error", () => {}); // a worker that dies without a task of its own: what it leaves undone is seen in runTask()
  let next = 0;
  let over = false;
  const oneAfterTheOther = async (): Promise<void> => {
    while (next < chunks.length && !over) {
      const chunk = chunks[next++];
      const outcomes = await tryChunk(pool, plan, chunk, () => over);
      if (outcomes) take(chunk, outcomes);
    }
  };
  const pressed = untilPressed(watch, () => over);
  try {
    const all = Promise.all(Array.from({ length: workers }, oneAfterTheOther));
    all.catch(() => {}); // a failure after a stop is part of the stop
    return await Promise.race([all.then(() => "completed" as const), pressed]);
  } finally {
    over = true;
    await pool.destroy();
  }
}

/** Resolves when the stop button is pressed; gives up silently when the work is over. */
function untilPressed(watch: StopWatch, over: () => boolean): Promise<"stopped"> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (watch.pressed) resolve("stopped");
      if (watch.pressed || over()) clearInterval(timer);
    }, LOOK);
  });
}

async function tryChunk(
  pool: Piscina,
  plan: StudyPlan,
  chunk: Chunk,
  over: () => boolean,
): Promise<Outcomes | undefined> {
  const task: WorkerTask = { setting: plan.settings[chunk.row], seeds: chunkSeeds(plan, chunk) };
  for (let attempt = 1; ; attempt++) {
    try {
      return await runTask(pool, task);
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

/** Has a worker do a task; fails if it dies, or if no worker lives to do it: the pool gives up when they die at birth. */
async function runTask(pool: Piscina, task: WorkerTask): Promise<Outcomes> {
  const gone = new AbortController();
  const timer = setInterval(() => {
    if (pool.threads.length === 0) gone.abort("no worker thread could be started");
  }, LOOK);
  try {
    return (await pool.run(task, { signal: gone.signal })) as Outcomes;
  } finally {
    clearInterval(timer);
  }
}
