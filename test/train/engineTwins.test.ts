import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIVATION_NAMES } from "../../src/engine/functions.js";
import { LOSS_NAMES } from "../../src/engine/losses.js";
import {
  clouds,
  dataset,
  mlp,
  type NetworkOptions,
  type OptimizerOption,
  type TrainOptions,
  train,
  xor,
} from "../../src/index.js";
import { flatWeights } from "../../src/model/chain.js";
import { assertNear, assertRelative } from "../support/numbers.js";
import { ONE_OUTPUT_LOSSES } from "../support/trainingCases.js";

const OPTIMIZERS: OptimizerOption[] = [
  "sgd",
  { name: "sgd", learningRate: 0.05, momentum: 0.9 },
  { name: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
  { name: "rmsprop", learningRate: 0.01 },
  { name: "rmsprop", learningRate: 0.003, rho: 0.8, momentum: 0.5, epsilon: 1e-5 },
  { name: "adam", learningRate: 0.02 },
  { name: "adam", learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-4 },
  { name: "adagrad", learningRate: 0.1 },
  { name: "adagrad", learningRate: 0.1, initialAccumulator: 0.5 },
];

const DATA = xor({ rows: 32, seed: 6 });

/** Trains the same with both engines and holds the runs against each other. */
async function assertTwins(network: NetworkOptions, options: TrainOptions, data = DATA): Promise<void> {
  const common = { epochs: 2, batchSize: 4, shuffle: true, seed: 8, progress: false, ...options };
  const fused = await train(mlp({ seed: 7, ...network }), data, { ...common, engine: "fused" });
  const tfjs = await train(mlp({ seed: 7, ...network }), data, { ...common, engine: "tfjs" });
  assert.deepEqual([fused.engine, tfjs.engine], ["fused", "tfjs"]);
  assert.notDeepEqual(fused.weights(0), fused.weights());
  assertRelative(tfjs.history.loss, fused.history.loss, 1e-3, "loss");
  assertNear(tfjs.history.accuracy, fused.history.accuracy, 1e-9, "accuracy");
  assertNear(flatWeights(tfjs.model), flatWeights(fused.model), 1e-3, "weights");
}

for (const optimizer of OPTIMIZERS)
  test(`the engines agree, shuffled, with ${JSON.stringify(optimizer)}`, () =>
    assertTwins({ hidden: 3, activation: "tanh" }, { optimizer }));

for (const activation of ACTIVATION_NAMES)
  test(`the engines agree, shuffled, with ${activation} units`, async () => {
    await assertTwins({ hidden: [4, 2], activation }, { optimizer: "adam" });
  });

for (const loss of ONE_OUTPUT_LOSSES)
  test(`the engines agree, shuffled, with every output activation and ${loss}`, async () => {
    // A probability outside of (0, 1) is for the log loss on the clip, where float32 and float64 differ in kind.
    const outputs = loss === "binaryCrossentropy" ? (["sigmoid"] as const) : ACTIVATION_NAMES;
    for (const output of outputs)
      await assertTwins({ activation: "sigmoid", output }, { loss, learningRate: 0.005 });
  });

for (const loss of LOSS_NAMES)
  test(`the engines agree with several outputs, without biases and with penalties: ${loss}`, async () => {
    const classes = dataset(
      Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(5 * i)]),
      Array.from({ length: 30 }, (_, i) => [0, 1, 2].map((j) => (j === i % 3 ? 1 : 0))),
    );
    const network = { hidden: 4, outputs: 3, activation: "tanh" } as const;
    const more = { useBias: false, kernelRegularizer: { l1: 0.001, l2: 0.01 } };
    for (const output of ["softmax", "sigmoid"] as const)
      for (const options of [network, { ...network, ...more }])
        await assertTwins({ ...options, output }, { loss, optimizer: "adam", learningRate: 0.01 }, classes);
  });

test("the engines agree without a hidden layer, on continuous data, and with one batch of all", async () => {
  await assertTwins({ hidden: [] }, { optimizer: "sgd", learningRate: 0.1 }, clouds({ rows: 40, seed: 3 }));
  await assertTwins({ hidden: 4 }, { batchSize: 1000 });
});
