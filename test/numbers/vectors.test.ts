import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  dot,
  eigenOf,
  evenly,
  extent,
  lengthOf,
  mainDirection,
  meanOf,
  roundStep,
  spread,
  ticks,
  unit,
  without,
} from "../../src/numbers/vectors.js";

test("unit() and without() give directions at right angles", () => {
  assert.deepEqual(
    [Array.from(unit([3, 4])), Array.from(unit([0, 0]))],
    [
      [0.6, 0.8],
      [0, 0],
    ],
  );
  const direction = unit([1, 2, 2]);
  const rest = without([5, -1, 3], direction);
  assert.ok(Math.abs(dot(rest, direction)) < 1e-12);
  assert.ok(Math.abs(lengthOf(direction) - 1) < 1e-12);
});

test("mainDirection() is the first principal component, the same as eigenOf() finds", () => {
  const sideways = [
    [2, 0],
    [0, 1.9],
    [0, 1.9],
  ]; // the longest row is no start: it is at right angles to the rest
  const [x, y] = mainDirection(sideways) ?? [];
  assert.ok(Math.abs(x) < 1e-6 && Math.abs(Math.abs(y) - 1) < 1e-12);
  assert.equal(
    mainDirection([
      [0, 0],
      [0, 0],
    ]),
    undefined,
  );
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 8 }), (rows) => {
      const found = mainDirection(rows);
      const matrix = [0, 1, 2].map((i) =>
        Float64Array.from([0, 1, 2], (j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
      );
      const largest = Math.max(...eigenOf(matrix).values);
      if (largest < 1e-12) return;
      assert.ok(found);
      const along = rows.reduce((sum, row) => sum + dot(row, found) ** 2, 0);
      assert.ok(along >= 0.98 * largest, `${along} of ${largest}`); // where two are alike, it turns slowly
    }),
    { seed: 1, endOnFailure: true },
  );
});

test("meanOf(), extent() and spread()", () => {
  assert.deepEqual(
    Array.from(
      meanOf([
        [1, 2],
        [3, 6],
      ]),
    ),
    [2, 4],
  );
  assert.deepEqual([extent([3, 1, 2]), spread([3, 1, 2])], [[1, 3], 2]);
});

test("roundStep() is the least of 1, 2, 5, 10, … that is large enough", () => {
  const steps = [0.13, 0.2, 1, 1.01, 4.5, 5, 6, 99, 101].map((least) => roundStep(least));
  assert.deepEqual(steps, [0.2, 0.2, 1, 2, 5, 5, 10, 100, 200]);
  assert.equal(roundStep(2.5, [1, 2, 3, 5]), 3);
});

test("ticks() and evenly() begin at the first", () => {
  assert.deepEqual(ticks(-1, 1, 5), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(evenly(10, 4), [0, 2, 5, 7]);
});
