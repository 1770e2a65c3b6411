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
        { output: "sofmax" },
        "RangeError",
        'mlp: unknown output "sofmax"; did you mean "softmax"? (elu, leakyRelu, linear, relu, sigmoid, softmax, softplus, tanh)',
      ],
      [
        { activation: "softmax" },
        "RangeError",
        'mlp: activation "softmax" is for the output; write output: "softmax"',
      ],
      [
        { activation: ["relu", "softmax"], hidden: [2, 2] },
        "RangeError",
        'mlp: activation "softmax" is for the output; write output: "softmax"',
      ],
      [
        { activation: ["relu", "tanhh"], hidden: [2, 2] },
        "RangeError",
        'mlp: unknown activation "tanhh"; did you mean "tanh"? (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
      ],
      [
        { activation: ["relu", "tanh"], hidden: [2, 2, 2] },
        "RangeError",
        'mlp: activation must be one name, or one for each of 3 hidden layers, got ["relu","tanh"]',
      ],
      [
        { activation: ["relu"], hidden: [] },
        "RangeError",
        'mlp: activation must be one name, or one for each of 0 hidden layers, got ["relu"]',
      ],
      [{ outputs: 0 }, "RangeError", "mlp: outputs must be a whole number ≥ 1, got 0"],
      [{ outputs: [3] }, "TypeError", "mlp: outputs must be a whole number ≥ 1, got [3]"],
      [{ useBias: 0 }, "TypeError", "mlp: useBias must be true or false, got 0"],
      [
        { kernelRegularizer: "l2" },
        "TypeError",
        'mlp: kernelRegularizer: the options must be an object { l1, l2 }, got "l2"',
      ],
      [
        { kernelRegularizer: { L2: 1 } },
        "RangeError",
        'mlp: kernelRegularizer: unknown option "L2"; did you mean "l2"? (l1, l2)',
      ],
      [
        { kernelRegularizer: { l1: -1 } },
        "RangeError",
        "mlp: kernelRegularizer l1 must be a finite number ≥ 0, got -1",
      ],
      [{ hidden: "2" }, "TypeError", 'mlp: hidden must be a width or an array of widths, got "2"'],
      [{ hidden: [2, "3"] }, "TypeError", 'mlp: hidden must be a whole number ≥ 1, got "3"'],
      [{ hidden: [2, 0] }, "RangeError", "mlp: hidden must be a whole number ≥ 1, got 0"],
      [
        { hidden: 0 },
        "RangeError",
        "mlp: hidden must be a whole number ≥ 1, got 0; write [] for no hidden layer",
      ],
      [{ hidden: 5000 }, "RangeError", "mlp: hidden must be a whole number ≥ 1 and ≤ 4096, got 5000"],
      [{ inputs: 0 }, "RangeError", "mlp: inputs must be a whole number ≥ 1, got 0"],
      [
        { units: 2 },
        "RangeError",
        'mlp: unknown option "units"; (activation, biasInitializer, hidden, inputs, kernelInitializer, kernelRegularizer, output, outputs, seed, useBias, weights)',
      ],
      [
        { hiden: 2 },
        "RangeError",
        'mlp: unknown option "hiden"; did you mean "hidden"? (activation, biasInitializer, hidden, inputs, kernelInitializer, kernelRegularizer, output, outputs, seed, useBias, weights)',
      ],
      [
        "relu",
        "TypeError",
        'mlp: the options must be an object { inputs, hidden, outputs, activation, output, useBias, kernelRegularizer, weights, kernelInitializer, biasInitializer, seed }, got "relu"',
      ],
    ],
  );
});

test("networkSettings() leaves out of the layers what is at its default: the seeds of studies follow from their text", () => {
  const text = (options: object) => JSON.stringify(networkSettings("study", options).network.layers);
  assert.equal(
    text({ hidden: [3, 2], activation: "relu" }),
    '[{"units":3,"activation":"relu"},{"units":2,"activation":"relu"},{"units":1,"activation":"sigmoid"}]',
  );
  const defaults = { outputs: 1, useBias: true, kernelRegularizer: { l1: 0, l2: 0 } };
  assert.equal(
    text({ ...defaults, activation: ["relu"], output: "tanh" }),
    text({ activation: "relu", output: "tanh" }),
  );
  assert.equal(
    text({ hidden: [], outputs: 2, output: "softmax", useBias: false, kernelRegularizer: { l2: 0.1 } }),
    '[{"units":2,"activation":"softmax","useBias":false,"l2":0.1}]',
  );
});

const XOR_WEIGHTS = [
  {
    kernel: [
      [1, 1],
      [1, 1],
    ],
    bias: [0, -1],
  },
  { kernel: [[1], [-2]], bias: [0.5] },
];

test("networkSettings() takes weights as run.weights() gives them", () => {
  assert.deepEqual(
    networkSettings("mlp", { weights: XOR_WEIGHTS }).weights,
    Float32Array.of(1, 1, 1, 1, 0, -1, 1, -2, 0.5),
  );
  const kernels = XOR_WEIGHTS.map(({ kernel }) => ({ kernel, bias: [] }));
  const flat = Float32Array.of(1, 1, 1, 1, 1, -2);
  assert.deepEqual(networkSettings("mlp", { weights: kernels, useBias: false }).weights, flat);
  assert.equal("weights" in networkSettings("mlp", {}), false);
});

test("networkSettings() refuses weights that do not fit, naming layer and shape", () => {
  const [first, last] = XOR_WEIGHTS;
  refuses(
    (came) => networkSettings("mlp", came as object),
    [
      [
        { weights: 5 },
        "TypeError",
        "mlp: weights must be an array of one { kernel, bias } for each of 2 layers, got 5",
      ],
      [
        { weights: [first] },
        "RangeError",
        "mlp: weights must be those of 2 layers, the output layer included, got 1 layer",
      ],
      [
        { weights: [first, { kernal: [[1]] }] },
        "RangeError",
        'mlp: weights of layer 1: unknown option "kernal"; did you mean "kernel"? (bias, kernel)',
      ],
      [
        { weights: [{ ...first, kernel: [[1, 1]] }, last] },
        "RangeError",
        "mlp: weights of layer 0: kernel must be an array of length 2 (one row for each input), got length 1",
      ],
      [
        { weights: [first, { kernel: [[1], [1, 2]], bias: [0] }] },
        "RangeError",
        "mlp: weights of layer 1: kernel[1] must be an array of length 1 (one number for each unit), got length 2",
      ],
      [
        { weights: [first, { kernel: [1, 2], bias: [0] }] },
        "TypeError",
        "mlp: weights of layer 1: kernel[0] must be an array of length 1 (one number for each unit), got 1",
      ],
      [
        { weights: [{ kernel: first.kernel }, last] },
        "RangeError",
        "mlp: weights of layer 0: bias must be an array of length 2 (one number for each unit), got length 0",
      ],
      [
        { weights: XOR_WEIGHTS, useBias: false },
        "RangeError",
        "mlp: weights of layer 0: bias must be an array of length 0 (none, since useBias is false), got length 2",
      ],
      [
        { weights: [first, { kernel: [[1], ["2"]], bias: [0] }] },
        "TypeError",
        'mlp: weights of layer 1 must be finite numbers (in single precision), got "2"',
      ],
      [
        { weights: [first, { kernel: [[1], [1e40]], bias: [0] }] },
        "RangeError",
        "mlp: weights of layer 1 must be finite numbers (in single precision), got 1e+40",
      ],
      [
        { weights: XOR_WEIGHTS, seed: 2 },
        "RangeError",
        "mlp: weights are the initial weights themselves, so seed would do nothing; leave one of the two out",
      ],
      [
        { weights: XOR_WEIGHTS, kernelInitializer: "zeros" },
        "RangeError",
        "mlp: weights are the initial weights themselves, so kernelInitializer would do nothing; leave one of the two out",
      ],
    ],
  );
});
