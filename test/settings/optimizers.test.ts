import assert from "node:assert/strict";
import { test } from "node:test";
import { initializerSettings, optimizerSettings } from "../../src/settings/optimizers.js";

type Case = readonly [came: unknown, name: "TypeError" | "RangeError", message: string];

function refuses(check: (came: unknown) => unknown, cases: readonly Case[]): void {
  for (const [came, name, message] of cases) assert.throws(() => check(came), { name, message });
}

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
      [
        {},
        "TypeError",
        "train: optimizer must be a name or { name, … } (adagrad, adam, rmsprop, sgd), got {}",
      ],
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
