import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIALIZER_NAMES, INITIALIZERS } from "../../src/engine/initializers.js";
import { mlp, tf } from "../../src/index.js";
import { startOf } from "../../src/model/start.js";

test("startOf() reads from a model what mlp() was given", () => {
  for (const name of INITIALIZER_NAMES)
    assert.deepEqual(startOf(mlp({ kernelInitializer: name, hidden: [3, 2], activation: "leakyRelu" })), {
      kernel: { name, ...INITIALIZERS[name] },
      bias: { name: "zeros" },
    });
  const kernel = { name: "randomNormal", mean: 0.5, stddev: 0.01 } as const;
  const bias = { name: "constant", value: 0.1 } as const;
  assert.deepEqual(startOf(mlp({ kernelInitializer: kernel, biasInitializer: bias })), { kernel, bias });
});

test("startOf() of models of TensorFlow.js: its default, and nothing where layers differ or a way is unknown", () => {
  const model = (...initializers: ("glorotNormal" | "heUniform" | "orthogonal" | undefined)[]) =>
    tf.sequential({
      layers: initializers.map((kernelInitializer, i) =>
        tf.layers.dense({ units: 2, kernelInitializer, ...(i === 0 ? { inputShape: [2] } : {}) }),
      ),
    });
  assert.deepEqual(startOf(model(undefined, "glorotNormal")), {
    kernel: { name: "glorotNormal" },
    bias: { name: "zeros" },
  });
  assert.equal(startOf(model("glorotNormal", "heUniform")), undefined);
  assert.equal(startOf(model("orthogonal")), undefined);
});
