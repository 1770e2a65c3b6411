import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  differenceInterval,
  medianInterval,
  quantile,
  wilsonInterval,
} from "../../src/numbers/statistics.js";
import { assertNear } from "../support/numbers.js";

test("wilsonInterval() gives Newcombe's published intervals", () => {
  // Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3 ("score"), 95 %: r, n and the interval.
  const published: [successes: number, trials: number, low: number, high: number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [successes, trials, low, high] of published)
    assertNear(wilsonInterval(successes, trials), [low, high], 5.1e-5, `${successes} of ${trials}`);
});

test("wilsonInterval() solves the equation that defines it", () => {
  // Wilson 1927: the ends p are where (p̂ − p)² = z² p (1 − p) / n.
  const square = 1.959963984540054 ** 2;
  for (const [successes, trials] of [
    [1, 7],
    [190, 1000],
    [999, 1000],
    [3, 4],
  ])
    for (const p of wilsonInterval(successes, trials)) {
      const distance = (successes / trials - p) ** 2;
      assert.ok(
        Math.abs(distance - (square * p * (1 - p)) / trials) < 1e-15,
        `${successes} of ${trials} at ${p}`,
      );
    }
});

test("wilsonInterval() knows nothing without trials, and is certain at neither end", () => {
  assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  assert.equal(wilsonInterval(0, 10)[0], 0);
  assert.equal(wilsonInterval(10, 10)[1], 1);
  assert.ok(wilsonInterval(0, 1e6)[1] > 0 && wilsonInterval(1e6, 1e6)[0] < 1);
});

test("wilsonInterval() holds the rate, stays in [0, 1], mirrors, and narrows with more trials", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (part, trials) => {
      const successes = part % (trials + 1);
      const [low, high] = wilsonInterval(successes, trials);
      const rate = successes / trials;
      assert.ok(0 <= low && low <= rate && rate <= high && high <= 1);
      assertNear(wilsonInterval(trials - successes, trials), [1 - high, 1 - low], 1e-12, "mirrored");
      const [narrowLow, narrowHigh] = wilsonInterval(4 * successes, 4 * trials);
      assert.ok(narrowHigh - narrowLow < high - low);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("wilsonInterval() covers the truth in about 95 of 100 experiments", () => {
  // Exact, not drawn: the binomial probabilities of all outcomes of 50 trials whose interval holds p.
  for (const p of [0.1, 0.19, 0.5, 0.587, 0.9]) {
    let probability = (1 - p) ** 50;
    let covered = 0;
    for (let k = 0; k <= 50; k++) {
      const [low, high] = wilsonInterval(k, 50);
      if (low <= p && p <= high) covered += probability;
      probability *= ((50 - k) / (k + 1)) * (p / (1 - p));
    }
    assert.ok(covered > 0.93 && covered < 0.98, `p = ${p}: covered ${covered}`);
  }
});

test("quantile() interpolates as NumPy's default does", () => {
  // From the reference of numpy.percentile (NumPy 2, method "linear"): a = [[10, 7, 4], [3, 2, 1]] has
  // percentile(a, 50) = 3.5; Hyndman and Fan 1996, type 7.
  assert.equal(quantile([1, 2, 3, 4, 7, 10], 0.5), 3.5);
  assert.equal(quantile([1, 2, 3, 4], 0.25), 1.75);
  assert.equal(quantile([1, 2, 3, 4], 0.1), 1.3);
  assert.equal(quantile([10, 20], 0.9), 19);
  assert.equal(quantile(Uint32Array.of(1, 2, 3), 0.5), 2);
});

test("quantile() has the ends at 0 and 1, and nothing of nothing", () => {
  assert.equal(quantile([], 0.5), undefined);
  assert.equal(quantile([7], 0), 7);
  assert.equal(quantile([7], 0.3), 7);
  assert.equal(quantile([7], 1), 7);
  assert.equal(quantile([1, 5, 9], 0), 1);
  assert.equal(quantile([1, 5, 9], 1), 9);
});

test("quantile() grows with its share and stays within the numbers", () => {
  const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(numbers, share, share, (unsorted, a, b) => {
      const sorted = Object.freeze(unsorted.sort((x, y) => x - y));
      const low = quantile(sorted, Math.min(a, b))!;
      const high = quantile(sorted, Math.max(a, b))!;
      assert.ok(sorted[0] <= low && low <= high + 1e-9 && high <= sorted[sorted.length - 1]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("differenceInterval() gives Newcombe's published intervals", () => {
  // Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10, 95 %: two rates, and the interval.
  const rate = (successes: number, trials: number) => ({
    rate: successes / trials,
    interval: wilsonInterval(successes, trials),
  });
  assertNear(differenceInterval(rate(56, 70), rate(48, 80)), [0.0524, 0.3339], 5.1e-5, "56/70 − 48/80");
  assertNear(differenceInterval(rate(9, 10), rate(3, 10)), [0.1705, 0.809], 5.1e-5, "9/10 − 3/10");
  assertNear(differenceInterval(rate(10, 10), rate(0, 20)), [0.6791, 1], 5.1e-5, "10/10 − 0/20");
});

test("medianInterval() holds the median in at least 95 of 100 samples, and knows nothing of fewer than 8", () => {
  assert.equal(medianInterval([1, 2, 3, 4, 5, 6, 7]), undefined);
  assert.deepEqual(medianInterval([1, 2, 3, 4, 5, 6, 7, 8]), [1, 8]);
  for (const n of [8, 9, 20, 50, 100, 333, 1000]) {
    const [low, high] = medianInterval(Array.from({ length: n }, (_, i) => i + 1))!;
    assert.equal(low + high, n + 1, "as far from both ends");
    let probability = 0.5 ** n; // that just k of n numbers lie below the median; exact
    let outside = 0;
    for (let k = 0; k < low; k++) {
      outside += 2 * probability;
      probability *= (n - k) / (k + 1);
    }
    assert.ok(outside <= 0.05 && (n < 50 || outside > 0.025), `${n} numbers: outside with ${outside}`);
  }
});
