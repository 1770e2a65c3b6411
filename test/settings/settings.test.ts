import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenWidths, networkSettings } from "../../src/settings/network.js";
import { trainControls, trainSettings } from "../../src/settings/training.js";

type Case = readonly [came: unknown, name: "TypeError" | "RangeError", message: string];

function refuses(check: (came: unknown) => unknown, cases: readonly Case[]): void {
  for (const [came, name, message] of cases) assert.throws(() => check(came), { name, message });
}

test("trainSettings() fills in the question's script and Keras's numbers", () => {
  assert.deepEqual(trainSettings("train", {}), {
    epochs: 100,
    batchSize: 4,
    optimizer: { name: "rmsprop", learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7 },
    loss: "binaryCrossentropy",
    shuffle: true,
    seed: 1,
    solvedAccuracy: 1,
  });
  assert.deepEqual(trainControls("train", {}), { engine: "auto", progress: true, signal: undefined });
});

test("trainSettings() refuses, naming option, rule and value", () => {
  const refusals: [options: object, name: "TypeError" | "RangeError", message: string][] = [
    [{ epochs: 0.5 }, "RangeError", "train: epochs must be a whole number ≥ 1, got 0.5"],
    [
      { epochs: 2_000_000 },
      "RangeError",
      "train: epochs must be a whole number ≥ 1 and ≤ 1000000, got 2000000",
    ],
    [{ batchSize: 0 }, "RangeError", "train: batchSize must be a whole number ≥ 1, got 0"],
    [{ batchSize: null }, "TypeError", "train: batchSize must be a whole number ≥ 1, got null"],
    [
      { loss: "mse" },
      "RangeError",
      'train: unknown loss "mse"; did you mean "meanSquaredError"? (binaryCrossentropy, categoricalCrossentropy, meanAbsoluteError, meanSquaredError)',
    ],
    [
      { loss: "binary_crossentropy" },
      "RangeError",
      'train: unknown loss "binary_crossentropy"; did you mean "binaryCrossentropy"? (binaryCrossentropy, categoricalCrossentropy, meanAbsoluteError, meanSquaredError)',
    ],
    [{ shuffle: "no" }, "TypeError", 'train: shuffle must be true or false, got "no"'],
    [{ seed: 1.5 }, "RangeError", "train: seed must be a whole number ≥ 0, got 1.5"],
    [{ solvedAccuracy: 0 }, "RangeError", "train: solvedAccuracy must be a finite number > 0 and ≤ 1, got 0"],
  ];
  for (const [options, name, message] of refusals)
    assert.throws(() => trainSettings("train", options), { name, message });
});

test("trainControls() refuses, naming option, rule and value", () => {
  const check = (came: unknown) => trainControls("train", came as object);
  refuses(check, [
    [{ engine: "gpu" }, "RangeError", 'train: unknown engine "gpu"; (auto, fused, tfjs)'],
    [
      { engine: "tfsj" },
      "RangeError",
      'train: unknown engine "tfsj"; did you mean "tfjs"? (auto, fused, tfjs)',
    ],
    [{ progress: 1 }, "TypeError", "train: progress must be true or false, got 1"],
    [{ signal: new AbortController() }, "TypeError", "train: signal must be an AbortSignal, got {}"],
    [{ signal: "now" }, "TypeError", 'train: signal must be an AbortSignal, got "now"'],
  ]);
});

test("networkSettings() takes a width, several widths, or none", () => {
  const widths = (hidden: number | number[]) =>
    networkSettings("mlp", { hidden }).network.layers.map((layer) => layer.units);
  assert.deepEqual(widths(5), [5, 1]);
  assert.deepEqual(widths([4, 2]), [4, 2, 1]);
  assert.deepEqual(widths([]), [1]);
  assert.deepEqual(hiddenWidths("mlp", 3), [3]);
});

test("networkSettings() refuses, naming option, rule and value", () => {
  refuses(
    (came) => networkSettings("mlp", came as object),
    [
      [
        { activation: "rleu" },
        "RangeError",
        'mlp: unknown activation "rleu"; did you mean "relu"? (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
      ],
      [
        { activation: "sigmoïd" },
        "RangeError",
        'mlp: unknown activation "sigmoïd"; did you mean "sigmoid"? (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
      ],
      [
        { output: "softmax" },
        "RangeError",
        'mlp: unknown output "softmax"; (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
      ],
      [{ hidden: "2" }, "TypeError", 'mlp: hidden must be a width or an array of widths, got "2"'],
      [{ hidden: [2, "3"] }, "TypeError", 'mlp: hidden must be a whole number ≥ 1, got "3"'],
      [{ hidden: [2, 0] }, "RangeError", "mlp: hidden must be a whole number ≥ 1, got 0"],
      [{ hidden: 5000 }, "RangeError", "mlp: hidden must be a whole number ≥ 1 and ≤ 4096, got 5000"],
      [{ inputs: 0 }, "RangeError", "mlp: inputs must be a whole number ≥ 1, got 0"],
      [
        { units: 2 },
        "RangeError",
        'mlp: unknown option "units"; (activation, biasInitializer, hidden, inputs, kernelInitializer, output, seed)',
      ],
      [
        { hiden: 2 },
        "RangeError",
        'mlp: unknown option "hiden"; did you mean "hidden"? (activation, biasInitializer, hidden, inputs, kernelInitializer, output, seed)',
      ],
      [
        "relu",
        "TypeError",
        'mlp: the options must be an object { inputs, hidden, activation, output, kernelInitializer, biasInitializer, seed }, got "relu"',
      ],
    ],
  );
});
