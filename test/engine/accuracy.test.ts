import assert from "node:assert/strict";
import { test } from "node:test";
import { accurateRow } from "../../src/engine/accuracy.js";

test("accurateRow() wants every answer on its target's side of the threshold, which belongs to the lower side", () => {
  const isAccurate = accurateRow({ task: "binary", threshold: 0, outputs: 2 });
  const targets = [-1, 1];
  assert.equal(isAccurate([-0.1, 0.1], 0, targets, 0), true);
  assert.equal(isAccurate([0, 0.1], 0, targets, 0), true);
  assert.equal(isAccurate([-0.1, 0], 0, targets, 0), false);
  assert.equal(isAccurate([0.1, 0.1], 0, targets, 0), false);
  assert.equal(isAccurate([Number.NaN, 1], 0, targets, 0), true); // NaN is not above the threshold: as Keras counts
  assert.equal(isAccurate([9, -0.1, 0.1], 1, [9, 9, ...targets], 2), true);
});

test("accurateRow() of several classes takes the largest answer, the first of equal ones", () => {
  const isAccurate = accurateRow({ task: "classes", threshold: undefined, outputs: 3 });
  assert.equal(isAccurate([-3, -1, -2], 0, [0, 1, 0], 0), true);
  assert.equal(isAccurate([-3, -1, -1], 0, [0, 1, 0], 0), true);
  assert.equal(isAccurate([-3, -1, -1], 0, [0, 0, 1], 0), false);
});

test("accurateRow() finds no answer to a regression accurate", () => {
  const isAccurate = accurateRow({ task: "regression", threshold: undefined, outputs: 1 });
  assert.equal(isAccurate([0.3], 0, [0.3], 0), false);
});
