import assert from "node:assert/strict";
import { test } from "node:test";
import { study } from "../../src/index.js";

// Needs: a quiet machine

test("a stopped study keeps what was done and says so", async () => {
  for (const workers of [1, 2]) {
    const options = { hidden: [2, 5], activation: "relu", seed: 6, workers, progress: false } as const;
    const stopped = async (after: number) => {
      const start = performance.now();
      const done = await study({ ...options, trials: 100_000, signal: AbortSignal.timeout(after) });
      const took = performance.now() - start;
      assert.ok(took < after + 1000, `asked after ${after} ms, ended after ${took}`);
      return done;
    };
    let done = await stopped(800);
    for (let after = 1600; done.rows[0].trials === 0 && after < 30_000; after *= 2)
      done = await stopped(after); // threads start late where other work goes on
    assert.equal(done.status, "stopped");
    const [row, later] = done.rows;
    assert.ok(row.trials > 0 && row.trials < 100_000, `${row.trials} trials`);
    assert.ok(Math.abs(row.trials - later.trials) <= 256, "the settings take turns");
    assert.ok(row.solved <= row.trials);
    assert.throws(() => done.trial(later, 99_999), {
      name: "RangeError",
      message: "trial: the study was stopped before trial 99999 of row 1",
    });
    const whole = await study({ ...options, hidden: 2, trials: 4 });
    for (let t = 0; t < 4; t++) assert.deepEqual(done.trial(0, t), whole.trial(0, t));
  }
  const none = await study({ trials: 100_000, workers: 1, progress: false, signal: AbortSignal.abort() });
  const [row] = none.rows;
  assert.deepEqual([row.trials, row.solved, row.rate, row.interval], [0, 0, Number.NaN, [0, 1]]);
  assert.match(String(none), /–\n|–$/m);
});
