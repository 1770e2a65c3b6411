import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, figures, mlp, type Run, study, train, xor } from "../../src/index.js";
import { courseOf } from "../../src/verdict/course.js";
import { courseText } from "../../src/words/course.js";
import { titleOf } from "../support/figureCases.js";

/** A run's line, its figures, its explanation and the table of a study say the same of how it ended. */

const ACTIVATIONS = ["sigmoid", "relu", "tanh"] as const;
const NEVER = /\bstall|\bstuck\b|\bNaN\b|\bundefined\b/;

function trained(activation: (typeof ACTIVATIONS)[number], seed: number, epochs: number): Promise<Run> {
  return train(mlp({ hidden: 2, activation, seed }), xor({ seed }), { seed, epochs, progress: false });
}

for (const activation of ACTIVATIONS)
  test(`figures, explanation and line of 40 ${activation} runs agree`, async () => {
    for (let seed = 1; seed <= 8; seed++)
      for (const epochs of [6, 12, 30, 60, 100]) {
        const run = await trained(activation, seed, epochs);
        const title = titleOf(figures.loss(run));
        const story = titleOf(figures.story([run]));
        const found = explain(run, { trials: 0 });
        const which = `${activation}, seed ${seed}, ${epochs} epochs: ${title} | ${story} | ${found.verdict}`;
        assert.equal(run.solved, found.cause === "solved", which);
        assert.equal(run.solved, /\bsolves xor/.test(title), which);
        assert.match(String(run), run.solved ? /: solved/ : /: unsolved/, which);
        for (const text of [title, story, found.text]) assert.doesNotMatch(text, NEVER, which);
        const course = courseOf(run.history.loss)?.word;
        assert.equal(course, found.course?.word, which);
        if (run.solved || found.proven || course === undefined) continue;
        const words = `its loss ${courseText(course, run.finalLoss)}`;
        for (const text of [title, found.verdict])
          assert.ok(text.includes(words), `${which}: not "${words}"`);
      }
  });

test("a study's table agrees with the replays of its trials", async () => {
  const done = await study({
    hidden: 2,
    activation: [...ACTIVATIONS],
    trials: 12,
    epochs: 60,
    seed: 9,
    progress: false,
  });
  for (const row of done.rows) {
    let solved = 0;
    const epochs: number[] = [];
    for (let t = 0; t < row.trials; t++) {
      const [run, trial] = [await done.replay(row, t), done.trial(row, t)];
      assert.equal(trial.status, run.ending);
      assert.equal(trial.firstSolvedEpoch, run.firstSolvedEpoch);
      if (run.solved) {
        solved += 1;
        epochs.push(run.firstSolvedEpoch ?? Number.NaN);
      }
    }
    assert.equal(row.solved, solved);
    assert.equal(row.epochsToSolve === undefined, solved === 0);
    if (row.epochsToSolve) assert.ok(epochs.every((epoch) => epoch >= 1));
    assert.equal(
      row.floors.reduce((sum, { trials }) => sum + trials, 0),
      row.trials - solved,
    );
  }
});
