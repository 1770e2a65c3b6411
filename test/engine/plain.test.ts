import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { truthTable, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { ACTIVATION_NAMES, type Activation } from "../../src/engine/functions.js";
import { type Network, parameterCount } from "../../src/engine/network.js";
import { OPTIMIZER_NAMES } from "../../src/engine/optimizers.js";
import { lossAndGradient, plainLearner, predictions } from "../../src/engine/plain.js";
import { random } from "../../src/numbers/random.js";
import { optimizerSettings } from "../../src/settings/optimizers.js";
import { rightRows } from "../../src/verdict/outcome.js";
import { allMoments } from "../support/moments.js";
import { assertNear } from "../support/numbers.js";

const net = (activation: Activation, ...widths: number[]): Network => ({
  inputs: 2,
  layers: [...widths.map((units) => ({ units, activation })), { units: 1, activation: "sigmoid" }],
});

const randomWeights = (network: Network, seed: number) =>
  Float32Array.from({ length: parameterCount(network) }, random(seed, "weights").normal);

/** Trains with the plain engine and returns the final weights. */
function trained(network: Network, weights: Float32Array, data: Dataset, optimizer: string, epochs = 3) {
  const settings = { loss: "binaryCrossentropy" as const, optimizer: optimizerSettings("test", optimizer) };
  const learner = plainLearner(network, weights, data, settings);
  allMoments(learner, data.rows, { epochs, batchSize: 4, shuffle: true, seed: 3 });
  return learner.weights();
}

const XOR = truthTable("xor");

test("predictions() of hand-solved XOR weights: two ReLUs", () => {
  // x + y − 2·max(x + y − 1, 0) is XOR (Goodfellow, Bengio, Courville, Deep Learning, 6.1); times 20, less 10.
  const weights = [1, 1, 1, 1, 0, -1, 20, -40, -10];
  const predicted = predictions(net("relu", 2), weights, XOR.inputs);
  assert.equal(rightRows(predicted, XOR), 4);
  const [low, high] = [1 / (1 + Math.exp(10)), 1 / (1 + Math.exp(-10))];
  assertNear(predicted, [low, high, high, low], 1e-12, "relu-2");
});

test("predictions() of hand-solved XOR weights: two sigmoids", () => {
  // one unit is OR, the other NAND, the output AND
  const weights = [20, -20, 20, -20, -10, 30, 20, 20, -30];
  const predicted = predictions(net("sigmoid", 2), weights, XOR.inputs);
  assert.equal(rightRows(predicted, XOR), 4);
  assertNear(predicted, [0, 1, 1, 0], 1e-4, "sigmoid-2");
});

test("lossAndGradient() of a constant ½ costs ln 2, or ¼ squared", () => {
  for (const activation of ACTIVATION_NAMES) {
    const network = net(activation, 3);
    const weights = Float64Array.from(randomWeights(network, 1));
    weights.fill(0, 9); // the output's kernel and bias
    const log = lossAndGradient(network, weights, XOR, "binaryCrossentropy");
    assert.ok(Math.abs(log.loss - Math.LN2) < 1e-15);
    assert.equal(lossAndGradient(network, weights, XOR, "meanSquaredError").loss, 0.25);
  }
});

test("plainLearner() trains permuted hidden units to the permuted result", () => {
  const network = net("tanh", 3, 2);
  const weights = randomWeights(network, 2);
  // unit j of the first hidden layer becomes unit order[j]
  const order = [2, 0, 1];
  const permuted = (from: Float32Array) => {
    const to = Float32Array.from(from);
    for (let j = 0; j < 3; j++) {
      for (let i = 0; i < 2; i++) to[i * 3 + order[j]] = from[i * 3 + j];
      to[6 + order[j]] = from[6 + j];
      for (let k = 0; k < 2; k++) to[9 + order[j] * 2 + k] = from[9 + j * 2 + k];
    }
    return to;
  };
  for (const optimizer of OPTIMIZER_NAMES) {
    const plain = trained(network, weights, xor({ rows: 100 }), optimizer);
    const other = trained(network, permuted(weights), xor({ rows: 100 }), optimizer);
    assert.notDeepEqual(plain, weights);
    assertNear(other, permuted(plain), 1e-6, optimizer); // sums in another order round differently
  }
});

test("lossAndGradient() gives a unit dead on every row no gradient", () => {
  const network = net("relu", 3);
  const weights = Float64Array.from(randomWeights(network, 3));
  for (const at of [1, 4, 7]) weights[at] = -1; // unit 1: both weights and the bias below zero, inputs never
  const { gradient } = lossAndGradient(network, weights, XOR, "binaryCrossentropy");
  for (const at of [1, 4, 7, 10]) assert.equal(Math.abs(gradient[at]), 0, `gradient[${at}]`);
  assert.ok(gradient.some((g) => g !== 0));
});

test("plainLearner() leaves a dead unit as it is, with every optimizer", () => {
  const network = net("relu", 3);
  const weights = randomWeights(network, 3);
  for (const at of [1, 4, 7]) weights[at] = -1;
  for (const optimizer of OPTIMIZER_NAMES) {
    const after = trained(network, weights, xor({ rows: 100 }), optimizer);
    for (const at of [1, 4, 7, 10]) assert.equal(after[at], weights[at], `${optimizer}, weight ${at}`);
  }
});

test("a batch's gradient is the mean of its rows' gradients", () => {
  const network = net("softplus", 4, 2);
  const weights = Float64Array.from(randomWeights(network, 4));
  const data = dataset(
    [
      [0.5, -1],
      [2, 1],
      [-1, 0.25],
      [1, 1],
      [0, 2],
    ],
    [1, 0, 1, 1, 0],
  );
  for (const loss of ["binaryCrossentropy", "meanSquaredError"] as const) {
    const whole = lossAndGradient(network, weights, data, loss);
    const rows = Array.from({ length: 5 }, (_, i) => {
      const row = Array.from(data.inputs.subarray(2 * i, 2 * i + 2));
      return lossAndGradient(network, weights, dataset([row], [data.targets[i]]), loss);
    });
    const mean = (of: (row: (typeof rows)[0]) => number) => rows.reduce((sum, row) => sum + of(row) / 5, 0);
    assertNear([whole.loss], [mean((row) => row.loss)], 1e-15, "loss");
    const means = Array.from(weights, (_, w) => mean((row) => row.gradient[w]));
    assertNear(whole.gradient, means, 1e-15, "gradient");
  }
});

test("one step of plainLearner() with SGD goes down the batch's mean gradient", () => {
  const network = net("sigmoid", 2);
  const weights = randomWeights(network, 6);
  const optimizer = optimizerSettings("test", "sgd", 0.5);
  const learner = plainLearner(network, weights, XOR, { loss: "binaryCrossentropy", optimizer });
  learner.learn(Uint32Array.of(2, 1, 3), 0, 3);
  const batch = dataset(
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    [1, 1, 0],
  );
  const { gradient, loss } = lossAndGradient(
    network,
    Float64Array.from(weights),
    batch,
    "binaryCrossentropy",
  );
  assertNear(
    learner.weights(),
    Array.from(weights, (w, i) => w - 0.5 * gradient[i]),
    1e-6,
    "weights",
  );
  assert.ok(Math.abs(learner.totals.loss - 3 * loss) < 1e-12);
});

test("predictions() refuses weights that do not fit", () => {
  assert.throws(() => predictions(net("relu", 2), [1, 2, 3], XOR.inputs), {
    name: "RangeError",
    message: "predictions: 3 weights do not fit the network",
  });
});
