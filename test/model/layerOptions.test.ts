import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { dataset, type TrainOptions, tf, train } from "../../src/index.js";
import { flatWeights } from "../../src/model/chain.js";
import { layersIn } from "../../src/model/layers.js";
import type { Layer, LayersModel } from "../../src/model/tensorflow.js";
import { assertNear } from "../support/numbers.js";

/**
 * Every option of TensorFlow.js's layers, as getConfig() names it: train() does with it what model.fit does, or refuses it in
 * words. Constraints, which fit forgets, count after every step, as in Keras.
 */

type Options = Readonly<Record<string, unknown>>;

/** A class of layers, and what its options do. */
interface Kind {
  readonly make: (options: Options) => Layer;
  /** What it cannot be made without. */
  readonly needs?: Options;
  /** Option sets with which one epoch must be that of model.fit. */
  readonly trained: readonly Options[];
  /** Options that train() refuses, with what it says. */
  readonly refused?: readonly (readonly [Options, RegExp])[];
  /** Options that TensorFlow.js itself refuses as soon as the layer is part of a model. */
  readonly neverBuilt?: readonly Options[];
  /** Options that only say how weights start, or that no training depends on. */
  readonly startOnly?: readonly string[];
  /** What stands before it, behind the first layer, and after it. */
  readonly before?: () => Layer[];
  readonly after?: () => Layer[];
}

const { layers } = tf;
const NOISE =
  /^train: layer ".*" is a \w+ layer, whose noise TensorFlow\.js cannot draw from a seed, so no run could/;
const LEFT_OUT =
  /^train: layer ".*" has (center|scale): false, with which TensorFlow\.js fails to train a \w+ layer$/;
const NO_GRADIENT =
  /^train: layer ".*" is a \w+ layer, through which TensorFlow\.js has no gradient, so that no layer before/;
const CONSTRAINTS = [
  "nonNeg",
  "unitNorm",
  tf.constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
  tf.constraints.minMaxNorm({ minValue: 0.2, maxValue: 0.4 }),
];
const REGULARIZERS = ["l1l2", tf.regularizers.l1({ l1: 0.1 }), tf.regularizers.l2({ l2: 0.1 })];
const each = (key: string, values: readonly unknown[]) => values.map((value) => ({ [key]: value }));
const ACTIVATIONS =
  "elu hardSigmoid linear relu relu6 selu sigmoid softmax softplus softsign swish tanh mish gelu gelu_new".split(
    " ",
  );

const KINDS: Readonly<Record<string, Kind>> = {
  Dense: {
    make: (options) => layers.dense(options as never),
    needs: { units: 3 },
    trained: [
      { units: 2 },
      { useBias: false },
      ...each("activation", ACTIVATIONS),
      ...each("kernelRegularizer", REGULARIZERS),
      ...each("biasRegularizer", REGULARIZERS),
      ...each("kernelConstraint", CONSTRAINTS),
      ...each("biasConstraint", CONSTRAINTS),
    ],
    neverBuilt: [{ activityRegularizer: "l1l2" }],
    startOnly: ["kernelInitializer", "biasInitializer"],
  },
  Dropout: {
    make: (options) => layers.dropout(options as never),
    needs: { rate: 0.5, seed: 7 },
    trained: [{ rate: 0.2 }, { seed: 8 }, { noiseShape: [1, 4] }, { noiseShape: [null, 1] }],
  },
  Activation: {
    make: (options) => layers.activation(options as never),
    needs: { activation: "tanh" },
    trained: each("activation", ACTIVATIONS),
  },
  ReLU: { make: (options) => layers.reLU(options), trained: [{}, { maxValue: 0.3 }] },
  LeakyReLU: { make: (options) => layers.leakyReLU(options), trained: [{}, { alpha: 0.1 }, { alpha: 0.2 }] },
  ELU: { make: (options) => layers.elu(options), trained: [{}, { alpha: 1 }] },
  PReLU: {
    make: (options) => layers.prelu(options),
    needs: { alphaInitializer: "ones" },
    trained: [
      {},
      { sharedAxes: [1] },
      ...each("alphaRegularizer", REGULARIZERS),
      ...each("alphaConstraint", CONSTRAINTS),
    ],
    startOnly: ["alphaInitializer"],
  },
  Softmax: { make: (options) => layers.softmax(options), trained: [{}, { axis: -1 }, { axis: 1 }] },
  ThresholdedReLU: {
    make: (options) => layers.thresholdedReLU(options),
    trained: [],
    refused: each("theta", [0.1, 1]).map((options) => [options, NO_GRADIENT]),
  },
  BatchNormalization: {
    make: (options) => layers.batchNormalization(options),
    trained: [
      {},
      { axis: 1 },
      { momentum: 0.5 },
      { epsilon: 0.1 },
      ...each("betaRegularizer", REGULARIZERS),
      ...each("gammaRegularizer", REGULARIZERS),
      ...each("betaConstraint", CONSTRAINTS),
      ...each("gammaConstraint", CONSTRAINTS),
    ],
    refused: [
      [{ center: false }, LEFT_OUT],
      [{ scale: false }, LEFT_OUT],
    ],
    startOnly: ["betaInitializer", "gammaInitializer", "movingMeanInitializer", "movingVarianceInitializer"],
  },
  LayerNormalization: {
    make: (options) => layers.layerNormalization(options),
    trained: [
      {},
      { axis: 1 },
      { epsilon: 0.1 },
      ...each("betaRegularizer", REGULARIZERS),
      ...each("gammaRegularizer", REGULARIZERS),
    ],
    refused: [
      [{ center: false }, LEFT_OUT],
      [{ scale: false }, LEFT_OUT],
    ],
    startOnly: ["betaInitializer", "gammaInitializer"],
  },
  AlphaDropout: {
    make: (options) => layers.alphaDropout(options as never),
    needs: { rate: 0.5 },
    trained: [],
    refused: [[{ rate: 0.2 }, NOISE]],
  },
  GaussianNoise: {
    make: (options) => layers.gaussianNoise(options as never),
    needs: { stddev: 0.5 },
    trained: [],
    refused: [[{ stddev: 0.2 }, NOISE]],
  },
  GaussianDropout: {
    make: (options) => layers.gaussianDropout(options as never),
    needs: { rate: 0.5 },
    trained: [],
    refused: [[{ rate: 0.2 }, NOISE]],
  },
  Flatten: {
    make: (options) => layers.flatten(options as never),
    trained: [{}, { dataFormat: "channelsFirst" }, { dataFormat: "channelsLast" }],
    before: () => [layers.reshape({ targetShape: [2, 2] })],
  },
  Reshape: {
    make: (options) => layers.reshape(options as never),
    needs: { targetShape: [2, 2] },
    trained: [{ targetShape: [4, 1] }, { targetShape: [2, -1] }],
    after: () => [layers.reshape({ targetShape: [4] })],
  },
  Masking: {
    make: (options) => layers.masking(options),
    trained: [],
    refused: each("maskValue", [0, 0.5]).map((options) => [options, NO_GRADIENT]),
  },
};

/** Of every layer that can be trained at all. */
const EVERYWHERE = [{ trainable: false }, { name: "mine" }];
/** What a config has in addition where the layer is a model's first; a test of its own. */
const OF_THE_FIRST = ["batchInputShape", "dtype"];

const ROWS = Array.from({ length: 10 }, (_, row) => [row % 2, (row * 3) % 5, (row % 3) / 2 - 1]);
const DATA = dataset(
  ROWS,
  ROWS.map(([a, b, c]) => (a + c > 0 || b > 3 ? 1 : 0)),
);
const RATE = 2;
const BATCH = 4;
const OPTIONS: TrainOptions = {
  ...{ epochs: 1, batchSize: BATCH, shuffle: false, progress: false, engine: "tfjs" },
  ...{ loss: "meanSquaredError", optimizer: "sgd", learningRate: RATE },
};

/** A model with these layers between two dense ones; its weights are always the same. */
function modelWith(middle: readonly Layer[], first: object = { inputShape: [3] }): LayersModel {
  const model = tf.sequential();
  model.add(layers.dense({ units: 4, activation: "tanh", ...first }));
  for (const layer of middle) model.add(layer);
  model.add(layers.dense({ units: 1, activation: "sigmoid" }));
  let next = 6;
  const wave = () => 0.2 + 0.8 * Math.sin(next++);
  for (const layer of model.layers.flatMap(layersIn)) {
    if ("layers" in layer) continue; // its layers follow
    const weights = layer.weights.map(({ name, shape }) => {
      const numbers = Array.from({ length: tf.util.sizeFromShape(shape as number[]) }, wave);
      return tf.tensor(
        /variance/.test(name) ? numbers.map((value) => value ** 2) : numbers,
        shape as number[],
      );
    });
    layer.setWeights(weights);
  }
  return model;
}

function modelOf(kind: Kind, options: Options): LayersModel {
  return modelWith([
    ...(kind.before?.() ?? []),
    kind.make({ ...kind.needs, ...options }),
    ...(kind.after?.() ?? []),
  ]);
}

/** One epoch by TensorFlow.js itself; its mean loss. */
async function fitted(model: LayersModel, constrained: boolean): Promise<number> {
  model.compile({ optimizer: tf.train.sgd(RATE), loss: "meanSquaredError" });
  const size = constrained ? BATCH : DATA.rows;
  let sum = 0;
  for (let from = 0; from < DATA.rows; from += size) {
    const rows = Math.min(size, DATA.rows - from);
    const x = tf.tensor2d(DATA.inputs.slice(3 * from, 3 * (from + rows)), [rows, 3]);
    const y = tf.tensor2d(DATA.targets.slice(from, from + rows), [rows, 1]);
    const { history } = await model.fit(x, y, { batchSize: BATCH, shuffle: false, verbose: 0 });
    sum += rows * (history.loss[0] as number);
    if (constrained) model.setWeights(model.getWeights().map((weight) => weight.clone())); // applies constraints
  }
  return sum / DATA.rows;
}

async function assertTrainsAsFit(make: () => LayersModel, constrained = false): Promise<void> {
  const [ours, theirs] = [make(), make()];
  const before = flatWeights(ours);
  const loss = await fitted(theirs, constrained);
  const run = await train(ours, DATA, OPTIONS);
  assertNear(flatWeights(ours), flatWeights(theirs), 1e-6, "weights");
  assertNear(run.history.loss, [loss], 1e-6, "loss");
  assert.notDeepEqual(flatWeights(ours), before);
  if (!constrained) return;
  const free = make();
  await fitted(free, false);
  const apart = () => assertNear(flatWeights(free), flatWeights(theirs), 1e-4, "weights");
  assert.throws(apart, "the constraint matters here");
}

for (const [name, kind] of Object.entries(KINDS)) {
  const { trained, refused = [], neverBuilt = [], startOnly = [] } = kind;
  const everywhere = trained.length > 0 ? EVERYWHERE : [];
  for (const options of [...trained, ...everywhere])
    test(`train() does with a ${name} layer ${inspect(options)} what model.fit does`, () =>
      assertTrainsAsFit(() => modelOf(kind, options), String(Object.keys(options)).endsWith("Constraint")));

  for (const [options, message] of refused)
    test(`train() refuses a ${name} layer ${inspect(options)}`, () =>
      assert.rejects(train(modelOf(kind, options), DATA, OPTIONS), { name: "RangeError", message }));

  for (const options of neverBuilt)
    test(`TensorFlow.js makes no model with a ${name} layer ${inspect(options)}`, () =>
      assert.throws(() => modelOf(kind, options), /not supported yet/));

  test(`the options of a ${name} layer are all accounted for`, () => {
    const config = kind.make({ ...kind.needs, inputShape: [4] }).getConfig();
    const tried = [...trained, ...refused.map(([options]) => options), ...neverBuilt, ...EVERYWHERE];
    const known = new Set([
      ...tried.flatMap((options) => Object.keys(options)),
      ...startOnly,
      ...OF_THE_FIRST,
    ]);
    assert.deepEqual(
      Object.keys(config).filter((key) => !known.has(key)),
      [],
    );
  });
}

test("train() takes a dtype of the inputs as model.fit does, and a fixed number of rows not at all", async () => {
  const whole = () => modelWith([], { inputShape: [3], dtype: "int32" });
  await assertTrainsAsFit(whole); // cuts off what is behind the point
  const run = await train(whole(), DATA, { ...OPTIONS, engine: "auto" });
  assert.deepEqual([run.engine, run.engineReason], ["tfjs", "its inputs are int32"]);
  await assert.rejects(train(modelWith([], { batchInputShape: [5, 3] }), DATA, OPTIONS), {
    name: "RangeError",
    message:
      "train: the model takes 5 rows at a time only; give its first layer inputShape: [3] instead of batchInputShape",
  });
});

test("train() trains a layer that is used twice, and a model within a model, as model.fit does", async () => {
  const twice = () => {
    const layer = layers.dense({ units: 4, activation: "tanh", kernelRegularizer: "l1l2" });
    return modelWith([layer, layer]);
  };
  await assertTrainsAsFit(twice);
  const run = await train(twice(), DATA, { ...OPTIONS, engine: "auto" });
  assert.match(run.engineReason, /^layer "dense_.*" is there twice$/);
  await assertTrainsAsFit(() => {
    const inner = modelWith([layers.dropout({ rate: 0.5, seed: 3 }), layers.batchNormalization()], {
      inputShape: [4],
      kernelRegularizer: "l1l2",
    });
    return modelWith([inner]);
  });
});

test("train() takes layers without a gradient where nothing before them learns", async () => {
  for (const layer of [
    () => layers.masking({ maskValue: 0.5 }),
    () => layers.thresholdedReLU({ theta: 0.1 }),
  ])
    await assertTrainsAsFit(() => modelWith([layer()], { inputShape: [3], trainable: false }));
  const inner = () => {
    const masked = tf.sequential();
    masked.add(layers.masking({ inputShape: [4] }));
    masked.add(layers.dense({ units: 2 }));
    return masked;
  };
  await assertTrainsAsFit(() => modelWith([inner()], { inputShape: [3], trainable: false }));
});

test("train() finds noise within other layers", async () => {
  const cases: [Layer[], RegExp][] = [
    [[modelWith([layers.gaussianNoise({ stddev: 0.1 })], { inputShape: [4] })], NOISE],
    [
      [layers.reshape({ targetShape: [2, 2] }), layers.lstm({ units: 2, dropout: 0.1 })],
      /has dropout, whose noise/,
    ],
    [
      [layers.reshape({ targetShape: [2, 2] }), layers.gru({ units: 2, recurrentDropout: 0.1 })],
      /has recurrentDropout, whose noise/,
    ],
  ];
  for (const [middle, message] of cases)
    await assert.rejects(train(modelWith(middle), DATA, OPTIONS), { name: "RangeError", message });
});

test("a dropout layer without a seed follows the run's seed, drops other units at every step, and stays without one", async () => {
  const dropout = layers.dropout({ rate: 0.5 });
  const weightsOf = async (seed: number) => {
    const model = modelWith([layers.dropout({ rate: 0.5 })]);
    await train(model, DATA, { ...OPTIONS, epochs: 2, seed });
    return flatWeights(model);
  };
  assert.deepEqual(await weightsOf(1), await weightsOf(1));
  assert.notDeepEqual(await weightsOf(1), await weightsOf(2));
  const seeds: unknown[] = [];
  dropout.setCallHook(() => seeds.push(dropout.getConfig().seed));
  await train(modelWith([dropout]), DATA, OPTIONS);
  assert.equal(new Set(seeds.slice(0, 3)).size, 3, "one for each of three batches");
  assert.equal(dropout.getConfig().seed, undefined);
});
