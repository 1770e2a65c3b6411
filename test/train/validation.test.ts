import assert from "node:assert/strict";
import { test } from "node:test";
import { circles, dataset, mlp, train, truthTable } from "../../src/index.js";
import { setFlatWeights } from "../../src/model/chain.js";
import { assertNear } from "../support/numbers.js";

const line = (from: number) => {
  const x = Array.from({ length: 8 }, (_, i) => (from + i) / 8);
  return dataset(
    x.map((value) => [value]),
    x.map((value) => 2 * value - 1),
  );
};

test("history.valLoss and valAccuracy are those of the weights after each epoch", async () => {
  for (const engine of ["fused", "tfjs"] as const) {
    const [data, validation] = [1, 2].map((seed) => circles({ rows: 40, seed }));
    const run = await train(mlp({ hidden: 3, seed: 3 }), data, {
      ...{ epochs: 6, learningRate: 0.05, validation, engine, progress: false },
    });
    assert.equal(run.validation, validation);
    const rows = Array.from(validation.targets, (_, i) =>
      Array.from(validation.inputs.slice(2 * i, 2 * i + 2)),
    );
    for (let epoch = 1; epoch <= 6; epoch++) {
      const answers = run.predict(rows, epoch);
      const losses = answers.map((p, i) => -Math.log(validation.targets[i] === 1 ? p : 1 - p));
      const right = answers.filter((p, i) => p > 0.5 === (validation.targets[i] === 1)).length;
      assertNear([run.history.valLoss![epoch - 1]], [losses.reduce((a, b) => a + b) / 40], 1e-6, engine);
      assert.equal(run.history.valAccuracy![epoch - 1], right / 40, engine);
    }
  }
});

test("train() does not learn from its validation data", async () => {
  const runs = [undefined, circles({ rows: 30, seed: 5 })].map((validation) =>
    train(mlp({ seed: 1 }), circles({ rows: 30, seed: 1 }), { epochs: 3, validation, progress: false }),
  );
  const [without, withThem] = await Promise.all(runs);
  assert.deepEqual(withThem.weights(), without.weights());
  assert.deepEqual(withThem.history.loss, without.history.loss);
  assert.ok(!("valLoss" in without.history) && without.validation === undefined);
});

test("a regression is judged by R², which its line says; it has no accuracy", async () => {
  const options = { epochs: 300, learningRate: 0.02, loss: "meanSquaredError", progress: false } as const;
  const shape = { inputs: 1, hidden: [], output: "linear", seed: 1 } as const;
  const run = await train(mlp(shape), line(0), { ...options, validation: line(3) });
  assert.equal(run.solved, true, String(run));
  assert.ok(run.r2! >= 0.99 && run.r2! <= 1);
  assert.match(String(run), /: solved; loss \S+, R² (0\.99\d*|1\.0) after epoch 300/);
  assert.deepEqual([run.history.accuracy, run.history.valAccuracy], [[], []]);
  assert.equal(run.history.valLoss?.length, 300);
  assert.equal(run.firstPerfectEpoch, undefined);
  const first = run.firstSolvedEpoch!;
  const r2 = (epoch: number) => {
    const rows = Array.from(run.data.inputs, (x) => [x]);
    const errors = run.predict(rows, epoch).map((p, i) => (p - run.data.targets[i]) ** 2);
    const spread = [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, i) => sum + ((i - 3.5) / 4) ** 2, 0);
    return 1 - errors.reduce((a, b) => a + b) / spread;
  };
  assert.ok(r2(first) >= 0.99 && (first === 1 || r2(first - 1) < 0.99), `${first}`);
  const short = await train(mlp(shape), line(0), { ...options, epochs: 2 });
  assert.equal(short.solved, false);
  assert.equal((await train(mlp(shape), line(0), { ...options, epochs: 2, solvedLoss: 100 })).solved, true);
});

test("targets of −1 and 1 are judged at 0, while training as well", async () => {
  const data = dataset([[0], [1]], [-1, 1]);
  const model = mlp({ inputs: 1, hidden: [], output: "tanh" });
  setFlatWeights(model, Float32Array.of(0.4, -0.2));
  const run = await train(model, data, {
    ...{ epochs: 1, learningRate: 1e-6, loss: "meanSquaredError", progress: false, engine: "tfjs" },
  });
  assert.deepEqual([run.solved, run.finalAccuracy, run.firstSolvedEpoch], [true, 1, 1]); // answers of about −0.2 and 0.2
});

test("train() refuses validation data that do not fit", async () => {
  const refused: [validation: unknown, message: RegExp][] = [
    [[], /^train: validation must be a dataset \(made by .*\), got \[\]$/],
    [dataset([[0]], [1]), /^train: validation must have 2 features as the data have, got 1$/],
    [dataset([[0, 1]], [[1, 0]]), /^train: validation must have 1 target as the data have, got 2$/],
    [dataset([[0, 1]], [0.3]), /^train: validation must have the targets 0 and 1 as the data have, got 0.3$/],
  ];
  for (const [validation, message] of refused)
    await assert.rejects(train(mlp(), truthTable("xor"), { validation } as never), { message });
});
