import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, parity, type Study, type StudyOptions, study } from "../../src/index.js";

/** Everything of a study but its duration. */
const essence = (done: Study) => ({
  rows: done.rows,
  trials: done.rows.map((row) => Array.from({ length: row.trials }, (_, t) => done.trial(row, t))),
});

/** A trial's outcome must be to the bit what train() makes of the same seed. */
async function assertReplays(done: Study): Promise<void> {
  for (const row of done.rows)
    for (let t = 0; t < row.trials; t++) {
      const trial = done.trial(row, t);
      const run = await done.replay(row, t);
      assert.equal(run.seed, trial.seed);
      assert.deepEqual(run.data.inputs, trial.data.inputs);
      assert.equal(run.status === "diverged", trial.status === "diverged");
      assert.equal(run.solved, trial.status === "solved");
      if (trial.status === "diverged") continue;
      assert.equal(Math.fround(run.finalLoss), trial.finalLoss, `row ${done.rows.indexOf(row)}, trial ${t}`);
      assert.equal(run.firstPerfectEpoch, trial.firstPerfectEpoch);
    }
}

const STUDIES: Readonly<Record<string, StudyOptions>> = {
  "the question's settings": {
    hidden: [2, 5],
    activation: ["sigmoid", "relu"],
    rows: 100,
    epochs: 30,
    learningRate: 0.02,
  },
  "squared errors and tanh outputs": {
    activation: "tanh",
    output: "tanh",
    loss: "meanSquaredError",
    optimizer: ["sgd", "adam", "adagrad"],
    rows: 40,
    epochs: 5,
  },
  "continuous data": {
    data: ["clouds", "spirals"],
    hidden: [[4, 2]],
    activation: ["elu", "softplus"],
    rows: 60,
    epochs: 5,
  },
  "batches that do not fit, unshuffled": {
    batchSize: [1, 7, 100],
    shuffle: [true, false],
    rows: 50,
    epochs: 4,
  },
  "no hidden layer": { hidden: [[]], data: parity({ bits: 3 }), epochs: 20 },
  "momentum and other initializers": {
    optimizer: [
      { name: "sgd", momentum: 0.9, nesterov: true },
      { name: "rmsprop", momentum: 0.5 },
    ],
    kernelInitializer: "heNormal",
    biasInitializer: { name: "randomNormal", stddev: 0.5 },
    activation: "leakyRelu",
    rows: 40,
    epochs: 5,
  },
  "trials that diverge": {
    data: dataset(
      [
        [3, -2],
        [1, 5],
        [-4, 1],
        [2, 2],
      ],
      [100, -50, 3, 7],
    ),
    ...{ activation: "relu", output: "linear", loss: "meanSquaredError", optimizer: "sgd" },
    ...{ learningRate: [1e-3, 0.05, 1e12], epochs: 20, hidden: 3 },
  },
};

for (const [name, options] of Object.entries(STUDIES))
  test(`replay() gives the trial again, bit for bit: ${name}`, async () => {
    await assertReplays(await study({ ...options, trials: 6, seed: 3, progress: false }));
  });

test("a replayed run has the whole history of its trial", async () => {
  const done = await study({ hidden: 2, trials: 2, epochs: 7, rows: 50, progress: false });
  const run = await done.replay(done.rows[0], 1);
  assert.equal(run.history.loss.length, 7);
  assert.equal(run.status, "completed");
  assert.notDeepEqual(run.weights(0), run.weights());
  assert.deepEqual((await done.replay(0, 1)).weights(), run.weights());
});

test("a trial depends neither on the other settings nor on the number of trials", async () => {
  const common = { epochs: 10, rows: 60, learningRate: 0.02, seed: 11, progress: false } as const;
  const alone = await study({ ...common, hidden: 3, activation: "relu", trials: 3 });
  const many = await study({ ...common, hidden: [1, 2, 3, 4], activation: ["sigmoid", "relu"], trials: 9 });
  const row = many.rows.find(({ hidden, activation }) => hidden === 3 && activation === "relu")!;
  for (let t = 0; t < 3; t++) assert.deepEqual(many.trial(row, t), alone.trial(0, t));
});

test("a study does not depend on the number of threads", async () => {
  const options = {
    hidden: [2, 3],
    activation: "relu",
    trials: 21,
    epochs: 10,
    rows: 100,
    progress: false,
  } as const;
  const one = essence(await study({ ...options, workers: 1 }));
  for (const workers of [2, 3])
    assert.deepEqual(essence(await study({ ...options, workers })), one, `${workers} workers`);
});

test("study() repeats for one seed and differs for another", async () => {
  const options = { hidden: 2, trials: 5, epochs: 5, rows: 50, progress: false } as const;
  assert.deepEqual(
    essence(await study({ ...options, seed: 4 })),
    essence(await study({ ...options, seed: 4 })),
  );
  const other = await study({ ...options, seed: 5 });
  assert.notDeepEqual(essence(other).trials, essence(await study({ ...options, seed: 4 })).trials);
});
