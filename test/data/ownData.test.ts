import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset } from "../../src/data/ownData.js";

const ROWS = [[1], [2], [3], [4]];

test("dataset() makes classes of labels: 0 and 1 for two, an output each for more", () => {
  const two = dataset(ROWS, ["no", "yes", "yes", "no"]);
  assert.deepEqual([two.task, two.threshold, two.outputs, two.classes], ["binary", 0.5, 1, ["no", "yes"]]);
  assert.deepEqual(Array.from(two.targets), [0, 1, 1, 0]);
  const three = dataset(ROWS, ["b", "c", "a", "c"]);
  assert.deepEqual([three.task, three.threshold, three.outputs], ["classes", undefined, 3]);
  assert.deepEqual(
    [Array.from(three.targets), three.classes],
    [
      [0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1],
      ["a", "b", "c"],
    ],
  );
  const ordered = dataset(ROWS, ["low", "high", "low", "high"], { classes: ["low", "high"] });
  assert.deepEqual(Array.from(ordered.targets), [0, 1, 0, 1]);
  const column = dataset(ROWS, [["no"], ["yes"], ["yes"], ["no"]]);
  assert.deepEqual([column.targets, column.classes], [two.targets, two.classes]);
});

test("dataset() takes true and false as labels, and numbers as labels if they are texts", () => {
  const truths = dataset(ROWS, [true, false, false, true]);
  assert.deepEqual(
    [Array.from(truths.targets), truths.classes],
    [
      [1, 0, 0, 1],
      ["false", "true"],
    ],
  );
  assert.deepEqual(
    dataset(ROWS, ["10", "9", "2", "9"]).classes,
    ["2", "9", "10"],
    "by number, not by letters",
  );
  assert.equal(dataset(ROWS, ["0.5", "x", "x", "1"]).task, "classes", "not all of them are numbers");
  assert.equal(dataset(ROWS, ["0.5", "1", "1", "0.5"], { classes: ["0.5", "1"] }).task, "binary");
});

test("dataset() with all classes listed takes rows of some of them", () => {
  const data = dataset([[1], [2]], ["b", "b"], { classes: ["a", "b", "c"] });
  assert.deepEqual([data.task, Array.from(data.targets)], ["classes", [0, 1, 0, 0, 1, 0]]);
  const one = dataset([[1]], ["yes"], { classes: ["no", "yes"] });
  assert.deepEqual([one.task, one.threshold, Array.from(one.targets)], ["binary", 0.5, [1]]);
});

test("dataset() tells the task of numbers by their values", () => {
  const tasks: [targets: number[] | number[][], task: string, threshold: number | undefined][] = [
    [[0, 1, 1, 0], "binary", 0.5],
    [[-1, 1, 1, -1], "binary", 0],
    [[5, 2, 2, 2], "binary", 3.5],
    [[1, 1, 1, 1], "binary", 0.5],
    [[0, 1, 2, 1], "regression", undefined],
    [
      [
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ],
      "classes",
      undefined,
    ],
    [
      [
        [1, 0],
        [0, 1],
        [1, 1],
        [1, 0],
      ],
      "binary",
      0.5,
    ],
    [
      [
        [1, 0.5],
        [0, 1],
        [1, 1],
        [1, 0],
      ],
      "regression",
      undefined,
    ],
  ];
  for (const [targets, task, threshold] of tasks) {
    const data = dataset(ROWS, targets);
    assert.deepEqual([data.task, data.threshold], [task, threshold], JSON.stringify(targets));
    assert.deepEqual(Array.from(data.targets), targets.flat());
  }
});

test("dataset() keeps the names of features and classes", () => {
  const names = ["width", "height"];
  const data = dataset(
    [
      [1, 2],
      [3, 4],
    ],
    [-1, 1],
    { features: names, classes: ["off", "on"] },
  );
  names[0] = "changed";
  assert.deepEqual(
    [data.featureNames, data.classes],
    [
      ["width", "height"],
      ["off", "on"],
    ],
  );
  assert.deepEqual(
    dataset(
      [[1], [2]],
      [
        [1, 0],
        [0, 1],
      ],
      { classes: ["a", "b"] },
    ).classes,
    ["a", "b"],
  );
});

test("dataset() is judged by other rows if they are given", () => {
  const judge = dataset([[5], [6]], [0, 1]);
  assert.equal(dataset([[1], [2]], [0, 1], { judge }).judge, judge);
});

test("dataset() refuses labels, names and rows that do not fit", () => {
  const two = [[1], [2]];
  const cases: [inputs: unknown, targets: unknown, options: unknown, name: string, message: string][] = [
    [
      two,
      ["yes", "yes"],
      {},
      "RangeError",
      'labels must be of at least two classes, got "yes" alone; if there are others, list all as classes',
    ],
    [two, ["yes", 1], {}, "TypeError", "row 1 of targets must be a label (a text) as row 0 is, got 1"],
    [
      two,
      [true, "false"],
      {},
      "TypeError",
      'row 1 of targets must be true or false as row 0 is, got "false"',
    ],
    [
      two,
      [1, "2"],
      {},
      "TypeError",
      'row 1 of targets must be a finite number, got "2"; write 2 without quotes',
    ],
    [two, [1, true], {}, "TypeError", "row 1 of targets must be a finite number, got true; write 1"],
    [two, ["yes", ""], {}, "RangeError", 'row 1 of targets must be a label, got ""'],
    [
      two,
      ["1.5", "2"],
      {},
      "RangeError",
      'row 0 of targets is the text "1.5"; for a regression write it without quotes, for labels list all classes',
    ],
    [
      two,
      ["yes", "ye"],
      { classes: ["no", "yes"] },
      "RangeError",
      'row 1 of targets: unknown class "ye"; did you mean "yes"? (no, yes)',
    ],
    [
      two,
      ["no", "yes"],
      { classes: ["no"] },
      "RangeError",
      'labels must be of at least two classes, got "no" alone; if there are others, list all as classes',
    ],
    [
      two,
      [0, 1],
      { classes: ["no", "no"] },
      "RangeError",
      'classes must be an array of different names, got "no" twice',
    ],
    [
      two,
      [0, 1],
      { classes: ["no", " "] },
      "RangeError",
      'classes must be an array of different names, got " " among them',
    ],
    [
      two,
      [0, 1],
      { classes: ["no", 1] },
      "TypeError",
      "classes must be an array of different names, got 1 among them",
    ],
    [two, [0, 1], { classes: ["a", "b", "c"] }, "RangeError", 'classes must be 2 names, got ["a","b","c"]'],
    [
      [[1], [2], [3]],
      [1, 2, 3],
      { classes: ["a", "b", "c"] },
      "RangeError",
      'classes must name labels or two target values, but the targets are other numbers; numbers that are labels must be given, or listed, as texts: "1", "2", …',
    ],
    [
      two,
      [0, 1],
      { features: ["x", "y"] },
      "RangeError",
      'features must have 1 name, one an input, got ["x","y"]',
    ],
    [two, [0, 1], { features: "x" }, "TypeError", 'features must be an array of different names, got "x"'],
    [
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
      { features: ["x", "x"] },
      "RangeError",
      'features must be an array of different names, got "x" twice',
    ],
    [
      [
        [1, 2],
        [3, null],
      ],
      [0, 1],
      { features: ["x", "y"] },
      "TypeError",
      'row 1 of inputs, column "y", must be a finite number, got null; fill missing values in, or leave out their rows',
    ],
    [
      two,
      [
        [1, 2],
        [3, "4"],
      ],
      {},
      "TypeError",
      'row 1 of targets, column 1, must be a finite number, got "4"; write 4 without quotes',
    ],
    [two, [[1, 2], [3]], {}, "RangeError", "row 1 of targets must have 2 numbers as row 0 has, got [3]"],
    [two, [[], []], {}, "RangeError", "targets must have at least one number a row, got []"],
    [
      two,
      [0, 1],
      { scale: "std" },
      "RangeError",
      'unknown scale "std"; did you mean "standard"? (minMax, standard)',
    ],
    [
      two,
      [0, 1],
      { judge: dataset([[1, 2]], [1]) },
      "RangeError",
      "judge must have 1 feature as the data have, got 2",
    ],
    [
      two,
      [0, 1],
      { judge: dataset([[1], [2], [3]], [1, 2, 3]) },
      "RangeError",
      "judge must have the targets 0 and 1 as the data have, got 2",
    ],
    [
      two,
      [0, 1],
      { feature: ["x"] },
      "RangeError",
      'unknown option "feature"; did you mean "features"? (classes, features, judge, name, scale)',
    ],
  ];
  for (const [inputs, targets, options, name, message] of cases)
    assert.throws(() => dataset(inputs as never, targets as never, options as never), {
      name,
      message: `dataset: ${message}`,
    });
});

test("dataset() refuses more classes than a network can have outputs", () => {
  const rows = Array.from({ length: 1001 }, (_, i) => [i]);
  assert.throws(
    () =>
      dataset(
        rows,
        rows.map(([i]) => `label ${i}`),
      ),
    {
      message: "dataset: labels must be of at most 1000 classes, got 1001",
    },
  );
});
