import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, makeDataset } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import type { Activation } from "../../src/engine/functions.js";
import type { Network } from "../../src/engine/network.js";
import { type Cause, causeOf } from "../../src/explain/cause.js";
import { type Diagnosis, makeDiagnosis } from "../../src/explain/diagnosis.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import { NOTHING_TRIED } from "../../src/explain/trying/trying.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { endedWith } from "../support/endings.js";
import { assertNear } from "../support/numbers.js";

/** Networks with a known fault, put there by hand: explain() must say exactly that. */

const XOR = truthTable("xor");
const LEVEL = Array<number>(40).fill(0.5);
const { LN2 } = Math;

function shape(inputs: number, hidden: readonly number[], activation: Activation): Network {
  const layers = hidden.map((units) => ({ units, activation }));
  return { inputs, layers: [...layers, { units: 1, activation: "sigmoid" }] };
}

function diagnosed(
  network: Network,
  weights: readonly number[],
  data: Dataset = XOR,
  losses: readonly number[] = LEVEL,
  options: TrainOptions = {},
): Diagnosis {
  const ended = endedWith(network, weights, data, trainSettings("test", options), losses);
  const facts = factsOf(ended);
  return makeDiagnosis(causeOf(ended, facts), ended, facts, NOTHING_TRIED, 1);
}

/** Two hidden units on XOR: [from x₁ to both], [from x₂ to both], [biases], [to the output], output's bias. */
const two = (activation: Activation, ...weights: number[]) => [shape(2, [2], activation), weights] as const;

function assertCause(diagnosis: Diagnosis, cause: Cause, ...texts: RegExp[]): void {
  assert.equal(diagnosis.cause, cause, diagnosis.text);
  for (const text of texts) assert.match(diagnosis.text, text);
}

test("explain() of dead units: all of them, and all but one", () => {
  const all = diagnosed(...two("relu", -1, -1, -1, -2, -0.5, -0.1, 1, 1, 0));
  assertCause(all, "dead-units", /both units are dead/, /gradient over all data is exactly zero/);
  assert.equal(all.proven, true);
  assert.deepEqual(all.ties[0].rows, [0, 1, 2, 3]);
  assertNear([all.loss.floor, all.loss.now], [LN2, LN2], 1e-12, "everything tied");
  const one = diagnosed(...two("relu", -1, 1, -1, 1, -0.5, -0.5, 1, 1, 0));
  assertCause(one, "dead-units", /1 of 2 units is dead/, /unit 1 is dead \(off on all inputs\)/i);
});

test("explain() does not call a dead unit the cause where two others are left", () => {
  const weights = [-1, 1, 1, -1, 1, 1, -0.5, -0.5, -1.5, 1, 1, -3, -0.9]; // two of three at work
  const found = diagnosed(shape(2, [3], "relu"), weights);
  assert.notEqual(found.cause, "dead-units");
  assert.equal(found.units?.[0][0].dead, true);
  assert.equal(found.proven, false);
});

test("explain() does not call saturated tanh units dead for good: the output may still use them", () => {
  const found = diagnosed(...two("tanh", 60, 60, 60, 60, -30, -90, 0, 0, 0));
  assert.deepEqual(
    found.units?.[0].map((unit) => [unit.dead, unit.deadForGood]),
    [
      [true, false],
      [true, false],
    ],
  );
  assert.notEqual(found.cause, "dead-units");
  assert.equal(found.proven, false);
});

test("explain() of each pair of inputs with different targets on which all units are off", () => {
  // ReLU units that see only x₁ − ½ or only x₂ − ½, in either direction: two inputs remain on which both are off.
  const half = [
    { weights: [1, 1, 0, 0], bias: -0.5, off: [0, 1] }, // on for x₁ = 1
    { weights: [-1, -1, 0, 0], bias: 0.5, off: [2, 3] },
    { weights: [0, 0, 1, 1], bias: -0.5, off: [0, 2] },
    { weights: [0, 0, -1, -1], bias: 0.5, off: [1, 3] },
  ];
  for (const { weights, bias, off } of half) {
    // the second unit is moved a little, so that it is no copy, and on for one of the two others only
    const [x1, , x2] = weights;
    const second = [x1 + (x2 === 0 ? 0 : 1), x2 + (x2 === 0 ? 1 : 0)];
    const shift = second[0] < 0 || second[1] < 0 ? -0.4 : -1.5;
    const network = shape(2, [2], "relu");
    const sides = [1, -1].map((sign) =>
      diagnosed(network, [x1, second[0], x2, second[1], bias, shift, sign * 40, -sign * 80, 0]),
    );
    for (const found of sides) {
      const tie = found.ties.find(({ offLayer }) => offLayer === 0);
      assert.deepEqual(tie?.rows, off, found.text);
      assert.equal(tie?.same, "code");
    }
  }
});

test("explain() of the question's network: two inputs with different targets off, the others right", () => {
  // unit 1 = relu(x₁ − ½), unit 2 = relu(x₁ + x₂ − 1.4); the output 40·unit 1 − 60·unit 2
  const found = diagnosed(...two("relu", 1, 1, 0, 1, -0.5, -1.4, 40, -60, 0));
  assertCause(found, "dead-inputs", /\(0, 0\) and \(0, 1\)/, /2\/4 · ln 2 = 0\.3466/);
  assert.deepEqual(
    found.ties.map(({ rows, best, same }) => ({ rows, best, same })),
    [{ rows: [0, 1], best: [0.5], same: "code" }],
  );
  assertNear([found.loss.floor, found.loss.floorIfEqual], [LN2 / 2, LN2 / 2], 1e-12, "floors");
  const squared = diagnosed(...two("relu", 1, 1, 0, 1, -0.5, -1.4, 40, -60, 0), XOR, LEVEL, {
    loss: "meanSquaredError",
  });
  assertCause(squared, "dead-inputs", /2\/4 · 1\/2 · 1\/2 = 0\.1250/);
});

test("explain() of three inputs off", () => {
  const third = Math.log(2); // answers ⅔ where all is off: the best for one zero and two ones
  const found = diagnosed(...two("relu", 1, 2, 1, 2, -1.5, -3, -9, -9, third));
  assertCause(found, "dead-inputs", /3\/4 · H\(2\/3\) = 0\.4774/, /copy of unit 1/);
  assert.deepEqual(found.ties[0].rows, [0, 1, 2]);
});

test("explain() of a floor counts the data's own rows", () => {
  const rows = [
    ...Array(300).fill([0, 0]),
    ...Array(100).fill([0, 1]),
    ...Array(50).fill([1, 0]),
    ...Array(50).fill([1, 1]),
  ];
  const mine = dataset(
    rows,
    rows.map(([a, b]) => a ^ b),
    { name: "mine" },
  );
  const best = Math.log(1 / 3); // a quarter of the tied rows are ones
  const found = diagnosed(...two("relu", 1, 1, 0, 1, -0.5, -1.4, 40, -60, best), mine);
  assertCause(found, "dead-inputs", /400\/500 · H\(100\/400\) = 0\.4499/);
  const entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
  assertNear([found.loss.floor, found.loss.floorIfEqual], [0.8 * entropy, LN2 / 2], 1e-12, "floors");
  assert.deepEqual(
    found.answers.map(({ count }) => count),
    [300, 100, 50, 50],
  );
});

test("explain() of units that are linear, and of copies", () => {
  const linear = diagnosed(...two("relu", 1, -1, 1, 1, 2, 2, 0, 0, 0));
  assertCause(
    linear,
    "one-line",
    /every unit is linear on these inputs/,
    /is linear on these inputs \(on for all\)/,
  );
  const copies = diagnosed(...two("relu", 1, 2, 1, 2, -0.5, -1, 0.1, 0.1, -0.1));
  assertCause(copies, "one-line", /1 of 2 units merely copies another/, /copy of unit 1/);
  assert.equal(copies.proven, false);
});

test("explain() of zero weights: every input is the same to the network", () => {
  const found = diagnosed(...two("tanh", 0, 0, 0, 0, 0, 0, 0, 0, 0));
  assert.equal(found.gradient?.size, "zero");
  assertCause(found, "identical-units", /Both hidden units have exactly the same weights/, /ln 2 = 0\.6931/);
  assert.equal(found.proven, true);
});

test("explain() of a saddle: with output weights of zero the gradients cancel, yet the loss curves down", () => {
  // unit 1 = tanh(x₁ − x₂), unit 2 = tanh(x₁ + x₂ − 1): neither goes with XOR, so at 0 their weights do not move
  const found = diagnosed(...two("tanh", 1, 1, -1, 1, 0, -1, 0, 0, 0));
  assertNear([found.gradient?.norm ?? 1], [0], 1e-12, "gradient");
  assertCause(found, "saddle", /in one direction the loss curves down/);
});

test("explain() of a saturated output: wrong, and no row has a gradient", () => {
  const weights = [20, 20, 20, 20, -10, -30, 0, 0, 40];
  const found = diagnosed(...two("sigmoid", ...weights), XOR, LEVEL, { loss: "meanSquaredError" });
  assertCause(found, "no-slope", /the gradients of the single rows are zero/);
});

test("explain() of networks that cannot: one hidden unit, none, linear ones, at XOR and at parity", () => {
  const seven = [1, -1, 0.5, 1, 0];
  assertCause(
    diagnosed(shape(2, [1], "sigmoid"), seven),
    "cannot-represent",
    /one hidden unit can only draw a single straight line/,
  );
  assertCause(
    diagnosed(shape(2, [], "relu"), [1, -1, 0]),
    "cannot-represent",
    /hidden layers cannot solve xor: it can only/,
  );
  assertCause(diagnosed(...two("linear", 1, 1, 1, 2, 0, 0, 1, 1, 0)), "cannot-represent", /linear units/);
  assertCause(
    diagnosed(shape(3, [1], "tanh"), [1, -1, 0.5, 0, 1, 0], parity({ bits: 3 })),
    "cannot-represent",
  );
  const and = diagnosed(shape(2, [1], "sigmoid"), seven, truthTable("and"));
  assert.notEqual(and.cause, "cannot-represent");
  const narrowFirst = diagnosed(shape(2, [1, 2], "sigmoid"), [1, -1, 0, 1, 1, 0, 0, 1, 1, 0]);
  assert.notEqual(narrowFirst.cause, "cannot-represent"); // a bump over one weighted sum solves XOR
});

test("explain() of data that contradict themselves", () => {
  const twice = dataset(
    [
      [0, 1],
      [0, 1],
      [1, 0],
    ],
    [0, 1, 1],
    { name: "noisy" },
  );
  const found = diagnosed(...two("relu", 1, 1, 0, 1, -0.5, -1.4, 4, -6, 0), twice);
  assertCause(
    found,
    "contradictory-data",
    /on noisy is right on 1 of 3 rows, and no answers can be right on more than 2: the data give the same inputs/,
    /\(0, 1\) 0\.500, wanted 0 and 1;/,
  );
  assert.equal(found.proven, true);
  const worse = diagnosed(...two("relu", 1, 1, 0, 1, -0.5, -1.4, -4, -6, 0), twice); // (1, 0) is wrong too
  assert.notEqual(worse.cause, "contradictory-data");
  assert.match(worse.text, /No answers can be right on more than 2 of 3 rows/);
  assert.equal(worse.proven, true);
});

test("explain() of the course of a loss: oscillating, falling, flat, too short", () => {
  const state = two("tanh", 1.3, 0.4, -0.2, 0.8, 0.1, 0.3, 0.9, -0.4, 0.2);
  const oscillating = Array.from({ length: 40 }, (_, i) => (i % 2 ? 0.9 : 0.6));
  assertCause(
    diagnosed(...state, XOR, oscillating),
    "too-large-steps",
    /its loss oscillates. Its loss grew from 0\.6000 in the first epoch to 0\.9000 in the last\./,
    /changed by 40 %/,
  );
  const falling = Array.from({ length: 40 }, (_, i) => 0.7 - i / 100);
  assertCause(
    diagnosed(...state, XOR, falling),
    "still-learning",
    /by epoch 40: its loss is still falling\./,
    /fell by/,
  );
  assertCause(diagnosed(...state, XOR, [0.7, 0.69]), "still-learning", /by epoch 2: too few epochs to tell/);
  assertCause(
    diagnosed(...state, XOR, LEVEL, { batchSize: 1 }),
    "noise",
    /flat at 0\.5000\. .* what some steps gain, others undo: of the gradient of a single row, the part common to all rows is only 21 % as long/,
  );
  // on batches of all rows there is nothing that differs from batch to batch
  assertCause(diagnosed(...state, XOR, LEVEL, { batchSize: 4 }), "unknown", /none of the causes/);
  const slow = Array.from({ length: 40 }, (_, i) => 0.7 - i / 700);
  assertCause(diagnosed(...state, XOR, slow), "plateau", /its loss is still falling, slowly\./);
});

test("explain() of a loss that was no number", () => {
  const found = diagnosed(...two("tanh", 1, 1, 1, 1, 0, 0, 1, 1, 0), XOR, [0.7, Number.NaN]);
  assertCause(
    found,
    "diverged",
    /its loss or a weight stopped being a finite number \(.*\)\. This happens where steps are too large for the data\./,
  );
});

test("explain() of a solution says which unit does what", () => {
  // unit 1 = OR, unit 2 = AND: 20·OR − 40·AND − 10
  const found = diagnosed(
    ...two("sigmoid", 20, 20, 20, 20, -10, -30, 20, -40, -10),
    xor({ rows: 50, seed: 3 }),
  );
  assertCause(
    found,
    "solved",
    /unit 2 \(AND\) lowers the output's weighted sum by up to 40/,
    /unit 1 \(OR\) raises it by up to 20/,
  );
  assert.equal(found.right, 4);
  // Goodfellow, Bengio, Courville, Deep Learning (2016), 6.1: unit 1 is x1 + x2, midway for two inputs, and so no gate
  const graded = diagnosed(...two("relu", 1, 1, 1, 1, 0, -1, 20, -40, -10), XOR);
  assert.doesNotMatch(graded.text, /unit 1 \(AND\)/);
  assert.match(graded.text, /unit 1 \(highest for \(1, 1\) only\) .*; unit 2 \(AND\) /);
});

test("explain() of inputs with different targets that only share an answer: 'tied', with codes that differ", () => {
  // unit 1 = tanh "OR", unit 2 = tanh "AND", of which the output makes next to nothing: three inputs answer about ⅔
  const found = diagnosed(...two("tanh", 9, 9, 9, 9, -4.5, -13.5, 9, 0.01, Math.log(2) - 9));
  assertCause(
    found,
    "tied",
    /\(0, 1\), \(1, 0\) and \(1, 1\) need different answers but get the same one/,
    /3\/4 · H\(2\/3\) = 0\.4774/,
  );
  assert.deepEqual(
    found.ties.map(({ rows, same, offLayer }) => ({ rows, same, offLayer })),
    [{ rows: [1, 2, 3], same: "answer", offLayer: undefined }],
  );
  assert.equal(found.proven, false);
});

test("explain() of answers that are nearly the same: the loss may be a little below what one answer would cost", () => {
  // as above, with the output making a little of "AND": one answers 0.684, two 0.660
  const found = diagnosed(...two("tanh", 9, 9, 9, 9, -4.5, -13.5, 9, -0.055, Math.log(2) - 9));
  assert.ok(found.loss.now < found.loss.floor && found.ties[0].same === "answer", found.text);
  assert.match(found.text, /below the floor, since the answers are not exactly the same/);
});

test("explain() calls no units dead for good that a row of the table, missing in the data, turns on", () => {
  const rows = [0, 0, 0, 1, 1, 0];
  const partial = makeDataset({
    name: "xor",
    features: 2,
    inputs: Float32Array.from(rows),
    targets: Float32Array.of(0, 1, 1),
    judge: XOR,
  });
  const found = diagnosed(...two("relu", 1, 2, 1, 2, -1.5, -3, 1, 1, 0.3), partial);
  assert.equal(found.working?.deadLayer, undefined);
  assert.equal(found.proven, false);
});
