import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { nodePlatform } from "../../src/node/platform.js";
import { type Host, type Progress, setPlatform } from "../../src/platform.js";
import type { Study } from "../../src/study/result.js";
import type { StudyOptions } from "../../src/study/settings.js";
import { study as runStudy } from "../../src/study/study.js";
import { CHECKOUT } from "../support/checkout.js";
import { livingWorkers, onStart, startedCount, watchWorkers } from "../support/poolWorkers.js";

// Needs: a quiet machine
// Needs: more than ten seconds

const LONG_ENOUGH = 20_000; // milliseconds in which everything here is over many times; a hang is told, not waited for

const OPTIONS = { hidden: [2, 5], activation: "relu", trials: 200, seed: 3, workers: 2 } as const;

/** Runs a study; `see` is told its progress, chunk by chunk. */
function watched(options: StudyOptions, see: (progress: Progress) => void = () => {}): Promise<Study> {
  const reporter = () => ({ update: (progress: () => Progress) => see(progress()), finish: () => {} });
  const host: Host = { reporter, onStop: () => () => {}, display: () => assert.fail("nothing is shown") };
  setPlatform({ ...nodePlatform, host: () => host });
  return runStudy(options);
}

/** Does something at the first calls only. */
function firstTimes<Given extends unknown[]>(times: number, act: (...given: Given) => void) {
  let left = times;
  return (...given: Given): void => {
    if (left-- > 0) act(...given);
  };
}

const outcomes = (study: Study) =>
  study.rows.map((row) => Array.from({ length: row.trials }, (_, t) => study.trial(row, t)));

let undisturbed: Study;

before(async () => {
  undisturbed = await watched({ ...OPTIONS, workers: 1 });
  watchWorkers();
});

afterEach(() => {
  onStart(() => {});
  assert.equal(livingWorkers().length, 0, "worker threads are left");
});

/** The study must come out as if nothing had happened, with every trial counted once. */
async function assertSurvives(see: () => void): Promise<void> {
  const fractions: number[] = [];
  const study = await watched(OPTIONS, (progress) => {
    fractions.push(progress.fraction);
    see();
  });
  assert.equal(study.status, "completed");
  assert.deepEqual(study.rows, undisturbed.rows);
  assert.deepEqual(outcomes(study), outcomes(undisturbed));
  assert.equal(fractions.at(-1), 1, "every trial is reported, and none twice");
  assert.ok(fractions.every((fraction, i) => i === 0 || fraction > fractions[i - 1]));
}

test("a study ends as ever when one of its workers dies", { timeout: LONG_ENOUGH }, async () => {
  const before = startedCount();
  await assertSurvives(firstTimes(1, () => livingWorkers()[0].terminate()));
  assert.equal(startedCount(), before + 3, "the dead one was replaced");
});

test("a study ends as ever when all its workers die at once", { timeout: LONG_ENOUGH }, async () => {
  await assertSurvives(firstTimes(1, () => livingWorkers().map((worker) => worker.terminate())));
});

test("a study ends as ever when a worker's replacement dies at birth", { timeout: LONG_ENOUGH }, async () => {
  await assertSurvives(
    firstTimes(1, () => {
      onStart(firstTimes(1, (worker: Worker) => worker.terminate()));
      for (const worker of livingWorkers()) worker.terminate();
    }),
  );
});

test("a worker that dies when nothing is left to do for it disturbs nobody", {
  timeout: LONG_ENOUGH,
}, async () => {
  const options = { ...OPTIONS, hidden: [2, 200], trials: 8 }; // a chunk each; the first to end waits for the other
  const expected = await watched({ ...options, workers: 1 });
  const before = startedCount();
  onStart((worker) => worker.on("message", () => setTimeout(() => worker.terminate(), 2)));
  const living: number[] = [];
  const study = await watched(options, () => living.push(livingWorkers().length));
  assert.deepEqual(outcomes(study), outcomes(expected));
  assert.deepEqual(living, [2, 1], "one was dead when the other one's chunk was done");
  assert.equal(startedCount(), before + 2, "it was not replaced");
});

const NAMED = /^study: a worker thread failed 3 times on trials \d+ to \d+ of row [01]$/;

const DEATHS: Readonly<Record<string, (worker: Worker) => void>> = {
  "before they begin": (worker) => worker.terminate(),
  "as soon as they work": (worker) => worker.on("online", () => setTimeout(() => worker.terminate(), 2)),
};

for (const [when, die] of Object.entries(DEATHS))
  test(`a study fails, and names the trials, if all workers die ${when}`, {
    timeout: LONG_ENOUGH,
  }, async () => {
    onStart(die);
    const error: unknown = await watched(OPTIONS).then(
      () => undefined,
      (failure) => failure,
    );
    assert.ok(error instanceof Error, "the study must fail");
    assert.match(error.message, NAMED);
    assert.ok(error.cause instanceof Error, "it says what happened to the worker");
  });

test("workers are gone after every study", { timeout: LONG_ENOUGH }, async () => {
  for (let seed = 1; seed <= 3; seed++) {
    await watched({ ...OPTIONS, seed, trials: 20, epochs: 10, workers: 3 });
    assert.equal(livingWorkers().length, 0);
  }
});

test("a signal ends a study in workers at once, and what was done is kept", {
  timeout: LONG_ENOUGH,
}, async () => {
  const waits: number[] = [];
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    let asked = 0;
    let fraction = 0;
    const study = await watched({ ...OPTIONS, trials: 100_000, signal: controller.signal }, (progress) => {
      fraction = progress.fraction;
      asked ||= performance.now();
      controller.abort();
    });
    waits.push(performance.now() - asked);
    assert.equal(livingWorkers().length, 0);
    assert.equal(study.status, "stopped");
    const [row, later] = study.rows;
    const trials = row.trials + later.trials;
    assert.ok(trials > 0);
    assert.equal(trials, Math.round(fraction * 200_000), "all that was reported is kept");
    const known = Math.min(row.trials, OPTIONS.trials);
    for (let t = 0; t < known; t++) assertKept(study, t);
  }
  const median = waits.sort((a, b) => a - b)[2];
  assert.ok(median < 500, `the median wait was ${median} ms`);
});

/** A trial that was done before the stop is as in the whole study; chunks end in any order, so some are not done. */
function assertKept(study: Study, t: number): void {
  try {
    assert.deepEqual(study.trial(0, t), undisturbed.trial(0, t));
  } catch (error) {
    assert.equal((error as Error).message, `trial: the study was stopped before trial ${t} of row 0`);
  }
}

const CHILD = `
const { study } = require(process.argv[1]);
const signal = process.argv[2] === "stopped" ? AbortSignal.timeout(800) : undefined;
study({ hidden: 2, trials: signal ? 1e6 : 100, workers: 2, progress: false, signal }).then((done) => {
  const end = performance.now();
  process.on("exit", () => console.log(JSON.stringify([done.status, performance.now() - end])));
});`;

for (const status of ["completed", "stopped"])
  test(`a program ends by itself after a study that was ${status}`, {
    timeout: 2 * LONG_ENOUGH,
  }, async () => {
    const index = join(CHECKOUT, "dist", "src", "index.js");
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", CHILD, index, status], {
      timeout: LONG_ENOUGH,
    });
    const [came, wait] = JSON.parse(stdout) as [string, number];
    assert.equal(came, status);
    assert.ok(wait < 2000, `it went on for ${wait} ms`);
  });
