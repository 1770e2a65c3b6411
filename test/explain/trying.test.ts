import assert from "node:assert/strict";
import { test } from "node:test";
import { judgedRows, makeDataset } from "../../src/data/dataset.js";
import { parity, xor } from "../../src/data/gates.js";
import { clouds } from "../../src/data/playground.js";
import { roughMilliseconds, wholeGroups } from "../../src/engine/cost.js";
import { fusedTrial } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import { causeOf } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts.js";
import { type KnownEnd, remediesFor, weightsWithOneMore, withOneMore } from "../../src/explain/remedies.js";
import { type Attempt, pushed, tried, tryAll } from "../../src/explain/trying.js";
import { trialSeed } from "../../src/numbers/random.js";
import { wilsonInterval } from "../../src/numbers/statistics.js";
import { networkSettings } from "../../src/settings/network.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { rightRows } from "../../src/verdict/outcome.js";
import { endedWith } from "../support/endings.js";
import { assertNear, moments } from "../support/numbers.js";

const RELU: Network = {
  inputs: 2,
  layers: [
    { units: 3, activation: "relu" },
    { units: 1, activation: "sigmoid" },
  ],
};

test("tried() counts what trials one by one come to", () => {
  const settings = trainSettings("test", { epochs: 40, learningRate: 0.01 });
  const data = xor({ rows: 60, seed: 2 });
  const weights = (seed: number) => initialWeights(RELU, { name: "glorotUniform" }, { name: "zeros" }, seed);
  const attempt: Attempt = { name: "a test", network: RELU, settings, weights };
  let solved = 0;
  for (let t = 0; t < 21; t++) {
    const seed = trialSeed(5, "explain a test", t);
    const trial = fusedTrial({ ...settings, network: RELU }, { data, weights: weights(seed), seed });
    while (!trial.moments.next().done);
    const judged = judgedRows(data);
    if (rightRows(predictions(RELU, trial.weights(), judged.inputs), judged) === 4) solved += 1;
  }
  const found = tried(attempt, data, 21, 5);
  assert.ok(solved > 0 && solved < 21, `${solved} of 21 would prove little`);
  assert.deepEqual([found.solved, found.trials, found.rate], [solved, 21, solved / 21]);
  assert.deepEqual(found.interval, wilsonInterval(solved, 21));
  assert.ok(found.medianEpoch !== undefined && found.medianEpoch >= 1 && found.medianEpoch <= 40);
});

test("tried() counts no training whose loss stops being finite as solved", () => {
  const settings = trainSettings("test", {
    epochs: 20,
    optimizer: { name: "sgd", learningRate: 1e6 },
    loss: "meanSquaredError",
  });
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 3, activation: "relu" },
      { units: 1, activation: "linear" },
    ],
  };
  const weights = (seed: number) => initialWeights(network, { name: "heNormal" }, { name: "zeros" }, seed);
  const { inputs } = xor({ rows: 40, seed: 1 });
  const data = makeDataset({ name: "zeros", features: 2, inputs, targets: new Float32Array(40) }); // what is no number is not above ½ either
  assert.equal(tried({ name: "x", network, settings, weights }, data, 8, 1).solved, 0);
});

test("weightsWithOneMore() keeps every weight, and the new unit is drawn as at a start", () => {
  const deep: Network = {
    inputs: 3,
    layers: [
      { units: 4, activation: "tanh" },
      { units: 2, activation: "tanh" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const weights = initialWeights(deep, { name: "heNormal" }, { name: "ones" }, 1);
  for (const at of [0, 1]) {
    const wider = withOneMore(deep, at);
    assert.deepEqual(
      wider.layers.map(({ units }) => units),
      at === 0 ? [5, 2, 1] : [4, 3, 1],
    );
    const grown = weightsWithOneMore(deep, weights, at, 7);
    // with the new unit's outgoing weights at zero the network answers as before
    const places = at === 0 ? [3 * 5 + 5 + 4 * 2, 3 * 5 + 5 + 4 * 2 + 1] : [4 * 3 + 4 + 4 * 3 + 3 + 2];
    assert.ok(places.every((place) => grown[place] !== 0));
    for (const place of places) grown[place] = 0;
    const inputs = parity({ bits: 3 }).inputs;
    assert.deepEqual(predictions(wider, grown, inputs), predictions(deep, weights, inputs));
    assert.notDeepEqual(weightsWithOneMore(deep, weights, at, 8), weightsWithOneMore(deep, weights, at, 7));
  }
});

test("pushed() moves every weight by normal noise of the size asked for", () => {
  const moved = pushed(new Float32Array(4000).fill(2), 0.1, 3);
  const { mean, variance } = moments(moved);
  assert.ok(Math.abs(mean - 2) < 0.01 && Math.abs(Math.sqrt(variance) - 0.1) < 0.005);
});

/** The question's network by hand: (0, 0) and (0, 1) off, the others right. */
function flat(options = {}): KnownEnd {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 2, activation: "relu" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const settings = trainSettings("test", { epochs: 50, learningRate: 0.005, ...options });
  const losses = Array<number>(50).fill(0.35);
  return endedWith(network, [3, 3, 0, -3, -1, -1, 4, -3, 0], xor({ rows: 200, seed: 1 }), settings, losses);
}

test("remediesFor() changes what its name says, and nothing else", () => {
  const ended = flat();
  const facts = factsOf(ended);
  const remedies = remediesFor(ended, facts);
  const names = remedies.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, "no name twice: seeds follow from them");
  for (const { name, from, network, settings, weights } of remedies) {
    assert.equal(settings.epochs, 50);
    assert.equal(settings.optimizer.learningRate !== 0.005, /learning rate/.test(name), name);
    assert.equal(network.layers[0].activation !== "relu", /leaky|tanh/.test(name), name);
    assert.equal(network.layers[0].units !== 2, /wide|one more/.test(name), name);
    const kept = weights(1).length === 9 && weights(1).every((weight, i) => weight === ended.weights[i]);
    assert.equal(kept, from === "this state" && !/one more/.test(name), name);
    assert.notDeepEqual([kept, weights(1)], [false, weights(2)], `${name}: other seeds, other weights`);
  }
});

test("tryAll() sorts by success, and follows the cause", () => {
  const ended = flat();
  const facts = factsOf(ended);
  const found = tryAll(ended, facts, causeOf(ended, facts), { trials: 16, seed: 1 });
  const rates = found.remedies.map(({ rate }) => rate);
  assert.deepEqual(
    rates,
    [...rates].sort((a, b) => b - a),
  );
  assert.equal(found.trainedOn?.epochs, 500);
  assert.deepEqual([found.pushed?.size, found.pushed?.epochs], [0.1, 50]);
  const proven = tryAll(ended, facts, "cannot-represent", { trials: 8, seed: 1 });
  assert.equal(proven.pushed, undefined);
  const stopped = tryAll({ ...ended, losses: ended.losses.slice(0, 20) }, facts, "stopped", {
    trials: 8,
    seed: 1,
  });
  assert.equal(stopped.trainedOn?.epochs, 30); // what was left
  assert.deepEqual(tryAll(ended, facts, "solved", { trials: 8, seed: 1 }).remedies, []);
  assert.deepEqual(
    tryAll(ended, { ...facts, possible: false }, "noise", { trials: 8, seed: 1 }).remedies,
    [],
  );
});

test("tryAll() solves runs that only needed time by training on, and none whose inputs are off", () => {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 8, activation: "tanh" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, 3);
  const settings = trainSettings("test", { epochs: 60, learningRate: 0.01 });
  const early = endedWith(network, weights, xor({ rows: 200, seed: 3 }), settings, [0.7, 0.7]);
  const facts = factsOf(early);
  const slow = tryAll(early, facts, causeOf(early, facts), { trials: 32, seed: 1 });
  assert.equal(slow.trainedOn?.rate, 1);
  const still = flat();
  assert.equal(tryAll(still, factsOf(still), "dead-inputs", { trials: 32, seed: 1 }).trainedOn?.solved, 0);
});

test("roughMilliseconds() knows what makes trials long: rows, epochs, weights, exponentials, steps, groups of eight", () => {
  const rough = (options: { units?: number; activation?: "relu" | "tanh" } & TrainOptions, trials = 8) => {
    const { units = 4, activation = "relu", ...more } = options;
    const network: Network = {
      inputs: 2,
      layers: [
        { units, activation },
        { units: 1, activation: "sigmoid" },
      ],
    };
    return roughMilliseconds(network, 80, trainSettings("test", { epochs: 100, ...more }), trials);
  };
  const usual = rough({});
  for (const longer of [{ units: 8 }, { activation: "tanh" }, { batchSize: 1 }, { epochs: 120 }] as const)
    assert.ok(rough(longer) > 1.1 * usual, Object.keys(longer).join());
  assert.ok(rough({ optimizer: "sgd" }) < usual);
  assert.equal(rough({}, 1), usual);
  assertNear([rough({}, 9), rough({ epochs: 300 })], [2 * usual, 3 * usual], 1e-9, "groups and epochs");
  assert.deepEqual([1, 8, 9, 24].map(wholeGroups), [8, 8, 16, 24]);
});

test("tryAll() tries a hundred times where that takes about a second, less often what takes longer", () => {
  const tries = (units: number, epochs: number) => {
    const { network } = networkSettings("test", { hidden: units, activation: "tanh" });
    const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, 1);
    const settings = trainSettings("test", { epochs, optimizer: { name: "rmsprop", learningRate: 1e-5 } });
    const ended = endedWith(network, weights, clouds({ rows: 80, seed: 1 }), settings, [0.7]);
    const { remedies, pushed } = tryAll(ended, factsOf(ended), "noise", { trials: undefined, seed: 1 });
    return [remedies[0].trials, pushed?.trials];
  };
  assert.deepEqual(tries(2, 100), [100, 24]);
  assert.deepEqual(tries(4, 1000), [64, 16]);
});
