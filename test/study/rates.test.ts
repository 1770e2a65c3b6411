import assert from "node:assert/strict";
import { test } from "node:test";
import { study } from "../../src/index.js";

/**
 * How often the question's script solves XOR, by an independent program in C (other generator, other code, 8,000 trials
 * a setting). Ours must be within statistical reach.
 */
const INDEPENDENT = [
  { activation: "relu", hidden: 2, rate: 0.19 },
  { activation: "relu", hidden: 5, rate: 0.695 },
  { activation: "sigmoid", hidden: 2, rate: 0.587 },
  { activation: "sigmoid", hidden: 5, rate: 0.998 },
] as const;
const THEIR_TRIALS = 8000;
const TRIALS = 400;
const DEVIATIONS = 3; // 99.7 % of honest samples; the seed is fixed, so that the test does not waver

test("study() solves XOR as often as an independent program", async () => {
  const done = await study({
    hidden: [2, 5],
    activation: ["relu", "sigmoid"],
    trials: TRIALS,
    seed: 1,
    progress: false,
  });
  for (const { activation, hidden, rate } of INDEPENDENT) {
    const row = done.rows.find((one) => one.activation === activation && one.hidden === hidden)!;
    const deviation = Math.sqrt(rate * (1 - rate) * (1 / TRIALS + 1 / THEIR_TRIALS));
    const apart = (row.rate - rate) / deviation;
    assert.ok(
      Math.abs(apart) < DEVIATIONS,
      `${activation}-${hidden}: ${row.rate}, not ${rate}: ${apart} deviations`,
    );
    assert.equal(row.diverged, 0);
  }
});

test("relu-2 ends unsolved at the losses of tied inputs, and hardly anywhere else", async () => {
  const done = await study({ hidden: 2, activation: "relu", trials: TRIALS, seed: 1, progress: false });
  const [row] = done.rows;
  const unsolved = row.trials - row.solved;
  const at = (loss: number) => row.floors.find(({ floor = 0 }) => Math.abs(floor - loss) < 1e-4)?.trials ?? 0;
  const [pair, three, all] = [at(0.34657), at(0.47739), at(Math.LN2)];
  assert.ok(pair > 0 && three > 0 && all > 0, JSON.stringify(row.floors));
  assert.ok(pair + three + all > 0.95 * unsolved, `${pair + three + all} of ${unsolved} unsolved trials`);
});
