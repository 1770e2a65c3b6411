import assert from "node:assert/strict";
import { test } from "node:test";
import { judgedRows } from "../../src/data/dataset.js";
import { type Dataset, digits, encoder, iris, moons, sine, study } from "../../src/index.js";
import { assertNear, moments } from "../support/numbers.js";

const rowOf = ({ inputs, features }: Dataset, row: number) =>
  Array.from(inputs.subarray(row * features, (row + 1) * features));

test("iris() has Fisher's 150 flowers, with his values where the UCI copy errs", () => {
  const data = iris();
  assert.deepEqual([data.rows, data.features, data.outputs, data.task], [150, 4, 3, "classes"]);
  // sums of scikit-learn's load_iris().data
  const sums = [0, 1, 2, 3].map((i) => data.inputs.reduce((sum, x, at) => (at % 4 === i ? sum + x : sum), 0));
  assertNear(sums, [876.5, 458.6, 563.7, 179.9], 1e-3, "sums");
  assertNear(rowOf(data, 34), [4.9, 3.1, 1.5, 0.2], 1e-6, "flower 35: UCI has 4.9, 3.1, 1.5, 0.1");
  assertNear(rowOf(data, 37), [4.9, 3.6, 1.4, 0.1], 1e-6, "flower 38: UCI has 4.9, 3.1, 1.5, 0.1");
  assertNear(rowOf(data, 149), [5.9, 3, 5.1, 1.8], 1e-6, "the last one");
  assert.deepEqual(Array.from(data.targets.subarray(150, 153)), [0, 1, 0]);
  assert.deepEqual(data.featureNames, [
    "sepal length (cm)",
    "sepal width (cm)",
    "petal length (cm)",
    "petal width (cm)",
  ]);
});

test("iris() takes the columns that are named, in their order", () => {
  const [whole, data] = [iris(), iris({ features: ["petal width (cm)", "sepal length (cm)"] })];
  assert.deepEqual([data.features, data.featureNames], [2, ["petal width (cm)", "sepal length (cm)"]]);
  for (const row of [0, 70, 149]) {
    const [length, , , width] = rowOf(whole, row);
    assert.deepEqual(rowOf(data, row), [width, length]);
  }
  assert.deepEqual(data.targets, whole.targets);
  assert.throws(
    () => iris({ features: ["petal widht (cm)"] }),
    /unknown features? "petal widht \(cm\)"; did you mean/,
  );
  assert.throws(() => iris({ features: [] }), /features must name at least one column/);
});

test("digits() are the 1797 digits of scikit-learn's load_digits", () => {
  const data = digits();
  assert.deepEqual([data.rows, data.features, data.outputs, data.task], [1797, 64, 10, "classes"]);
  assert.equal(16 * data.inputs.reduce((sum, ink) => sum + ink, 0), 561718); // load_digits().data.sum()
  const counts = Array.from({ length: 10 }, (_, digit) =>
    data.targets.reduce((sum, target, at) => (at % 10 === digit ? sum + target : sum), 0),
  );
  assert.deepEqual(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  const first = rowOf(data, 0).map((ink) => 16 * ink);
  assert.deepEqual(first.slice(0, 16), [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]);
  assert.equal(Math.max(...data.inputs), 1);
  const few = digits({ rows: 5 });
  assert.deepEqual([few.rows, few.outputs, rowOf(few, 4)], [5, 10, rowOf(data, 4)]);
  assert.throws(() => digits({ rows: 2000 }), {
    message: "digits: rows must be a whole number ≥ 1 and ≤ 1797, got 2000",
  });
});

test("moons() are scikit-learn's half circles", () => {
  // make_moons(5, shuffle=False)
  const wanted = [1, 0, -1, 0, 0, 0.5, 1, -0.5, 2, 0.5];
  const data = moons({ rows: 5 });
  assertNear(Array.from(data.inputs), wanted, 1e-6, "points");
  assert.deepEqual([Array.from(data.targets), data.task], [[0, 0, 1, 1, 1], "binary"]);
  const still = moons({ rows: 4000 });
  const moved = moons({ rows: 4000, noise: 0.2, seed: 5 });
  const found = moments(Array.from(moved.inputs, (value, i) => value - still.inputs[i]));
  assert.ok(Math.abs(found.mean) < (4 * 0.2) / Math.sqrt(8000), `mean ${found.mean}`);
  assert.ok(Math.abs(found.variance - 0.04) < 4 * 0.04 * Math.sqrt(2 / 8000), `variance ${found.variance}`);
  assert.equal(moons({ rows: 1 }).rows, 1);
});

test("sine() draws inputs uniformly, adds noise to the targets alone, and is judged by the curve", () => {
  const data = sine({ rows: 4000, periods: 2, seed: 3 });
  assertNear(Array.from(data.targets), Array.from(data.inputs, Math.sin), 1e-6, "y = sin x");
  const { mean, variance } = moments(Array.from(data.inputs));
  assert.ok(Math.abs(mean) < (4 * 2 * Math.PI) / Math.sqrt(3 * 4000), `mean ${mean}`);
  assert.ok(Math.abs(variance / ((2 * Math.PI) ** 2 / 3) - 1) < 0.1, `variance ${variance}`);
  assert.ok(data.inputs.every((x) => Math.abs(x) <= 2 * Math.PI + 1e-6));
  const noisy = sine({ rows: 4000, periods: 2, seed: 3, noise: 0.3 });
  assert.deepEqual(noisy.inputs, data.inputs);
  const noise = moments(Array.from(noisy.targets, (y, i) => y - data.targets[i]));
  assert.ok(Math.abs(noise.variance - 0.09) < 4 * 0.09 * Math.sqrt(2 / 4000), `variance ${noise.variance}`);
  const judged = judgedRows(noisy);
  assert.deepEqual([judged.rows, judged.task, noisy.task], [101, "regression", "regression"]);
  assertNear(Array.from(judged.targets), Array.from(judged.inputs, Math.sin), 1e-6, "the curve");
  assertNear(
    [judged.inputs[0], judged.inputs[50], judged.inputs[100]],
    [-2 * Math.PI, 0, 2 * Math.PI],
    1e-5,
    "its ends",
  );
});

test("encoder() asks for the input itself", () => {
  const data = encoder({ bits: 3 });
  assert.deepEqual([Array.from(data.inputs), data.task], [[1, 0, 0, 0, 1, 0, 0, 0, 1], "classes"]);
  assert.deepEqual(data.targets, data.inputs);
  assert.deepEqual(
    [encoder().rows, encoder().features, encoder().outputs, encoder().name],
    [8, 8, 8, "encoder of 8 bits"],
  );
});

test("moons() and sine() repeat for one seed, and refuse what is out of range", () => {
  for (const [name, make] of Object.entries({ moons, sine })) {
    assert.equal(make().rows, 500);
    assert.deepEqual(make({ noise: 0.2, seed: 8 }), make({ noise: 0.2, seed: 8 }));
    assert.notDeepEqual(make({ noise: 0.2, seed: 8 }).inputs, make({ noise: 0.2, seed: 9 }).inputs);
    assert.throws(() => make({ noise: 2 }), {
      message: `${name}: noise must be a finite number ≥ 0 and ≤ 1, got 2`,
    });
    assert.throws(() => make({ row: 2 } as never), /unknown option "row"; did you mean "rows"/);
  }
  assert.throws(() => sine({ periods: 0 }), {
    message: "sine: periods must be a finite number > 0 and ≤ 10, got 0",
  });
  assert.throws(() => moons({ periods: 1 } as never), /unknown option "periods"/);
});

test("study() draws moons and sine for each trial, and takes iris, digits and encoder as they are", async () => {
  const options = { trials: 2, epochs: 1, hidden: 2, progress: false, workers: 1 } as const;
  const { rows, trial } = await study({ ...options, data: "moons", rows: 20 });
  assert.deepEqual([rows[0].data, rows[0].rows], ["moons", 20]);
  assert.notEqual(trial(0, 0).seed, trial(0, 1).seed);
  await assert.rejects(study({ ...options, data: "iris", rows: 20 }), {
    message: 'study: rows is for data that are drawn, not for "iris"',
  });
});
