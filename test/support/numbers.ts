import assert from "node:assert/strict";

/** Mean, variance, skewness and kurtosis of a sample. */
export function moments(numbers: ArrayLike<number>) {
  const all = Array.from(numbers);
  const mean = average(all);
  const central = (power: number) => average(all.map((x) => (x - mean) ** power));
  const variance = central(2);
  return { mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2 };
}

/** Pearson's correlation of two samples of one length. */
export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [moments(xs), moments(ys)];
  const covariance = average(xs.map((value, i) => (value - x.mean) * (ys[i] - y.mean)));
  return covariance / Math.sqrt(x.variance * y.variance);
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

/** Asserts that two lists agree to an absolute tolerance, and says where they differ most. */
export function assertNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, `${what}: lengths differ`);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance, // false for NaN too
      `${what}[${i}]: ${actual[i]} is not within ${tolerance} of ${expected[i]}`,
    );
}

/** Asserts that two lists agree to a relative tolerance. */
export function assertRelative(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, `${what}: lengths differ`);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] / expected[i] - 1) <= tolerance,
      `${what}[${i}]: ${actual[i]} is not within a share of ${tolerance} of ${expected[i]}`,
    );
}
