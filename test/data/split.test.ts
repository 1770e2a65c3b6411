import assert from "node:assert/strict";
import { test } from "node:test";
import { judgedRows } from "../../src/data/dataset.js";
import { type Dataset, dataset, iris, moons, split, truthTable, xor } from "../../src/index.js";

/** Rows that are told apart by their only input, with these labels. */
const labelled = (labels: string) =>
  dataset(
    Array.from(labels, (_, i) => [i]),
    Array.from(labels),
  );
const inputsOf = (data: Dataset) => Array.from(data.inputs);
const classCounts = (data: Dataset) => {
  const counts = new Array<number>(data.outputs === 1 ? 2 : data.outputs).fill(0);
  for (let i = 0; i < data.targets.length; i++)
    if (data.outputs === 1) counts[data.targets[i]] += 1;
    else if (data.targets[i] === 1) counts[i % data.outputs] += 1;
  return counts;
};

test("split() gives each row to one part, in the order of the data, and a quarter to the test part", () => {
  const data = dataset(
    Array.from({ length: 40 }, (_, i) => [i]),
    Array.from({ length: 40 }, (_, i) => i / 3),
  );
  const { train, test: held } = split(data);
  assert.deepEqual([train.rows, held.rows], [30, 10]);
  for (const part of [train, held])
    assert.deepEqual(
      inputsOf(part),
      [...inputsOf(part)].sort((a, b) => a - b),
    );
  assert.deepEqual(
    [...inputsOf(train), ...inputsOf(held)].sort((a, b) => a - b),
    inputsOf(data),
  );
  assert.deepEqual(
    Array.from(held.targets),
    inputsOf(held).map((x) => Math.fround(x / 3)),
  );
  assert.deepEqual([train.name, held.name], ["my data (train)", "my data (test)"]);
});

test("split() repeats for one seed, and differs for another", () => {
  const data = iris();
  assert.deepEqual(split(data, { seed: 3 }), split(data, { seed: 3 }));
  assert.notDeepEqual(split(data, { seed: 3 }).test.inputs, split(data, { seed: 4 }).test.inputs);
});

test("split() gives both parts the classes in their shares", () => {
  const flowers = split(iris(), { test: 0.2 });
  assert.deepEqual(
    [classCounts(flowers.train), classCounts(flowers.test)],
    [
      [40, 40, 40],
      [10, 10, 10],
    ],
  );
  // a quarter of 6, 5 and 3 rows is 1.5, 1.25 and 0.75; of 14 rows it is 3.5, so 4: the two that are cut most get one more
  const uneven = split(labelled("aaaaaabbbbbccc"));
  assert.deepEqual(classCounts(uneven.test), [2, 1, 1]);
  const rare = split(labelled("aaaaaaaaaaaaaaaaaaaabb"), { test: 0.1 });
  assert.deepEqual(
    [classCounts(rare.train), classCounts(rare.test)],
    [
      [19, 1],
      [1, 1],
    ],
    "each class is in both parts",
  );
  const alone = split(labelled("aaaaaaaab"), { test: 0.9 });
  assert.deepEqual(
    [classCounts(alone.train), classCounts(alone.test)],
    [
      [1, 1],
      [7, 0],
    ],
    "one row alone is trained on",
  );
});

test("split() keeps task, threshold, classes and names of the data, also where a part would tell another task", () => {
  const data = dataset([[1], [2], [3], [4], [5]], [-1, 1, -1, 1, 1], {
    classes: ["off", "on"],
    features: ["x"],
  });
  for (const part of Object.values(split(data, { test: 0.5 }))) {
    assert.deepEqual([part.task, part.threshold], ["binary", 0]);
    assert.deepEqual([part.classes, part.featureNames], [["off", "on"], ["x"]]);
  }
  const numbers = split(dataset([[1], [2], [3]], [1, 2, 3]), { test: 0.4 });
  assert.deepEqual([numbers.train.task, numbers.test.task], ["regression", "regression"]);
});

test("split() leaves data that are judged by a truth table judged by it", () => {
  const { train, test: held } = split(xor({ rows: 100 }));
  assert.deepEqual([judgedRows(train), judgedRows(held)], [truthTable("xor"), truthTable("xor")]);
  const points = split(moons({ rows: 20 }));
  assert.equal(judgedRows(points.train), points.train);
});

test("split() refuses, naming option, rule and value", () => {
  const refused: [data: unknown, options: unknown, name: string, message: string][] = [
    [xor({ rows: 8 }), { test: 0 }, "RangeError", "test must be a finite number > 0 and < 1, got 0"],
    [xor({ rows: 8 }), { test: 2 }, "RangeError", "test must be a finite number > 0 and < 1, got 2"],
    [xor({ rows: 8 }), { seed: 1.5 }, "RangeError", "seed must be a whole number ≥ 0, got 1.5"],
    [
      xor({ rows: 8 }),
      { tests: 0.5 },
      "RangeError",
      'unknown option "tests"; did you mean "test"? (seed, test)',
    ],
    [dataset([[1]], [3]), {}, "RangeError", "data must have at least two rows, one for each part, got 1 row"],
    [
      labelled("abc"),
      {},
      "RangeError",
      "data must have at least two rows of one class, one for each part, got 3 rows",
    ],
  ];
  for (const [data, options, name, message] of refused)
    assert.throws(() => split(data as Dataset, options as never), { name, message: `split: ${message}` });
  assert.throws(() => split([1] as never), /^TypeError: split: data must be a dataset /);
});
