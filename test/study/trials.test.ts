import assert from "node:assert/strict";
import { test } from "node:test";
import { initialWeights } from "../../src/engine/initializers.js";
import { clouds, dataset, study, truthTable } from "../../src/index.js";
import { type Outcomes, outcomeOf } from "../../src/study/outcomes.js";
import { studySettings } from "../../src/study/settings.js";
import { countedOn, fusedOutcomes, trainedOutcomes } from "../../src/study/trials.js";

const SEEDS = [4, 1, 8, 3, 5, 77, 6, 9, 10, 11]; // a group of eight and a part of one

function atOnce(work: Generator<number, Outcomes>): Outcomes {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

test("trainedOutcomes() from a setting's own first weights is what the study does", () => {
  const data = truthTable("xor");
  const [setting] = studySettings({ data, hidden: 3, activation: "tanh", epochs: 60, learningRate: 0.05 });
  const { network, kernelInitializer, biasInitializer } = setting.network;
  const own = trainedOutcomes(network, setting.training, SEEDS, (seed) => ({
    data,
    weights: initialWeights(network, kernelInitializer, biasInitializer, seed),
    seed,
  }));
  assert.deepEqual(atOnce(own), atOnce(fusedOutcomes(setting, SEEDS)));
});

test("trainedOutcomes() judges trainings from weights that were given", () => {
  const data = truthTable("xor");
  const [setting] = studySettings({ data, hidden: 2, activation: "relu", epochs: 3 });
  const solution = Float32Array.of(1, 1, 1, 1, 0, -1, 1, -2, -0.5).map((weight, i) =>
    i >= 6 ? 20 * weight : weight,
  );
  const from = (weights: Float32Array) =>
    outcomeOf(
      atOnce(
        trainedOutcomes(setting.network.network, setting.training, [1], () => ({ data, weights, seed: 1 })),
      ),
      0,
    );
  assert.deepEqual([from(solution)?.status, from(solution)?.firstSolvedEpoch], ["solved", 1]);
  const silent = from(new Float32Array(9));
  assert.equal(silent?.status, "unsolved");
  assert.ok(Math.abs((silent?.floor ?? 0) - Math.LN2) < 1e-6, "one answer for all");
});

test("countedOn() counts on, returns the result, and closes what is broken off", () => {
  let closed = 0;
  function* part(): Generator<number, string> {
    try {
      yield 0.5;
      yield 1;
      return "done";
    } finally {
      closed += 1;
    }
  }
  const whole = countedOn(part(), 8, 4);
  assert.deepEqual(
    [whole.next(), whole.next(), whole.next()],
    [
      { value: 10, done: false },
      { value: 12, done: false },
      { value: "done", done: true },
    ],
  );
  const broken = countedOn(part(), 0);
  broken.next();
  broken.return("");
  assert.equal(closed, 2);
});

test("dataOf() is what a row's trials are judged by", async () => {
  const own = dataset([[0], [1], [3]], [0, 1, 0], { name: "own" });
  const quick = { trials: 2, epochs: 1, progress: false } as const;
  const drawn = await study({ ...quick, rows: 20, data: ["xor", "clouds"], seed: 3 });
  assert.deepEqual(drawn.dataOf(0), truthTable("xor"));
  assert.deepEqual(drawn.dataOf(drawn.rows[1]).inputs, drawn.trial(1, 0).data.inputs);
  assert.notDeepEqual(drawn.dataOf(1).inputs, clouds({ rows: 20, seed: 3 }).inputs);
  assert.equal((await study({ ...quick, data: own })).dataOf(0), own);
  const stopped = await study({ ...quick, hidden: [1, 2], signal: AbortSignal.abort() });
  assert.equal(stopped.dataOf(1).rows, 4, "also of rows without a trial");
  assert.throws(() => drawn.dataOf(2), /^RangeError: dataOf: row must be a whole number ≥ 0 and ≤ 1, got 2$/);
  assert.throws(() => drawn.dataOf(stopped.rows[0]), /^TypeError: dataOf: row must be a row of this study/);
});
