import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, mlp, tf, train, truthTable, xor } from "../../../src/index.js";
import { rowsOf } from "../../support/kinds.js";

/** Models that were trained elsewhere, and those into which explain() cannot look. */

const XOR = truthTable("xor");

test("explain() of a model with its data: what its weights tell, and that no more is known", () => {
  const model = mlp({ hidden: 3, activation: "relu", seed: 4 });
  const found = explain(model, XOR, { trials: 8, epochs: 20 });
  assert.equal(found.cause, "unfinished");
  assert.match(
    found.verdict,
    /^The network of 3 ReLU units does not solve xor\. .* training on would lower the loss\./,
  );
  assert.match(
    found.text,
    /How it was trained is not known: nothing is said of its steps\. Its loss is taken to be cross-entropy\./,
  );
  assert.deepEqual([found.course, found.steps, found.misfit], [undefined, undefined, undefined]);
  assert.ok(found.remedies.length > 0 && found.remedies.every(({ epochs }) => epochs % 20 === 0));
  assert.doesNotMatch(found.text, /NaN|undefined|Infinity/);
  assert.doesNotMatch(found.text, /times as many epochs/, "of epochs that are not known");
  assert.match(found.verdict, /raining on for 200 epochs/);
});

test("explain() of a model trained elsewhere finds what its state proves, and solutions", async () => {
  const dead = mlp({
    hidden: 2,
    activation: "relu",
    weights: [
      {
        kernel: [
          [-1, -1],
          [-1, -2],
        ],
        bias: [-0.5, -0.1],
      },
      { kernel: [[1], [1]], bias: [0] },
    ],
  });
  const found = explain(dead, XOR, { trials: 0 });
  assert.deepEqual([found.cause, found.proven], ["dead-units", true]);
  const model = mlp({ hidden: 4, activation: "tanh", seed: 1 });
  await train(model, XOR, { epochs: 500, optimizer: "adam", learningRate: 0.05, progress: false });
  assert.equal(explain(model, XOR, { trials: 0 }).cause, "solved");
  const line = rowsOf("line", 5, (i) => [[i / 4], [i / 2]]);
  const linear = mlp({ inputs: 1, hidden: [], output: "linear", weights: [{ kernel: [[2]], bias: [0] }] });
  assert.equal(
    explain(linear, line, { trials: 0 }).cause,
    "solved",
    "squared error is what goes with a regression",
  );
});

test("explain() of a model refuses what does not fit, by name", () => {
  const model = mlp({ hidden: 2 });
  const refusals: [() => unknown, RegExp][] = [
    [() => explain(model, undefined as never), /^explain: data must be a dataset/],
    [
      () =>
        explain(
          model,
          rowsOf("three", 4, (i) => [[i, i, i], [i % 2]]),
        ),
      /^explain: the model takes 2 inputs a row/,
    ],
    [() => explain(model, XOR, { epochs: 0 }), /^explain: epochs must be a whole number ≥ 1, got 0/],
    [
      () => explain(model, XOR, { trial: 1 } as never),
      /^explain: unknown option "trial"; did you mean "trials"\?/,
    ],
    [() => explain(model, XOR, { loss: "mse" as never }), /^explain: unknown loss|^explain: loss/],
    [
      () =>
        explain(
          model,
          rowsOf("signs", 2, (i) => [[i, i], [2 * i - 1]]),
          { loss: "binaryCrossentropy" },
        ),
      /^explain: loss "binaryCrossentropy" must have targets/,
    ],
  ];
  for (const [call, message] of refusals) assert.throws(call, { message });
});

function withLayer(layer: ReturnType<typeof tf.layers.dropout | typeof tf.layers.batchNormalization>) {
  const dense = (units: number, more: object) =>
    tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }), ...more });
  return tf.sequential({
    layers: [dense(8, { inputShape: [2], activation: "relu" }), layer, dense(1, { activation: "sigmoid" })],
  });
}

test("explain() of a model with dropout: what the reported loss is made with, and what its predictions cost", async () => {
  const data = xor({ rows: 40, seed: 2 });
  const run = await train(withLayer(tf.layers.dropout({ rate: 0.75 })), data, {
    epochs: 12,
    learningRate: 1e-5,
    seed: 2,
    progress: false,
  });
  const found = explain(run);
  assert.equal(found.cause, "dropout-noise", found.text);
  assert.match(
    found.verdict,
    /In every step of its training, dropout leaves out units at random \(75 % of a layer's\), and the reported loss, 0\.\d+, is with that noise; its predictions are without it, and cost 0\.\d+: \d of 4 rows/,
  );
  assert.equal(found.units, undefined);
  assert.ok(found.remedies.every(({ change }) => change.startsWith("no dropout")));
});

test("explain() of a model of another kind says that it cannot look into it, and guesses nothing", async () => {
  const run = await train(withLayer(tf.layers.batchNormalization()), XOR, {
    epochs: 12,
    learningRate: 1e-6,
    progress: false,
  });
  const found = explain(run);
  assert.equal(found.cause, "no-view", found.text);
  assert.match(
    found.verdict,
    /Why cannot be said: explain\(\) looks only into chains of dense layers as mlp\(\) makes them, and layer batch_\w+ is a BatchNormalization layer\./,
  );
  // what differs is not that the weights moved: their steps are of a millionth
  assert.match(
    found.text,
    /; the training reported \d\.\d+, .* normalized by its own mean and deviation, while predictions/,
  );
  assert.deepEqual([found.units, found.gradient, found.curvature], [undefined, undefined, undefined]);
});

test("explain() says of dense layers that it cannot look into what it is about them", async () => {
  const model = mlp({ hidden: 3 });
  model.layers[0].trainable = false;
  const run = await train(model, XOR, { epochs: 12, learningRate: 1e-6, progress: false });
  const found = explain(run);
  assert.match(found.verdict, new RegExp(`, and layer ${model.layers[0].name} is frozen\\.$`));
  assert.doesNotMatch(found.text, /not a chain/);
});
