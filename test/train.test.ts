import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import { clouds, dataset, mlp, type Run, tf, train, truthTable, xor } from "../src/index.js";
import { flatWeights, setFlatWeights } from "../src/model/layers.js";
import { assertNear } from "./support/numbers.js";

const XOR_ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const SOLVED_BY_HAND = Float32Array.of(1, 1, 1, 1, 0, -1, 20, -40, -10); // relu-2

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

test("a long run keeps only some epochs, and says which", async () => {
  const model = mlp({ hidden: 60, activation: "relu" }); // 241 numbers an epoch
  const run = await train(model, truthTable("xor"), { epochs: 20_000, batchSize: 4, progress: false });
  assert.equal(run.history.loss.length, 20_000);
  run.weights(0);
  run.weights(20_000);
  assert.throws(() => run.weights(1), {
    name: "RangeError",
    message: /^weights: of this long run only some epochs were kept \(0, 2, 4, … 20000\), got 1$/,
  });
});

test("a run of very many epochs ends", async () => {
  const run = await train(mlp({ hidden: [] }), truthTable("or"), { epochs: 150_000, progress: false });
  assert.equal(run.history.loss.length, 150_000);
  assert.equal(run.solved, true);
});

test("solved means that every judged row is on its side of ½; firstPerfectEpoch is counted from 1", async () => {
  const model = mlp({ hidden: 2, activation: "relu" });
  setFlatWeights(model, SOLVED_BY_HAND);
  const run = await train(model, xor({ rows: 20 }), { ...QUICK, learningRate: 1e-6 });
  assert.equal(run.solved, true);
  assert.equal(run.firstPerfectEpoch, 1);
  assert.equal(run.finalAccuracy, 1);
  const line = await train(mlp({ hidden: [] }), xor({ rows: 200 }), QUICK); // no line separates XOR
  assert.equal(line.solved, false);
  assert.equal(line.firstPerfectEpoch, undefined);
  const learned = await train(mlp({ hidden: [] }), truthTable("or"), {
    epochs: 400,
    learningRate: 0.02,
    progress: false,
  });
  assert.equal(learned.solved, true);
  const first = learned.firstPerfectEpoch!;
  assert.ok(
    first > 1 && learned.history.accuracy[first - 1] === 1 && learned.history.accuracy[first - 2] < 1,
  );
});

test("xor data that lack a corner are judged on the whole truth table", async () => {
  const lacking = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => xor({ rows: 3, seed }));
  const data = lacking.find(
    ({ inputs }) => new Set([0, 2, 4].map((i) => inputs[i] * 2 + inputs[i + 1])).size === 2,
  )!;
  const run = await train(mlp({ hidden: 4, activation: "tanh", seed: 1 }), data, {
    epochs: 300,
    learningRate: 0.05,
    progress: false,
  });
  assert.equal(run.finalAccuracy, 1);
  assert.equal(run.solved, false, "right on its own rows, but not on the truth table");
});

test("solvedAccuracy asks for less than all", async () => {
  const data = dataset([[0], [1], [2], [3]], [0, 0, 1, 0]); // a threshold gets three of four right
  const solved = async (solvedAccuracy: number) => {
    const model = mlp({ inputs: 1, hidden: [] });
    setFlatWeights(model, Float32Array.of(10, -15));
    return (await train(model, data, { ...QUICK, epochs: 1, learningRate: 1e-6, solvedAccuracy })).solved;
  };
  assert.deepEqual([await solved(0.75), await solved(0.76), await solved(1)], [true, false, false]);
});

test("solvedAccuracy is met by exactly its share, however that rounds", async () => {
  const rows = Array.from({ length: 100 }, (_, i) => [i]);
  const data = dataset(
    rows,
    rows.map((_, i) => (i < 55 ? 1 : 0)),
  ); // answering 1 is right for 55 of 100
  const model = mlp({ inputs: 1, hidden: [] });
  setFlatWeights(model, Float32Array.of(0, 5));
  const run = await train(model, data, {
    epochs: 1,
    learningRate: 1e-9,
    solvedAccuracy: 0.55,
    progress: false,
  });
  assert.equal(run.solved, true); // 0.55 · 100 is 55.00000000000001
});

test("train() learns continuous data", async () => {
  const run = await train(mlp({ hidden: 8, activation: "tanh" }), clouds({ rows: 200 }), {
    epochs: 60,
    learningRate: 0.01,
    solvedAccuracy: 0.95,
    progress: false,
  });
  assert.equal(run.solved, true);
});
