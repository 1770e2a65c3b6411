import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, mlp, train, truthTable } from "../../../src/index.js";
import { assertNear } from "../../support/numbers.js";

/** Trainings that do not learn, as a stranger may make them: every sentence must be true, and agree with every other. */

test("explain() counts the clipped log loss as both engines report it, above 1 and below 0", async () => {
  const ones = { name: "constant", value: 1 } as const;
  for (const [data, seed, cost] of [
    [truthTable("and"), 1, /costs 15\.9 whatever/],
    [truthTable("and"), 3, /costs 16\.1 whatever/],
  ] as const)
    for (const engine of ["fused", "tfjs"] as const) {
      const run = await train(mlp({ hidden: 4, output: "linear", biasInitializer: ones, seed }), data, {
        ...{ epochs: 40, optimizer: "sgd", learningRate: 5, engine, progress: false },
      });
      const { cause, verdict, loss, text } = explain(run, { trials: 0 });
      assert.equal(cause, "wrong-loss", verdict);
      assert.match(verdict, cost);
      assertNear([loss.now], [run.finalLoss], 1e-4, engine);
      assert.match(text, /and so does the mean over the last epoch/);
    }
});
