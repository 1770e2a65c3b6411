import assert from "node:assert/strict";
import { test } from "node:test";
import { clouds, dataset, mlp, train, truthTable, xor } from "../../src/index.js";
import { setFlatWeights } from "../../src/model/chain.js";

const SOLVED_BY_HAND = Float32Array.of(1, 1, 1, 1, 0, -1, 20, -40, -10); // relu-2

const QUICK = { epochs: 4, progress: false } as const;

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
