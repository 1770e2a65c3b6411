import assert from "node:assert/strict";
import { test } from "node:test";
import { extremeEigen } from "../../src/numbers/lanczos.js";
import { random } from "../../src/numbers/random.js";
import { dot, eigenOf, lengthOf } from "../../src/numbers/vectors.js";
import { assertNear } from "../support/numbers.js";

/** A symmetric matrix of normal numbers. */
function symmetric(size: number, seed: number): Float64Array[] {
  const { normal } = random(seed, "matrix");
  const rows = Array.from({ length: size }, () => Float64Array.from({ length: size }, normal));
  return rows.map((row, i) => row.map((value, j) => (value + rows[j][i]) / 2));
}

const product = (matrix: readonly Float64Array[]) => (vector: Float64Array) =>
  Float64Array.from(matrix, (row) => dot(row, vector));

test("extremeEigen() finds what Jacobi's method finds, with as many steps as rows", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const matrix = symmetric(1 + (seed % 12), seed);
    const { values } = eigenOf(matrix);
    const found = extremeEigen(product(matrix), matrix.length, matrix.length);
    assert.ok(found);
    const extremes = [Math.min(...values), Math.max(...values)];
    assertNear([found.least.value, found.largest.value], extremes, 1e-8, `seed ${seed}`);
    for (const { value, vector } of [found.least, found.largest]) {
      assertNear([lengthOf(vector)], [1], 1e-9, "length");
      assertNear(
        product(matrix)(vector),
        vector.map((x) => value * x),
        1e-7,
        "an eigenvector",
      );
    }
  }
});

test("extremeEigen() with few steps stays within the extremes, and comes near to them", () => {
  const matrix = symmetric(120, 1);
  const { values } = eigenOf(matrix);
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  const found = extremeEigen(product(matrix), 120, 30);
  assert.ok(found && found.least.value >= least - 1e-9 && found.largest.value <= largest + 1e-9);
  assert.ok(found.least.value < 0.98 * least && found.largest.value > 0.98 * largest, `${found.least.value}`);
});

test("extremeEigen() of a matrix of zeros, of equal eigenvalues, and of what is no number", () => {
  const zero = extremeEigen((vector) => vector.map(() => 0), 5, 5);
  assert.deepEqual([zero?.least.value, zero?.largest.value], [0, 0]);
  const same = extremeEigen((vector) => vector.map((x) => 3 * x), 5, 5);
  assertNear([same?.least.value ?? 0, same?.largest.value ?? 0], [3, 3], 1e-12, "equal");
  assert.equal(
    extremeEigen((vector) => vector.map(() => Number.NaN), 3, 3),
    undefined,
  );
});
