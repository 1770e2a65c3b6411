import assert from "node:assert/strict";
import { test } from "node:test";
import { type Run, train } from "../../src/index.js";
import { flatWeights, setFlatWeights } from "../../src/model/chain.js";
import { mlp } from "../../src/model/mlp.js";
import { type KerasRun, kerasRuns } from "../support/kerasRuns.js";
import { assertNear, assertRelative } from "../support/numbers.js";

const RUNS = kerasRuns();
const TOLERANCE = { fused: 1e-4, tfjs: 1e-3 } as const;

/** Our run of what Keras ran, from the same weights. */
async function replayed(keras: KerasRun, engine: "fused" | "tfjs"): Promise<Run> {
  const { hidden, activation, output, data } = keras;
  const model = mlp({ inputs: data.features, hidden, activation, output });
  setFlatWeights(model, keras.initial);
  return train(model, data, { ...keras.options, engine });
}

test("the Keras runs cover every optimizer, both losses, no, one and two hidden layers", () => {
  const names = (of: (run: KerasRun) => unknown) => [...new Set(RUNS.map(of))].sort();
  assert.ok(RUNS.length >= 10);
  assert.deepEqual(
    names((run) => (run.options.optimizer as { name: string }).name),
    ["adagrad", "adam", "rmsprop", "sgd"],
  );
  assert.deepEqual(
    names((run) => run.options.loss),
    ["binaryCrossentropy", "meanSquaredError"],
  );
  assert.deepEqual(
    names((run) => run.hidden.length),
    [0, 1, 2],
  );
});

for (const keras of RUNS)
  for (const engine of ["fused", "tfjs"] as const)
    test(`train() with engine ${engine} does what Keras did: ${keras.name}`, async () => {
      const tolerance = TOLERANCE[engine];
      const run = await replayed(keras, engine);
      assert.equal(run.engine, engine);
      assert.equal(run.status, "completed");
      assertRelative(run.history.loss, keras.history.loss, tolerance, "loss");
      if (keras.history.accuracy) assertNear(run.history.accuracy, keras.history.accuracy, 1e-6, "accuracy"); // Keras's are float32 shares
      const rows = Array.from({ length: keras.data.rows }, (_, i) => [
        ...keras.data.inputs.subarray(i * keras.data.features, (i + 1) * keras.data.features),
      ]);
      assertNear(flatWeights(run.model), keras.final, tolerance, "weights");
      assertNear(run.predict(rows), keras.predictions, tolerance, "predictions");
    });
