import assert from "node:assert/strict";
import { test } from "node:test";
import { initializerSettings, optimizerSettings } from "../src/settings/named.js";
import { hiddenWidths, networkSettings } from "../src/settings/network.js";
import { trainControls, trainSettings } from "../src/settings/training.js";

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

test("optimizerSettings() has the defaults of Keras 3", () => {
  assert.deepEqual(optimizerSettings("train", "sgd"), {
    name: "sgd",
    learningRate: 0.01,
    momentum: 0,
    nesterov: false,
  });
  assert.deepEqual(optimizerSettings("train", "adam"), {
    name: "adam",
    learningRate: 0.001,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
  });
  assert.deepEqual(optimizerSettings("train", "adagrad"), {
    name: "adagrad",
    learningRate: 0.001,
    initialAccumulator: 0.1,
    epsilon: 1e-7,
  });
});

test("optimizerSettings() takes numbers, and the learning rate by either way", () => {
  const momentum = optimizerSettings("train", { name: "sgd", momentum: 0.9, nesterov: true }, 0.5);
  assert.deepEqual(momentum, { name: "sgd", learningRate: 0.5, momentum: 0.9, nesterov: true });
  assert.equal(optimizerSettings("train", { name: "adam", learningRate: 0.3 }).learningRate, 0.3);
  assert.equal(optimizerSettings("train", { name: "adam", learningRate: 0.3 }, 0.2).learningRate, 0.2);
  assert.equal(optimizerSettings("train", { name: "adam", learningRate: undefined }).learningRate, 0.001);
});

test("optimizerSettings() refuses what is no optimizer", () => {
  refuses(
    (came) => optimizerSettings("train", came),
    [
      [
        "adm",
        "RangeError",
        'train: unknown optimizer "adm"; did you mean "adam"? (adagrad, adam, rmsprop, sgd)',
      ],
      [
        "RMSProp",
        "RangeError",
        'train: unknown optimizer "RMSProp"; did you mean "rmsprop"? (adagrad, adam, rmsprop, sgd)',
      ],
      [
        null,
        "TypeError",
        "train: optimizer must be a name or { name, … } (adagrad, adam, rmsprop, sgd), got null",
      ],
      [
        0.1,
        "TypeError",
        "train: optimizer must be a name or { name, … } (adagrad, adam, rmsprop, sgd), got 0.1",
      ],
      [
        ["sgd"],
        "TypeError",
        'train: optimizer must be a name or { name, … } (adagrad, adam, rmsprop, sgd), got ["sgd"]',
      ],
      [{}, "TypeError", "train: optimizer must be a name (adagrad, adam, rmsprop, sgd), got undefined"],
      [
        { name: "sgd", rho: 0.9 },
        "RangeError",
        'train: unknown option of optimizer "sgd" "rho"; (learningRate, momentum, nesterov)',
      ],
      [
        { name: "adam", beta_1: 0.9 },
        "RangeError",
        'train: unknown option of optimizer "adam" "beta_1"; did you mean "beta1"? (beta1, beta2, epsilon, learningRate)',
      ],
      [
        { name: "sgd", momentum: 1 },
        "RangeError",
        "train: optimizer momentum must be a finite number ≥ 0 and < 1, got 1",
      ],
      [
        { name: "sgd", nesterov: 1, momentum: 0.5 },
        "TypeError",
        "train: optimizer nesterov must be true or false, got 1",
      ],
      [
        { name: "sgd", nesterov: true },
        "RangeError",
        "train: optimizer nesterov needs a momentum > 0, got 0",
      ],
      [
        { name: "rmsprop", rho: "0.9" },
        "TypeError",
        'train: optimizer rho must be a finite number ≥ 0 and < 1, got "0.9"',
      ],
      [
        { name: "rmsprop", epsilon: 0 },
        "RangeError",
        "train: optimizer epsilon must be a finite number > 0, got 0",
      ],
      [
        { name: "adam", learningRate: -1 },
        "RangeError",
        "train: optimizer learningRate must be a finite number > 0, got -1",
      ],
    ],
  );
  refuses(
    (came) => optimizerSettings("train", "sgd", came),
    [
      [0, "RangeError", "train: learningRate must be a finite number > 0, got 0"],
      [Number.NaN, "RangeError", "train: learningRate must be a finite number > 0, got NaN"],
      ["0.1", "TypeError", 'train: learningRate must be a finite number > 0, got "0.1"'],
      [null, "TypeError", "train: learningRate must be a finite number > 0, got null"],
    ],
  );
});

test("optimizerSettings() does not take what every object inherits for an option", () => {
  for (const key of ["toString", "constructor", "valueOf", "hasOwnProperty"])
    assert.throws(() => optimizerSettings("train", { name: "sgd", [key]: 5 }), {
      name: "RangeError",
      message: new RegExp(`^train: unknown option of optimizer "sgd" "${key}"; `),
    });
  assert.throws(() => optimizerSettings("train", JSON.parse('{"name":"sgd","__proto__":5}')), RangeError);
});

test("initializerSettings() has the defaults of Keras 3 and refuses what is none", () => {
  assert.deepEqual(initializerSettings("mlp", "kernelInitializer", "glorotUniform"), {
    name: "glorotUniform",
  });
  assert.deepEqual(initializerSettings("mlp", "kernelInitializer", { name: "randomUniform", maxval: 1 }), {
    name: "randomUniform",
    minval: -0.05,
    maxval: 1,
  });
  refuses(
    (came) => initializerSettings("mlp", "kernelInitializer", came),
    [
      [
        "glorot_uniform",
        "RangeError",
        'mlp: unknown kernelInitializer "glorot_uniform"; did you mean "glorotUniform"? (constant, glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform, ones, randomNormal, randomUniform, truncatedNormal, zeros)',
      ],
      [
        { name: "randomUniform", minval: 2, maxval: 1 },
        "RangeError",
        "mlp: kernelInitializer minval must be ≤ maxval, got 2 and 1",
      ],
      [
        { name: "randomNormal", stddev: -1 },
        "RangeError",
        "mlp: kernelInitializer stddev must be a finite number ≥ 0, got -1",
      ],
      [
        { name: "constant", value: Infinity },
        "RangeError",
        "mlp: kernelInitializer value must be a finite number, got Infinity",
      ],
      [
        7,
        "TypeError",
        "mlp: kernelInitializer must be a name or { name, … } (constant, glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform, ones, randomNormal, randomUniform, truncatedNormal, zeros), got 7",
      ],
    ],
  );
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
    [{ loss: "mse" }, "RangeError", 'train: unknown loss "mse"; (binaryCrossentropy, meanSquaredError)'],
    [
      { loss: "binary_crossentropy" },
      "RangeError",
      'train: unknown loss "binary_crossentropy"; did you mean "binaryCrossentropy"? (binaryCrossentropy, meanSquaredError)',
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
