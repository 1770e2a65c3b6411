import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import type { Tensor } from "@tensorflow/tfjs";
import { ACTIVATION_NAMES } from "../../src/engine/functions.js";
import { INITIALIZER_NAMES } from "../../src/engine/initializers.js";
import { penaltyOf, predictions } from "../../src/engine/plain.js";
import { mlp, tf, train, truthTable } from "../../src/index.js";
import { flatWeights, networkOf, setFlatWeights } from "../../src/model/chain.js";
import { assertNear } from "../support/numbers.js";

const XOR_ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const answers = (model: ReturnType<typeof mlp>, rows: number[][]) =>
  Array.from(tf.tidy(() => (model.predict(tf.tensor2d(rows)) as Tensor).dataSync()));

test("mlp() is a real tf.Sequential with Keras's shapes", () => {
  const model = mlp({ inputs: 3, hidden: [4, 2], activation: "relu" });
  assert.ok(model instanceof tf.Sequential);
  assert.deepEqual(
    model.getWeights().map((weight) => weight.shape),
    [[3, 4], [4], [4, 2], [2], [2, 1], [1]],
  );
  assert.equal(model.countParams(), 3 * 4 + 4 + 4 * 2 + 2 + 2 + 1);
  assert.deepEqual(model.inputs[0].shape, [null, 3]);
  assert.deepEqual(model.outputs[0].shape, [null, 1]);
  const lines: string[] = [];
  model.summary(undefined, undefined, (line: string) => lines.push(line));
  assert.match(lines.join("\n"), /Total params: 29\n/);
});

test("mlp() without options is the question's network", () => {
  const { network } = networkOf(mlp());
  assert.deepEqual(network, {
    inputs: 2,
    layers: [
      { units: 2, activation: "sigmoid" },
      { units: 1, activation: "sigmoid" },
    ],
  });
  const [, bias, , outputBias] = mlp()
    .getWeights()
    .map((weight) => Array.from(weight.dataSync()));
  assert.deepEqual([bias, outputBias], [[0, 0], [0]]);
});

test("mlp() takes one width as a number, and no hidden layer", () => {
  assert.equal(mlp({ hidden: 5 }).countParams(), mlp({ hidden: [5] }).countParams());
  const line = mlp({ inputs: 4, hidden: [] });
  assert.equal(line.countParams(), 5);
  assert.equal(answers(line, [[0, 0, 0, 0]])[0], 0.5);
});

test("mlp() has the same weights for one seed and others for another, on every machine", () => {
  const weights = (seed: number) => flatWeights(mlp({ hidden: 2, activation: "relu", seed }));
  assert.deepEqual(weights(1), weights(1));
  assert.notDeepEqual(weights(1), weights(2));
  assert.deepEqual(flatWeights(mlp({ hidden: 2 })), weights(1));
  // pinned: these bits come from our own generator, not from the backend's
  assert.deepEqual(
    Array.from(weights(1)),
    [
      -0.3943665623664856, -0.8851685523986816, -1.1034717559814453, 1.1631284952163696, 0, 0,
      0.37925705313682556, 0.8487680554389954, 0,
    ],
  );
});

test("mlp() computes what the plain engine computes, with every activation", () => {
  for (const activation of ACTIVATION_NAMES) {
    const model = mlp({
      hidden: [3, 2],
      activation,
      output: activation,
      seed: 4,
      biasInitializer: "randomNormal",
    });
    const { network } = networkOf(model);
    assert.deepEqual(
      network?.layers.map((layer) => layer.activation),
      [activation, activation, activation],
    );
    const rows = [
      [0.5, -1],
      [2, 3],
      [-4, 0.1],
      [0, 0],
    ];
    const expected = predictions(network!, flatWeights(model), rows.flat());
    assertNear(answers(model, rows), expected, 1e-5, activation);
  }
});

test("mlp() takes every initializer of Keras by name, for kernels and biases", () => {
  for (const name of INITIALIZER_NAMES) {
    const model = mlp({ kernelInitializer: name, biasInitializer: name });
    assert.ok(flatWeights(model).every(Number.isFinite), name);
    model.dispose();
  }
  assert.deepEqual(Array.from(flatWeights(mlp({ hidden: [], kernelInitializer: "ones" }))), [1, 1, 0]);
  const biased = mlp({ hidden: [], biasInitializer: { name: "constant", value: 0.5 } });
  assert.equal(flatWeights(biased)[2], 0.5);
});

test("mlp() predicts, saves and loads again, leaky ReLU included", async () => {
  for (const activation of ["sigmoid", "leakyRelu"] as const) {
    const model = mlp({ hidden: [3], activation, seed: 9, kernelInitializer: "lecunUniform" });
    let saved: unknown;
    const taken = { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } };
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return taken;
      }),
    );
    const loaded = await tf.loadLayersModel(
      tf.io.fromMemory(saved as Parameters<typeof tf.io.fromMemory>[0]),
    );
    assert.deepEqual(answers(loaded as ReturnType<typeof mlp>, XOR_ROWS), answers(model, XOR_ROWS));
    assert.deepEqual(networkOf(loaded as ReturnType<typeof mlp>), networkOf(model));
  }
});

test("mlp() works with compile() and evaluate() of TensorFlow.js", () => {
  const model = mlp({ hidden: 2, activation: "relu" });
  setFlatWeights(model, Float32Array.of(1, 1, 1, 1, 0, -1, 20, -40, -10)); // XOR, solved by hand
  model.compile({ optimizer: "sgd", loss: "binaryCrossentropy", metrics: ["accuracy"] });
  const { inputs, targets } = truthTable("xor");
  const [loss, accuracy] = model.evaluate(
    tf.tensor2d(inputs, [4, 2]),
    tf.tensor2d(targets, [4, 1]),
  ) as Tensor[];
  assert.ok(Math.abs(loss.dataSync()[0] + Math.log(1 / (1 + Math.exp(-10)))) < 1e-5);
  assert.equal(accuracy.dataSync()[0], 1);
});

test("mlp() with several outputs, activations per layer, penalties and no biases computes what the plain engine computes", () => {
  const model = mlp({
    ...{ hidden: [3, 4], activation: ["relu", "leakyRelu"], outputs: 3, output: "softmax" },
    ...{ useBias: false, kernelRegularizer: { l1: 0.1, l2: 0.2 } },
  });
  assert.deepEqual(
    model.getWeights().map((weight) => weight.shape),
    [
      [2, 3],
      [3, 4],
      [4, 3],
    ],
  );
  const { network } = networkOf(model);
  const rows = [
    [0.5, -1],
    [2, 3],
  ];
  const weights = flatWeights(model);
  assertNear(answers(model, rows), predictions(network!, weights, rows.flat()), 1e-6, "answers");
  const penalties = tf.tidy(() => model.calculateLosses().map((one) => one.dataSync()[0]));
  const sum = penalties.reduce((all, one) => all + one, 0);
  assertNear([sum], [penaltyOf(network!).value(weights)], 1e-6, "penalties");
  assert.equal(inspect(model), "Sequential { 3 relu, 4 linear, LeakyReLU, 3 softmax; 30 weights }");
});

test("mlp() starts from weights that are given, such as those of a run", async () => {
  const run = await train(mlp({ hidden: [3] }), truthTable("xor"), { epochs: 2, progress: false });
  const model = mlp({ hidden: [3], weights: run.weights() });
  assert.deepEqual(flatWeights(model), flatWeights(run.model));
  const solved = [
    {
      kernel: [
        [1, 1],
        [1, 1],
      ],
      bias: [0, -1],
    },
    { kernel: [[1], [-2]], bias: [0] },
  ]; // XOR, solved by hand
  assert.deepEqual(
    answers(mlp({ activation: "relu", output: "linear", weights: solved }), XOR_ROWS),
    [0, 1, 1, 0],
  );
});

test("mlp() refuses in its own name", () => {
  assert.throws(() => mlp({ activation: "rleu" as never }), {
    name: "RangeError",
    message:
      'mlp: unknown activation "rleu"; did you mean "relu"? (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
  });
  assert.throws(() => mlp(5 as never), /^TypeError: mlp: the options must be an object \{ inputs, hidden, /);
});

test("mlp() leaves no tensors behind but its weights", () => {
  const before = tf.memory().numTensors;
  const models = Array.from({ length: 5 }, (_, seed) => mlp({ seed }));
  assert.equal(tf.memory().numTensors, before + 5 * 4);
  for (const model of models) model.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("a model and data print as what they are, not as their insides", () => {
  const model = mlp({ hidden: [4, 2], activation: "relu" });
  assert.equal(inspect(model), "Sequential { 4 relu, 2 relu, 1 sigmoid; 25 weights }");
  assert.equal(inspect(truthTable("and")), "Dataset { and: 4 rows of 2 inputs; binary: 3 × 0, 1 × 1 }");
});
