import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { dataset, mlp, tf, train, truthTable, xor } from "../src/index.js";
import { flatWeights } from "../src/model/layers.js";

const QUICK = { epochs: 2, progress: false } as const;
const DATA = xor({ rows: 16, seed: 2 });
type Layers = Parameters<ReturnType<typeof mlp>["add"]>[0][];

function sequential(...layers: Layers) {
  const model = tf.sequential();
  for (const layer of layers) model.add(layer);
  return model;
}
const dense = (units: number, options: object = {}) => tf.layers.dense({ units, ...options });
const first = (units: number, options: object = {}) => dense(units, { inputShape: [2], ...options });

test("engine auto takes the fused engine for a chain of dense layers and says why", async () => {
  const run = await train(mlp(), DATA, QUICK);
  assert.deepEqual([run.engine, run.engineReason], ["fused", "the model is a chain of dense layers"]);
  const asked = await train(mlp(), DATA, { ...QUICK, engine: "fused" });
  assert.deepEqual([asked.engine, asked.engineReason], ["fused", "asked for"]);
  const other = await train(mlp(), DATA, { ...QUICK, engine: "tfjs" });
  assert.deepEqual([other.engine, other.engineReason], ["tfjs", "asked for"]);
});

test("engine auto takes TensorFlow.js for what is no such chain, fused refuses it, each with the reason", async () => {
  const cases: [layers: () => Layers, reason: RegExp][] = [
    [
      () => [first(3), tf.layers.dropout({ rate: 0.5 }), dense(1)],
      /^layer "dropout_Dropout\d+" is a Dropout layer$/,
    ],
    [
      () => [first(3, { kernelRegularizer: "l1l2" }), dense(1)],
      /^layer "dense_Dense\d+" has a kernelRegularizer$/,
    ],
    [() => [first(3, { useBias: false }), dense(1)], /^layer "dense_Dense\d+" has no biases$/],
    [
      () => [first(3, { activation: "selu" }), dense(1)],
      /^layer "dense_Dense\d+" has the activation "selu"$/,
    ],
    [() => [first(3, { trainable: false }), dense(1)], /^layer "dense_Dense\d+" is frozen$/],
    [
      () => [first(3), tf.layers.leakyReLU({ alpha: 0.01 }), dense(1)],
      /^layer "leaky_re_lu_LeakyReLU\d+" is a LeakyReLU layer$/,
    ],
    [
      () => [first(3, { activation: "tanh" }), tf.layers.activation({ activation: "relu" }), dense(1)],
      /is a Activation layer$/,
    ],
  ];
  for (const [layers, reason] of cases) {
    const run = await train(sequential(...layers()), DATA, QUICK);
    assert.equal(run.engine, "tfjs");
    assert.match(run.engineReason, reason);
    assert.equal(run.network, undefined);
    assert.equal(run.history.loss.length, 2);
    assert.equal(run.predict([[0, 1]]).length, 1);
    assert.throws(() => run.weights(), {
      name: "TypeError",
      message: /^weights: only for a chain of dense layers \(layer /,
    });
    assert.throws(
      () => run.predict([[0, 1]], 0),
      /^TypeError: predict with an earlier epoch: only for a chain of dense layers/,
    );
    await assert.rejects(train(sequential(...layers()), DATA, { ...QUICK, engine: "fused" }), {
      name: "RangeError",
      message: /^train: engine "fused" cannot train this model, since layer .*; use engine "tfjs" or "auto"$/,
    });
  }
});

test("activations as layers of their own belong to the dense layer before them", async () => {
  const model = sequential(
    first(3),
    tf.layers.reLU(),
    dense(2),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    dense(1, { activation: "sigmoid" }),
  );
  const run = await train(model, DATA, QUICK);
  assert.equal(run.engine, "fused");
  assert.deepEqual(
    run.network?.layers.map((layer) => layer.activation),
    ["relu", "leakyRelu", "sigmoid"],
  );
});

test("a frozen layer keeps its weights", async () => {
  const model = sequential(first(3, { trainable: false }), dense(1, { activation: "sigmoid" }));
  const before = Array.from(model.layers[0].getWeights()[0].dataSync());
  await train(model, DATA, QUICK);
  assert.deepEqual(Array.from(model.layers[0].getWeights()[0].dataSync()), before);
});

test("train() refuses models that it cannot train, in its own name", async () => {
  const wide = mlp({ inputs: 3 });
  const twoAnswers = sequential(first(2));
  const shaped = sequential(first(2), tf.layers.reshape({ targetShape: [2, 1] }));
  const frozen = mlp();
  frozen.trainable = false;
  const cases: [model: unknown, name: string, message: RegExp][] = [
    [wide, "RangeError", /^train: the model takes 3 inputs a row, but the data "xor" have 2$/],
    [twoAnswers, "RangeError", /^train: the model must give one number a row, got \[2\]$/],
    [shaped, "RangeError", /^train: the model must give one number a row, got \[2, 1\]$/],
    [tf.sequential(), "TypeError", /^train: the model has no input shape yet/],
    [
      frozen,
      "RangeError",
      /^train: all weights of the model are frozen; set trainable to true on what is to learn$/,
    ],
    [
      undefined,
      "TypeError",
      /^train: model must be a TensorFlow\.js layers model \(made by mlp or tf\.sequential\), got undefined$/,
    ],
    [{ hidden: 2 }, "TypeError", /^train: model must be .*, got \{"hidden":2\}$/],
    [Promise.resolve(mlp()), "TypeError", /^train: model must be .*, got /],
  ];
  for (const [model, name, message] of cases)
    await assert.rejects(train(model as never, DATA, QUICK), { name, message });
});

test("train() refuses data that are no dataset, and options out of range, and the model stays as it was", async () => {
  const model = mlp();
  const before = flatWeights(model);
  await assert.rejects(train(model, [[0, 1]] as never), {
    name: "TypeError",
    message: "train: data must be a dataset (made by xor, truthTable, clouds, dataset, …), got [[0,1]]",
  });
  await assert.rejects(train(model, DATA, { epochs: 0.5 }), {
    name: "RangeError",
    message: "train: epochs must be a whole number ≥ 1, got 0.5",
  });
  await assert.rejects(train(model, DATA, { epoch: 5 } as never), {
    name: "RangeError",
    message: /^train: unknown option "epoch"; did you mean "epochs"\? \(batchSize, /,
  });
  assert.deepEqual(flatWeights(model), before);
});

test("a loss that stops being finite is the run's outcome, with epoch and step", async () => {
  const data = dataset(
    [
      [3, -2],
      [1, 5],
      [-4, 1],
      [2, 2],
    ],
    [100, -50, 3, 7],
  );
  for (const engine of ["fused", "tfjs"] as const) {
    const run = await train(mlp({ output: "linear", activation: "relu", hidden: 3 }), data, {
      ...{ loss: "meanSquaredError", optimizer: "sgd", learningRate: 1e12 },
      ...{ batchSize: 2, epochs: 50, progress: false, engine },
    });
    assert.equal(run.status, "diverged");
    assert.equal(run.solved, false);
    const { epoch, step } = run.divergedAt!;
    assert.equal(run.history.loss.length, epoch, "one entry for every completed epoch");
    assert.ok(step > 2 * epoch && step <= 2 * epoch + 2, `epoch ${epoch}, step ${step}`);
    assert.ok(run.history.loss.every(Number.isFinite));
    assert.match(String(run), new RegExp(`diverged in epoch ${epoch + 1}, step ${step};`));
    assert.ok(run.weights(0).every((layer) => layer.kernel.flat().every(Number.isFinite)));
  }
});

test("train() with either engine leaves no tensors behind", async () => {
  for (const engine of ["fused", "tfjs"] as const)
    for (const optimizer of ["sgd", { name: "sgd", momentum: 0.9 }, "rmsprop", "adam", "adagrad"] as const) {
      const model = mlp({ hidden: 2, activation: "leakyRelu" });
      await train(model, DATA, { ...QUICK, epochs: 1, engine, optimizer });
      const before = tf.memory().numTensors;
      for (let i = 0; i < 20; i++) {
        const run = await train(model, DATA, { ...QUICK, epochs: 1, batchSize: 8, engine, optimizer });
        run.predict([[0, 1]]);
      }
      assert.equal(tf.memory().numTensors, before, `${engine}, ${inspect(optimizer)}`);
      model.dispose();
    }
});

test("a run is one line of text, whatever the data are called", async () => {
  const name = '</script><b>&\n"quotes"';
  const data = dataset(
    [
      [0, 1],
      [1, 0],
    ],
    [0, 1],
    { name },
  );
  const run = await train(mlp({ hidden: [4, 2], activation: "relu", seed: 1 }), data, { ...QUICK, seed: 5 });
  const text = String(run);
  assert.match(
    text,
    /^relu-4-2 on .*: (not solved|solved.*); loss \d\.\d{4}, accuracy \d\.\d{3} after epoch 2 \(fused engine, \d+ ms, seed 5\)$/,
  );
  assert.ok(text.includes("</script><b>&"), "markup is text");
  assert.ok(!text.includes("\n"), "one line");
  assert.equal(inspect(run), `Run { ${text} }`);
  assert.equal(
    String(await train(mlp({ hidden: [] }), truthTable("or"), QUICK)).split(" on ")[0],
    "no hidden layer",
  );
});
