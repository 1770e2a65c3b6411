import assert from "node:assert/strict";
import { test } from "node:test";
import { mlp, type Tensor, tf, train, xor } from "../../src/index.js";
import { networkOf } from "../../src/model/chain.js";
import { type NetworkOptions, networkSettings } from "../../src/settings/network.js";

const QUICK = { epochs: 2, progress: false } as const;
const DATA = xor({ rows: 16, seed: 2 });
type Layers = Parameters<ReturnType<typeof mlp>["add"]>[0][];

function sequential(...layers: Layers) {
  const model = tf.sequential();
  for (const layer of layers) model.add(layer);
  return model;
}
const dense = (units: number, options: object = {}) => tf.layers.dense({ units, ...options });
const first = (units: number, options: object = {}) => dense(units, { inputShape: [2], ...options });

/** A regularizer that TensorFlow.js does not have. */
class HalfSquares extends tf.serialization.Serializable {
  static className = "HalfSquares";
  apply = (x: Tensor) => tf.mul(0.5, tf.sum(tf.square(x)));
  getConfig = () => ({});
}
tf.serialization.registerClass(HalfSquares);

test("engine auto takes the fused engine for a chain of dense layers and says why", async () => {
  const run = await train(mlp(), DATA, QUICK);
  assert.deepEqual([run.engine, run.engineReason], ["fused", "the model is a chain of dense layers"]);
  const asked = await train(mlp(), DATA, { ...QUICK, engine: "fused" });
  assert.deepEqual([asked.engine, asked.engineReason], ["fused", "asked for"]);
  const other = await train(mlp(), DATA, { ...QUICK, engine: "tfjs" });
  assert.deepEqual([other.engine, other.engineReason], ["tfjs", "asked for"]);
});

test("engine auto takes TensorFlow.js for what is no such chain, fused refuses it, each with the reason", async () => {
  const cases: [layers: () => Layers, reason: RegExp][] = [
    [
      () => [first(3), tf.layers.dropout({ rate: 0.5 }), dense(1)],
      /^layer "dropout_Dropout\d+" is a Dropout layer$/,
    ],
    [
      () => [first(3, { biasRegularizer: "l1l2" }), dense(1)],
      /^layer "dense_Dense\d+" has a biasRegularizer$/,
    ],
    [
      () => [first(3, { kernelRegularizer: { className: "HalfSquares", config: {} } }), dense(1)],
      /^layer "dense_Dense\d+" has a kernelRegularizer of its own kind$/,
    ],
    [() => [first(3, { activation: "softmax" }), dense(1)], /^layer "dense_Dense\d+" follows a softmax$/],
    [
      () => [first(3, { activation: "selu" }), dense(1)],
      /^layer "dense_Dense\d+" has the activation "selu"$/,
    ],
    [() => [first(3, { trainable: false }), dense(1)], /^layer "dense_Dense\d+" is frozen$/],
    [
      () => [first(3), tf.layers.leakyReLU({ alpha: 0.01 }), dense(1)],
      /^layer "leaky_re_lu_LeakyReLU\d+" is a LeakyReLU layer$/,
    ],
    [
      () => [first(3, { activation: "tanh" }), tf.layers.activation({ activation: "relu" }), dense(1)],
      /is an Activation layer$/,
    ],
  ];
  for (const [layers, reason] of cases) {
    const run = await train(sequential(...layers()), DATA, QUICK);
    assert.equal(run.engine, "tfjs");
    assert.match(run.engineReason, reason);
    assert.equal(run.network, undefined);
    assert.equal(run.history.loss.length, 2);
    assert.equal(run.predict([[0, 1]]).length, 1);
    assert.throws(() => run.weights(), {
      name: "TypeError",
      message: /^weights: only for a chain of dense layers \(layer /,
    });
    assert.throws(
      () => run.predict([[0, 1]], 0),
      /^TypeError: predict with an earlier epoch: only for a chain of dense layers/,
    );
    await assert.rejects(train(sequential(...layers()), DATA, { ...QUICK, engine: "fused" }), {
      name: "RangeError",
      message: /^train: engine "fused" cannot train this model, since layer .*; use engine "tfjs" or "auto"$/,
    });
  }
});

test("networkOf() takes activations as layers of their own for those of the dense layer before them", () => {
  const model = sequential(
    first(3),
    tf.layers.reLU(),
    dense(2, { useBias: false }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    dense(2, { kernelRegularizer: tf.regularizers.l2({ l2: 0.5 }) }),
    tf.layers.elu(),
    dense(2),
    tf.layers.softmax(),
  );
  assert.deepEqual(networkOf(model), {
    network: {
      inputs: 2,
      layers: [
        { units: 3, activation: "relu" },
        { units: 2, activation: "leakyRelu", useBias: false },
        { units: 2, activation: "elu", l2: 0.5 },
        { units: 2, activation: "softmax" },
      ],
    },
  });
  const last = tf.layers.activation({ activation: "softmax" });
  assert.equal(networkOf(sequential(first(2), last)).network?.layers[0].activation, "softmax");
});

test("networkOf() reads what mlp() was given", () => {
  for (const options of [
    { useBias: false, outputs: 3, output: "softmax", activation: ["relu", "leakyRelu"], hidden: [4, 2] },
    { kernelRegularizer: { l1: 0.1 }, hidden: 3 },
    { kernelRegularizer: { l1: 0.1, l2: 1e-7 }, hidden: [], useBias: false },
  ] satisfies NetworkOptions[])
    assert.deepEqual(networkOf(mlp(options)).network, networkSettings("mlp", options).network);
});

test("a frozen layer keeps its weights", async () => {
  const model = sequential(first(3, { trainable: false }), dense(1, { activation: "sigmoid" }));
  const before = Array.from(model.layers[0].getWeights()[0].dataSync());
  await train(model, DATA, QUICK);
  assert.deepEqual(Array.from(model.layers[0].getWeights()[0].dataSync()), before);
});
