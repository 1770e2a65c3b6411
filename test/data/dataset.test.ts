import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDataset, judgedRows } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";

test("dataset() takes targets as a row or as Keras's column, and copies both", () => {
  const inputs = Object.freeze([Object.freeze([0, 0.5]), Object.freeze([1, 2])]);
  const targets = [0, 1];
  const mine = dataset(inputs, targets, { name: "mine" });
  targets[0] = 7;
  assert.deepEqual(Array.from(mine.inputs), [0, 0.5, 1, 2]);
  assert.deepEqual(Array.from(mine.targets), [0, 1]);
  assert.deepEqual(
    dataset(
      [
        [0, 0.5],
        [1, 2],
      ],
      [[0], [1]],
      { name: "mine" },
    ),
    mine,
  );
  assert.equal(dataset([[1]], [0]).name, "my data");
  assert.equal(mine.rows, 2);
  assert.equal(mine.features, 2);
  assert.equal(judgedRows(mine), mine);
});

test("dataset() keeps a name as the text it is", () => {
  const name = '</script><b onclick="x">&amp;';
  assert.equal(dataset([[0]], [1], { name }).name, name);
});

test("dataset() refuses, naming the row at fault", () => {
  const cases: [inputs: unknown, targets: unknown, name: string, message: string][] = [
    [[], [], "RangeError", "dataset: inputs must have at least one row, got []"],
    ["01", [0], "TypeError", 'dataset: inputs must be an array of rows, got "01"'],
    [[0, 1], [0, 1], "TypeError", "dataset: inputs must be an array of rows of numbers, got 0 as row 0"],
    [[[]], [0], "TypeError", "dataset: inputs must be an array of rows of numbers, got [] as row 0"],
    [
      [[0, 1], [0]],
      [0, 1],
      "RangeError",
      "dataset: row 1 of inputs must have 2 numbers as row 0 has, got [0]",
    ],
    [
      [[0, 1], "01"],
      [0, 1],
      "TypeError",
      'dataset: row 1 of inputs must have 2 numbers as row 0 has, got "01"',
    ],
    [
      [
        [0, 1],
        [0, Number.NaN],
      ],
      [0, 1],
      "RangeError",
      "dataset: row 1 of inputs, column 1, must be a finite number (in single precision), got NaN; fill missing values in, or leave out their rows",
    ],
    [
      [[1e39]],
      [0],
      "RangeError",
      "dataset: row 0 of inputs, column 0, must be a finite number (in single precision), got 1e+39",
    ],
    [
      [["0"]],
      [0],
      "TypeError",
      'dataset: row 0 of inputs, column 0, must be a finite number, got "0"; write 0 without quotes',
    ],
    [[[0]], [0, 1], "RangeError", "dataset: targets must have one entry a row (1), got 2"],
    [[[0]], 0, "TypeError", "dataset: targets must be an array, got 0"],
    [
      [[0], [1]],
      [0, null],
      "TypeError",
      "dataset: row 1 of targets must be a finite number, got null; fill missing values in, or leave out their rows",
    ],
    [
      [[0], [1]],
      [[0], [1, 2]],
      "RangeError",
      "dataset: row 1 of targets must have 1 number as row 0 has, got [1,2]",
    ],
  ];
  for (const [inputs, targets, name, message] of cases)
    assert.throws(() => dataset(inputs as never, targets as never), { name, message });
  assert.throws(() => dataset([[0]], [0], { name: 5 as never }), {
    name: "TypeError",
    message: "dataset: name must be a text, got 5",
  });
  assert.throws(
    () => dataset([[0]], [0], { title: "x" } as never),
    /^RangeError: dataset: unknown option "title"/,
  );
});

test("dataset() does not take holes in arrays for zeros", () => {
  const holed = (length: number, filled: Record<number, unknown>) => Object.assign(new Array(length), filled);
  assert.throws(() => dataset(holed(2, { 0: [1, 1] }), [0, 1]), {
    name: "TypeError",
    message: "dataset: row 1 of inputs must have 2 numbers as row 0 has, got undefined",
  });
  assert.throws(() => dataset([[1, 1], holed(2, { 0: 1 })], [0, 1]), {
    name: "TypeError",
    message:
      "dataset: row 1 of inputs, column 1, must be a finite number, got undefined; fill missing values in, or leave out their rows",
  });
  assert.throws(() => dataset([[1], [1]], holed(2, { 0: 1 })), {
    name: "TypeError",
    message:
      "dataset: row 1 of targets must be a finite number, got undefined; fill missing values in, or leave out their rows",
  });
});

test("a dataset as a string is its summary, and no field of it", () => {
  assert.equal(String(truthTable("or")), "or: 4 rows of 2 inputs; binary: 1 × 0, 3 × 1");
  assert.equal(
    `${dataset([[0], [1], [2]], [-1.5, 0, 3])}`.split("; ")[1],
    "regression: 1 target from −1.5 to 3",
  );
  assert.ok(!Object.keys(truthTable("or")).includes("toString"));
});

test("every dataset is frozen", () => {
  for (const data of [xor({ rows: 4 }), truthTable("or"), parity(), dataset([[0]], [0])]) {
    assert.ok(Object.isFrozen(data));
    assert.throws(() => {
      (data as { rows: number }).rows = 5;
    }, TypeError);
  }
});

test("checkDataset() tells a dataset from what is none", () => {
  const data = xor({ rows: 4 });
  assert.equal(checkDataset("train", data), data);
  const others = [
    null,
    undefined,
    "xor",
    [],
    {},
    { ...data, rows: 5 },
    { ...data, features: 3 },
    { ...data, features: 0, inputs: new Float32Array(0) },
    { ...data, inputs: Array.from(data.inputs) },
    { ...data, name: 5 },
    { ...data, judge: 5 },
    { ...data, judge: { ...data, features: 1, inputs: new Float32Array(4), judge: undefined } },
    { ...data, outputs: 2 },
    { ...data, task: "ranking" },
  ];
  for (const other of others)
    assert.throws(() => checkDataset("train", other), {
      name: "TypeError",
      message: /^train: data must be a dataset \(made by xor, truthTable, clouds, dataset, …\), got /,
    });
});
