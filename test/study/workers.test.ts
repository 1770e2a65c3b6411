import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { study } from "../../src/index.js";

// Needs: more than ten seconds

/** How many threads were started meanwhile. */
async function threadsOf(work: () => Promise<unknown>): Promise<number> {
  let started = 0;
  const count = (): void => {
    started += 1;
  };
  process.on("worker", count);
  try {
    await work();
    return started;
  } finally {
    process.off("worker", count);
  }
}

/** Long work, of which only the start matters here. */
const LONG = { hidden: [2, 3, 4], activation: "relu", trials: 400, progress: false } as const;

test("study() uses every core for long work unless told otherwise, and no thread for short work", async () => {
  const cores = availableParallelism();
  const start = () => ({ ...LONG, signal: AbortSignal.timeout(500) });
  assert.equal(await threadsOf(() => study(start())), cores === 1 ? 0 : Math.min(cores, 5));
  assert.equal(await threadsOf(() => study({ ...start(), workers: 1 })), 0);
  assert.equal(await threadsOf(() => study({ trials: 20, progress: false })), 0);
});
