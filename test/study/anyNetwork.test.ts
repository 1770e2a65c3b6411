import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, type StudyOptions, study } from "../../src/index.js";
import { random } from "../../src/numbers/random.js";
import { assertNear } from "../support/numbers.js";

/** Points round three corners of a triangle, one class a corner. */
function corners() {
  const { normal } = random(5, "corners");
  const rows = Array.from({ length: 24 }, (_, i) => i % 3);
  return dataset(
    rows.map((corner) => [Math.cos(2 * corner) + 0.2 * normal(), Math.sin(2 * corner) + 0.2 * normal()]),
    rows.map((corner) => [0, 1, 2].map((one) => (one === corner ? 1 : 0))),
    { name: "corners" },
  );
}

const x = Array.from({ length: 12 }, (_, i) => i / 6 - 1);
const parabola = dataset(
  x.map((value) => [value]),
  x.map((value) => value * value),
  { name: "parabola" },
);

const CLASSES: StudyOptions = {
  data: corners(),
  hidden: [2, 3],
  activation: ["tanh", "relu"],
  output: "softmax",
  kernelRegularizer: [{}, { l1: 0.001, l2: 0.002 }],
  loss: "categoricalCrossentropy",
  learningRate: 0.05,
};
const LAYERS: StudyOptions = {
  hidden: [[3, 2]],
  activation: [["relu", "tanh"], "sigmoid"],
  useBias: [true, false],
  rows: 40,
};
const REGRESSION: StudyOptions = {
  data: parabola,
  hidden: 4,
  activation: "tanh",
  output: "linear",
  loss: ["meanSquaredError", "meanAbsoluteError"],
  optimizer: "adam",
  learningRate: 0.05,
  solvedR2: 0.9,
};

const CASES = { "classes and penalties": CLASSES, "activations a layer": LAYERS, "a regression": REGRESSION };

for (const [name, options] of Object.entries(CASES))
  test(`a study of ${name} says of each trial what its replay says`, async () => {
    const s = await study({ ...options, trials: 3, epochs: 30, progress: false });
    assert.ok(s.rows.length > 1);
    for (const row of s.rows)
      for (let t = 0; t < 3; t++) {
        const [trial, run] = [s.trial(row, t), await s.replay(row, t)];
        assert.equal(run.ending, trial.status);
        assert.equal(run.firstSolvedEpoch, trial.firstSolvedEpoch);
        assert.equal(Math.fround(run.finalLoss), trial.finalLoss);
      }
  });

test("study() solves classes and a regression, and counts by solvedLoss if that is asked for", async () => {
  const common = { trials: 40, epochs: 200, progress: false } as const;
  const solved = async (options: object) =>
    (await study({ ...options, ...common })).rows.map((row) => row.rate);
  assert.ok((await solved({ ...CLASSES, kernelRegularizer: {} })).every((rate) => rate > 0.5));
  assert.ok((await solved({ ...REGRESSION, loss: "meanSquaredError" }))[0] > 0.9);
  assert.deepEqual(await solved({ ...REGRESSION, loss: "meanSquaredError", solvedLoss: 1e-9 }), [0]);
  assert.deepEqual(await solved({ ...REGRESSION, loss: "meanSquaredError", solvedLoss: 1000 }), [1]);
});

test("a study takes loss and accuracy on validation data, as train() does after its last epoch", async () => {
  const validation = corners();
  for (const engine of ["fused", "tfjs"] as const) {
    const s = await study({
      ...CLASSES,
      hidden: 2,
      activation: "tanh",
      validation,
      engine,
      trials: 3,
      epochs: 4,
    });
    const [row] = s.rows;
    const losses = [0, 1, 2].map((t) => s.trial(row, t).valLoss ?? Number.NaN);
    const { history } = await s.replay(row, 1);
    assertNear([losses[1]], [history.valLoss?.at(-1) ?? 0], 1e-6, engine);
    assertNear([s.trial(row, 1).valAccuracy ?? 0], [history.valAccuracy?.at(-1) ?? 0], 1e-6, engine);
    assert.equal(row.valLoss, [...losses].sort((a, b) => a - b)[1]);
    assert.match(String(s), /median validation loss {2}validation accuracy/);
  }
  const without = await study({ trials: 1, epochs: 1, rows: 8, progress: false });
  assert.deepEqual([without.rows[0].valLoss, without.trial(0, 0).valAccuracy], [undefined, undefined]);
  assert.doesNotMatch(String(without), /validation/);
  const regression = await study({
    ...REGRESSION,
    validation: parabola,
    trials: 1,
    epochs: 1,
    progress: false,
  });
  assert.equal(regression.rows[0].valAccuracy, undefined);
  await assert.rejects(study({ validation: [] } as never), /^TypeError: study: validation must be a dataset/);
});

test("a study's seeds do not depend on what is at its default", async () => {
  const quick = { trials: 2, epochs: 1, rows: 8, progress: false } as const;
  const [plain, spelledOut] = await Promise.all([
    study(quick),
    study({ ...quick, useBias: true, outputs: 1, kernelRegularizer: { l1: 0 }, activation: "sigmoid" }),
  ]);
  assert.equal(plain.trial(0, 1).seed, spelledOut.trial(0, 1).seed);
  assert.equal(plain.trial(0, 1).seed, 8987598722622183);
});

test("study() refuses outputs, activations, biases and penalties that do not fit", async () => {
  const refused: [options: object, message: string][] = [
    [{ outputs: 2 }, 'study: outputs must be 1, as many as "xor" has targets a row, got 2'],
    [
      { hidden: [[2, 2]], activation: [["relu"]] },
      'study: activation must be one name, or one for each of 2 hidden layers, got ["relu"]',
    ],
    [
      { kernelRegularizer: { l3: 1 } },
      'study: kernelRegularizer: unknown option "l3"; did you mean "l1"? (l1, l2)',
    ],
    [{ useBias: "no" }, 'study: useBias must be true or false, got "no"'],
    [{ solvedR2: 2 }, "study: solvedR2 must be a finite number > 0 and ≤ 1, got 2"],
    [{ solvedLoss: -1 }, "study: solvedLoss must be a finite number ≥ 0, got -1"],
  ];
  for (const [options, message] of refused) await assert.rejects(study(options), { message });
});
