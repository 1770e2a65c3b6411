import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { mlp, study, tf, train, xor } from "../../src/index.js";

/** No tensor is left behind. These tests run with either backend: whole/native.test.ts runs them with tfjs-node. */

const DATA = xor({ rows: 8, seed: 2 });
const RUNS = 20;
const OPTIMIZERS = [
  "rmsprop",
  "sgd",
  { name: "sgd", momentum: 0.9, nesterov: true },
  "adam",
  "adagrad",
] as const;

for (const engine of ["fused", "tfjs"] as const)
  for (const optimizer of OPTIMIZERS)
    test(`train() with engine ${engine} and ${inspect(optimizer)} leaves no tensor behind in ${RUNS} runs`, async () => {
      const options = { epochs: 1, batchSize: 4, progress: false, engine, optimizer } as const;
      const model = mlp({ hidden: [2, 2], activation: ["relu", "leakyRelu"] });
      await train(model, DATA, options); // the first use makes what stays
      const before = tf.memory().numTensors;
      for (let seed = 1; seed <= RUNS; seed++) {
        const run = await train(model, DATA, { ...options, seed });
        run.predict([[0, 1]]);
        assert.equal(tf.memory().numTensors, before, `after run ${seed}`);
      }
      model.dispose();
      assert.equal(
        tf.memory().numTensors,
        before - 6,
        "dispose() lets go of the model's three kernels and biases",
      );
    });

test("a new model for every run leaves nothing once it is disposed of", async () => {
  await train(mlp(), DATA, { epochs: 1, progress: false, engine: "tfjs" });
  const before = tf.memory().numTensors;
  for (let seed = 1; seed <= RUNS; seed++) {
    const model = mlp({ hidden: [3, 2], seed });
    await train(model, DATA, {
      epochs: 1,
      batchSize: 8,
      progress: false,
      engine: seed % 2 ? "tfjs" : "fused",
    });
    model.dispose();
  }
  assert.equal(tf.memory().numTensors, before);
});

test("train() of penalties, constraints, dropout and moving averages leaves no tensor behind", async () => {
  const model = tf.sequential();
  model.add(
    tf.layers.dense({ units: 3, inputShape: [2], kernelConstraint: "maxNorm", biasRegularizer: "l1l2" }),
  );
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.dropout({ rate: 0.5 }));
  model.add(tf.layers.dense({ units: 1, kernelRegularizer: "l1l2", activation: "sigmoid" }));
  const options = { epochs: 1, batchSize: 4, progress: false } as const;
  await train(model, DATA, options);
  const before = tf.memory().numTensors;
  for (let seed = 1; seed <= 10; seed++) (await train(model, DATA, { ...options, seed })).predict([[0, 1]]);
  assert.equal(tf.memory().numTensors, before);
});

test("a training that is stopped, or whose options are wrong, leaves no tensor behind", async () => {
  const model = mlp();
  const options = { epochs: 5, progress: false, engine: "tfjs" } as const;
  await train(model, DATA, { ...options, epochs: 1 });
  const before = tf.memory().numTensors;
  await train(model, DATA, { ...options, signal: AbortSignal.abort() });
  await assert.rejects(train(model, DATA, { ...options, epochs: -1 }));
  await assert.rejects(train(model, DATA, { ...options, optimizer: { name: "adagrad", epsilon: 1 } }));
  assert.equal(tf.memory().numTensors, before);
});

test("study() in TensorFlow.js leaves no tensor behind", async () => {
  const options = { hidden: [1, 2], trials: 2, epochs: 1, rows: 8, progress: false, engine: "tfjs" } as const;
  await study(options);
  const before = tf.memory().numTensors;
  await study(options);
  assert.equal(tf.memory().numTensors, before);
});

test("a stopped run leaves no tensors behind", async () => {
  const model = mlp();
  const rows = xor({ rows: 1000, seed: 2 });
  for (const engine of ["fused", "tfjs"] as const) {
    const stop = () => AbortSignal.timeout(60);
    await train(model, rows, { epochs: 200_000, progress: false, engine, signal: stop() });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++)
      await train(model, rows, { epochs: 200_000, progress: false, engine, signal: stop() });
    assert.equal(tf.memory().numTensors, before, engine);
  }
});

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
