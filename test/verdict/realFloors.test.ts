import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, study, xor } from "../../src/index.js";
import { courseOf } from "../../src/verdict/course.js";
import { commonFloors } from "../../src/verdict/floors.js";
import { trained } from "../support/figureCases.js";

test("commonFloors() bracket the losses at which ReLU networks really rest", async () => {
  let resting = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const run = await trained({ activation: "relu", seed }, xor({ seed }), { epochs: 60, seed });
    if (run.solved || courseOf(run.history.loss)?.word !== "flat") continue;
    resting += 1;
    const inside = commonFloors([run]).some(
      ({ low, high }) => run.finalLoss > low - 0.002 && run.finalLoss < high + 0.002,
    );
    assert.ok(inside, `seed ${seed}: at ${run.finalLoss}`);
  }
  assert.ok(resting > 2);
});

test("a study counts a trial at a floor if, and only if, explain() says that its replay lies on one", async () => {
  const done = await study({
    hidden: 2,
    activation: ["relu", "sigmoid"],
    trials: 20,
    seed: 4,
    progress: false,
  });
  let onFloors = 0;
  for (const row of done.rows)
    for (let t = 0; t < row.trials; t++) {
      const trial = done.trial(row, t);
      if (trial.status !== "unsolved") continue;
      const { loss, ties } = explain(await done.replay(row, t), { trials: 0 });
      const over = loss.judged - loss.floorIfEqual;
      const near = ties.length > 0 && over >= -0.02 && over <= Math.max(0.02, 0.1 * loss.floorIfEqual);
      assert.equal(trial.floor !== undefined, near, `row ${row.activation}, trial ${t}`);
      if (trial.floor === undefined) continue;
      onFloors += 1;
      assert.ok(Math.abs(trial.floor - loss.floorIfEqual) < 1e-6);
    }
  assert.ok(onFloors > 5);
});
