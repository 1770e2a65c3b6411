import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIALIZERS } from "../../src/engine/initializers.js";
import { OPTIMIZERS } from "../../src/engine/optimizers.js";
import { NETWORK_OPTION_NAMES } from "../../src/settings/network.js";
import { TRAIN_OPTION_NAMES } from "../../src/settings/training.js";
import { notebookCells } from "../support/cells.js";

const cells = notebookCells();
assert.deepEqual(
  cells.check(
    'import { figures, mlp, study, tf, train, xor } from "xorlab"; const data = xor({ seed: 1 }); ' +
      "const model = mlp(); const run = await train(model, data);",
  ),
  [],
);

test("train() and mlp() offer all their options, each with its docs", () => {
  assert.deepEqual(cells.offered("await train(model, data, {"), [...TRAIN_OPTION_NAMES].sort());
  assert.deepEqual(cells.offered("mlp({ ¦ })"), [...NETWORK_OPTION_NAMES].sort());
  assert.deepEqual(cells.offered("await train(model, data, { ep¦ })"), ["epochs"]);
  for (const option of TRAIN_OPTION_NAMES)
    assert.ok(cells.told(`train(model, data, { ¦${option}: undefined })`).docs.length > 20, option);
  for (const option of NETWORK_OPTION_NAMES)
    assert.ok(cells.told(`mlp({ ¦${option}: undefined })`).docs.length > 20, option);
});

test("study() offers its options, each with its docs", () => {
  const offered = cells.offered("await study({");
  assert.ok(offered.includes("trials") && offered.includes("learningRate"), offered.join());
  for (const option of offered)
    assert.ok(cells.told(`study({ ¦${option}: undefined })`).docs.length > 20, option);
});

test("Names of activations, optimizers and losses are offered between quotation marks", () => {
  assert.ok(cells.offered('mlp({ activation: "¦" })').includes("relu"));
  assert.ok(cells.offered('study({ activation: ["¦"] })').includes("relu"));
  assert.ok(cells.offered('mlp({ activation: ["relu", "¦"] })').includes("tanh"));
  assert.ok(!cells.offered('mlp({ activation: "¦" })').includes("softmax"));
  assert.ok(cells.offered('mlp({ output: "¦" })').includes("softmax"));
  assert.deepEqual(cells.offered('train(model, data, { loss: "¦" })'), [
    "binaryCrossentropy",
    "categoricalCrossentropy",
    "meanAbsoluteError",
    "meanSquaredError",
  ]);
  assert.deepEqual(cells.offered('train(model, data, { optimizer: "¦" })'), Object.keys(OPTIMIZERS).sort());
});

test("Optimizers, initializers and regularizers offer their numbers, each with its docs", () => {
  assert.deepEqual(cells.offered("mlp({ kernelRegularizer: { ¦ } })"), ["l1", "l2"]);
  assert.match(cells.told("mlp({ kernelRegularizer: { ¦l1: 1 } })").docs, /sum of absolute values/);
  for (const [name, numbers] of Object.entries(OPTIMIZERS)) {
    const offered = cells.offered(`train(model, data, { optimizer: { name: "${name}", ¦ } })`);
    assert.deepEqual(offered, Object.keys(numbers).sort());
    for (const number of offered) {
      const cell = `train(model, data, { optimizer: { name: "${name}", ¦${number}: undefined } })`;
      assert.ok(cells.told(cell).docs.includes(String(numbers[number as keyof typeof numbers])), number);
    }
  }
  for (const [name, numbers] of Object.entries(INITIALIZERS))
    assert.deepEqual(
      cells.offered(`mlp({ kernelInitializer: { name: "${name}", ¦ } })`),
      Object.keys(numbers).sort(),
    );
});

test("Runs, models, figures and tf offer what they have", () => {
  assert.ok(cells.offered("run.").includes("finalLoss"));
  assert.ok(cells.offered("run.model.").includes("predict"));
  assert.ok(cells.offered("figures.").includes("boundary"));
  assert.ok(cells.offered("tf.layers.").includes("dense"));
  assert.ok(cells.offered("tf.layers.dense({").includes("units"));
  assert.match(cells.told("run.final¦Loss").docs, /nats/);
});

test("A misspelt option is said with the near one, in short type names", () => {
  const option = cells.check("await train(model, data, { epoch: 5 })").join("\n");
  assert.match(option, /'epoch' does not exist in type 'TrainOptions'. Did you mean to write 'epochs'\?/);
  const activation = cells.check('mlp({ activation: "rleu" })').join("\n");
  assert.match(activation, /'"rleu"' is not assignable to type .*"relu"/);
  const optimizer = cells.check('await train(model, data, { optimizer: "adm" })').join("\n");
  assert.match(optimizer, /'OptimizerOption'. Did you mean '"adam"'\?/);
});
