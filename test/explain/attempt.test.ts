import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, judgedRows, makeDataset } from "../../src/data/dataset.js";
import { truthTable, xor } from "../../src/data/gates.js";
import { fusedTrial } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import {
  freshTally,
  goesOneWay,
  millisecondsOf,
  resultOf,
  spentOn,
  surer,
  tryMore,
} from "../../src/explain/trying/attempt.js";
import { anew, here, type Remedy } from "../../src/explain/trying/remedy.js";
import { trialSeed } from "../../src/numbers/random.js";
import { wilsonInterval } from "../../src/numbers/statistics.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { rightRows } from "../../src/verdict/outcome.js";
import { endedWith } from "../support/endings.js";

const RELU: Network = {
  inputs: 2,
  layers: [
    { units: 3, activation: "relu" },
    { units: 1, activation: "sigmoid" },
  ],
};
const START = { kernel: { name: "glorotUniform" }, bias: { name: "zeros" } } as const;

function remedyOf(data: Dataset, options: TrainOptions, make = anew, network = RELU): Remedy {
  const weights = initialWeights(network, START.kernel, START.bias, 1);
  const ended = endedWith(network, weights, data, trainSettings("test", options));
  return make(ended, { change: "a test", how: "", options: {} });
}

function tallied(remedy: Remedy, ...trials: readonly number[]) {
  const tally = freshTally({ remedy, pointedTo: false });
  for (const some of trials) for (const _ of tryMore(tally, some, 5));
  return tally;
}

test("tryMore() counts what trials one by one come to, however they are divided", () => {
  const data = xor({ rows: 60, seed: 2 });
  const remedy = remedyOf(data, { epochs: 40, learningRate: 0.01 });
  let solved = 0;
  for (let t = 0; t < 21; t++) {
    const seed = trialSeed(5, "explain a test", t);
    const lane = { data, weights: initialWeights(RELU, START.kernel, START.bias, seed), seed };
    const trial = fusedTrial({ ...remedy.settings, network: RELU }, lane);
    while (!trial.moments.next().done);
    const judged = judgedRows(data);
    if (rightRows(predictions(RELU, trial.weights(), judged.inputs), judged) === 4) solved += 1;
  }
  assert.ok(solved > 0 && solved < 21, `${solved} of 21 would prove little`);
  const found = resultOf(tallied(remedy, 21));
  assert.deepEqual([found.solved, found.trials, found.rate], [solved, 21, solved / 21]);
  assert.deepEqual(found.interval, wilsonInterval(solved, 21));
  assert.ok(found.medianEpoch !== undefined && found.medianEpoch >= 1 && found.medianEpoch <= 40);
  assert.deepEqual(resultOf(tallied(remedy, 3, 8, 10)), found);
});

test("tryMore() counts no training whose loss stops being finite as solved", () => {
  const network: Network = { inputs: 2, layers: [RELU.layers[0], { units: 1, activation: "linear" }] };
  const { inputs } = xor({ rows: 40, seed: 1 });
  const data = makeDataset({ name: "zeros", features: 2, inputs, targets: new Float32Array(40) });
  const options = {
    epochs: 20,
    optimizer: { name: "sgd", learningRate: 1e6 },
    loss: "meanSquaredError",
  } as const;
  assert.equal(tallied(remedyOf(data, options, anew, network), 8).epochs.length, 0);
});

test("goesOneWay(): from the same weights, and nothing shuffled that matters", () => {
  const table = truthTable("xor");
  const expected: readonly [Remedy, boolean][] = [
    [remedyOf(table, { batchSize: 4 }, here), true], // all rows in each step
    [remedyOf(table, { batchSize: 2 }, here), false],
    [remedyOf(table, { batchSize: 2, shuffle: false }, here), true],
    [remedyOf(table, { batchSize: 4 }), false],
  ];
  for (const [remedy, is] of expected) assert.equal(goesOneWay(remedy), is, JSON.stringify(remedy.settings));
});

test("spentOn() is no more than millisecondsOf(), and counts what was trained", () => {
  const remedy = remedyOf(xor({ rows: 60, seed: 2 }), { epochs: 40, learningRate: 0.01 });
  const fresh = freshTally({ remedy, pointedTo: false });
  assert.ok(tallied(remedy, 8).looked >= 8);
  assert.equal(spentOn(fresh), 0);
  const [eight, more] = [tallied(remedy, 8), tallied(remedy, 8, 16)];
  assert.ok(spentOn(eight) <= millisecondsOf(fresh, 8) && spentOn(eight) > 0.2 * millisecondsOf(fresh, 8));
  assert.ok(spentOn(more) > 2 * spentOn(eight) - millisecondsOf(fresh, 8));
  assert.ok(millisecondsOf(eight, 8) < millisecondsOf(fresh, 8), "compiled once");
});

test("surer() puts 96 of 100 before 1 of 1, and 24 of 24 before 8 of 8", () => {
  const remedy = remedyOf(truthTable("xor"), {});
  const of = (trials: number, solved: number) => ({
    ...freshTally({ remedy, pointedTo: false }),
    trials,
    epochs: Array<number>(solved).fill(1),
  });
  const sorted = [of(1, 1), of(8, 0), of(8, 8), of(24, 24), of(100, 96), of(24, 0)].sort(surer);
  assert.deepEqual(
    sorted.map(({ trials, epochs }) => `${epochs.length} of ${trials}`),
    ["96 of 100", "24 of 24", "8 of 8", "1 of 1", "0 of 8", "0 of 24"],
  );
});

test("surer() puts of two that never solved it the one first that came nearer, if that compares", () => {
  const remedy = remedyOf(truthTable("xor"), {});
  const { settings } = remedy;
  const of = (one: typeof remedy, solved: number, ...near: number[]) => ({
    ...freshTally({ remedy: one, pointedTo: false }),
    ...{ trials: near.length, epochs: Array<number>(solved).fill(1), near },
  });
  const [near, far] = [of(remedy, 0, 3, 3, 1), of(remedy, 0, 2, 2, 4)];
  assert.deepEqual([far, near].sort(surer), [near, far]);
  assert.equal(resultOf(far).reached, 2);
  assert.equal(resultOf(of(remedy, 0, 3, -Number.MAX_VALUE)).reached, undefined, "one of two diverged");
  const byLoss = { ...remedy, settings: { ...settings, solvedLoss: 0.01 } };
  const squared = { ...byLoss, settings: { ...byLoss.settings, loss: "meanSquaredError" } } as const;
  const [cross, other] = [of(byLoss, 0, -0.5, -0.4, -0.3), of(squared, 0, -0.1, -0.1, -0.1)];
  assert.deepEqual([other, cross].sort(surer), [cross, other]);
  assert.deepEqual([resultOf(cross).reached, resultOf(other).reached], [0.4, undefined]);
  const [one, two] = [{ epochs: 7 }, { epochs: 7, batchSize: 1 }].map((train) =>
    of(anew(remedy.ended, { change: "more", options: { train } }), 2, 4, 4),
  );
  assert.deepEqual([two, one].sort(surer), [one, two], "of equally sure ones that which changes less");
  const [late, early] = [of(remedy, 2, 4, 4), of(remedy, 2, 4, 4)];
  assert.deepEqual([late, early].sort(surer), [late, early], "of those that solve it the order stays");
});
