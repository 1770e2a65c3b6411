import assert from "node:assert/strict";
import { test } from "node:test";
import { truthTable, xor } from "../../../src/data/gates.js";
import { circles, clouds } from "../../../src/data/playground.js";
import { distinctRows } from "../../../src/data/rows.js";
import { largeText } from "../../../src/explain/causes/scale.js";
import { largestCurvature, surfaceOf } from "../../../src/explain/facts/curvature.js";
import { factsOf } from "../../../src/explain/facts/facts.js";
import { stableRate } from "../../../src/explain/facts/steps.js";
import { trainSettings } from "../../../src/settings/training.js";
import { endedWith } from "../../support/endings.js";
import { diagnosisOf, endings, net, pixelBlobs, prices, rowsOf } from "../../support/kinds.js";
import { assertNear, assertRelative } from "../../support/numbers.js";

/** Causes that lie in how a network was trained: steps against the curvature, the weights, the inputs, the way to go. */

const XOR = truthTable("xor");
const LINE = rowsOf("line", 24, (i) => [[i + 1], [i + 3]]);
const squared = { loss: "meanSquaredError" } as const;
const sgd = (learningRate: number, momentum = 0) => ({ name: "sgd", learningRate, momentum }) as const;

test("stableRate() is what theory says of a straight line: 2 / largest eigenvalue of the inputs' second moments", () => {
  // L = mean (wx + b − y)², so H = 2 [[mean x², mean x], [mean x, 1]]: x = 1 … 24 have means 12.5 and 1225/6
  const [square, mean] = [1225 / 6, 12.5];
  const largest = square + 1 + Math.sqrt((square - 1) ** 2 + 4 * mean ** 2);
  const surface = surfaceOf(net(1, [1, "linear"]), "meanSquaredError", distinctRows(LINE));
  assertRelative([largestCurvature(surface, [0.3, 0.1]) ?? 0], [largest], 1e-6, "curvature");
  const plain = stableRate({ ...sgd(1), nesterov: false }, surface, [0.3, 0.1]);
  const heavy = stableRate({ ...sgd(1, 0.9), nesterov: false }, surface, [0.3, 0.1]);
  assertRelative([plain ?? 0, heavy ?? 0], [2 / largest, 3.8 / largest], 1e-6, "rates");
});

test("stableRate(): gradient descent on all rows converges a little below it and diverges a little above", () => {
  for (const momentum of [0, 0.5])
    for (const [share, ending] of [
      [0.97, false],
      [1.03, true],
    ] as const) {
      const network = net(1, [1, "linear"]);
      const surface = surfaceOf(network, "meanSquaredError", distinctRows(LINE));
      const rate = stableRate({ ...sgd(1, momentum), nesterov: false }, surface, [0, 0]) ?? 0;
      const [run] = endings(network, () => LINE, {
        ...squared,
        ...{ batchSize: 24, epochs: 1500, optimizer: sgd(share * rate, momentum) },
      });
      const grew = run.ending === "diverged" || (run.losses.at(-1) ?? 0) > run.losses[0];
      assert.equal(grew, ending, `${share} of the stable rate, momentum ${momentum}`);
    }
});

test("explain() of inputs too large for the steps: y = x + 2, from 1 to 24, where the loss rises to 10⁶ and beyond", () => {
  const runs = endings(net(1, [1, "linear"]), () => LINE, { ...squared, epochs: 10, optimizer: sgd(0.01) });
  for (const run of runs) {
    const found = diagnosisOf(run);
    assert.ok(["input-scale", "diverged"].includes(found.cause), found.text);
    assert.equal(found.misfit?.what, "rate");
    assert.match(
      found.verdict,
      /The input goes from 1 to 24 \(mean 12\.5, deviation 6\.92\): with the initial weights, steps overshoot at learning rates above 0\.0049, and it is 0\.01; with inputs of mean 0 and deviation 1 it could be up to 1\./,
    );
  }
});

test("explain() of pixels as inputs: saturated units, or steps that are too large, while scaled ones would do", () => {
  const runs = endings(net(2, [2, "tanh"], [1, "sigmoid"]), pixelBlobs, { epochs: 100, optimizer: sgd(0.1) });
  for (const found of runs.filter(({ ending }) => ending === "unsolved").map(diagnosisOf))
    assert.equal(found.cause, "input-scale", found.text);
  const scaled = (seed: number) => {
    const data = pixelBlobs(seed);
    return { ...data, inputs: data.inputs.map((value) => (value - 125) / 45) };
  };
  for (const run of endings(net(2, [2, "tanh"], [1, "sigmoid"]), scaled, {
    epochs: 100,
    optimizer: sgd(0.1),
  }))
    if (run.ending === "unsolved") assert.notEqual(diagnosisOf(run).cause, "input-scale");
});

test("explain() of years as inputs, and of inputs of a thousandth", () => {
  const years = rowsOf("years", 30, (i) => [[1990 + i], [(i >> 3) % 2]]);
  const straight = endings(net(1, [4, "relu"], [1, "sigmoid"]), () => years, {
    ...{ epochs: 60, optimizer: { name: "rmsprop", learningRate: 1e-5 } },
  }).map(diagnosisOf);
  for (const { cause, misfit, verdict } of straight.filter(({ cause }) => cause === "input-scale")) {
    assert.equal(misfit?.what, "straight", cause);
    assert.match(
      verdict,
      /no unit of the first layer bends within these rows; with inputs of mean 0 and deviation 1, \d+ %/,
    );
  }
  assert.ok(
    straight.some(({ cause }) => cause === "input-scale"),
    straight[0].text,
  );
  const tiny = rowsOf("tiny", 4, (i) => [[(i >> 1) / 1000, (i & 1) / 1000], [(i >> 1) ^ (i & 1)]]);
  for (const run of endings(net(2, [4, "tanh"], [1, "sigmoid"]), () => tiny, {
    epochs: 500,
    optimizer: sgd(0.5),
  })) {
    const found = diagnosisOf(run);
    assert.deepEqual([found.cause, found.misfit?.what], ["input-scale", "small"], found.text);
  }
});

test("explain() of targets in the ten thousands: too far for Adam's steps, and a first step too long for SGD", () => {
  const network = net(2, [8, "relu"], [1, "linear"]);
  const adam = { ...squared, epochs: 50, optimizer: { name: "adam", learningRate: 0.001 } } as const;
  for (const found of endings(network, prices, adam).map(diagnosisOf)) {
    assert.deepEqual([found.cause, found.misfit?.what], ["target-scale", "far"], found.text);
    assert.match(
      found.verdict,
      /the answers are off by \d+ \(root mean square\), and an update moves one by about 0\.0\d+: that takes \d{6,7} updates/,
    );
  }
  for (const found of endings(network, prices, { ...squared, epochs: 20, optimizer: sgd(0.001) }).map(
    diagnosisOf,
  )) {
    assert.ok(["diverged", "target-scale"].includes(found.cause), found.text);
    assert.match(found.verdict, /targets of mean 0 and deviation 1/);
  }
});

test("explain() of targets of a thousandth does not say that there is no slope: it is as small as they are", () => {
  const wave = (size: number) => () => rowsOf("wave", 30, (i) => [[i / 15 - 1], [size * Math.sin(i / 4)]]);
  const options = { ...squared, epochs: 40, optimizer: sgd(0.01) } as const;
  const network = net(1, [4, "tanh"], [1, "linear"]);
  const found = [1e-3, 1e-4].flatMap((size) => endings(network, wave(size), options).map(diagnosisOf));
  for (const { cause, gradient, text } of found) {
    assert.notEqual(cause, "no-slope", text);
    assert.equal(gradient?.none, false, text);
  }
});

test("explain() of steps as large as the weights: Adam with a rate of 1", () => {
  const options = { ...squared, epochs: 500, optimizer: { name: "adam", learningRate: 1 } } as const;
  for (const activation of ["sigmoid", "relu"] as const)
    for (const run of endings(net(2, [5, activation], [1, "sigmoid"]), () => XOR, options)) {
      const found = diagnosisOf(run);
      if (run.ending !== "unsolved" || found.course?.word === "falling") continue;
      assert.equal(found.cause, "too-large-steps", found.text);
      assert.match(
        found.text,
        /The learning rate, 1, is large against the initial weights \(0\.\d+, root mean square\)/i,
      );
    }
});

test("explain() of a loss that rises from its first epoch to its last", () => {
  const state = [1.3, 0.4, -0.2, 0.8, 0.1, 0.3, 0.9, -0.4, 0.2];
  const told = (losses: number[]) =>
    diagnosisOf(
      endedWith(net(2, [2, "tanh"], [1, "sigmoid"]), state, XOR, trainSettings("test", {}), losses),
    );
  const rising = told(Array.from({ length: 40 }, (_, i) => 0.5 * 1.2 ** i));
  assert.equal(rising.cause, "too-large-steps");
  assert.match(
    rising.verdict,
    /its loss rises\. Its loss grew from 0\.5000 in the first epoch to 612\.\d+ in the last/,
  );
  assert.equal(
    told([0.5, 0.6, 0.7]).cause,
    "too-large-steps",
    "three epochs, each worse than the one before",
  );
  assert.equal(told([0.5, 0.45, 0.44]).cause, "still-learning");
});

test("explain() of gradient descent that bounces: one more step raises the loss", () => {
  // a parabola per weight: with a rate just under what is stable, the loss stands high while the gradient is long
  const found = endings(net(2, [8, "relu"], [1, "linear"]), (seed) => circles({ rows: 40, seed }), {
    ...{ ...squared, epochs: 200, batchSize: 40, optimizer: sgd(0.4) },
  })
    .filter(({ ending }) => ending === "unsolved")
    .map(diagnosisOf);
  const large = found.filter(({ cause }) => cause === "too-large-steps");
  for (const { steps, text } of large) assert.ok(steps && (steps.large || steps.after > steps.before), text);
});

test("explain() of too little training: XOR with SGD 0.01 for 500 epochs, which a hundred times as many do solve", () => {
  const network = net(2, [2, "sigmoid"], [1, "sigmoid"]);
  const short = endings(network, () => XOR, { epochs: 500, optimizer: sgd(0.01) });
  for (const found of short.map(diagnosisOf)) {
    assert.equal(found.cause, "too-little-training", found.text);
    assert.match(
      found.verdict,
      /500 updates \(sgd, learning rate 0\.01\) moved no weight by more than 0\.\d+\. Along the direction in which the loss curves down, a small deviation grows 1\.\d+-fold/,
    );
  }
  const long = endings(network, () => XOR, { epochs: 50_000, optimizer: sgd(0.01) });
  assert.ok(long.some(({ ending }) => ending === "solved"));
  for (const found of long.filter(({ ending }) => ending !== "solved").map(diagnosisOf))
    assert.notEqual(found.cause, "too-little-training", found.text);
});

test("explain() calls no real floor too little training, whatever the optimizer", () => {
  for (const [optimizer, epochs] of [
    [sgd(1), 20_000],
    [{ name: "rmsprop", learningRate: 0.001 }, 30_000],
    [{ name: "adam", learningRate: 0.1 }, 2000],
  ] as const)
    for (const run of endings(net(2, [2, "tanh"], [1, "sigmoid"]), () => XOR, { epochs, optimizer }))
      if (run.ending === "unsolved") {
        const { cause, text } = diagnosisOf(run);
        assert.ok(["tied", "dead-inputs", "saddle", "cancelled-gradients"].includes(cause), text);
      }
});

test("explain() of weights that start small and stay small", () => {
  for (const [network, initializer] of [
    [net(2, [5, "sigmoid"], [1, "sigmoid"]), { name: "randomNormal", mean: 0, stddev: 0.01 }],
    [net(2, [2, "tanh"], [1, "sigmoid"]), { name: "randomUniform", minval: -0.07, maxval: 0.07 }],
  ] as const) {
    const options = { ...squared, epochs: 1500, optimizer: sgd(0.1) };
    for (const found of endings(network, () => XOR, options, initializer).map(diagnosisOf)) {
      assert.equal(found.cause, "small-start", found.text);
      assert.match(
        found.verdict,
        /where Glorot's initialization gives 0\.\d+, and still have them, .* all are nearly linear\./,
      );
    }
  }
  const usual = endings(net(2, [5, "sigmoid"], [1, "sigmoid"]), () => XOR, {
    epochs: 500,
    optimizer: sgd(0.1),
  });
  for (const found of usual.map(diagnosisOf)) assert.notEqual(found.cause, "small-start");
});

test("explain() of a gradient that vanishes in six layers of sigmoids, and not in one", () => {
  const deep = net(2, ...Array.from({ length: 6 }, () => [6, "sigmoid"] as const), [1, "sigmoid"]);
  const draw = (seed: number) => circles({ rows: 60, seed });
  for (const found of endings(deep, draw, { epochs: 60, optimizer: sgd(0.1) }).map(diagnosisOf)) {
    assert.equal(found.cause, "vanishing-gradient", found.text);
    assert.match(
      found.verdict,
      /back through 6 hidden layers: that of the first layer is 0\.\d+ % of the output's/,
    );
    const [first, last] = [found.gradient?.layers[0].rowNorm ?? 1, found.gradient?.layers[6].rowNorm ?? 1];
    assert.ok(first < 0.01 * last);
    assertNear(
      [Math.hypot(...(found.gradient?.layers ?? []).map(({ rowNorm }) => rowNorm))],
      [found.gradient?.rowNorm ?? 0],
      1e-12,
      "layers",
    );
  }
  for (const run of endings(net(2, [6, "sigmoid"], [1, "sigmoid"]), draw, {
    epochs: 60,
    optimizer: sgd(0.1),
  }))
    if (run.ending === "unsolved") assert.notEqual(diagnosisOf(run).cause, "vanishing-gradient");
});

test("explain() of a penalty that holds the weights back: balanced against the data, or all the way to zero", () => {
  const penalized = (l2: number) => net(2, [4, "tanh", { l2 }], [1, "sigmoid", { l2 }]);
  const options = { epochs: 3000, optimizer: { name: "adam", learningRate: 0.01 } } as const;
  for (const found of endings(penalized(0.1), () => XOR, options).map(diagnosisOf)) {
    assert.equal(found.cause, "regularized", found.text);
    assert.match(
      found.verdict,
      /The penalty on its weights \(L2 0\.1\) holds it back: it has made them small/,
    );
  }
  const held = endings(penalized(0.03), (seed) => clouds({ rows: 40, seed }), { ...options, batchSize: 40 });
  const balanced = held.filter(({ ending }) => ending === "unsolved").map(diagnosisOf);
  assert.ok(balanced.length > 0);
  for (const { cause, gradient, verdict } of balanced) {
    assert.equal(cause, "regularized");
    assert.match(
      verdict,
      /without it the gradient would be 0\.\d+ long, with it, it is \S+\. The penalty is 0\.\d+, the loss/,
    );
    assert.ok(gradient && gradient.norm < 0.1 * (gradient.dataNorm ?? 0));
  }
  const free = endings(net(2, [4, "tanh"], [1, "sigmoid"]), () => xor({ rows: 40, seed: 1 }), { epochs: 5 });
  for (const found of free.map(diagnosisOf)) assert.equal(found.gradient?.dataNorm, undefined);
});

test("explain() blames initial weights that are too large for too long steps, and not the inputs", () => {
  const layers = Array.from({ length: 5 }, () => [16, "relu"] as const);
  const draw = (seed: number) => clouds({ rows: 60, seed });
  const options = { epochs: 30, optimizer: { name: "sgd", learningRate: 0.1 } } as const;
  const large = { name: "randomNormal", mean: 0, stddev: 1 } as const;
  const causes = endings(net(2, ...layers, [1, "sigmoid"]), draw, options, large).map(
    (ended) => diagnosisOf(ended).cause,
  );
  assert.ok(!causes.includes("input-scale"), causes.join());
});

test("explain() of huge initial weights and small steps: a clipped loss that grows a little does not make the steps too large", () => {
  const settings = { epochs: 500, optimizer: { name: "adam", learningRate: 0.001 } } as const;
  const huge = { name: "randomNormal", mean: 0, stddev: 10 } as const;
  const found = endings(net(2, [8, "relu"], [1, "sigmoid"]), () => XOR, settings, huge)
    .filter(({ ending }) => ending === "unsolved")
    .map(diagnosisOf);
  assert.ok(
    found.every(({ cause }) => cause !== "too-large-steps"),
    found.map(({ cause }) => cause).join(),
  );
  const short = found.filter(({ cause }) => cause === "too-little-training");
  assert.ok(short.length >= 2);
  for (const { verdict } of short)
    assert.match(
      verdict,
      /started with large weights, .*\. \d of 4 rows (is|are) so wrong that cross-entropy is clipped, and does not show what the steps bring/,
    );
});

test("explain() of a step that raises the loss a little writes it before and after with the digits in which they differ", () => {
  const bits = rowsOf("ones", 256, (i) => {
    const all = [...Array(8).keys()].map((bit) => (i >> bit) & 1);
    return [all, [all.reduce((sum, bit) => sum + bit)]];
  });
  const [ended] = endings(net(8, [8, "relu"], [1, "linear"]), () => bits, {
    ...squared,
    ...{ epochs: 50, batchSize: 16, optimizer: sgd(0.1) },
  });
  const facts = factsOf(ended);
  const { steps, inside, course } = facts;
  assert.ok(steps && inside && course);
  const little = {
    ...facts,
    steps: { ...steps, large: false, stable: undefined, before: 0.051079, after: 0.051113 },
  };
  const bouncing = {
    ...little,
    course: { ...course, word: "oscillating" },
    inside: { ...inside, gradient: { ...inside.gradient, size: "not small" } },
  } as const;
  assert.match(largeText(bouncing, ended) ?? "", /raises the loss from 0\.051079 to 0\.051113 /);
});
