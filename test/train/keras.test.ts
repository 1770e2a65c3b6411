import assert from "node:assert/strict";
import { test } from "node:test";
import { inputsOf } from "../../src/data/rows.js";
import { OUTPUT_ACTIVATION_NAMES } from "../../src/engine/functions.js";
import { LOSS_NAMES } from "../../src/engine/losses.js";
import { plainLearner, predictions } from "../../src/engine/plain.js";
import { learnerTrial } from "../../src/engine/trial.js";
import { mlp, train } from "../../src/index.js";
import { flatWeights, networkOf, setFlatWeights } from "../../src/model/chain.js";
import { trainSettings } from "../../src/settings/training.js";
import { type KerasRun, kerasRuns } from "../support/kerasRuns.js";
import { assertNear, assertRelative } from "../support/numbers.js";

const RUNS = kerasRuns();
const ENGINES = { plain: plainReplay, fused: engineReplay("fused"), tfjs: engineReplay("tfjs") };
const TOLERANCE = 5e-5;

/** What came of a run of Keras in our hands: the same start, the same batches. */
interface Replay {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly valLoss?: readonly number[];
  readonly final: Float32Array;
  readonly predictions: ArrayLike<number>;
}

function modelOf({ structure, initial }: KerasRun) {
  const model = mlp(structure);
  setFlatWeights(model, initial);
  return model;
}

function engineReplay(engine: "fused" | "tfjs") {
  return async (keras: KerasRun): Promise<Replay> => {
    const { data } = keras;
    const model = modelOf(keras);
    const run = await train(model, data, { ...keras.options, validation: keras.validation, engine });
    assert.equal(run.engine, engine);
    assert.equal(run.status, "completed");
    const rows = Array.from({ length: data.rows }, (_, row) => Array.from(inputsOf(data, row)));
    return { ...run.history, final: flatWeights(model), predictions: run.predict(rows).flat() };
  };
}

async function plainReplay(keras: KerasRun): Promise<Replay> {
  const { data, initial } = keras;
  const settings = trainSettings("test", keras.options);
  const { network } = networkOf(modelOf(keras));
  assert.ok(network);
  const trial = learnerTrial(plainLearner(network, initial, data, settings), data.rows, settings);
  const ends = [...trial.moments].filter((moment) => moment.epochEnds);
  return {
    loss: ends.map(({ loss }) => loss),
    accuracy: ends.map(({ accuracy }) => accuracy),
    final: trial.weights(),
    predictions: predictions(network, trial.weights(), data.inputs),
  };
}

test("the Keras runs cover every optimizer, every loss and activation, one and several outputs, and what layers may have", () => {
  const names = (of: (run: KerasRun) => unknown) => [...new Set(RUNS.flatMap(of))].sort();
  assert.deepEqual(
    names((run) => (run.options.optimizer as { name: string }).name),
    ["adagrad", "adam", "rmsprop", "sgd"],
  );
  assert.deepEqual(
    names((run) => run.options.loss),
    [...LOSS_NAMES].sort(),
  );
  assert.deepEqual(
    names(({ structure }) => [structure.output, ...(structure.activation as string[])]),
    [...OUTPUT_ACTIVATION_NAMES].sort(),
  );
  assert.deepEqual(
    names((run) => run.data.outputs),
    [1, 2, 3, 8],
  );
  assert.deepEqual(
    names((run) => run.data.task),
    ["binary", "classes", "regression"],
  );
  assert.deepEqual(
    names((run) => (run.structure.hidden as number[]).length),
    [0, 1, 2],
  );
  assert.ok(RUNS.some(({ structure }) => structure.useBias === false));
  for (const regularizer of [["l1"], ["l2"], ["l1", "l2"]])
    assert.ok(
      RUNS.some(
        ({ structure }) => String(Object.keys(structure.kernelRegularizer ?? {})) === String(regularizer),
      ),
    );
});

for (const keras of RUNS)
  for (const [engine, replay] of Object.entries(ENGINES))
    test(`train() with engine ${engine} does what Keras did: ${keras.name}`, async () => {
      const ours = await replay(keras);
      const clipped = engine === "plain" && keras.name === "softmax1-bce-sgd"; // at 1 − 1e-7, which 32 bits do not have
      assertRelative(ours.loss, keras.loss, clipped ? 0.02 : TOLERANCE, "loss");
      if (keras.accuracy) assertNear(ours.accuracy, keras.accuracy, 1e-6, "accuracy"); // Keras's are float32 shares
      assertNear(ours.final, keras.final, TOLERANCE, "weights");
      assertNear(ours.predictions, keras.predictions, TOLERANCE, "predictions");
      if (ours.valLoss)
        assertRelative(ours.valLoss, keras.validationLoss ?? [], TOLERANCE, "validation loss");
    });
