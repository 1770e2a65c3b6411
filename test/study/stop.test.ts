import assert from "node:assert/strict";
import { test } from "node:test";
import { study, tf } from "../../src/index.js";

// Needs: a quiet machine

test("a study in TensorFlow.js that is stopped within a trial leaves no tensor behind", async () => {
  await study({ trials: 1, epochs: 1, rows: 8, engine: "tfjs", progress: false }); // the backend is there
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const stopped = await study({ epochs: 1000, engine: "tfjs", progress: false, signal: controller.signal });
  assert.equal(stopped.status, "stopped");
  assert.equal(stopped.rows[0].trials, 0);
  assert.equal(tf.memory().numTensors, before);
});

test("a stopped study keeps what was done and says so", async () => {
  for (const [workers, after] of [
    [1, 800],
    [2, 1500], // threads take their time to start where other work goes on
  ]) {
    const start = performance.now();
    const options = { hidden: [2, 5], activation: "relu", seed: 6, workers, progress: false } as const;
    const done = await study({ ...options, trials: 100_000, signal: AbortSignal.timeout(after) });
    const took = performance.now() - start;
    assert.ok(took < after + 1000, `asked after ${after} ms, ended after ${took}`);
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
