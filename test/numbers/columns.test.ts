import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../src/numbers/columns.js";
import { rootMeanSquare } from "../../src/numbers/vectors.js";

test("columnsOf() and rootMeanSquare() of numbers by hand", () => {
  assert.deepEqual(columnsOf([1, 10, 3, 10, 5, 10], 2), [
    { mean: 3, deviation: Math.sqrt(8 / 3), low: 1, high: 5 },
    { mean: 10, deviation: 0, low: 10, high: 10 },
  ]);
  assert.equal(
    columnsOf(Array<number>(10).fill(Math.fround(0.7)), 1)[0].deviation,
    0,
    "sums of it are rounded",
  );
  assert.equal(rootMeanSquare([3, -4, 0, 0]), 2.5);
});
