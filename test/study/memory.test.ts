import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { countEnded, makeOutcomes, type Outcomes, setOutcome } from "../../src/study/outcomes.js";
import { CHECKOUT } from "../support/checkout.js";

// Needs: more than ten seconds

const MEGABYTE = 2 ** 20;

/** How much more memory is in use after the last study than after study `from`, in bytes. */
async function growth(workers: number, studies: number, from: number): Promise<number> {
  const child = join(CHECKOUT, "dist", "test", "support", "memoryChild.js");
  const given = [workers, studies, from].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", child, ...given], {
    timeout: 300_000,
  });
  const [before, after] = JSON.parse(stdout) as number[];
  return after - before;
}

test("34 studies leave no memory behind", async () => {
  const grown = await growth(1, 34, 18); // after 18 there is a kernel for every shape
  assert.ok(grown < MEGABYTE / 3, `16 studies left ${grown} bytes behind`);
});

test("studies in workers leave no memory behind", async () => {
  const grown = await growth(2, 18, 10);
  assert.ok(grown < MEGABYTE / 6, `8 studies left ${grown} bytes behind`);
});

const TRIALS = 1_000_000;

/** Bytes that a study's columns take. */
function bytesOf(outcomes: Outcomes): number {
  return Object.values(outcomes).reduce((sum: number, column: ArrayBufferView) => sum + column.byteLength, 0);
}

test("the outcomes of a million trials take less than 100 MB, filled in or not", () => {
  const before = process.memoryUsage();
  const outcomes = makeOutcomes(TRIALS);
  for (let trial = 0; trial < TRIALS; trial++) {
    const solved = trial % 3 === 0;
    setOutcome(outcomes, trial, {
      status: solved ? "solved" : "unsolved",
      finalLoss: trial / TRIALS,
      judgedLoss: Math.LN2,
      floor: solved ? undefined : Math.LN2,
      valLoss: undefined,
      valAccuracy: undefined,
      firstPerfectEpoch: solved ? 1 + (trial % 100) : undefined,
      firstSolvedEpoch: solved ? 1 + (trial % 100) : undefined,
    });
  }
  const after = process.memoryUsage();
  assert.equal(bytesOf(outcomes), 29 * TRIALS);
  assert.ok(after.arrayBuffers - before.arrayBuffers < 100 * MEGABYTE);
  assert.deepEqual(countEnded(outcomes), { trials: TRIALS, solved: Math.ceil(TRIALS / 3), diverged: 0 });
});
