import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { ACTIVATION_NAMES } from "../../src/engine/functions.js";
import { plainLearner } from "../../src/engine/plain.js";
import { clouds, mlp, type NetworkOptions, parity, type TrainOptions, train, xor } from "../../src/index.js";
import { flatWeights, networkOf } from "../../src/model/chain.js";
import { trainSettings } from "../../src/settings/training.js";
import { allMoments } from "../support/moments.js";
import { assertNear, assertRelative } from "../support/numbers.js";
import { ONE_OUTPUT_LOSSES } from "../support/trainingCases.js";

/** The same training by the fused engine, in single precision, and by the plain one, in double. */
async function assertTwins(network: NetworkOptions, options: TrainOptions, data: Dataset): Promise<void> {
  const settings = trainSettings("test", { epochs: 4, seed: 8, learningRate: 0.01, ...options });
  const model = mlp({ seed: 7, inputs: data.features, ...network });
  const learner = plainLearner(networkOf(model).network!, flatWeights(model), data, settings);
  const ends = allMoments(learner, data.rows, settings).filter((moment) => moment.epochEnds);
  const run = await train(model, data, {
    ...settings,
    learningRate: undefined,
    engine: "fused",
    progress: false,
  });
  const what = JSON.stringify({ network, options });
  assert.equal(run.status, "completed");
  assertRelative(
    run.history.loss,
    ends.map((end) => end.loss),
    1e-4,
    `loss, ${what}`,
  );
  assertNear(
    run.history.accuracy,
    ends.map((end) => end.accuracy),
    1e-9,
    `accuracy, ${what}`,
  );
  assertNear(flatWeights(model), learner.weights(), 1e-4, `weights, ${what}`);
}

const DATA = {
  xor: xor({ rows: 61, seed: 6 }),
  parity: parity({ bits: 5 }),
  clouds: clouds({ rows: 50, seed: 2 }),
};

for (const loss of ONE_OUTPUT_LOSSES)
  for (const activation of ACTIVATION_NAMES)
    test(`the fused engine does what the plain one does: ${activation}, ${loss}`, async () => {
      for (const data of Object.values(DATA))
        for (const hidden of [1, 5, [4, 2], [3, 3, 2]])
          await assertTwins({ hidden, activation, biasInitializer: "randomNormal" }, { loss }, data);
    });

test("the fused engine does what the plain one does, with every output activation", async () => {
  for (const output of ACTIVATION_NAMES)
    for (const hidden of [[], 3]) {
      await assertTwins({ hidden, output, activation: "tanh" }, { loss: "meanSquaredError" }, DATA.clouds);
      // The log loss needs answers well within (0, 1): at its clip single and double precision differ in kind.
      const bias = { name: "constant" as const, value: output === "softplus" ? -0.3 : 0.5 };
      const network = { hidden, output, kernelInitializer: "randomUniform", biasInitializer: bias } as const;
      await assertTwins(network, { optimizer: "sgd", learningRate: 0.001 }, DATA.xor);
    }
});

test("the fused engine does what the plain one does, whatever the batches", async () => {
  for (const batchSize of [1, 3, 61, 1000])
    for (const shuffle of [true, false])
      await assertTwins(
        { hidden: 3, activation: "tanh", biasInitializer: "randomNormal" },
        { batchSize, shuffle },
        DATA.xor,
      );
});
