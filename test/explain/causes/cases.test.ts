import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Dataset,
  dataset,
  explain,
  mlp,
  moons,
  type NetworkOptions,
  type TrainOptions,
  tf,
  train,
  truthTable,
} from "../../../src/index.js";

// Needs: more than ten seconds

/** Settings of public questions, with causes and remedies that an independent trainer (C, double precision) found. */

const BITS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const XOR = truthTable("xor");
const sgd = (learningRate: number, more: object = {}) => ({ name: "sgd", learningRate, ...more }) as const;
const adam = (learningRate: number) => ({ name: "adam", learningRate }) as const;
const squared = { loss: "meanSquaredError" } as const;

function ran(network: NetworkOptions, data: Dataset, options: TrainOptions) {
  return train(mlp({ inputs: data.features, outputs: data.outputs, seed: 1, ...network }), data, {
    progress: false,
    ...options,
  });
}
async function facts(network: NetworkOptions, data: Dataset, options: TrainOptions) {
  return explain(await ran(network, data, options), { trials: 0 });
}
async function tried(network: NetworkOptions, data: Dataset, options: TrainOptions) {
  return explain(await ran(network, data, options), { progress: false });
}

const xs = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
/** Two half moons, all rows of one class before those of the other. */
const drawn = moons({ rows: 60, noise: 0.1, seed: 1 });
const places = [0, 1].flatMap((wanted) =>
  xs(60, 0, 59)
    .map(Math.round)
    .filter((i) => drawn.targets[i] === wanted),
);
const sorted = dataset(
  places.map((i) => [drawn.inputs[2 * i], drawn.inputs[2 * i + 1]]),
  places.map((i) => drawn.targets[i]),
  { name: "sorted moons" },
);

test("explain() of sorted rows that are never shuffled: what the last rows teach is at the others' expense", async () => {
  const found = await tried({ hidden: 3 }, sorted, {
    ...squared,
    optimizer: sgd(1),
    batchSize: 1,
    epochs: 20,
    shuffle: false,
  });
  assert.equal(found.cause, "row-order", found.text);
  assert.match(found.verdict, /The rows come in the same order in every epoch/);
  const shuffles = found.remedies.filter(({ name }) => name.startsWith("shuffled rows"));
  assert.ok(shuffles.length === 2 && shuffles.every(({ trials }) => trials > 0), found.text);
  const mixed = await facts({ hidden: 3 }, sorted, {
    ...squared,
    optimizer: sgd(1),
    batchSize: 1,
    epochs: 20,
  });
  assert.notEqual(mixed.cause, "row-order");
});

test("explain() of a loss that is far above that of the weights at an epoch's end: the steps are too large", async () => {
  const table = dataset(
    BITS.map((row) => row.map((bit) => 2 * bit - 1)),
    [-1, 1, 1, -1],
    { name: "signs" },
  );
  const half = { name: "randomUniform", minval: -0.5, maxval: 0.5 } as const;
  const network = {
    hidden: 4,
    activation: "tanh",
    output: "tanh",
    kernelInitializer: half,
    biasInitializer: half,
  } as const;
  const options = { ...squared, optimizer: sgd(0.2), batchSize: 1, epochs: 1000, shuffle: false };
  const causes: string[] = [];
  for (let seed = 1; seed <= 8; seed++) {
    const found = await facts({ ...network, seed }, table, options);
    if (found.cause !== "solved") causes.push(found.cause);
    if (found.cause !== "too-large-steps") continue;
    assert.match(
      found.verdict,
      /While the weights move, the loss over an epoch is 1\.4\d+, with those at its end 1\.0\d+/,
    );
  }
  assert.ok(causes.length > 0 && causes.every((cause) => cause === "too-large-steps"), causes.join());
});

test("explain() of targets that Adam does not reach blames their size, not that of the inputs", async () => {
  const houses = xs(30, 700, 3400);
  const data = dataset(
    houses.map((size) => [size]),
    houses.map((size) => 60_000 + 130 * size),
    { name: "houses" },
  );
  const found = await facts({ hidden: 8, activation: "relu", output: "linear" }, data, {
    ...squared,
    optimizer: adam(0.001),
    epochs: 40,
  });
  assert.deepEqual([found.misfit?.of, found.misfit?.what], ["targets", "far"], found.text);
  const line = await facts({ hidden: [], output: "linear" }, data, {
    ...squared,
    optimizer: adam(0.1),
    epochs: 40,
  });
  assert.notEqual(line.misfit?.what, "shift"); // sums that are answers may move as far as answers
});

test("explain() of a divergence says if nothing could have been learned either, and tries another structure with smaller steps", async () => {
  const z = xs(100, -1.71, 1.71);
  const data = dataset(
    z.map((x) => [x]),
    xs(100, 0, 99).map((x) => x * x + 3),
    { name: "squares" },
  );
  const found = await tried({ hidden: 1, activation: "linear", output: "linear" }, data, {
    ...squared,
    optimizer: sgd(0.01),
    batchSize: 32,
    epochs: 300,
  });
  assert.equal(found.cause, "diverged");
  assert.match(
    found.verdict,
    /Even if it had not diverged, it could not have solved the data: it is a linear function of its inputs, and the best of these has an R² of 0\.93/,
  );
  const [first] = found.remedies;
  assert.match(first.change, /8 tanh units/);
  assert.ok(first.solved > 0, found.text);
});

test("explain() of a categorical cross-entropy of answers that are all 0", async () => {
  const table = dataset(
    BITS.map((row) => [...row]),
    [
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ],
    { name: "two" },
  );
  const found = await facts({ hidden: 4, activation: "tanh", output: "relu" }, table, {
    loss: "categoricalCrossentropy",
    optimizer: adam(0.01),
    epochs: 20,
  });
  assert.equal(found.cause, "diverged");
  assert.match(
    found.verdict,
    /divides the answers to a row by their sum, and for \(\d, \d\) all answers are 0/,
  );
});

test("explain() says how one output is made, not several, nor what all rows have in common", async () => {
  const options = { optimizer: adam(0.01), epochs: 1000 };
  const gates = dataset(
    BITS.map((row) => [...row]),
    [
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 1],
    ],
    { name: "and, or" },
  );
  const none = dataset(
    BITS.map((row) => [...row]),
    [0, 0, 0, 0],
    { name: "none" },
  );
  const network = { hidden: 4, activation: "tanh" } as const;
  for (const [data, says] of [
    [XOR, true],
    [gates, false],
    [none, false],
  ] as const) {
    const found = await facts(network, data, options);
    assert.deepEqual([found.cause, /^How: /m.test(found.text)], ["solved", says], found.text);
  }
});

test("explain() of a softmax over one unit behind dropout: the output is what fails, whatever dropout does", async () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 4, activation: "tanh", inputShape: [2] }));
  model.add(tf.layers.dropout({ rate: 0.5 }));
  model.add(tf.layers.dense({ units: 1, activation: "softmax" }));
  const found = explain(await train(model, XOR, { ...squared, epochs: 10, progress: false }), { trials: 8 });
  assert.deepEqual([found.cause, found.proven], ["output-range", true], found.text);
  assert.ok(
    found.remedies.some(({ change }) => /^no dropout, sigmoid output/.test(change)),
    found.text,
  );
});

test("explain() of dropout with a seed of its own, which is the same in every step", async () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 4, activation: "tanh", inputShape: [2] }));
  model.add(tf.layers.dropout({ rate: 0.5, seed: 1 }));
  model.add(tf.layers.dense({ units: 1, activation: "sigmoid" }));
  const found = explain(await train(model, XOR, { epochs: 60, optimizer: adam(0.1), progress: false }), {
    trials: 0,
  });
  if (found.cause === "dropout-noise") assert.match(found.verdict, /leaves out the same units in every step/);
  assert.doesNotMatch(found.text, /at random/);
});

test("explain() does not say of a loss that falls that its steps overshoot", async () => {
  const found = await facts({ hidden: [], useBias: false }, truthTable("or"), {
    optimizer: sgd(1),
    epochs: 1000,
  });
  assert.equal(found.course?.word, "slow");
  assert.doesNotMatch(found.text, /overshoot/);
});

test("explain() of saturated units says that their initial weights were large", async () => {
  const kernelInitializer = { name: "randomNormal", stddev: 100 } as const;
  const found = await facts({ hidden: 4, kernelInitializer, seed: 3 }, XOR, {
    ...squared,
    optimizer: sgd(0.1),
    epochs: 200,
  });
  assert.equal(found.cause, "no-slope", found.text);
  assert.match(
    found.verdict,
    /Its hidden layers started with large weights, \d+ \(root mean square\) where Glorot's initialization gives 0\.58/,
  );
});

test("explain() tries what fits: less momentum, small batches, and a first layer as mlp() makes it", async () => {
  const swinging = await tried({ hidden: 4, activation: "tanh", output: "linear" }, XOR, {
    ...squared,
    optimizer: sgd(2, { momentum: 0.99 }),
    epochs: 100,
  });
  assert.ok(
    [...swinging.remedies, ...swinging.untried].some(({ change }) => change === "momentum 0.9"),
    swinging.text,
  );
  const rows = xs(64, 0, 63).map((i) => BITS[i % 4]);
  const many = dataset(
    rows.map((row) => [...row]),
    rows.map(([a, b]) => a ^ b),
    { name: "64 rows" },
  );
  const full = await tried({ hidden: 2 }, many, { optimizer: "rmsprop", batchSize: 64, epochs: 20 });
  const changes = [...full.remedies, ...full.untried].map(({ change }) => change);
  assert.ok(changes.includes("batches of 4 rows") && changes.includes("batches of 16 rows"), changes.join());
  const flat = await tried({ hidden: [], useBias: false }, truthTable("and"), {
    optimizer: sgd(1),
    epochs: 200,
  });
  const layer = flat.remedies.find(({ change }) => change.startsWith("a hidden layer"));
  assert.equal(layer?.solved, 0, "without biases, as the call that is advised makes it"); // 0 of 96 by the independent trainer
});
