import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { parity, truthTable } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import {
  ACTIVATION_NAMES,
  ACTIVATIONS,
  type Activation,
  activate,
  type LayerActivation,
  LEAK,
  OUTPUT_ACTIVATION_NAMES,
  throughActivation,
} from "../../src/engine/functions.js";
import { layerCourses } from "../../src/engine/layerValues.js";
import { LOSS_NAMES, type Loss, outputSlopes, rowLoss } from "../../src/engine/losses.js";
import { type Layer, layerPlaces, type Network, parameterCount } from "../../src/engine/network.js";
import { lossAndGradient, penaltyOf } from "../../src/engine/plain.js";
import { random } from "../../src/numbers/random.js";
import { assertNear } from "../support/numbers.js";

const STEP = 2e-6; // of the central difference: its error is of the order of STEP² in double precision
const KINK = 1e-3; // inputs of a unit this near to 0 are left out: a kink lies between the two points
const HAS_KINK: readonly LayerActivation[] = ["relu", "leakyRelu", "elu"];

/** Random rows in ±2 with random 0/1 targets. */
function randomData(rows: number, features: number, outputs: number, seed: number): Dataset {
  const { uniform, bits } = random(seed, "data");
  const lists = (width: number, draw: () => number) =>
    Array.from({ length: rows }, () => Array.from({ length: width }, draw));
  return dataset(
    lists(features, () => 4 * uniform() - 2),
    lists(outputs, () => bits() & 1),
  );
}

/** Random weights; the outputs' are small, their biases such that cross-entropy sees probabilities with any activation. */
function randomWeights(network: Network, seed: number): Float64Array {
  const { normal } = random(seed, "weights");
  const weights = Float64Array.from({ length: parameterCount(network) }, () => 0.8 * normal());
  const { kernel, bias, end, activation } = layerPlaces(network).at(-1)!;
  for (let i = kernel; i < bias; i++) weights[i] *= 0.2;
  weights.fill(activation === "softplus" ? -0.5 : activation === "sigmoid" ? 0.1 : 0.5, bias, end);
  return weights;
}

/** Rows on which nothing sits near a kink, of units or of the loss, and cross-entropy sees probabilities within its clip. */
function smoothRows(network: Network, weights: Float64Array, data: Dataset, loss: Loss) {
  const courses = layerCourses(network, weights, data.inputs);
  const { features, outputs } = data;
  const of = (numbers: ArrayLike<number>, row: number, width: number) =>
    Array.from({ length: width }, (_, i) => numbers[row * width + i]);
  const smooth = Array.from({ length: data.rows }, (_, row) => row).filter((row) => {
    const bent = courses.filter(({ activation }) => HAS_KINK.includes(activation));
    if (bent.some(({ sums, units }) => of(sums, row, units).some((x) => Math.abs(x) < KINK))) return false;
    const answers = of(courses.at(-1)!.values, row, outputs);
    const targets = of(data.targets, row, outputs);
    const sum = loss === "categoricalCrossentropy" ? answers.reduce((all, p) => all + p, 0) : 1;
    if (loss.endsWith("Crossentropy")) return answers.every((p) => p / sum > 0.05 && p / sum < 0.95);
    return loss !== "meanAbsoluteError" || answers.every((p, j) => Math.abs(p - targets[j]) > KINK);
  });
  if (smooth.length === 0) return undefined;
  return dataset(
    smooth.map((row) => of(data.inputs, row, features)),
    smooth.map((row) => of(data.targets, row, outputs)),
  );
}

/** Random weights under which at least three rows are smooth, and those rows. */
function smoothCase(network: Network, all: Dataset, loss: Loss) {
  for (let seed = 1; seed < 100; seed++) {
    const weights = randomWeights(network, seed);
    const data = smoothRows(network, weights, all, loss);
    if (data && data.rows >= 3) return { weights, data };
  }
  throw new Error(`no smooth rows for ${JSON.stringify(network)}`);
}

function checkGradient(network: Network, all: Dataset, loss: Loss): void {
  const { weights, data } = smoothCase(network, all, loss);
  const { gradient } = lossAndGradient(network, weights, data, loss);
  const lossAt = (index: number, shift: number) => {
    const moved = Float64Array.from(weights);
    moved[index] += shift;
    return lossAndGradient(network, moved, data, loss).loss;
  };
  assert.ok(gradient.some((g) => g !== 0));
  for (let i = 0; i < weights.length; i++) {
    const difference = (lossAt(i, STEP) - lossAt(i, -STEP)) / (2 * STEP);
    const tolerance = 1e-7 * Math.max(1, Math.abs(difference));
    assert.ok(
      Math.abs(gradient[i] - difference) < tolerance,
      `weight ${i} of ${JSON.stringify(network)}: gradient ${gradient[i]}, central difference ${difference}`,
    );
  }
}

/** Hidden layers, how many outputs, and what all layers have besides. */
const SHAPES: readonly (readonly [hidden: number[], outputs: number, extra: Partial<Layer>])[] = [
  [[], 1, {}],
  [[1], 1, {}],
  [[3], 1, { l1: 0.02, l2: 0.03 }],
  [[4, 2], 1, {}],
  [[], 3, {}],
  [[3], 3, {}],
  [[4, 2], 2, { l1: 0.02 }],
  [[5], 3, { useBias: false, l2: 0.03 }],
];

for (const activation of ACTIVATION_NAMES)
  for (const loss of LOSS_NAMES)
    test(`the gradient is the central difference: ${activation}, ${loss}`, () => {
      SHAPES.forEach(([widths, outputs, extra], shape) => {
        for (const output of OUTPUT_ACTIVATION_NAMES) {
          // of one output, both a softmax and what categorical cross-entropy makes of it are always 1
          if (outputs === 1 && (output === "softmax" || loss === "categoricalCrossentropy")) continue;
          const layers = widths.map((units) => ({ ...extra, units, activation }));
          const network = {
            inputs: 3,
            layers: [...layers, { ...extra, units: outputs, activation: output }],
          };
          checkGradient(network, randomData(30, 3, outputs, shape), loss);
        }
      });
    });

test("the gradient is the central difference with a softmax between two layers", () => {
  const layers = [
    { units: 4, activation: "softmax" as const },
    { units: 2, activation: "softmax" as const },
  ];
  for (const loss of LOSS_NAMES) checkGradient({ inputs: 3, layers }, randomData(30, 3, 2, 1), loss);
});

test("the gradient is the central difference on truth tables and targets between 0 and 1", () => {
  const soft = dataset(
    [
      [0, 0, 1],
      [1, 0, 1],
      [0.5, -2, 1],
    ],
    [0.25, 0.5, 0.9],
  );
  for (const loss of LOSS_NAMES.filter((name) => name !== "categoricalCrossentropy"))
    for (const data of [truthTable("xor"), parity({ bits: 3 }), soft]) {
      const layers = [
        { units: 3, activation: "tanh" as const },
        { units: 1, activation: "sigmoid" as const },
      ];
      const network = { inputs: data.features, layers };
      checkGradient(network, data, loss);
    }
});

test("each activation's slope is its central difference, and at 0 the one Keras takes", () => {
  for (const name of ACTIVATION_NAMES) {
    const { value, slope } = ACTIVATIONS[name];
    for (const x of [-20, -3, -0.5, -0.01, 0.01, 0.7, 2, 15]) {
      const difference = (value(x + STEP) - value(x - STEP)) / (2 * STEP);
      assert.ok(
        Math.abs(slope(x, value(x)) - difference) < 1e-8,
        `${name} at ${x}: ${slope(x, value(x))}, ${difference}`,
      );
    }
  }
  const atZero = (name: Activation) => ACTIVATIONS[name].slope(0, ACTIVATIONS[name].value(0));
  assert.equal(atZero("relu"), 0);
  assert.equal(atZero("leakyRelu"), LEAK);
  assert.equal(atZero("elu"), 1);
  assert.equal(atZero("linear"), 1);
  assert.equal(atZero("sigmoid"), 0.25);
  assert.equal(atZero("tanh"), 1);
  assert.equal(atZero("softplus"), 0.5);
});

test("each activation has its value, also where eˣ overflows", () => {
  const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-15, `${actual}`);
  for (const x of [-800, -40, -1, 0, 1, 40, 800]) {
    near(ACTIVATIONS.linear.value(x), x);
    near(ACTIVATIONS.relu.value(x), Math.max(0, x));
    near(ACTIVATIONS.leakyRelu.value(x), x > 0 ? x : 0.2 * x);
    near(ACTIVATIONS.elu.value(x), x > 0 ? x : Math.expm1(x));
    near(ACTIVATIONS.sigmoid.value(x), 1 / (1 + Math.exp(-x)));
    near(ACTIVATIONS.tanh.value(x), Math.tanh(x));
    near(ACTIVATIONS.softplus.value(x), x > 30 ? x : Math.log1p(Math.exp(x)));
  }
});

test("each activation's slope by hand: where eˣ is 3, and below 0", () => {
  const slopeAt = (name: Activation, x: number) => ACTIVATIONS[name].slope(x, ACTIVATIONS[name].value(x));
  const three = Math.log(3);
  const expected: readonly [Activation, number, number][] = [
    ["linear", -3, 1],
    ["relu", 2, 1],
    ["relu", -2, 0],
    ["leakyRelu", 2, 1],
    ["leakyRelu", -2, 0.2],
    ["elu", 2, 1],
    ["elu", -Math.LN2, 1 / 2], // e^x
    ["sigmoid", three, 3 / 16], // p = 3/4
    ["tanh", three, 1 - 0.8 ** 2], // (9 − 1) / (9 + 1)
    ["softplus", three, 3 / 4], // the sigmoid
  ];
  for (const [name, x, slope] of expected) assertNear([slopeAt(name, x)], [slope], 1e-15, `${name} at ${x}`);
});

test("a softmax by hand: ln 1, ln 2 and ln 3 are a sixth, a third and a half", () => {
  const sums = Float64Array.of(0, Math.LN2, Math.log(3));
  const values = new Float64Array(3);
  const expected = [1 / 6, 1 / 3, 1 / 2];
  activate("softmax", sums, values);
  assertNear(values, expected, 1e-15, "values");
  const far = new Float64Array(3);
  const shift = (x: number) => x + 2000; // where eˣ overflows
  activate("softmax", sums.map(shift), far);
  assertNear(far, expected, 1e-12, "shifted");
  const slopes = Float64Array.of(1, 0, 0); // of a loss that is the first value: p₁ (δ − pⱼ)
  throughActivation("softmax", sums, values, slopes);
  assertNear(slopes, [5 / 36, -1 / 18, -1 / 12], 1e-15, "slopes");
});

test("each loss's slope is its central difference; the log loss is clipped at 1e-7 as in Keras", () => {
  for (const loss of LOSS_NAMES)
    for (const target of [0, 0.3, 1])
      for (const p of [0.01, 0.4, 0.5, 0.95]) {
        const { value, slope } = oneOutput(loss);
        const difference = (value(p + 1e-6, target) - value(p - 1e-6, target)) / 2e-6;
        assert.ok(
          Math.abs(slope(p, target) - difference) < 1e-5 * Math.max(1, Math.abs(difference)),
          `${loss} of ${p} for ${target}: ${slope(p, target)}, ${difference}`,
        );
      }
  const { value, slope } = oneOutput("binaryCrossentropy");
  assert.ok(Math.abs(value(0, 1) + Math.log(1e-7)) < 1e-12);
  assert.ok(Math.abs(value(1, 0) + Math.log(1e-7)) < 1e-9); // 1 − (1 − 1e-7) is 1e-7 but for rounding
  assert.equal(slope(0, 1), 0);
  assert.equal(slope(1, 0), 0);
});

/** The loss of one output, and its slope. */
function oneOutput(loss: Loss) {
  const { value, slopes } = rowLoss(loss, 1);
  return {
    value: (p: number, y: number) => value([p], 0, [y], 0),
    slope: (p: number, y: number) => {
      const into = new Float64Array(1);
      slopes([p], [y], 0, into);
      return into[0];
    },
  };
}

test("outputSlopes() of the log loss behind a sigmoid is p − y, exact where p rounds to 0 or 1", () => {
  const slope = (x: number, p: number, y: number): number => {
    const into = new Float64Array(1);
    outputSlopes("binaryCrossentropy", "sigmoid", 1)(Float64Array.of(x), Float64Array.of(p), [y], 0, into);
    return into[0];
  };
  assert.equal(slope(40, 1, 0), 1);
  assert.equal(slope(-800, 0, 1), -1);
  assert.equal(slope(0, 0.5, 1), -0.5);
});

test("outputSlopes() of categorical cross-entropy behind a softmax is p − y, times the sum of y, exact where p rounds to 0 or 1", () => {
  const slopes = (sums: number[], targets: number[]): Float64Array => {
    const [into, values] = [new Float64Array(sums.length), new Float64Array(sums.length)];
    activate("softmax", sums, values);
    const write = outputSlopes("categoricalCrossentropy", "softmax", sums.length);
    write(Float64Array.from(sums), values, targets, 0, into);
    return into;
  };
  const logs = [0, Math.LN2, Math.log(3)];
  assertNear(slopes(logs, [0, 1, 0]), [1 / 6, -2 / 3, 1 / 2], 1e-15, "one-hot");
  assertNear(slopes(logs, [0.5, 1, 0]), [1 / 4 - 1 / 2, 1 / 2 - 1, 3 / 4], 1e-15, "summing to 3/2");
  assert.deepEqual(slopes([800, 0], [0, 1]), Float64Array.of(1, -1));
});

test("rowLoss() of several outputs by hand: the mean of single losses, and −Σ y ln q for shares q of their sum", () => {
  const check = (loss: Loss, answers: number[], targets: number[], value: number, slopes: number[]): void => {
    const row = rowLoss(loss, answers.length);
    const into = new Float64Array(answers.length);
    row.slopes(answers, targets, 0, into);
    assertNear(
      [row.value([7, ...answers], 1, [7, 7, ...targets], 2), ...into],
      [value, ...slopes],
      1e-14,
      loss,
    );
  };
  check("meanSquaredError", [1, 2], [0, 0], 5 / 2, [1, 2]);
  check("meanAbsoluteError", [1, -2, 0], [0, 0, 0], 1, [1 / 3, -1 / 3, 0]);
  check("binaryCrossentropy", [0.5, 0.25], [1, 0], (Math.LN2 - Math.log(0.75)) / 2, [-1, 2 / 3]);
  check("categoricalCrossentropy", [1, 3], [0, 1], -Math.log(0.75), [1 / 4, (1 - 4 / 3) / 4]);
  check("categoricalCrossentropy", [0, 1], [1, 0], -Math.log(1e-7), [0, 0]); // clipped: no slope, as in Keras
});

test("penaltyOf() is l1 Σ|w| + l2 Σw² over kernels alone, and flat where a weight is 0", () => {
  const layers = [
    { units: 2, activation: "relu" as const, l1: 0.5 },
    { units: 1, activation: "linear" as const, l1: 1, l2: 0.25 },
  ];
  const { value, addSlopes } = penaltyOf({ inputs: 1, layers });
  const weights = Float64Array.of(1, -2, 9, 9, 4, 0, 9);
  assert.equal(value(weights), 0.5 * 3 + 4 + 0.25 * 16);
  const gradient = new Float64Array(7).fill(10);
  addSlopes(weights, gradient);
  assert.deepEqual(Array.from(gradient), [10.5, 9.5, 10, 10, 13, 10, 10]);
});
