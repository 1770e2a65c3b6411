import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { dataset, mlp, tf, train, truthTable, xor } from "../../src/index.js";
import { flatWeights } from "../../src/model/chain.js";

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

test("train() refuses models that it cannot train, in its own name", async () => {
  const wide = mlp({ inputs: 3 });
  const twoAnswers = sequential(first(2));
  const shaped = sequential(first(2), tf.layers.reshape({ targetShape: [2, 1] }));
  const boxed = sequential(first(1), tf.layers.reshape({ targetShape: [1, 1] }));
  const frozen = mlp();
  frozen.trainable = false;
  const cases: [model: unknown, name: string, message: RegExp][] = [
    [wide, "RangeError", /^train: the model takes 3 inputs a row, but the data "xor" have 2$/],
    [
      twoAnswers,
      "RangeError",
      /^train: the model gives 2 answers a row, but the data "xor" have 1 target; its last layer must have 1 unit, or the rows of each class the targets \[1, 0\] or \[0, 1\]$/,
    ],
    [shaped, "RangeError", /^train: the model must give 1 number a row, got \[2, 1\]$/],
    [boxed, "RangeError", /^train: the model must give 1 number a row, got \[1, 1\]$/],
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

test("train() refuses data with other numbers of targets than the model has outputs", async () => {
  const classes = dataset(
    [
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    { name: "classes" },
  );
  await assert.rejects(train(mlp(), classes, QUICK), {
    name: "RangeError",
    message:
      'train: the model gives 1 answer a row, but the data "classes" have 3 targets; its last layer must have 3 units',
  });
  const refused = async (targets: readonly number[]) => {
    const inputs = [...targets.keys()].map((i) => [i, i]);
    const whole = await train(mlp({ outputs: 3, output: "softmax" }), dataset(inputs, targets), QUICK).catch(
      String,
    );
    return String(whole).split("its last layer must have ")[1];
  };
  assert.equal(
    await refused([0, 2, 1, 1]),
    '1 unit, or the targets must be texts if they stand for 3 classes: "0", not 0',
  );
  assert.equal(await refused([0, 2, 1.5, 1]), "1 unit");
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

test("train() refuses targets outside 0 to 1 with binary cross-entropy, and only with it", async () => {
  const signs = dataset([[0], [1], [2]], [1, 0.5, -1.7], { name: "signs" });
  const model = mlp({ inputs: 1 });
  const before = flatWeights(model);
  await assert.rejects(train(model, signs, QUICK), {
    name: "RangeError",
    message:
      'train: loss "binaryCrossentropy" must have targets from 0 to 1, got -1.7 as row 2 of "signs"; ' +
      'write classes as 0 and 1 or texts, or use loss "meanSquaredError"',
  });
  assert.deepEqual(flatWeights(model), before);
  const run = await train(model, signs, { ...QUICK, loss: "meanSquaredError" });
  assert.equal(run.status, "completed");
  const shares = dataset([[0], [1], [2]], [0, 0.5, 1]);
  assert.equal((await train(mlp({ inputs: 1 }), shares, QUICK)).status, "completed");
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
    /^4 and 2 ReLU units on .*: (unsolved|solved.*); loss \d\.\d{4}, accuracy \d\.\d{3} after epoch 2 \(fused engine, \d+ ms, seed 5\)$/,
  );
  assert.ok(text.includes("</script><b>&"), "markup is text");
  assert.ok(!text.includes("\n"), "one line");
  assert.equal(inspect(run), `Run { ${text} }`);
  assert.equal(
    String(await train(mlp({ hidden: [] }), truthTable("or"), QUICK)).split(" on ")[0],
    "no hidden layer",
  );
});
