import assert from "node:assert/strict";
import { test } from "node:test";
import { mlp, train, xor } from "../../src/index.js";
import { flatWeights } from "../../src/model/chain.js";

// Needs: a quiet machine

const DATA = xor({ rows: 1000, seed: 2 });
const LONG = { epochs: 200_000, progress: false } as const;

for (const engine of ["fused", "tfjs"] as const) {
  test(`train() with engine ${engine} stops by its signal and keeps what was done`, async () => {
    const model = mlp({ hidden: 3, seed: 4 });
    const initial = flatWeights(model);
    const controller = new AbortController();
    const options = { ...LONG, batchSize: 50, engine, signal: controller.signal };
    const first = performance.now();
    const again = await train(mlp({ hidden: 3, seed: 4 }), DATA, {
      ...options,
      epochs: 1,
      signal: undefined,
    });
    const asked = 300 + 2 * (performance.now() - first); // TensorFlow.js's first steps are slow: an epoch must end before
    const start = performance.now();
    setTimeout(() => controller.abort(), asked);
    const run = await train(model, DATA, options);
    const took = performance.now() - start;
    assert.ok(took < asked + 1000, `stopped after ${took} ms, asked after ${asked}`);
    assert.equal(run.status, "stopped");
    assert.equal(run.solved, false);
    const { length } = run.history.loss;
    assert.ok(length >= 1 && length < LONG.epochs, `${length} epochs`);
    assert.equal(run.history.accuracy.length, length);
    assert.notDeepEqual(flatWeights(model), initial);
    assert.match(String(run), /^3 sigmoid units on xor: stopped; loss \d/);

    // The same work, not stopped, says the same up to there.
    assert.equal(again.history.loss[0], run.history.loss[0]);
    assert.deepEqual(again.weights(0), run.weights(0));
    assert.deepEqual(again.weights(1), run.weights(1));

    const next = await train(model, DATA, { engine, epochs: 1, batchSize: 50, progress: false });
    assert.equal(next.status, "completed");
    assert.deepEqual(next.weights(0), run.weights(), "it goes on from where the stopped run left off");
  });

  test(`train() with engine ${engine} and a signal that is aborted already does nothing`, async () => {
    const model = mlp({ seed: 5 });
    const initial = flatWeights(model);
    const run = await train(model, DATA, { ...LONG, engine, signal: AbortSignal.abort() });
    assert.equal(run.status, "stopped");
    assert.deepEqual(run.history, { loss: [], accuracy: [] });
    assert.ok(Number.isNaN(run.finalLoss) && Number.isNaN(run.finalAccuracy));
    assert.equal(run.firstPerfectEpoch, undefined);
    assert.deepEqual(flatWeights(model), initial);
    assert.deepEqual(run.weights(), run.weights(0));
    assert.match(String(run), /stopped; before its first epoch ended/);
  });
}

test("a run stopped within its first epoch still knows its initial weights", async () => {
  const model = mlp({ seed: 6 });
  const initial = flatWeights(model);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const data = xor({ rows: 300_000, seed: 1 });
  const run = await train(model, data, {
    epochs: 3,
    batchSize: 1,
    engine: "tfjs",
    progress: false,
    signal: controller.signal,
  });
  assert.equal(run.status, "stopped");
  assert.equal(run.history.loss.length, 0);
  const flat = (epoch?: number) =>
    Float32Array.from(run.weights(epoch).flatMap((layer) => [...layer.kernel.flat(), ...layer.bias]));
  assert.deepEqual(flat(0), initial);
  assert.notDeepEqual(flat(), initial);
  assert.deepEqual(flat(), flatWeights(model));
});

test("train() lets the event loop live on while it works", async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 10);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 400);
  await train(mlp(), DATA, { ...LONG, signal: controller.signal });
  clearInterval(timer);
  assert.ok(turns >= 8, `${turns} turns of a timer of 10 ms in 400 ms`);
});
