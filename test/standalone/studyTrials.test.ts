import assert from "node:assert/strict";
import { test } from "node:test";
import { studyRows, studyTrials, summarizeTrials } from "../../src/engineApi.js";
import { study } from "../../src/index.js";

const OPTIONS = { hidden: [1, [3, 2]], activation: ["relu", "tanh"], rows: 40, epochs: 30, seed: 9 } as const;

test("studyTrials() gives the trials of study(), whichever are asked for", async () => {
  const whole = await study({ ...OPTIONS, trials: 20, workers: 1, progress: false });
  const rows = studyRows(OPTIONS);
  assert.equal(rows.length, whole.rows.length);
  for (const [row, setting] of rows.entries()) {
    const parts = [
      ...studyTrials(OPTIONS, { row, first: 13, count: 7 }),
      ...studyTrials(OPTIONS, { row, first: 0, count: 13 }),
    ];
    for (const [i, { seed, ...outcome }] of parts.entries()) {
      const trial = whole.trial(row, i < 7 ? 13 + i : i - 7);
      const { setting: given, data: _, seed: same, ...expected } = trial;
      assert.deepEqual([seed, outcome, setting], [same, expected, given]);
    }
    const { trials, solved, rate, interval, floors, epochsToSolve } = whole.rows[row];
    const summary = summarizeTrials(parts);
    assert.deepEqual(
      { ...summary, diverged: 0 },
      { ...summary, trials, solved, rate, interval, floors, epochsToSolve, diverged: 0 },
    );
  }
});

test("studyTrials() names what is wrong", () => {
  assert.throws(
    () => studyTrials({}, { row: 1 }),
    /studyTrials: row must be a whole number ≥ 0 and ≤ 0, got 1/,
  );
  assert.throws(() => studyTrials({ data: "digits" } as never), /study: unknown data "digits".*encoder/);
  assert.throws(() => studyTrials({ hiden: 3 } as never), /study: unknown option "hiden"/);
});
