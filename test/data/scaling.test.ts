import assert from "node:assert/strict";
import { test } from "node:test";
import { fittingRows } from "../../src/data/fitting.js";
import { answersInUnits, columnScale, inputsInUnits, sameScaling, toScale } from "../../src/data/scaling.js";
import { dataset, iris, mlp, readTable, split, train } from "../../src/index.js";
import { setFlatWeights } from "../../src/model/chain.js";
import { linearRun } from "../support/linearRun.js";
import { assertNear } from "../support/numbers.js";

test("scale: standard is scikit-learn's StandardScaler", () => {
  const { inputs, scaling } = iris({ scale: "standard" });
  // StandardScaler().fit_transform(load_iris().data)[0], .mean_ and .scale_
  assertNear(
    Array.from(inputs.subarray(0, 4)),
    [-0.90068117, 1.01900435, -1.34022653, -1.3154443],
    1e-7,
    "row 0",
  );
  assertNear(scaling!.inputs.offset, [5.84333333, 3.05733333, 3.758, 1.19933333], 1e-8, "mean");
  assertNear(scaling!.inputs.factor, [0.82530129, 0.43441097, 1.75940407, 0.75969263], 1e-8, "deviation");
});

test("scale: minMax goes from 0 to 1, column by column, and a column that never changes becomes 0", () => {
  const rows = [
    [2, 10, 7],
    [4, 30, 7],
    [3, 20, 7],
  ];
  assert.deepEqual(
    Array.from(dataset(rows, [0, 1, 1], { scale: "minMax" }).inputs),
    [0, 0, 0, 1, 1, 0, 0.5, 0.5, 0],
  );
  assert.deepEqual(columnScale("standard", [0.1, 0.1, 0.1], 1), { offset: [0.1], factor: [1] });
});

test("a regression's targets are scaled too, the targets of classes are not", () => {
  const rows = [[1], [2], [3]];
  const regression = dataset(rows, [10, 20, 60], { scale: "minMax" });
  assertNear(Array.from(regression.targets), [0, 0.2, 1], 1e-7, "targets");
  assert.deepEqual(regression.scaling?.targets, { offset: [10], factor: [50] });
  assertNear(Array.from(answersInUnits(regression, [0, 0.5, 2])), [10, 35, 110], 1e-9, "answers");
  const binary = dataset(rows, [-1, 1, 1], { scale: "standard" });
  assert.deepEqual([Array.from(binary.targets), binary.scaling?.targets], [[-1, 1, 1], undefined]);
  const several = dataset(
    rows,
    [
      [1, 10],
      [2, 20],
      [5, 50],
    ],
    { scale: "minMax" },
  );
  assert.deepEqual(several.scaling?.targets, { offset: [1, 10], factor: [4, 40] });
});

test("inputsInUnits() and toScale() go there and back", () => {
  for (const scale of ["standard", "minMax"] as const) {
    const data = dataset(
      [
        [1e6, -3],
        [1e6 + 7, 4],
        [1e6 + 1, 0.5],
      ],
      [1, 2, 3],
      { scale },
    );
    assertNear(Array.from(inputsInUnits(data, 1)), [1e6 + 7, 4], 1e-5, scale);
    assertNear(
      Array.from(toScale([1e6 + 7, 4], data.scaling?.inputs)),
      Array.from(data.inputs.subarray(2, 4)),
      1e-6,
      scale,
    );
  }
  assert.deepEqual(Array.from(inputsInUnits(dataset([[1], [3]], [0, 1]), 1)), [3]);
});

test("run.predict() takes and gives the units of the data", async () => {
  const table = "metres,kilograms,price\n1,1000,30\n2,1500,10\n4,1200,50\n";
  const data = readTable(table, { target: "price", scale: "minMax" });
  const options = { epochs: 1, learningRate: 1e-9, loss: "meanSquaredError", progress: false } as const;
  for (const engine of ["fused", "tfjs"] as const) {
    const model = mlp({ inputs: 2, hidden: [], output: "linear" });
    setFlatWeights(model, Float32Array.of(1, 0.5, -0.25));
    const run = await train(model, data, { ...options, engine });
    // metres from 1 to 4, kilograms from 1000 to 1500, prices from 10 to 50
    const wanted = (m: number, kg: number) => 10 + 40 * ((m - 1) / 3 + 0.5 * ((kg - 1000) / 500) - 0.25);
    assertNear(
      run.predict([
        [2, 1500],
        [7, 900],
      ]),
      [wanted(2, 1500), wanted(7, 900)],
      1e-4,
      engine,
    );
  }
});

test("run.predict() gives an array a row for several outputs, each in its own unit", () => {
  const data = dataset(
    [[0], [2], [4]],
    [
      [1, 10],
      [3, 20],
      [5, 50],
    ],
    { scale: "minMax" },
  );
  const run = linearRun(data, [1, 0.5, 0, -0.25]);
  // inputs from 0 to 4, targets from 1 to 5 and from 10 to 50
  const answers = run.predict([[1], [8]]);
  assertNear(answers[0], [1 + 4 * 0.25, 10 + 40 * (0.5 * 0.25 - 0.25)], 1e-5, "row 0");
  assertNear(answers[1], [1 + 4 * 2, 10 + 40 * (0.5 * 2 - 0.25)], 1e-5, "row 1");
  assert.equal(answers.length, 2);
});

test("judge and validation data get the scaling of the data that are learned", async () => {
  const other = dataset([[3], [5]], [100, 300]);
  const data = dataset([[1], [2], [5]], [100, 200, 600], { scale: "minMax", judge: other });
  assert.deepEqual(
    [data.judge?.task, data.judge?.threshold],
    ["regression", undefined],
    "two values are a regression here",
  );
  assertNear(Array.from(data.judge!.inputs), [0.5, 1], 1e-7, "inputs");
  assertNear(Array.from(data.judge!.targets), [0, 0.4], 1e-7, "targets");
  assert.ok(sameScaling(data.judge?.scaling, data.scaling));
  const model = mlp({ inputs: 1, hidden: [], output: "linear" });
  const options = { epochs: 1, loss: "meanSquaredError", progress: false } as const;
  const run = await train(model, data, {
    ...options,
    validation: dataset([[1], [2]], [100, 200], { scale: "standard" }),
  });
  assertNear(Array.from(run.validation!.inputs), [0, 0.25], 1e-7, "inputs");
  assertNear(Array.from(run.validation!.targets), [0, 0.2], 1e-7, "targets");
});

test("fittingRows() refuses rows for another network", () => {
  const data = dataset(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    ["a", "b", "c"],
  );
  const refused: [came: unknown, data: typeof data, message: string][] = [
    [dataset([[1]], [1]), data, "judge must have 2 features as the data have, got 1"],
    [dataset([[1, 2]], [1]), data, "judge must have 3 targets as the data have, got 1"],
    [
      dataset([[1, 2]], ["b"], { classes: ["c", "b", "a"] }),
      data,
      'judge must have the classes ["a","b","c"] as the data have, got ["c","b","a"]',
    ],
    [
      dataset([[1, 2]], [[1, 1, 0]]),
      data,
      'judge must have one target that is 1 and others that are 0 in each row as the data have, got the task "binary"',
    ],
    [
      dataset([[1]], [0.3]),
      dataset([[1], [2]], [0, 1]),
      "judge must have the targets 0 and 1 as the data have, got 0.3",
    ],
    [
      dataset([[1]], [0]),
      dataset([[1], [2]], [-1, 1]),
      "judge must have the targets -1 and 1 as the data have, got 0",
    ],
  ];
  for (const [came, like, message] of refused)
    assert.throws(() => fittingRows("dataset", "judge", came, like), { message: `dataset: ${message}` });
  assert.throws(
    () => fittingRows("dataset", "judge", 5, data),
    /^TypeError: dataset: judge must be a dataset /,
  );
});

test("fittingRows() lets rows of one class be judged by the task of the data", () => {
  const signs = dataset([[1], [2]], [-1, 1]);
  assert.equal(fittingRows("dataset", "judge", dataset([[4], [5]], [-1, -1]), signs).threshold, 0);
  const plain = dataset([[4]], [1]);
  assert.equal(
    fittingRows("dataset", "judge", plain, dataset([[1], [2]], [0, 1])),
    plain,
    "nothing is to be changed",
  );
});

test("split() scales both parts by the training part alone", () => {
  const data = dataset(
    Array.from({ length: 20 }, (_, i) => [i ** 2, 5]),
    Array.from({ length: 20 }, (_, i) => 3 * i),
    { scale: "standard" },
  );
  const { train: learned, test: held } = split(data, { test: 0.3, seed: 4 });
  assert.ok(sameScaling(learned.scaling, held.scaling) && !sameScaling(learned.scaling, data.scaling));
  const values = Array.from({ length: learned.rows }, (_, row) => inputsInUnits(learned, row)[0]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  assertNear(learned.scaling!.inputs.offset, [mean, 5], 1e-5, "offset");
  assertNear(learned.scaling!.inputs.factor, [deviation, 1], 1e-5, "factor");
  const all = [learned, held].flatMap((part) =>
    Array.from({ length: part.rows }, (_, row) => inputsInUnits(part, row)[0]),
  );
  assertNear(
    all.sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, i) => i ** 2),
    1e-4,
    "all rows",
  );
});
