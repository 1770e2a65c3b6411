import assert from "node:assert/strict";
import { test } from "node:test";
import { xor } from "../../src/data/gates.js";
import type { Activation } from "../../src/engine/functions.js";
import { type Network, parameterCount } from "../../src/engine/network.js";
import { lossAndGradient, plainLearner, predictions } from "../../src/engine/plain.js";
import { random } from "../../src/numbers/random.js";
import { optimizerSettings } from "../../src/settings/optimizers.js";
import { rightRows } from "../../src/verdict/outcome.js";
import { allMoments } from "../support/moments.js";

const net = (activation: Activation, ...widths: number[]): Network => ({
  inputs: 2,
  layers: [...widths.map((units) => ({ units, activation })), { units: 1, activation: "sigmoid" }],
});

const randomWeights = (network: Network, seed: number) =>
  Float32Array.from({ length: parameterCount(network) }, random(seed, "weights").normal);

test("an epoch's loss weights a smaller last batch by its rows", () => {
  // Batches of 4, 4 and 2 rows; with a learning rate of next to nothing the weights stay, so the epoch's mean loss
  // must be the mean over the ten rows, and the penalty counts once for each of them.
  const { inputs, layers } = net("sigmoid", 2);
  const network = { inputs, layers: layers.map((layer) => ({ ...layer, l1: 0.1, l2: 0.2 })) };
  const weights = randomWeights(network, 7);
  const data = xor({ rows: 10, seed: 4 });
  const settings = {
    loss: "binaryCrossentropy" as const,
    optimizer: optimizerSettings("test", "sgd", 1e-30),
  };
  const learner = plainLearner(network, weights, data, settings);
  const schedule = { epochs: 1, batchSize: 4, shuffle: true, seed: 1 };
  const [end] = allMoments(learner, 10, schedule);
  const whole = lossAndGradient(network, Float64Array.from(weights), data, "binaryCrossentropy");
  assert.ok(Math.abs(end.loss - whole.loss) < 1e-12, `${end.loss}, ${whole.loss}`);
  const right = rightRows(predictions(network, weights, data.inputs), data);
  assert.equal(end.accuracy, right / 10);
  assert.equal(end.step, 3);
});

test("an epoch takes every row once, in a new order each if it shuffles", () => {
  const seen: number[][] = [];
  const learner = {
    learn: (order: Uint32Array, from: number, to: number) =>
      void seen.push(Array.from(order.slice(from, to))),
    totals: { loss: 0, right: 0 },
    weights: () => new Float32Array(),
    dispose: () => {},
    stepsPerPause: 1,
  };
  const orders = (shuffled: boolean) => {
    seen.length = 0;
    allMoments(learner, 7, { epochs: 2, batchSize: 3, shuffle: shuffled, seed: 2 });
    assert.deepEqual(
      seen.map((batch) => batch.length),
      [3, 3, 1, 3, 3, 1],
    );
    return [seen.slice(0, 3).flat(), seen.slice(3).flat()];
  };
  const straight = [0, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(orders(false), [straight, straight]);
  const [first, second] = orders(true);
  for (const order of [first, second]) assert.deepEqual([...order].sort(), straight);
  assert.notDeepEqual(first, second);
  assert.deepEqual(orders(true), [first, second]);
});
