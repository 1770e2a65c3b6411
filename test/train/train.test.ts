import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import { dataset, mlp, type Run, tf, train, xor } from "../../src/index.js";
import { flatWeights } from "../../src/model/chain.js";
import { assertNear } from "../support/numbers.js";

const XOR_ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

const QUICK = { epochs: 4, progress: false } as const;
const DATA = xor({ rows: 60, seed: 2 });

/** Everything of a run that must repeat. */
const essence = ({ history, solved, firstPerfectEpoch, status, settings, ...run }: Run) => ({
  ...{ history, solved, firstPerfectEpoch, status, settings },
  weights: run.weights(),
});

for (const engine of ["fused", "tfjs"] as const) {
  const run = (options: object = {}, seed = 3) =>
    train(mlp({ hidden: 3, activation: "relu", seed }), DATA, { ...QUICK, engine, seed, ...options });

  test(`train() with engine ${engine} repeats bit for bit for one seed, and differs for another`, async () => {
    const [first, again] = [await run(), await run()];
    assert.deepEqual(essence(again), essence(first));
    const reshuffled = await run({ seed: 4 });
    assert.deepEqual(reshuffled.weights(0), first.weights(0));
    assert.notDeepEqual(reshuffled.history, first.history);
    const restarted = await train(mlp({ hidden: 3, activation: "relu", seed: 4 }), DATA, {
      ...QUICK,
      engine,
      seed: 3,
    });
    assert.notDeepEqual(restarted.weights(0), first.weights(0));
  });

  test(`train() with engine ${engine} leaves the trained weights in the model`, async () => {
    const model = mlp({ hidden: 3, activation: "tanh", seed: 5 });
    const initial = flatWeights(model);
    const done = await train(model, DATA, { ...QUICK, engine });
    assert.equal(done.model, model);
    assert.notDeepEqual(flatWeights(model), initial);
    const predicted = tf.tidy(() => (model.predict(tf.tensor2d(XOR_ROWS)) as Tensor).dataSync());
    assertNear(done.predict(XOR_ROWS), predicted, 1e-6, "predictions");
    const flat = done.weights().flatMap(({ kernel, bias }) => [...kernel.flat(), ...bias]);
    assert.deepEqual(Float32Array.from(flat), flatWeights(model));
  });

  test(`train() with engine ${engine} keeps the weights after every epoch`, async () => {
    const model = mlp({ hidden: 2, seed: 6 });
    const initial = flatWeights(model);
    const done = await train(model, DATA, { ...QUICK, engine });
    assert.deepEqual(
      Float32Array.from(done.weights(0).flatMap((l) => [...l.kernel.flat(), ...l.bias])),
      initial,
    );
    assert.deepEqual(done.weights(0)[0].kernel.length, 2);
    assert.deepEqual(done.weights(4), done.weights());
    assert.notDeepEqual(done.weights(3), done.weights(4));
    const shorter = await train(mlp({ hidden: 2, seed: 6 }), DATA, { ...QUICK, engine, epochs: 2 });
    assert.deepEqual(done.weights(2), shorter.weights());
    assert.deepEqual(done.predict(XOR_ROWS, 2), shorter.predict(XOR_ROWS));
  });

  test(`train() with engine ${engine} a second time goes on from the trained weights`, async () => {
    const model = mlp({ hidden: 3, seed: 7 });
    const first = await train(model, DATA, { ...QUICK, engine });
    const second = await train(model, DATA, { ...QUICK, engine });
    assert.deepEqual(second.weights(0), first.weights());
    assert.notDeepEqual(second.weights(), first.weights());
    assert.deepEqual(first.weights(0), (await train(mlp({ hidden: 3, seed: 7 }), DATA, QUICK)).weights(0));
  });

  test(`train() with engine ${engine} changes neither options nor data`, async () => {
    const optimizer = Object.freeze({ name: "adam" as const, learningRate: 0.01 });
    const options = Object.freeze({ ...QUICK, engine, optimizer });
    const data = xor({ rows: 30, seed: 1 });
    const before = [data.inputs.slice(), data.targets.slice()];
    await train(mlp(), data, options);
    assert.deepEqual([data.inputs, data.targets], before);
  });
}

test("train() reports every epoch, and the run says what made it", async () => {
  const run = await train(mlp({ seed: 1 }), DATA, { epochs: 7, progress: false, seed: 12 });
  assert.equal(run.history.loss.length, 7);
  assert.equal(run.history.accuracy.length, 7);
  assert.ok(run.history.loss.every((loss) => Number.isFinite(loss) && loss > 0));
  assert.ok(run.history.accuracy.every((accuracy) => accuracy >= 0 && accuracy <= 1));
  assert.equal(run.finalLoss, run.history.loss[6]);
  assert.equal(run.finalAccuracy, run.history.accuracy[6]);
  assert.equal(run.seed, 12);
  assert.equal(run.settings.epochs, 7);
  assert.equal(run.settings.optimizer.learningRate, 0.001);
  assert.equal(run.data, DATA);
  assert.ok(run.milliseconds > 0);
  assert.ok(Object.isFrozen(run));
});

test("train() without options trains the question's script", async () => {
  const run = await train(mlp(), xor({ rows: 8 }), { progress: false });
  assert.equal(run.history.loss.length, 100);
  assert.equal(run.settings.optimizer.name, "rmsprop");
  assert.equal(run.settings.batchSize, 4);
});

test("weights() and predict() refuse epochs and rows that there are not", async () => {
  const run = await train(mlp(), DATA, QUICK);
  for (const epoch of [-1, 5, 0.5])
    assert.throws(() => run.weights(epoch), {
      name: "RangeError",
      message: new RegExp(`^weights: epoch must be a whole number ≥ 0( and ≤ 4)?, got ${epoch}$`),
    });
  assert.throws(() => run.weights("1" as never), {
    name: "TypeError",
    message: 'weights: epoch must be a whole number ≥ 0, got "1"',
  });
  assert.throws(() => run.predict([[1]]), {
    name: "RangeError",
    message: "predict: row 0 must have 2 numbers, got [1]",
  });
  assert.throws(() => run.predict([0, 1] as never), {
    name: "TypeError",
    message: "predict: row 0 must have 2 numbers, got 0",
  });
  assert.throws(() => run.predict("01" as never), /^TypeError: predict: inputs must be an array of rows/);
  assert.deepEqual(run.predict([]), []);
});

for (const engine of ["fused", "tfjs"] as const)
  test(`train() calls a run diverged whose last step leaves no finite weights, engine ${engine}`, async () => {
    const data = dataset([[1], [2], [3]], [2, 4, 7]);
    const options = {
      epochs: 1,
      batchSize: 3,
      loss: "meanSquaredError",
      learningRate: 1e300,
      engine,
    } as const;
    const model = mlp({ inputs: 1, hidden: [], output: "linear", seed: 1 });
    const run = await train(model, data, { ...options, optimizer: "sgd", progress: false });
    assert.deepEqual([run.status, run.ending, run.solved], ["diverged", "diverged", false]);
    assert.deepEqual(run.divergedAt, { epoch: 0, step: 1 });
  });

for (const engine of ["fused", "tfjs"] as const)
  test(`train() takes log loss of answers that are no numbers for no number, engine ${engine}`, async () => {
    const options = { epochs: 3, learningRate: 1e300, engine, optimizer: "sgd", progress: false } as const;
    const run = await train(
      mlp({ hidden: 3, activation: "relu", output: "linear" }),
      xor({ rows: 100 }),
      options,
    );
    assert.equal(run.status, "diverged");
    assert.ok(run.history.loss.every((loss) => loss >= 0));
  });
