import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, explain, iris, mlp, readTable, split, study, train, xor } from "../../src/index.js";
import type { LabRun } from "../../src/lab/labRun.js";
import { PRESETS } from "../../src/lab/presets.js";
import { startOf } from "../../src/lab/problem.js";
import { DEFAULTS, type Setting } from "../../src/lab/setting.js";
import { TASKS } from "../../src/lab/tasks.js";
import { outcomeOf, summarize } from "../../src/study/outcomes.js";
import { rounded } from "../../src/words/numbers.js";
import { TABLE_TEXT, tableSetting } from "../support/laboratory.js";

const QUIET = { progress: false } as const;

/** The flat weights of an epoch. */
function weightsAt({ weights, history }: LabRun, epoch: number): number[] {
  const count = weights.length / (history.loss.length + 1);
  return [...weights.subarray(epoch * count, (epoch + 1) * count)];
}

const preset = (name: string): Setting => {
  const found = PRESETS.find((one) => one.name === name);
  assert.ok(found, name);
  return found.setting;
};

test("the run task trains what train() trains, to the last bit", async () => {
  const seed = 588516;
  const run = await train(mlp({ activation: "relu", seed }), xor({ seed }), { seed, ...QUIET });
  const made = await TASKS.run(DEFAULTS);
  assert.deepEqual(made.history, run.history);
  for (const epoch of [0, 1, 57, 100])
    assert.deepEqual(
      weightsAt(made, epoch),
      run.weights(epoch).flatMap(({ kernel, bias }) => [...kernel.flat(), ...bias]),
    );
  assert.equal(made.verdict, (await explain(run, { trials: 0 })).verdict);
});

test("the presets show what they say", async () => {
  const ending = async (name: string) => {
    const { ending, history, firstSolvedEpoch } = await TASKS.run(preset(name));
    return { ending, loss: history.loss.at(-1)?.toFixed(4), epoch: firstSolvedEpoch };
  };
  const sigmoid = await ending("Two sigmoids learn it");
  assert.equal(sigmoid.ending, "solved");
  assert.ok(sigmoid.epoch && sigmoid.epoch > 70 && sigmoid.epoch < 90, `epoch ${sigmoid.epoch}`);
  const stall = await ending("Two ReLUs stall at 0.3397");
  assert.deepEqual(stall, { ending: "unsolved", loss: "0.3397", epoch: undefined });
  assert.equal((await ending("Five ReLUs jump to perfect")).ending, "solved");
  assert.equal((await ending("Two sigmoids, bad luck")).ending, "unsolved");
  assert.equal((await ending("Playground: two ReLUs")).ending, "unsolved");
  assert.equal((await ending("Playground: 4-2")).ending, "solved");
  assert.equal((await ending("All weights zero")).ending, "unsolved");
  assert.equal((await ending("Squares instead of units")).ending, "solved");
  const without = { ...preset("Squares instead of units"), inputs: ["x1", "x2"] } as const;
  assert.equal((await TASKS.run(without)).ending, "unsolved");
  assert.equal((await ending("Three species")).ending, "solved");
});

test("held-out rows of the noisy preset get worse while the training rows get better", async () => {
  const { history } = await TASKS.run(preset("Memorized noise"));
  const { loss, valLoss = [] } = history;
  assert.ok((loss.at(-1) ?? 1) < 0.05);
  assert.ok((valLoss.at(-1) ?? 0) > 1.5 * Math.min(...valLoss));
});

const STUDIED: Readonly<Record<string, Setting>> = {
  "the question's ReLUs": DEFAULTS,
  "two layers on moons, with penalties": {
    ...{ ...DEFAULTS, data: "moons", rows: 60, hidden: [3, 2], activation: "tanh", optimizer: "adam" },
    ...{ learningRate: 0.03, epochs: 30, l2: 0.001, solved: 0.9 },
  },
};

for (const [name, setting] of Object.entries(STUDIED))
  test(`the count task has the outcomes of study(): ${name}`, async () => {
    const { data, rows, hidden, activation, optimizer, learningRate, epochs, l2, solved } = setting;
    const many = await study({
      ...{ data: data as "xor", rows, hidden: [hidden], activation, optimizer, learningRate, epochs },
      ...{ solvedAccuracy: solved, trials: 21, ...QUIET, ...(l2 > 0 ? { kernelRegularizer: { l2 } } : {}) },
    });
    for (const [first, count] of [
      [0, 8],
      [8, 13],
    ]) {
      const outcomes = TASKS.count({ setting, first, count });
      for (let t = 0; t < count; t++) {
        const { seed, setting: _, data: __, ...outcome } = many.trial(0, first + t);
        assert.deepEqual(outcomeOf(outcomes, t), outcome);
        assert.equal(TASKS.seed({ setting, trial: first + t }), seed);
      }
    }
  });

const CLASSES: Readonly<Record<string, readonly [Setting, Dataset]>> = {
  "irises by two columns, scaled": [
    { ...DEFAULTS, data: "iris", columns: [3, 4] },
    iris({ features: ["petal length (cm)", "petal width (cm)"], scale: "standard" }),
  ],
  "irises by all columns, as they are": [
    { ...DEFAULTS, data: "iris", columns: [1, 2, 3, 4], scale: "none" },
    iris(),
  ],
  "a table": [
    tableSetting(),
    readTable(TABLE_TEXT, {
      ...{ target: "kind", features: ["length", "width"], scale: "standard", name: "plants" },
    }),
  ],
};

for (const [name, [given, data]] of Object.entries(CLASSES))
  test(`several classes end as in train() and study(): ${name}`, async () => {
    const setting: Setting = {
      ...{ ...given, hidden: [3], activation: "tanh", optimizer: "adam", learningRate: 0.03, epochs: 20 },
      ...{ solved: 0.95, seed: 5 },
    };
    const network = { hidden: [3], activation: "tanh", output: "softmax" } as const;
    const schedule = {
      ...({ optimizer: "adam", learningRate: 0.03, epochs: 20, solvedAccuracy: 0.95 } as const),
      ...({ loss: "categoricalCrossentropy", progress: false } as const),
    };
    const { features: inputs, outputs } = data;
    const run = await train(mlp({ ...network, inputs, outputs, seed: 5 }), data, { ...schedule, seed: 5 });
    const made = await TASKS.run(setting);
    assert.deepEqual(made.history, run.history);
    assert.equal(made.ending, run.ending);
    assert.equal(made.verdict, (await explain(run, { trials: 0 })).verdict);
    const many = await study({ ...network, hidden: [[3]], ...schedule, data, trials: 16 });
    const outcomes = TASKS.count({ setting, first: 0, count: 16 });
    for (let t = 0; t < 16; t++) {
      const { seed: _, setting: __, data: ___, ...outcome } = many.trial(0, t);
      assert.deepEqual(outcomeOf(outcomes, t), outcome);
    }
    assert.equal(summarize(outcomes).solved, many.rows[0].solved);
  });

test("points and the plane of more than two columns: distances in it are those along the main directions", async () => {
  const { points, plane, classNames } = await TASKS.run({
    ...{ ...DEFAULTS, data: "iris", columns: [1, 2, 3, 4], scale: "none", epochs: 1 },
  });
  assert.deepEqual(classNames, ["setosa", "versicolor", "virginica"]);
  const axes = plane.steps.map((step) => Array.from(step));
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  assert.ok(Math.abs(product(axes[0], axes[1])) < 1e-6);
  // Variances 4.228 and 0.243 along the first two components, as scikit-learn's PCA has them; two flowers are alike.
  const { places, classes } = points;
  assert.equal(classes.length, 149);
  [4.228, 0.243].forEach((variance, axis) => {
    const found = places.reduce((sum, value, i) => sum + (i % 2 === axis ? value ** 2 : 0), 0) / 148;
    assert.ok(Math.abs(found / variance - 1) < 0.02, `axis ${axis}: ${found}`);
  });
});

test("the table task says which columns are numbers and which are classes", () => {
  const { columns } = TASKS.table({ name: "plants", text: TABLE_TEXT });
  assert.deepEqual(
    columns.map(({ name, numeric, classes }) => [name, numeric, classes]),
    [
      ["length", true, ["0", "1", "2"]],
      ["width", true, undefined],
      ["height", true, undefined],
      ["tall", false, ["no", "yes"]],
      ["kind", false, ["a", "b", "c"]],
    ],
  );
  const commas = TASKS.table({ name: "t", text: "a;b;kind\n1,5;2;u\n7,25;3;v\n-0,5;1;u\n" });
  assert.deepEqual(
    [commas.decimal, commas.columns.map(({ numeric }) => numeric)],
    [",", [true, true, false]],
  );
  const thousands = TASKS.table({ name: "t", text: "a;kind\n1,500;u\n2,250;v\n" });
  assert.deepEqual(
    [thousands.decimal, thousands.columns[0].numeric],
    [undefined, false],
    "or decimals: unclear",
  );
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => TASKS.table({ name: "t", text }), message);
  const [same] = TASKS.table({ name: "t", text: "same,b\n1,2\n1,3\n" }).columns;
  assert.equal(same.classes, undefined, "one value is no choice");
  refused("a,b\n1,2\n3\n", /line 3 must have 2 cells/);
  refused("1,2\n3,4\n", /the first line must name the columns/);
  refused(
    `a,b\n${Array.from({ length: 9 }, (_, i) => `${i},${i}`).join("\n")}`,
    /a column of 2 to 6 different values/,
  );
  refused(`a,b\n${"1,2\n".repeat(5001)}`, /the table has 5001 rows, and at most 5000/);
});

test("a table without a value in a chosen column, and none at all, are told in the library's words", async () => {
  const holed = TASKS.table({ name: "t", text: "a,b,kind\n1,,u\n3,4,v\n5,6,u\n" });
  const setting = { ...DEFAULTS, data: "table", table: holed, target: 3, columns: [1, 2] } as const;
  await assert.rejects(TASKS.run(setting), /line 2, column "b", has no value/);
  await assert.rejects(TASKS.run({ ...setting, table: undefined }), /Choose a file with a table/);
  await assert.rejects(TASKS.run({ ...setting, columns: [1] }), /At least two columns/);
});

const MORE_SETTINGS: Readonly<Record<string, Setting>> = {
  "features, signs and held-out rows": {
    ...{ ...DEFAULTS, data: "circles", rows: 50, noise: 0.1, test: 0.25, inputs: ["x1x1", "x2x2", "x1x2"] },
    ...{ loss: "squared", initializer: "playground", epochs: 20, learningRate: 0.01 },
  },
  "own points": {
    ...{ ...DEFAULTS, data: "own", batchSize: 1, epochs: 50 },
    ...{
      points: [
        [0, 0, 0],
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
        [0.5, 0.5, 1],
      ],
    },
  },
  "three classes of own points": {
    ...{ ...DEFAULTS, data: "own", batchSize: 1, epochs: 50, hidden: [3] },
    points: [
      [0, 0, 0],
      [0, 1, 2],
      [1, 0, 1],
      [1, 1, 0],
    ],
  },
  "a table with held-out rows": { ...tableSetting(), test: 0.25, epochs: 30 },
  "kept weights": {
    ...{ ...DEFAULTS, rows: 100, hidden: [3], epochs: 20 },
    start: { seed: 3, initializer: "heNormal", widths: [2, 2, 1] },
  },
};

for (const [name, setting] of Object.entries(MORE_SETTINGS))
  test(`a run with the seed of a counted trial ends as the trial did: ${name}`, async () => {
    const outcomes = TASKS.count({ setting, first: 3, count: 2 });
    for (const t of [0, 1]) {
      const run = await TASKS.run({ ...setting, seed: TASKS.seed({ setting, trial: 3 + t }) });
      assert.equal(outcomeOf(outcomes, t)?.status, run.ending);
      assert.equal(outcomeOf(outcomes, t)?.finalLoss, Math.fround(run.history.loss.at(-1) ?? Number.NaN));
      const { valLoss, valAccuracy } = run.history;
      assert.equal(outcomeOf(outcomes, t)?.valLoss, valLoss && Math.fround(valLoss[valLoss.length - 1]));
      assert.equal(
        outcomeOf(outcomes, t)?.valAccuracy,
        valAccuracy && Math.fround(valAccuracy[valAccuracy.length - 1]),
      );
    }
  });

test("the find task finds the next seed that fails or succeeds", async () => {
  for (const solved of [true, false]) {
    const { seed = Number.NaN, tried } = TASKS.find({ setting: DEFAULTS, solved });
    assert.equal(seed, DEFAULTS.seed + tried);
    for (let other = DEFAULTS.seed + 1; other <= seed; other++) {
      const run = await TASKS.run({ ...DEFAULTS, seed: other });
      assert.equal(run.ending === "solved", other === seed ? solved : !solved);
    }
  }
});

test("kept weights stay where a unit is added or the activation changes, and the rest is drawn", async () => {
  const { seed, initializer } = DEFAULTS;
  const kept = startOf(DEFAULTS, seed).weights;
  const wider: Setting = {
    ...DEFAULTS,
    hidden: [3],
    seed: 7,
    start: { seed, initializer, widths: [2, 2, 1] },
  };
  const [w00, w01, w10, w11, , , v0, v1] = kept;
  const first = weightsAt(await TASKS.run(wider), 0);
  assert.deepEqual(
    [first[0], first[1], first[3], first[4], first[9], first[10]],
    [w00, w01, w10, w11, v0, v1],
  );
  const own = startOf({ ...wider, start: undefined }, 7).weights;
  assert.deepEqual([first[2], first[5], first[11]], [own[2], own[5], own[11]]);
  const other: Setting = { ...wider, hidden: [2], activation: "sigmoid" };
  assert.deepEqual(weightsAt(await TASKS.run(other), 0), [...kept]);
});

test("held-out rows are those of split()", async () => {
  const setting: Setting = { ...DEFAULTS, rows: 100, test: 0.25, epochs: 2 };
  const { seed } = setting;
  const { train: data, test: validation } = split(xor({ rows: 100, seed }), { test: 0.25, seed });
  const run = await train(mlp({ activation: "relu", seed }), data, { seed, epochs: 2, validation, ...QUIET });
  const made = await TASKS.run(setting);
  assert.deepEqual(made.history, run.history);
  assert.deepEqual([made.points.classes.length, made.testPoints?.classes.length], [4, 4], "each place once");
});

test("a setting's rate is that of the README", () => {
  const { solved, trials } = summarize(TASKS.count({ setting: DEFAULTS, first: 0, count: 400 }));
  assert.ok(solved / trials > 0.14 && solved / trials < 0.26, `${solved} of ${trials}`);
});

test("a run begins with given weights, and with those that fit where the network is another", async () => {
  const before = await TASKS.run(DEFAULTS);
  const weights = weightsAt(before, 100).map((weight) => rounded(weight));
  const start = { seed: 1, initializer: "zeros", widths: [2, 2, 1], weights } as const;
  const after = await TASKS.run({ ...DEFAULTS, start });
  assert.deepEqual(weightsAt(after, 0), [...Float32Array.from(weights)]);
  assert.ok(Math.abs(after.history.loss[0] - before.history.loss[99]) < 0.01, "it goes on where that ended");
  const wider = startOf({ ...DEFAULTS, hidden: [3], start }, 5).weights;
  const [kernel, output] = [weights.slice(0, 2), weights.slice(6, 8)];
  assert.deepEqual([...wider.subarray(0, 2)], [...Float32Array.from(kernel)]);
  assert.deepEqual([...wider.subarray(9, 11)], [...Float32Array.from(output)]);
});
