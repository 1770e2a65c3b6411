import assert from "node:assert/strict";
import { test } from "node:test";
import { type StudyOptions, study, tf, truthTable } from "../../src/index.js";

const QUICK = { trials: 3, epochs: 2, rows: 20, progress: false, seed: 5 } as const;

test("study() has a row for every combination, in the order given, and one without hidden units for all activations", async () => {
  const done = await study({
    ...QUICK,
    trials: 1,
    hidden: [3, [4, 2], []],
    activation: ["relu", "tanh"],
    learningRate: [0.1, 0.01],
  });
  assert.deepEqual(
    done.rows.map(({ hidden, activation, learningRate }) => [hidden, activation, learningRate]),
    [3, [4, 2], []].flatMap((hidden) =>
      (Array.isArray(hidden) && hidden.length === 0 ? ["relu"] : ["relu", "tanh"]).flatMap((activation) =>
        [0.1, 0.01].map((rate) => [hidden, activation, rate]),
      ),
    ),
  );
  for (const row of done.rows) {
    assert.equal(row.trials, 1);
    assert.deepEqual([row.data, row.rows, row.epochs, row.batchSize], ["xor", 20, 2, 4]);
    assert.deepEqual([row.optimizer, row.loss, row.shuffle], ["rmsprop", "binaryCrossentropy", true]);
    assert.deepEqual(
      [row.kernelInitializer, row.biasInitializer, row.output],
      ["glorotUniform", "zeros", "sigmoid"],
    );
  }
  assert.deepEqual([done.status, done.seed, done.engine], ["completed", 5, "fused"]);
  assert.ok(done.milliseconds > 0);
});

test("study() without hidden layers has the same row once, and yet checks every activation", async () => {
  const none = { ...QUICK, trials: 1, hidden: [[]] };
  const { rows, seed } = await study({ ...none, activation: ["relu", "tanh"] });
  assert.deepEqual([rows.length, rows[0].activation, seed], [1, "relu", 5]);
  await assert.rejects(
    study({ ...none, activation: ["relu", "tahn" as "tanh"] }),
    /study: .*activation.*"tahn"; did you mean "tanh"/,
  );
});

test("study() takes every setting as an axis", async () => {
  const axes: StudyOptions[] = [
    { optimizer: ["sgd", { name: "adam", learningRate: 0.1 }] },
    { loss: ["binaryCrossentropy", "meanSquaredError"] },
    { kernelInitializer: ["heNormal", { name: "randomUniform", minval: -1, maxval: 1 }] },
    { biasInitializer: ["zeros", { name: "constant", value: 0.1 }] },
    { batchSize: [1, 8] },
    { epochs: [1, 3] },
    { shuffle: [true, false] },
    { output: ["sigmoid", "tanh"] },
    { data: ["xor", "clouds", truthTable("and")], rows: undefined },
    { rows: [10, 30] },
  ];
  for (const axis of axes) {
    const [key, values] = Object.entries(axis)[0] as [keyof StudyOptions, readonly unknown[]];
    const done = await study({ ...QUICK, trials: 1, ...axis });
    assert.equal(done.rows.length, values.length, key);
    const names = values.map((value) => (key === "data" && typeof value === "object" ? "and" : value));
    assert.deepEqual(
      done.rows.map((row) => row[key as "hidden"]),
      names,
      key,
    );
  }
});

test("study() without options is the question's script, 100 trials", async () => {
  const controller = new AbortController();
  controller.abort();
  const done = await study({ signal: controller.signal, progress: false });
  const [row] = done.rows;
  assert.equal(done.rows.length, 1);
  assert.deepEqual(
    [row.hidden, row.activation, row.epochs, row.batchSize, row.rows, row.learningRate],
    [2, "sigmoid", 100, 4, 1000, 0.001],
  );
  assert.throws(
    () => done.trial(0, 99),
    /^RangeError: trial: the study was stopped before trial 99 of row 0$/,
  );
  assert.throws(
    () => done.trial(0, 100),
    /^RangeError: trial: t must be a whole number ≥ 0 and ≤ 99, got 100$/,
  );
});

test("a dataset is the same for every trial", async () => {
  const data = truthTable("or");
  const done = await study({ data, hidden: [[]], trials: 2, epochs: 3, progress: false });
  assert.equal(done.trial(0, 0).data, data);
  assert.equal(done.trial(0, 1).data, data);
  assert.deepEqual([done.rows[0].data, done.rows[0].rows], ["or", 4]);
});

test("data by name are drawn anew for every trial", async () => {
  const done = await study({ ...QUICK, data: ["xor", "clouds"] });
  for (const row of done.rows) {
    assert.notDeepEqual(done.trial(row, 0).data.inputs, done.trial(row, 1).data.inputs);
    assert.equal(done.trial(row, 0).data.rows, 20);
    assert.deepEqual(done.trial(row, 0).data, done.trial(row, 0).data);
  }
});

test("study() keeps its own copy of what it was given", async () => {
  const hidden = [[4, 2]];
  const optimizer = { name: "sgd" as const, learningRate: 0.1 };
  const done = await study({ ...QUICK, hidden, optimizer });
  const before = await done.replay(0, 0);
  hidden[0][0] = 7;
  optimizer.learningRate = 99;
  assert.deepEqual(done.rows[0].hidden, [4, 2]);
  assert.deepEqual(done.rows[0].optimizer, { name: "sgd", learningRate: 0.1 });
  assert.deepEqual((await done.replay(0, 0)).weights(), before.weights());
  assert.throws(() => (done.rows[0].hidden as number[]).push(1), TypeError);
});

test("study() with engine tfjs says nearly what the fused engine says, and leaves no tensors", async () => {
  const options = { ...QUICK, hidden: 2, activation: "sigmoid", trials: 2, epochs: 3 } as const;
  const fused = await study(options);
  await study({ ...options, trials: 1, engine: "tfjs" });
  const before = tf.memory().numTensors;
  const slow = await study({ ...options, engine: "tfjs" });
  assert.equal(tf.memory().numTensors, before);
  assert.equal(slow.engine, "tfjs");
  for (const t of [0, 1]) {
    const [a, b] = [fused.trial(0, t), slow.trial(0, t)];
    assert.equal(a.seed, b.seed);
    assert.ok(Math.abs(a.finalLoss / b.finalLoss - 1) < 1e-3, `${a.finalLoss}, ${b.finalLoss}`);
    assert.ok(Math.abs(a.judgedLoss / b.judgedLoss - 1) < 1e-3);
  }
  assert.equal((await slow.replay(0, 1)).engine, "tfjs");
});
