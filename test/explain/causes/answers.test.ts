import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDataset } from "../../../src/data/dataset.js";
import { truthTable, xor } from "../../../src/data/gates.js";
import { dataset } from "../../../src/data/ownData.js";
import { type clouds, gaussians } from "../../../src/data/playground.js";
import { columnScale } from "../../../src/data/scaling.js";
import { lossAndGradient } from "../../../src/engine/plain.js";
import type { Diagnosis } from "../../../src/explain/diagnosis.js";
import { classFacts } from "../../../src/explain/facts/classes.js";
import { differentUnits } from "../../../src/explain/facts/inside.js";
import { neighbourFacts, scatterFacts } from "../../../src/explain/facts/neighbours.js";
import { random } from "../../../src/numbers/random.js";
import { trainSettings } from "../../../src/settings/training.js";
import { endedWith } from "../../support/endings.js";
import {
  diagnosisOf,
  endings,
  net,
  rareClass,
  rowsOf,
  shuffledLabels,
  tableWith,
  threeBlobs,
} from "../../support/kinds.js";
import { assertNear } from "../../support/numbers.js";

/** Causes that show in the answers: an output without a slope, a loss that clips, classes that are rare or overlap. */

const XOR = truthTable("xor");
const LEVEL = Array<number>(40).fill(0.5);
const squared = { loss: "meanSquaredError" } as const;
const adam = { name: "adam", learningRate: 0.01 } as const;

test("explain() of a ReLU output that is off on every row: proved, and no weight has a gradient", () => {
  const settings = trainSettings("test", squared);
  const network = net(2, [2, "tanh"], [1, "relu"]);
  const found = diagnosisOf(endedWith(network, [1, -1, 1, 1, 0, 0.3, 0.4, 0.7, -3], XOR, settings, LEVEL));
  assert.deepEqual([found.cause, found.proven, found.gradient?.size], ["dead-output", true, "zero"]);
  assert.match(
    found.verdict,
    /The output unit is off on all 4 rows of the training, where ReLU answers 0 and has no slope/,
  );
  const penalized = net(2, [2, "tanh"], [1, "relu", { l2: 0.01 }]);
  const held = diagnosisOf(endedWith(penalized, [1, -1, 1, 1, 0, 0.3, 0.4, 0.7, -3], XOR, settings, LEVEL));
  assert.deepEqual([held.cause, held.proven], ["dead-output", false], "a penalty moves its weights");
});

test("explain() of a ReLU output that is off where more is wanted", () => {
  // answers 0, 0, 1, 0: relu(x₁ − x₂)
  const settings = trainSettings("test", squared);
  const found = diagnosisOf(
    endedWith(net(2, [2, "linear"], [1, "relu"]), [1, 0, -1, 0, 0, 0, 1, 0, 0], XOR, settings, LEVEL),
  );
  assert.equal(found.cause, "cannot-represent"); // linear units
  const bent = net(2, [2, "tanh"], [1, "relu"]);
  const one = diagnosisOf(endedWith(bent, [9, 0, -9, 9, 0, 0, 1, 0, -0.001], XOR, settings, LEVEL));
  assert.deepEqual([one.cause, one.proven], ["dead-output", false], one.text);
  assert.match(
    one.verdict,
    /On 1 of 4 rows the output unit \(ReLU\) is off though more than 0 is wanted: .* over 99 % of the loss/,
  );
});

test("explain() of one dead output of several names the class", () => {
  const data = { ...threeBlobs(1), classes: ["ant", "bee", "cat"] };
  const network = net(2, [3, "relu"]);
  const found = diagnosisOf(
    endedWith(network, [1, 0, 0, 0, 0, 1, 0.1, -9, 0.1], data, trainSettings("test", squared), LEVEL),
  );
  assert.ok(["dead-output", "cannot-represent"].includes(found.cause), found.text);
  const wide = net(2, [4, "tanh"], [3, "relu"]);
  const { normal } = random(1, "weights");
  const weights = Float32Array.from({ length: 12 + 15 }, normal);
  weights[12 + 12 + 1] = -9;
  const dead = diagnosisOf(endedWith(wide, weights, data, trainSettings("test", squared), LEVEL));
  assert.deepEqual([dead.cause, dead.proven], ["dead-output", false]);
  assert.match(dead.verdict, /1 of the 3 output units \(bee\) is off on all 60 rows of the training/);
});

test("explain() of log loss behind a linear output: what is clipped costs the same in its words and its losses", () => {
  // answers 2 − x₁ to the rows: 2, 2, 1, 1; wrong and above 1 is the first, the others are right or at the border
  const network = net(2, [2, "tanh"], [1, "linear"]);
  const weights = [0.5, 0, 0, 0.5, 0, 0, -1, 0, 2];
  const ended = endedWith(network, weights, XOR, trainSettings("test", {}), LEVEL);
  const found = diagnosisOf(ended);
  assert.equal(found.cause, "wrong-loss");
  assert.match(
    found.verdict,
    /on 2 of 4 rows they lie beyond 0 or 1 on the wrong side, where cross-entropy is clipped, costs 15\.9 whatever/,
  );
  assertNear([found.loss.now], [-Math.log(1 - Math.fround(1 - 1e-7)) / 2], 1e-6, "as training counts it");
  const { gradient } = lossAndGradient(network, Float64Array.from(weights), XOR, "binaryCrossentropy");
  assert.ok(
    gradient.every((slope) => slope === 0),
    "neither the clipped rows nor those that are right pull",
  );
});

test("explain() takes the imbalance for the cause where every answer is the larger class", () => {
  const runs = endings(net(2, [4, "relu"], [1, "sigmoid"]), (seed) => rareClass(seed, 400, 0.115), {
    ...{ epochs: 30, optimizer: adam, batchSize: 32 },
  }).filter(({ ending }) => ending === "unsolved");
  const causes = runs.map(diagnosisOf);
  const imbalanced = causes.filter(({ cause }) => cause === "imbalance");
  assert.ok(imbalanced.length >= 4, causes.map(({ cause }) => cause).join());
  // the best constant answer is the share: H(46/400)
  const entropy = -0.115 * Math.log(0.115) - 0.885 * Math.log(0.885);
  for (const { verdict, loss } of imbalanced) {
    assertNear([loss.constant], [entropy], 1e-9, "constant");
    assert.match(
      verdict,
      /It takes (every row|39\d of 400 rows) for 0, the class of 354 of 400: .* costs 0\.3568/,
    );
  }
});

test("explain() of a rare class says while the loss still falls that the answers are one class so far", () => {
  const found = endings(net(2, [4, "relu"], [1, "sigmoid"]), (seed) => rareClass(seed, 400, 0.05), {
    ...{ epochs: 8, optimizer: { name: "adam", learningRate: 0.003 }, batchSize: 32 },
  }).map(diagnosisOf);
  const learning = found.filter(({ cause }) => cause === "still-learning");
  assert.ok(learning.length >= 4, found.map(({ cause }) => cause).join());
  const said = learning.filter(({ verdict }) =>
    /So far it takes (every row|39\d of 400 rows) for 0/.test(verdict),
  );
  assert.ok(said.length >= 2, learning.map(({ verdict }) => verdict).join("\n"));
  for (const { classes } of said) assert.ok((classes?.forLargest ?? 0) >= 392);
});

test("explain() of labels that have nothing to do with the inputs, and of clouds that overlap", () => {
  const network = net(2, [3, "tanh"], [1, "sigmoid"]);
  const options = { epochs: 60, optimizer: adam } as const;
  const told = (draw: (seed: number) => ReturnType<typeof clouds>) =>
    endings(network, draw, options)
      .map(diagnosisOf)
      .filter(({ cause }) => cause === "overlapping-classes");
  const shuffled = told((seed) => shuffledLabels(seed, 300));
  assert.ok(shuffled.length >= 4, `${shuffled.length}`);
  for (const { verdict } of shuffled)
    assert.match(
      verdict,
      /Near rows tell next to nothing of the class, so that either the inputs do not, or .*: a vote of the 5 nearest other rows is right on [45]\d %/,
    );
  const overlapping = told((seed) => gaussians({ rows: 200, noise: 0.5, seed }));
  for (const { verdict } of overlapping)
    assert.match(verdict, /Rows of different classes lie among each other: a vote .* on \d\d %/);
  assert.ok(overlapping.length > 0);
});

test("explain() of noughts and crosses does not take a rule for an overlap while the loss falls: more epochs learn it", () => {
  const lines = [0, 1, 2].flatMap((i) => [
    [3 * i, 3 * i + 1, 3 * i + 2],
    [i, i + 3, i + 6],
  ]);
  const boards = (seed: number) => {
    const source = random(seed, "boards");
    return rowsOf("boards", 300, () => {
      const board = Array.from({ length: 9 }, () => source.below(3) - 1);
      return [
        board,
        [Number([...lines, [0, 4, 8], [2, 4, 6]].some((line) => line.every((i) => board[i] === 1)))],
      ];
    });
  };
  const after = (epochs: number) =>
    endings(net(9, [9, "sigmoid"], [1, "sigmoid"]), boards, {
      ...squared,
      ...{ epochs, optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 10 },
    }).map(diagnosisOf);
  const early = after(100);
  assert.ok(
    early.every(({ cause }) => cause !== "overlapping-classes"),
    early.map(({ cause }) => cause).join(),
  );
  const rights = (found: readonly Diagnosis[]) =>
    found.reduce((sum, { right }) => sum + right, 0) / found.length;
  const late = after(2000);
  assert.ok(rights(late) > rights(early) + 10, `${rights(early)}, ${rights(late)}`);
});

test("neighbourFacts() of classes apart, of labels by chance, of bits and of few rows", () => {
  const apart = gaussians({ rows: 100, noise: 0, seed: 1 });
  assert.equal(neighbourFacts(apart, apart.targets)?.right, 100);
  const chance = shuffledLabels(1, 1000);
  const { right, largest, networkRight } = neighbourFacts(chance, chance.targets) ?? {
    right: 0,
    largest: 0,
    networkRight: 0,
  };
  assert.ok(Math.abs(right - 500) < 60 && largest < 560, `${right}, ${largest}`);
  assert.equal(networkRight, 1);
  assert.equal(neighbourFacts(xor({ rows: 100, seed: 1 }), []), undefined);
  assert.equal(neighbourFacts(rareClass(1, 30), []), undefined);
});

/** Waves along one input with normal noise of a size. */
function waves(seed: number, noise: number) {
  const { normal } = random(seed, "waves");
  return rowsOf("waves", 120, (i) => [[i / 20 - 3], [Math.sin(i / 20 - 3) + noise * normal()]]);
}

test("scatterFacts() takes no narrow wave for noise, although its nearest rows differ", () => {
  const inputs = Array.from({ length: 50 }, (_, i) => [i / 49]);
  const wave = dataset(
    inputs,
    inputs.map(([x]) => Math.sin(25 * x)),
  );
  assertNear([scatterFacts(wave, wave.targets)?.smoothR2 ?? 0], [1], 0.03, "four waves of a dozen rows");
});

test("scatterFacts() finds the size of noise, and none in a wave", () => {
  for (const noise of [0, 0.3, 0.6])
    for (const seed of [1, 2, 3]) {
      const data = waves(seed, noise);
      const { smoothR2 = 0, networkR2 } = scatterFacts(data, data.targets) ?? {};
      const mean = data.targets.reduce((sum, y) => sum + y, 0) / 120;
      const variance = data.targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 120;
      const left = noise ** 2 / variance;
      assertNear([smoothR2], [1 - left], 0.005 + left / 3, `noise ${noise}`);
      assert.equal(networkR2, 1);
    }
  const few = waves(1, 0);
  const part = makeDataset({ ...few, inputs: few.inputs.slice(0, 30), targets: few.targets.slice(0, 30) });
  assert.equal(scatterFacts(part, part.targets), undefined);
  assert.equal(scatterFacts(gaussians({ rows: 100, seed: 1 }), []), undefined);
});

test("explain() of targets with noise: what the nearest rows leave is what the network has", () => {
  const network = net(1, [6, "tanh"], [1, "linear"]);
  const options = { ...squared, epochs: 400, optimizer: adam };
  const causes = (noise: number) => endings(network, (seed) => waves(seed, noise), options).map(diagnosisOf);
  const noisy = causes(0.5).filter(({ cause }) => cause === "noisy-targets");
  assert.ok(noisy.length >= 6, `${noisy.length}`);
  for (const { verdict } of noisy)
    assert.match(
      verdict,
      /smooth functions of the inputs reach an R² of about 0\.\d+, and the network has 0\.\d+\. Either/,
    );
  assert.ok(causes(0).every(({ cause }) => cause !== "noisy-targets"));
  const apart = endings(
    network,
    (seed) => makeDataset({ ...waves(seed, 0.5), judge: waves(seed + 100, 0.5) }),
    options,
  );
  const told = apart.map(diagnosisOf).filter(({ cause }) => cause === "noisy-targets");
  assert.ok(told.length > 0);
  for (const { verdict } of told)
    assert.match(verdict, /the network has 0\.\d+ on the rows of the training\. Either/);
});

test("classFacts() counts which class is taken for which, and answers between two for none", () => {
  const three = rowsOf("three", 4, (i) => [[i], [0, 1, 2].map((c) => Number(c === [0, 1, 1, 2][i]))]);
  const answers = [0.9, 0.1, 0, 0.5, 0.5, 0, 0.2, 0.1, 0.7, 0.3, 0.3, 0.4];
  const found = classFacts(answers, three);
  assert.deepEqual(found?.taken, [
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 1],
  ]);
  assert.deepEqual([found?.wanted, found?.largest, found?.allLargest], [[1, 2, 1], 1, false]);
  const signed = tableWith(XOR, [0, 1], [-1, 1]);
  const binary = classFacts([-0.1, 0, 0.2, -3], signed);
  assert.deepEqual(
    [binary?.names, binary?.taken],
    [
      ["−1", "1"],
      [
        [2, 0],
        [0, 1],
      ],
    ],
  );
});

test("explain() of several classes says which are mistaken for which, by their names", () => {
  const draw = (seed: number) => {
    const data = threeBlobs(seed);
    return makeDataset({ ...data, classes: ["setosa", "`versi`", "<b>"] });
  };
  const [run] = endings(net(2, [3, "softmax"]), draw, {
    epochs: 30,
    loss: "categoricalCrossentropy",
    optimizer: adam,
  });
  const found = diagnosisOf(run);
  assert.match(
    found.text,
    /of 60 rows are right: \d+ of the 20 rows of (setosa|`versi`|<b>) (is|are) taken for/,
  );
  assert.match(found.markdown, /`<b>`/);
  assert.doesNotMatch(found.markdown.replace(/`[^`]*`/g, ""), /<b>/);
  assert.doesNotMatch(found.text + found.markdown, /[\ue000\ue001]/);
});

test("explain() of targets −1 and 1: the sides of 0, and what Keras's accuracy would be", () => {
  const data = tableWith(XOR, [0, 1], [-1, 1]);
  const network = net(2, [2, "tanh"], [1, "tanh"]);
  // OR and AND: tanh(9 OR − 9 AND − …), right on all four
  const weights = [9, 9, 9, 9, -4.5, -13.5, 3, -3, -3];
  const found = diagnosisOf(endedWith(network, weights, data, trainSettings("test", squared), LEVEL));
  assert.equal(found.cause, "solved", found.text);
  assert.match(found.verdict, /nearest to 0 is the answer/);
  // of the targets −1, 1, 1, −1 Keras counts the two ones, whose answers are above ½
  assert.match(
    found.text,
    /Keras's accuracy would be 0\.500: it takes answers for 0 or 1, and a target of −1 is neither\./,
  );
  const usual = diagnosisOf(
    endedWith(net(2, [2, "tanh"], [1, "sigmoid"]), weights, XOR, trainSettings("test", {}), LEVEL),
  );
  assert.doesNotMatch(usual.text, /Keras/);
});

test("explain() of a regression speaks of R² and errors, in the units in which the data were given", () => {
  const inputs = Float32Array.of(0, 1, 2, 3);
  const targets = Float32Array.of(100, 300, 200, 400);
  const scaling = {
    method: "standard",
    inputs: columnScale("standard", inputs, 1),
    targets: columnScale("standard", targets, 1),
  } as const;
  const [mean, deviation] = [250, Math.sqrt(12_500)];
  const data = makeDataset({
    ...{ name: "heights", features: 1, scaling, inputs: inputs.map((x) => (x - 1.5) / Math.sqrt(1.25)) },
    targets: targets.map((y) => (y - mean) / deviation),
  });
  assert.equal(data.task, "regression");
  // the constant answer 0 means 250: R² is 0, the error the deviation
  const settings = trainSettings("test", squared);
  const found = diagnosisOf(
    endedWith(net(1, [2, "tanh"], [1, "linear"]), [1, 2, 0, 0, 0, 0, 0], data, settings, LEVEL),
  );
  assertNear([found.judgement.reached, found.judgement.error ?? 0], [0, deviation], 1e-4, "judgement");
  assert.match(found.text, /Its answers: \(0\) 250\.000, wanted 100; \(1\) 250\.000, wanted 300;/);
  assert.match(
    found.text,
    /R² is -?0\.00\d, and 0\.99 was asked for: the root mean squared error is 112, the targets' deviation 112\./,
  );
  assert.doesNotMatch(found.text, /right|wrong/);
  assert.deepEqual(
    found.answers.map(({ inputs: [x], target, answer }) => [
      Math.round(x),
      Math.round(Number(target)),
      Math.round(Number(answer)),
    ]),
    [
      [0, 100, 250],
      [1, 300, 250],
      [2, 200, 250],
      [3, 400, 250],
    ],
  );
});

test("explain() of rows held out: right on those of the training, wrong on those by which it is judged", () => {
  const { normal } = random(1, "points");
  const part = (rows: number) => rowsOf("noise", rows, () => [[normal(), normal()], [Number(normal() > 0)]]);
  const [training, judge] = [part(12), part(200)];
  const data = makeDataset({ ...training, judge });
  const runs = endings(net(2, [12, "tanh"], [1, "sigmoid"]), () => data, {
    epochs: 2000,
    optimizer: { ...adam, learningRate: 0.03 },
  });
  const overfit = runs.map(diagnosisOf).filter(({ cause }) => cause === "overfitting");
  assert.ok(overfit.length > 4);
  for (const { verdict } of overfit)
    assert.match(
      verdict,
      /has learned the rows of noise that it was trained on, but not the rows by which it is judged: \d+ of 200 rows are wrong/,
    );
  const heldOut = { data: judge, losses: Array.from({ length: 20 }, (_, i) => 0.6 + 0.02 * Math.abs(i - 4)) };
  const losses = Array.from({ length: 20 }, (_, i) => 0.7 - 0.03 * i);
  const solved = { ...runs[0], data: training, ending: "solved", heldOut, losses } as const;
  assert.match(
    diagnosisOf(solved).text,
    /It overfits: \d+ of the 200 validation rows are right; the loss over them is 0\.9000, after a lowest of 0\.6000 in epoch 5, while that of the training went on falling from 0\.5800 to 0\.1300\./,
  );
  // a class of which the training has no row cannot be learned: that is no overfitting
  const ones = training.inputs.slice(0, 6);
  const single = makeDataset({ ...training, inputs: ones, targets: new Float32Array(3).fill(1) });
  const zeros = judge.targets.filter((target) => target === 0).length;
  assert.match(
    diagnosisOf({ ...solved, data: single }).text,
    new RegExp(
      `^No row of the training has the target 0, as ${zeros} of the 200 validation rows have: \\d+ of the 200`,
      "m",
    ),
  );
  // what fits the training's own rows no better has not overfitted
  const early = { ...solved, losses: losses.map((loss) => loss + 1) };
  assert.match(
    diagnosisOf(early).text,
    /^\d+ of the 200 validation rows are right; the loss over them is 0\.9000, after a lowest of 0\.6000 in epoch 5\.$/m,
  );
});

test("differentUnits() counts units with the same weights into and out of them once, layer by layer", () => {
  const deep = net(1, [3, "tanh"], [2, "tanh"], [1, "sigmoid"]);
  const same = [1, 1, 2, 0, 0, 0, 5, 6, 5, 6, 1, 1, 0, 0, 3, 3, 0];
  assert.deepEqual(differentUnits(deep, same), [2, 2]); // the second layer's differ in what they get
  const all = [1, 1, 1, 0, 0, 0, 5, 5, 5, 5, 5, 5, 0, 0, 3, 3, 0];
  assert.deepEqual(differentUnits(deep, all), [1, 1]);
});
