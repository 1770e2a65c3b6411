import assert from "node:assert/strict";
import { test } from "node:test";
import { mlp, type Run, train, xor } from "../../src/index.js";

/** The notebooks' seed: the only one of the first 700,000 that replays everything the question tells. */
const SEED = 588516;

function replay(hidden: number, activation: "sigmoid" | "relu"): Promise<Run> {
  const model = mlp({ hidden, activation, seed: SEED });
  return train(model, xor({ seed: SEED }), { seed: SEED, progress: false });
}

test("the notebooks' seed: two sigmoid units reach accuracy 1.0 near epoch 80", async () => {
  const run = await replay(2, "sigmoid");
  assert.equal(run.solved, true);
  assert.equal(run.firstPerfectEpoch, 79);
});

test("the notebooks' seed: two ReLU units stall at the question's loss", async () => {
  const run = await replay(2, "relu");
  assert.equal(run.solved, false);
  assert.equal(run.finalLoss.toFixed(4), "0.3397");
});

test("the notebooks' seed: one to four ReLU units stall, five are perfect within a few epochs", async () => {
  for (const width of [1, 2, 3, 4])
    assert.equal((await replay(width, "relu")).solved, false, `width ${width}`);
  const five = await replay(5, "relu");
  assert.equal(five.solved, true);
  assert.equal(five.firstPerfectEpoch, 8);
});
