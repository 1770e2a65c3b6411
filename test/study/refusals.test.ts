import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, study, truthTable } from "../../src/index.js";

const QUICK = { trials: 2, epochs: 1, rows: 8, progress: false } as const;

test("study() refuses, naming option, rule and value", async () => {
  const cases: [options: unknown, name: string, message: string | RegExp][] = [
    [{ trials: 0 }, "RangeError", "study: trials must be a whole number ≥ 1, got 0"],
    [{ trials: [1, 2] }, "TypeError", "study: trials must be a whole number ≥ 1, got [1,2]"],
    [
      { hidden: [] },
      "RangeError",
      "study: hidden must have at least one value, got []; write [[]] for no hidden layer",
    ],
    [{ activation: [] }, "RangeError", "study: activation must have at least one value, got []"],
    [
      { hidden: [2, 0] },
      "RangeError",
      "study: hidden must be a whole number ≥ 1, got 0; write [] for no hidden layer",
    ],
    [{ hidden: [[2, "3"]] }, "TypeError", 'study: hidden must be a whole number ≥ 1, got "3"'],
    [
      { activation: ["relu", "rleu"] },
      "RangeError",
      /^study: unknown activation "rleu"; did you mean "relu"\? \(/,
    ],
    [{ optimizer: ["adm"] }, "RangeError", /^study: unknown optimizer "adm"; did you mean "adam"\? \(/],
    [{ learningRate: [0.1, -1] }, "RangeError", "study: learningRate must be a finite number > 0, got -1"],
    [
      { data: "xro" },
      "RangeError",
      /^study: unknown data "xro"; did you mean "xor"\? \(circles, clouds, digits, encoder, gaussians, iris, moons, sine, spirals, xor\)$/,
    ],
    [{ data: null }, "TypeError", /^study: data must be a name \(.*\), got null$/],
    [{ data: { rows: 5 } }, "TypeError", /^study: data must be a dataset \(made by .*\), got \{"rows":5\}$/],
    [
      { data: truthTable("or"), rows: 5 },
      "RangeError",
      'study: rows is for data that are drawn, not for "or"',
    ],
    [
      { data: dataset([[0], [1]], [1, 2], { name: "classes 1 and 2" }) },
      "RangeError",
      'study: loss "binaryCrossentropy" must have targets from 0 to 1, got 2 as row 1 of "classes 1 and 2"; ' +
        'write classes as 0 and 1 or texts, or use loss "meanSquaredError"',
    ],
    [{ rows: 0 }, "RangeError", "study: rows must be a whole number ≥ 1, got 0"],
    [{ workers: 0 }, "RangeError", "study: workers must be a whole number ≥ 1, got 0"],
    [{ engine: "auto" }, "RangeError", /^study: unknown engine "auto"; .*\(fused, tfjs\)$/],
    [{ seed: -1 }, "RangeError", "study: seed must be a whole number ≥ 0, got -1"],
    [{ solvedAccuracy: 2 }, "RangeError", "study: solvedAccuracy must be a finite number > 0 and ≤ 1, got 2"],
    [{ progress: "yes" }, "TypeError", 'study: progress must be true or false, got "yes"'],
    [{ signal: {} }, "TypeError", "study: signal must be an AbortSignal, got {}"],
    [{ trails: 5 }, "RangeError", /^study: unknown option "trails"; did you mean "trials"\? \(activation, /],
    [5, "TypeError", /^study: the options must be an object \{ hidden, activation, .*, got 5$/],
  ];
  for (const [options, name, message] of cases)
    await assert.rejects(study(options as never), { name, message });
});

test("trial() and replay() refuse rows and trials that there are not", async () => {
  const done = await study(QUICK);
  const foreign = await study(QUICK);
  assert.throws(() => done.trial(1, 0), /^RangeError: trial: row must be a whole number ≥ 0 and ≤ 0, got 1$/);
  assert.throws(() => done.trial(-1, 0), /^RangeError: trial: row must be a whole number ≥ 0, got -1$/);
  assert.throws(() => done.trial(0, 2), /^RangeError: trial: t must be a whole number ≥ 0 and ≤ 1, got 2$/);
  assert.throws(() => done.trial(0, 0.5), /^RangeError: trial: t must be a whole number ≥ 0, got 0.5$/);
  assert.throws(
    () => done.trial(0, "0" as never),
    /^TypeError: trial: t must be a whole number ≥ 0, got "0"$/,
  );
  assert.throws(
    () => done.trial(foreign.rows[0], 0),
    /^TypeError: trial: row must be a row of this study or its index/,
  );
  await assert.rejects(done.replay(1, 0), /^RangeError: replay: row must be/);
  await assert.rejects(done.replay(0, 2), /^RangeError: replay: t must be/);
  await assert.rejects(done.replay(undefined as never, 0), /^TypeError: replay: row must be/);
});
