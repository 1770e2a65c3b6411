import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../../src/data/dataset.js";
import { truthTable, xor } from "../../../src/data/gates.js";
import type { Network } from "../../../src/engine/network.js";
import type { Cause } from "../../../src/explain/cause.js";
import type { Diagnosis } from "../../../src/explain/diagnosis.js";
import { bestLinearAnswers, separableByLine } from "../../../src/explain/facts/separable.js";
import { random } from "../../../src/numbers/random.js";
import { type TrainOptions, trainSettings } from "../../../src/settings/training.js";
import { r2Of } from "../../../src/verdict/outcome.js";
import { r2Text } from "../../../src/words/numbers.js";
import { endedWith } from "../../support/endings.js";
import { diagnosisOf, endings, net, rowsOf, tableWith } from "../../support/kinds.js";
import { assertNear } from "../../support/numbers.js";

/** Causes that follow from data and structure alone, with any weights. */

const XOR = truthTable("xor");
const LEVEL = Array<number>(40).fill(0.5);

function withDrawnWeights(network: Network, data = XOR, options: TrainOptions = {}): Diagnosis[] {
  const count = network.layers.reduce((sum, { units }) => sum + 30 * units, 0);
  const runs = [1, 2, 3].map((seed) => {
    const { normal } = random(seed, "any weights");
    const weights = Float32Array.from({ length: count }, normal);
    return endedWith(
      network,
      weights.subarray(0, lengthOf(network)),
      data,
      trainSettings("test", options),
      LEVEL,
    );
  });
  return runs.map(diagnosisOf);
}

function lengthOf({ inputs, layers }: Network): number {
  let [below, all] = [inputs, 0];
  for (const { units, useBias } of layers) {
    all += units * (below + (useBias === false ? 0 : 1));
    below = units;
  }
  return all;
}

function assertAll(found: readonly Diagnosis[], cause: Cause, text: RegExp): void {
  for (const one of found) {
    assert.deepEqual([one.cause, one.proven], [cause, true], one.text);
    assert.match(one.verdict, text);
  }
}

test("explain() of a loss that is the same for every answer: categorical cross-entropy over one output", () => {
  for (const output of ["sigmoid", "softmax"] as const) {
    const network = net(2, [3, "tanh"], [1, output]);
    const found = withDrawnWeights(network, XOR, { loss: "categoricalCrossentropy" });
    assertAll(
      found,
      "constant-loss",
      /divides the answers to a row by their sum, which makes a single answer 1/,
    );
    for (const { loss } of found) assertNear([loss.now], [5e-8], 1e-8, "half of the rows cost −ln(1 − 1e-7)");
  }
});

test("explain() of an output whose range leaves out what is wanted, in each way of judging", () => {
  const wide = tableWith(XOR, [0, 1], [3, 6]);
  const squared = { loss: "meanSquaredError" } as const;
  const sigmoid = net(2, [3, "tanh"], [1, "sigmoid"]);
  assertAll(
    withDrawnWeights(sigmoid, wide, squared),
    "output-range",
    /a sigmoid output answers between 0 and 1, while the targets go from 3 to 6, so that at most 2 of 4 rows can be right/,
  );
  const signed = tableWith(XOR, [0, 1], [-1, 1]);
  assertAll(
    withDrawnWeights(net(2, [3, "tanh"], [1, "relu"]), signed, squared),
    "output-range",
    /a ReLU output answers nothing below 0, while the targets go from −1 to 1/,
  );
  // −1, −½, ½, 1 clipped at 0: what is left unexplained is (1 + ¼) / (1 + ¼ + ¼ + 1) = ½
  const line = rowsOf("line", 4, (i) => [[i], [[-1, -0.5, 0.5, 1][i]]]);
  assertAll(
    withDrawnWeights(net(1, [1, "sigmoid"]), line, squared),
    "output-range",
    /so that R² can be 0\.500 at best/,
  );
  // the mean of 2² and 5² is 14.5
  const asked = { ...squared, solvedLoss: 0.1 };
  assertAll(withDrawnWeights(sigmoid, wide, asked), "output-range", /the loss can be 14\.5000 at best/);
  const one = net(2, [3, "relu"], [1, "softmax"]);
  assertAll(withDrawnWeights(one, XOR), "output-range", /a softmax over a single unit always answers 1/);
  // a row of the gates wants none, two and two of three: behind a softmax one can be above ½
  const gates = rowsOf("gates", 4, (i) => {
    const [a, b] = [i >> 1, i & 1];
    return [
      [a, b],
      [a & b, a | b, a ^ b],
    ];
  });
  assertAll(
    withDrawnWeights(net(2, [3, "tanh"], [3, "softmax"]), gates),
    "output-range",
    /behind a softmax the answers to a row sum to 1, while the sums of a row's targets go from 0 to 2, so that at most 1 of 4/,
  );
  // enough is enough: a quarter of the variance, or half of the rows
  const enough = { ...squared, solvedR2: 0.25 };
  for (const { cause } of withDrawnWeights(net(1, [1, "sigmoid"]), line, enough))
    assert.notEqual(cause, "output-range");
  for (const { cause } of withDrawnWeights(sigmoid, wide, { ...squared, solvedAccuracy: 0.5 }))
    assert.notEqual(cause, "output-range");
});

test("explain() of networks without biases: what zero, a ray and opposite inputs get follows from the structure", () => {
  const free = { useBias: false } as const;
  for (const activation of ["relu", "tanh", "linear", "elu", "leakyRelu"] as const)
    assertAll(
      withDrawnWeights(net(2, [3, activation, free], [1, "sigmoid", free])),
      "no-bias",
      /without biases its answer to \(0, 0\) is always 0\.500, while 0 is wanted/,
    );
  const ray = rowsOf("ray", 3, (i) => [[i + 1, i + 1], [i % 2]]);
  assertAll(
    withDrawnWeights(net(2, [3, "relu", free], [1, "sigmoid", free]), ray),
    "no-bias",
    /its answers to \(2, 2\) and \(1, 1\) always lie on the same side of ½, while 1 and 0 are wanted/,
  );
  const signs = tableWith(XOR, [-1, 1], [-1, 1]);
  const squared = { loss: "meanSquaredError" } as const;
  assertAll(
    withDrawnWeights(net(2, [3, "tanh", free], [1, "tanh", free]), signs, squared),
    "no-bias",
    /its answers to \(−1, 1\) and \(1, −1\) always lie on opposite sides of 0|\(−1, −1\) and \(1, 1\)/,
  );
  // 10, 12 and 14 for inputs 0, 1 and 2: the best is 0, 12 and 14, which leaves 100 of 8
  const shifted = rowsOf("shifted", 3, (i) => [[i], [10 + 2 * i]]);
  assertAll(
    withDrawnWeights(net(1, [3, "relu", free], [1, "linear", free]), shifted, {
      ...squared,
      solvedR2: 0.9,
    }).map((found) => found),
    "no-bias",
    /its answer to \(0\) is always 0\.000, while 10 is wanted, so that R² can be −11\.500 at best/,
  );
});

test("explain() calls no biases the cause where a layer has some, or passes more than zero on", () => {
  const free = { useBias: false } as const;
  for (const network of [
    net(2, [3, "tanh", free], [1, "sigmoid"]),
    net(2, [3, "sigmoid", free], [1, "sigmoid", free]), // its hidden units answer zero with ½
  ])
    for (const { cause } of withDrawnWeights(network)) assert.notEqual(cause, "no-bias");
});

test("separableByLine() of several outputs and of several classes", () => {
  const both = rowsOf("and, or", 4, (i) => [
    [i >> 1, i & 1],
    [(i >> 1) & i & 1, Number(i > 0)],
  ]);
  assert.equal(separableByLine(both), true);
  const one = rowsOf("and, xor", 4, (i) => [
    [i >> 1, i & 1],
    [(i >> 1) & i & 1, (i >> 1) ^ (i & 1)],
  ]);
  assert.equal(separableByLine(one), false);
  const classes = (rows: readonly (readonly [number, number, number])[]) =>
    rowsOf("classes", rows.length, (i) => [
      rows[i].slice(0, 2),
      [0, 1, 2].map((c) => Number(c === rows[i][2])),
    ]);
  // corners of a triangle, twice; then a point of the first class between two of others
  const corners = [
    [0, 0, 0],
    [4, 0, 1],
    [0, 4, 2],
    [1, 1, 0],
    [5, 1, 1],
    [1, 5, 2],
  ] as const;
  assert.equal(separableByLine(classes(corners)), true);
  assert.equal(separableByLine(classes([...corners, [2, 4.5, 1], [3, 3, 2]])), false);
});

test("bestLinearAnswers() are what least squares leave: perfect for planes, ¾ for an orthogonal rest", () => {
  const plane = rowsOf("plane", 9, (i) => [
    [i % 3, Math.floor(i / 3)],
    [2 * (i % 3) - Math.floor(i / 3) + 5],
  ]);
  assertNear([r2Of(bestLinearAnswers(plane) ?? [], plane)], [1], 1e-12, "plane");
  // x of −1, −1, 1, 1 and a rest of ±1/√3 at right angles to it: 1 / (1 + ⅓)
  const rest = Math.sqrt(1 / 3);
  const noisy = rowsOf("noisy", 4, (i) => [[i < 2 ? -1 : 1], [(i < 2 ? -1 : 1) + (i % 2 ? rest : -rest)]]);
  assertNear([r2Of(bestLinearAnswers(noisy) ?? [], noisy)], [0.75], 1e-6, "noisy");
  const same = rowsOf("twice", 4, (i) => [[i, 2 * i], [3 * i]]); // one input follows from the other
  assertNear([r2Of(bestLinearAnswers(same) ?? [], same)], [1], 1e-9, "twice");
});

test("explain() of linear networks: a regression that is no plane, classes that no weighted sums tell apart", () => {
  const curve = rowsOf("curve", 9, (i) => [[i - 4], [(i - 4) ** 2]]);
  assertAll(
    withDrawnWeights(net(1, [2, "linear"], [1, "linear"]), curve, { loss: "meanSquaredError" }),
    "cannot-represent",
    /it is a linear function of its inputs, and the best of these has an R² of 0\.000, less than the 0\.99 asked for/,
  );
  const two = rowsOf("xor", 4, (i) => {
    const is = (i >> 1) ^ (i & 1);
    return [
      [i >> 1, i & 1],
      [1 - is, is],
    ];
  });
  assertAll(
    withDrawnWeights(net(2, [2, "softmax"]), two, { loss: "categoricalCrossentropy" }),
    "cannot-represent",
    /it can only compare one weighted sum of the inputs for each class, and no such sums tell these classes apart/,
  );
});

test("explain() of contradictory regressions and losses says what the best answers come to", () => {
  const twice = rowsOf("twice", 4, (i) => [[i >> 1], [i]]); // 0 and 1 at 0, 2 and 3 at 1: means leave ½² of 1.25
  const settings = trainSettings("test", { loss: "meanSquaredError" });
  const found = diagnosisOf(endedWith(net(1, [1, "linear"]), [2, 0.5], twice, settings, LEVEL));
  assert.deepEqual([found.cause, found.proven], ["contradictory-data", true]);
  assert.match(
    found.verdict,
    /has an R² of 0\.800, and no answers can have more than 0\.800: the data give the same/,
  );
  const strict = trainSettings("test", { loss: "meanSquaredError", solvedLoss: 0.1 });
  const lost = diagnosisOf(endedWith(net(1, [1, "linear"]), [2, 0.5], twice, strict, LEVEL));
  assert.match(lost.verdict, /has a loss of 0\.2500, and no answers can have less than 0\.2500/);
});

test("explain() does not call data contradictory of which less than the least loss is asked", () => {
  const soft = rowsOf("soft", 3, (i) => [[i], [0.2 + 0.3 * i]]);
  const settings = trainSettings("test", { solvedLoss: 0.1 }); // exact answers cost 0.5646
  const found = (weights: number[]) =>
    diagnosisOf(endedWith(net(1, [1, "sigmoid"]), weights, soft, settings, LEVEL));
  const exact = found([Math.log(4), -Math.log(4)]);
  assert.deepEqual(
    [exact.cause, exact.proven, exact.judgement.contradictory],
    ["unreachable-loss", true, false],
  );
  assert.match(
    exact.verdict,
    /no answers can have less than 0\.564\d: with these targets even exact answers cost that much\.$/,
  );
  assert.match(
    found([0, 0]).verdict,
    /No answers can have a loss below 0\.564\d: with these targets even exact/,
  );
});

test("explain() of identical units: proved where one unit could only draw a line, and whatever the seed", () => {
  for (const initializer of [{ name: "zeros" }, { name: "constant", value: 0.5 }] as const)
    for (const found of endings(
      net(2, [4, "sigmoid"], [1, "sigmoid"]),
      (seed) => xor({ rows: 100, seed }),
      { epochs: 40, optimizer: { name: "adam", learningRate: 0.01 } },
      initializer,
    ).map(diagnosisOf))
      assertAll(
        [found],
        "identical-units",
        /All 4 hidden units have exactly the same weights, .* worth no more than a single/,
      );
  const { cause, proven, verdict } = diagnosisOf(
    endedWith(
      net(1, [3, "tanh"], [1, "linear"]),
      [1, 1, 2, 0, 0, 0, 0.1, 0.1, 0.3, 0],
      rowsOf("curve", 9, (i) => [[i - 4], [(i - 4) ** 2]]),
      trainSettings("test", { loss: "meanSquaredError" }),
      LEVEL,
    ),
  );
  assert.deepEqual([cause === "identical-units", proven], [false, false], verdict); // two of three are left
});

test("explain() of a linear network that is judged by its loss: the best linear answers cost more than was asked for", () => {
  const judged = { loss: "meanSquaredError", solvedLoss: 0.01 } as const;
  assertAll(
    withDrawnWeights(net(2, [1, "linear"]), truthTable("and"), judged),
    "cannot-represent",
    /the best of these has a loss of 0\.0625, more than the 0\.01 asked for/, // ((−¼)² + 3 · ¼²) / 4
  );
  const enough = withDrawnWeights(net(2, [1, "linear"]), truthTable("and"), { ...judged, solvedLoss: 0.07 });
  assert.ok(enough.every(({ cause }) => cause !== "cannot-represent"));
});

test("explain() of one line that is judged by the loss: a row on the wrong side costs at least what ½ costs", () => {
  const one = net(2, [1, "sigmoid"], [1, "sigmoid"]);
  const of = (solvedLoss: number) => withDrawnWeights(one, XOR, { solvedLoss });
  assertAll(of(0.17), "cannot-represent", /can only draw a single straight line/); // ln 2 / 4 = 0.1733
  assert.ok(of(0.175).every(({ cause }) => cause !== "cannot-represent"));
});

test("explain() of one input and answers that only rise or only fall: the best of these, however a network makes them", () => {
  const bowl = rowsOf("bowl", 9, (i) => [[i - 4], [(i - 4) ** 2]]);
  // Best rising: the mean of the first seven, then 9 and 16.
  const best = r2Of([...Array<number>(7).fill(5), 9, 16], bowl);
  for (const network of [
    net(1, [1, "tanh"], [1, "linear"]),
    net(1, [3, "linear"], [1, "softplus"]),
    net(1, [1, "relu"], [1, "sigmoid"], [1, "linear"]),
  ])
    assertAll(
      withDrawnWeights(network, bowl, { loss: "meanSquaredError" }),
      "cannot-represent",
      new RegExp(
        `can only rise or only fall, and the best such answers have an R² of ${r2Text(best)}, less than the 0\\.99`,
      ),
    );
  const slope = rowsOf("slope", 9, (i) => [[i - 4], [(i - 4) ** 3]]);
  const able = withDrawnWeights(net(1, [1, "tanh"], [1, "linear"]), slope, { loss: "meanSquaredError" });
  assert.ok(able.every(({ cause }) => cause !== "cannot-represent"));
});

test("explain() of even and odd numbers: the class changes more often than the answer can", () => {
  const numbers = (count: number) => rowsOf("odd", count, (i) => [[i], [i % 2]]);
  const changes = (network: Network, data: Dataset) => {
    const found = withDrawnWeights(network, data, {});
    const proved = found.filter(({ cause, proven }) => cause === "cannot-represent" && proven);
    assert.ok(proved.length === 0 || proved.length === found.length);
    return /changes (\d+) times, and the answer of .* can change sides no more than (\d+) times/
      .exec(proved[0]?.verdict)
      ?.slice(1);
  };
  assert.deepEqual(changes(net(1, [3, "relu"], [1, "sigmoid"]), numbers(20)), ["19", "4"]);
  assert.deepEqual(changes(net(1, [3, "leakyRelu"], [2, "relu"], [1, "sigmoid"]), numbers(20)), ["19", "12"]);
  assert.deepEqual(changes(net(1, [3, "tanh"], [1, "sigmoid"]), numbers(20)), ["19", "7"]);
  assert.equal(changes(net(1, [3, "relu"], [1, "sigmoid"]), numbers(5)), undefined);
  assert.equal(changes(net(1, [3, "softplus"], [1, "sigmoid"]), numbers(20)), undefined);
  const thirds = rowsOf("thirds", 20, (i) => [[i], [0, 1, 2].map((c) => (i % 3 === c ? 1 : 0))]);
  const found = withDrawnWeights(
    net(1, [3, "relu"], [3, "softmax"]),
    { ...thirds, task: "classes" },
    { loss: "categoricalCrossentropy" },
  );
  assertAll(
    found,
    "cannot-represent",
    /changes 19 times, and the answer of 3 ReLU units can change sides no more than 8 times/,
  );
});

test("explain() of a class or a target that turns more often than the network has units, and not of noise", () => {
  const numbers = rowsOf("odd", 20, (i) => [[i], [i % 2]]);
  const wave = rowsOf("wave", 200, (i) => [[i / 10], [Math.sin(i / 2)]]);
  const source = random(1, "noise");
  const noise = rowsOf("noise", 200, (i) => [[i / 10], [source.normal()]]);
  const found = (data: Dataset, units: number, loss: TrainOptions["loss"]) =>
    withDrawnWeights(net(1, [units, "tanh"], [1, data === numbers ? "sigmoid" : "linear"]), data, { loss });
  for (const { cause, proven, verdict } of found(numbers, 16, "binaryCrossentropy")) {
    assert.deepEqual([cause, proven], ["too-many-turns", false], verdict);
    assert.match(
      verdict,
      /the class changes 19 times, in its answers (never|once|\d+ times), and it has 16 hidden units/,
    );
  }
  for (const { cause, verdict } of found(wave, 16, "meanSquaredError")) {
    assert.equal(cause, "too-many-turns", verdict);
    assert.match(verdict, /the target turns from rising to falling or back 31 times, in its answers/);
  }
  for (const [data, units, loss] of [
    [numbers, 19, "binaryCrossentropy"],
    [wave, 32, "meanSquaredError"],
  ] as const)
    for (const { cause } of found(data, units, loss)) assert.notEqual(cause, "too-many-turns");
  for (const { cause } of found(noise, 16, "meanSquaredError")) assert.notEqual(cause, "too-many-turns");
  const ordered = rowsOf("ordered", 12, (i) => [
    [i],
    [0, 1, 2].map((c) => (Math.floor(i / 4) === c ? 1 : 0)),
  ]);
  for (const network of [net(1, [3, "softmax"]), net(1, [1, "tanh"], [3, "softmax"])])
    for (const { cause } of withDrawnWeights(network, ordered, { loss: "categoricalCrossentropy" }))
      assert.notEqual(cause, "too-many-turns", "three ordered classes need no hidden units");
  const step = rowsOf("step", 30, (i) => [[i], [i < 15 ? 0 : 1]]);
  for (const { cause } of withDrawnWeights(net(1, [1, "sigmoid"]), step))
    assert.notEqual(cause, "too-many-turns");
});

test("explain() of several answers that are weighted sums of fewer numbers: at best what principal components leave", () => {
  // six rows, ±3, ±2 and ±1 along three axes: of 9 + 4 + 1 parts of the spread, one number explains 9, two 13
  const axes = rowsOf("axes", 6, (i) => {
    const row = [0, 1, 2].map((j) => (j === i >> 1 ? (3 - j) * (i % 2 ? 1 : -1) : 0));
    return [row, row];
  });
  const squared = { loss: "meanSquaredError" } as const;
  const says = (width: string, best: string) =>
    new RegExp(`its 3 answers to a row come from weighted sums of ${width}, .* an R² of ${best}, less than`);
  for (const network of [
    net(3, [1, "tanh"], [3, "linear"]),
    net(3, [5, "relu"], [1, "sigmoid"], [4, "linear"], [3, "linear"]),
    net(3, [1, "linear"], [3, "linear"]),
  ]) {
    const found = withDrawnWeights(network, axes, squared);
    assertAll(found, "cannot-represent", says("one number", "0\\.642"));
    assertAll(found, "cannot-represent", /at least 3 units are needed\./);
  }
  const some = withDrawnWeights(net(3, [1, "tanh"], [3, "linear"]), axes, { ...squared, solvedR2: 0.9 });
  assertAll(some, "cannot-represent", /at least 2 units are needed\./);
  const two = net(3, [2, "tanh"], [3, "linear"]);
  assertAll(withDrawnWeights(two, axes, squared), "cannot-represent", says("2 numbers", "0\\.928"));
  for (const network of [
    net(3, [3, "tanh"], [3, "linear"]),
    net(3, [1, "tanh"], [3, "tanh"], [3, "linear"]),
    net(3, [1, "tanh"], [3, "sigmoid"]),
  ])
    for (const { cause } of withDrawnWeights(network, axes, squared))
      assert.notEqual(cause, "cannot-represent");
});

test("explain() of four bits through two units: two numbers leave eleven combinations of sides", () => {
  const bits = rowsOf("bits", 16, (i) => {
    const row = [3, 2, 1, 0].map((j) => (i >> j) & 1);
    return [row, row];
  });
  for (const output of ["sigmoid", "linear"] as const)
    for (const [units, right] of [
      [1, 5], // 1 + 4
      [2, 11], // 1 + 4 + 6
      [3, 15],
    ])
      assertAll(
        withDrawnWeights(net(4, [units, "tanh"], [4, output]), bits, { loss: "meanSquaredError" }),
        "cannot-represent",
        new RegExp(`are right on at most ${right} of 16 rows; at least 4 units are needed`),
      );
  const enough = [
    ...withDrawnWeights(net(4, [4, "tanh"], [4, "sigmoid"]), bits),
    ...withDrawnWeights(net(4, [2, "tanh"], [4, "sigmoid"]), bits, { solvedAccuracy: 11 / 16 }),
  ];
  for (const { cause } of enough) assert.notEqual(cause, "cannot-represent");
});

test("explain() of a categorical cross-entropy whose rows have several yes, or none", () => {
  const gates = rowsOf("gates", 4, (i) => {
    const [a, b] = [i >> 1, i & 1];
    return [
      [a, b],
      [a & b, a | b, 1 - (a | b)],
    ];
  });
  const found = withDrawnWeights(net(2, [3, "tanh"], [3, "sigmoid"]), gates, {
    loss: "categoricalCrossentropy",
  });
  for (const { cause, verdict } of found) {
    assert.equal(cause, "wrong-loss", verdict);
    assert.match(verdict, /while the targets of 1 of the 4 rows do not sum to 1/); // (1, 1): both and, and or
  }
});

test("explain() of three classes and one unit that is left does not speak of a single line", () => {
  const rows = [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
    [2, 2, 2],
  ];
  const data = rowsOf("three", 5, (i) => [
    rows[i].slice(0, 2),
    [0, 1, 2].map((c) => (rows[i][2] === c ? 1 : 0)),
  ]);
  const weights = Float32Array.from([1, 1, 1, 1, 0.5, -100, 1, -1, 0.5, 0.2, 0.1, 0.3, 0, 0, 0]);
  const settings = trainSettings("test", { loss: "categoricalCrossentropy" });
  const found = diagnosisOf(endedWith(net(2, [2, "relu"], [3, "softmax"]), weights, data, settings, LEVEL));
  assert.equal(found.cause, "dead-units", found.text);
  assert.match(
    found.verdict,
    /the one that is left can only compare one weighted sum of the inputs for each class/,
  );
});

test("explain() of a categorical cross-entropy over one output names it beside a penalty too, which moves weights", () => {
  const network = net(2, [3, "tanh"], [1, "sigmoid"]);
  const layers = network.layers.map((layer) => ({ ...layer, l2: 0.01 }));
  for (const found of withDrawnWeights({ ...network, layers }, XOR, { loss: "categoricalCrossentropy" })) {
    assert.deepEqual([found.cause, found.proven], ["constant-loss", false], found.text);
    assert.match(found.verdict, /the loss changes by the penalty alone, and no row has a gradient/);
  }
});
