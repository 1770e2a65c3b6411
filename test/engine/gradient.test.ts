import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, dataset } from "../../src/data/dataset.js";
import { parity, truthTable } from "../../src/data/gates.js";
import {
  ACTIVATION_NAMES,
  ACTIVATIONS,
  type Activation,
  LEAK,
  singleActivation,
} from "../../src/engine/functions.js";
import { type Loss, outputSlopes, rowLoss } from "../../src/engine/losses.js";
import { layerPlaces, type Network, parameterCount } from "../../src/engine/network.js";
import { lossAndGradient } from "../../src/engine/plain.js";
import { random } from "../../src/numbers/random.js";
import { ONE_OUTPUT_LOSSES } from "../support/trainingCases.js";

const STEP = 2e-6; // of the central difference: its error is of the order of STEP² in double precision
const KINK = 1e-3; // inputs of a unit this near to 0 are left out: a kink lies between the two points
const HAS_KINK: readonly Activation[] = ["relu", "leakyRelu", "elu"];

/** Random rows in ±2 with random 0/1 targets. */
function randomData(rows: number, features: number, seed: number): Dataset {
  const { uniform, bits } = random(seed, "data");
  const inputs = Array.from({ length: rows }, () =>
    Array.from({ length: features }, () => 4 * uniform() - 2),
  );
  return dataset(
    inputs,
    inputs.map(() => bits() & 1),
  );
}

/** Random weights; the output's are small, its bias such that log loss sees probabilities with any activation. */
function randomWeights(network: Network, seed: number): Float64Array {
  const { normal } = random(seed, "weights");
  const weights = Float64Array.from({ length: parameterCount(network) }, () => 0.8 * normal());
  const { kernel, bias, activation } = layerPlaces(network).at(-1)!;
  for (let i = kernel; i < bias; i++) weights[i] *= 0.2;
  weights[bias] = activation === "softplus" ? -0.5 : activation === "sigmoid" ? 0.1 : 0.5;
  return weights;
}

/** Every unit's input for one row, worked out apart from the engine; the last is the output's. */
function unitInputs(network: Network, weights: Float64Array, row: Float32Array): number[] {
  const sums: number[] = [];
  let below = Array.from(row);
  for (const { inputs, units, kernel, bias, activation } of layerPlaces(network)) {
    const xs = Array.from({ length: units }, (_, j) =>
      below.reduce((sum, a, i) => sum + a * weights[kernel + i * units + j], weights[bias + j]),
    );
    assert.equal(below.length, inputs);
    sums.push(...xs);
    below = xs.map(ACTIVATIONS[singleActivation(activation)].value);
  }
  return sums;
}

/** Rows on which no unit sits near a kink, and the log loss sees a probability well inside of its clip. */
function smoothRows(network: Network, weights: Float64Array, data: Dataset, loss: Loss) {
  const inputs: number[][] = [];
  const targets: number[] = [];
  const output = ACTIVATIONS[singleActivation(network.layers.at(-1)!.activation)].value;
  for (let row = 0; row < data.rows; row++) {
    const x = data.inputs.subarray(row * data.features, (row + 1) * data.features);
    const sums = unitInputs(network, weights, x);
    const p = output(sums.at(-1)!);
    const kinked = network.layers.some((layer) => HAS_KINK.includes(singleActivation(layer.activation)));
    if (kinked && sums.some((sum) => Math.abs(sum) < KINK)) continue;
    if (loss === "binaryCrossentropy" && !(p > 0.05 && p < 0.95)) continue;
    inputs.push(Array.from(x));
    targets.push(data.targets[row]);
  }
  return inputs.length > 0 ? dataset(inputs, targets) : undefined;
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

const HIDDEN_LAYERS = [[], [1], [3], [4, 2]];

for (const activation of ACTIVATION_NAMES)
  for (const loss of ONE_OUTPUT_LOSSES)
    test(`the gradient is the central difference: ${activation}, ${loss}`, () => {
      HIDDEN_LAYERS.forEach((widths, shape) => {
        for (const output of ACTIVATION_NAMES) {
          const layers = widths.map((units) => ({ units, activation }));
          const network = { inputs: 3, layers: [...layers, { units: 1, activation: output }] };
          checkGradient(network, randomData(20, 3, shape), loss);
        }
      });
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
  for (const loss of ONE_OUTPUT_LOSSES)
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

test("each loss's slope is its central difference; the log loss is clipped at 1e-7 as in Keras", () => {
  for (const loss of ONE_OUTPUT_LOSSES)
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
