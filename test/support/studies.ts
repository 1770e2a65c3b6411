import assert from "node:assert/strict";
import type { Study } from "../../src/index.js";

/** Everything of a study but how long it took: rows, and all trials with their data. */
export function contents(study: Study) {
  const { rows, seed, engine, shard, status, solvedBy } = study;
  const trials = rows.map((row) => Array.from({ length: row.trials }, (_, t) => study.trial(row, t)));
  const data = rows.map((row) => study.dataOf(row));
  return { rows, seed, engine, shard, status, solvedBy, trials, data, text: String(study) };
}

/** Two studies must be equal to the bit: rows, trials, data, and a trial that is trained again. */
export async function assertSame(one: Study, other: Study): Promise<void> {
  assert.deepEqual(contents(one), contents(other));
  const last = one.rows.length - 1;
  const [mine, theirs] = [await one.replay(last, 0), await other.replay(last, 0)];
  assert.deepEqual(mine.weights(), theirs.weights());
  assert.deepEqual(mine.history, theirs.history);
}
