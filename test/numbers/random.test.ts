import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { random, shuffle, trialSeed } from "../../src/numbers/random.js";
import { correlation, moments } from "../support/numbers.js";

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

test("random() gives the numbers it has always given", () => {
  // Not from an outside source: whoever changes the generator changes every published seed, and must notice.
  const source = random(1, "weights");
  assert.deepEqual(draws(3, source.bits), [1455996301, 595417801, 212641807]);
  assert.equal(source.uniform(), 0.9748452305793762);
  assert.equal(source.normal(), 0.528474679247777);
  assert.equal(source.below(10), 4);
  assert.equal(random(Number.MAX_SAFE_INTEGER, "").bits(), 3821472263);
});

test("random().uniform() is a multiple of 2^-24 in [0, 1), with the moments of a uniform", () => {
  const numbers = draws(200_000, random(11, "uniform").uniform);
  assert.ok(numbers.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 24) && Math.fround(u) === u));
  const { mean, variance } = moments(numbers);
  assert.ok(Math.abs(mean - 1 / 2) < 4 * Math.sqrt(1 / 12 / numbers.length), `mean ${mean}`);
  assert.ok(Math.abs(variance - 1 / 12) < 4 * Math.sqrt(1 / 180 / numbers.length), `variance ${variance}`);
});

test("random().normal() has the moments of a standard normal", () => {
  const numbers = draws(200_000, random(12, "normal").normal);
  const { mean, variance, skewness, kurtosis } = moments(numbers);
  const n = numbers.length;
  assert.ok(Math.abs(mean) < 4 / Math.sqrt(n), `mean ${mean}`);
  assert.ok(Math.abs(variance - 1) < 4 * Math.sqrt(2 / n), `variance ${variance}`);
  assert.ok(Math.abs(skewness) < 4 * Math.sqrt(6 / n), `skewness ${skewness}`);
  assert.ok(Math.abs(kurtosis - 3) < 4 * Math.sqrt(24 / n), `kurtosis ${kurtosis}`);
  const beyondTwo = numbers.filter((z) => Math.abs(z) > 2).length / n;
  assert.ok(Math.abs(beyondTwo - 0.0455) < 0.002, `beyond two deviations: ${beyondTwo}`);
});

test("random() gives every bit its half", () => {
  const { bits } = random(13, "bits");
  const ones = new Array(32).fill(0);
  for (const word of draws(40_000, bits)) for (let bit = 0; bit < 32; bit++) ones[bit] += (word >>> bit) & 1;
  for (const [bit, count] of ones.entries())
    assert.ok(Math.abs(count - 20_000) < 4 * 100, `bit ${bit}: ${count} of 40000`);
});

test("random().below() stays below its count and takes every value equally often", () => {
  const { below } = random(14, "below");
  const counts = new Array(7).fill(0);
  for (const value of draws(70_000, () => below(7))) counts[value] += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.equal(counts.length, 7);
  assert.ok(chiSquare < 22.46, `chi-square ${chiSquare} of 6 degrees; 22.46 is its 99.9 % quantile`);
});

test("random() gives unrelated numbers for neighbouring seeds and for other streams", () => {
  const first = (seed: number, stream: string) => random(seed, stream).uniform();
  const seeds = Array.from({ length: 20_000 }, (_, seed) => seed);
  const here = seeds.map((seed) => first(seed, "weights"));
  const limit = 4 / Math.sqrt(seeds.length);
  const others = {
    "next seed": seeds.map((seed) => first(seed + 1, "weights")),
    "other stream": seeds.map((seed) => first(seed, "shuffle")),
    "seed with a high bit more": seeds.map((seed) => first(seed + 2 ** 32, "weights")),
  };
  for (const [name, there] of Object.entries(others)) {
    const r = correlation(here, there);
    assert.ok(Math.abs(r) < limit, `${name}: correlation ${r}`);
  }
  const long = correlation(draws(20_000, random(1, "a").uniform), draws(20_000, random(1, "b").uniform));
  assert.ok(Math.abs(long) < limit, `two streams of one seed: ${long}`);
});

test("random() refuses what is no seed", () => {
  for (const seed of [-1, 0.5, 2 ** 53, Number.NaN, Infinity])
    assert.throws(() => random(seed, "x"), {
      name: "RangeError",
      message: /^random: seed must be a whole number ≥ 0.*, got /,
    });
  assert.throws(() => random("1" as never, "x"), {
    name: "TypeError",
    message: 'random: seed must be a whole number ≥ 0, got "1"',
  });
});

test("shuffle() permutes, whatever the length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.maxSafeNat(), (length, seed) => {
      const order = Uint32Array.from({ length }, (_, i) => i);
      shuffle(order, random(seed, "shuffle"));
      assert.deepEqual(
        Array.from(order).sort((a, b) => a - b),
        Array.from({ length }, (_, i) => i),
      );
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("shuffle() makes every order of four equally likely", () => {
  const source = random(15, "shuffle");
  const counts = new Map<string, number>();
  const repetitions = 48_000;
  for (let i = 0; i < repetitions; i++) {
    const order = Uint32Array.of(0, 1, 2, 3);
    shuffle(order, source);
    counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
  }
  const expected = repetitions / 24;
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.equal(counts.size, 24);
  assert.ok(chiSquare < 49.73, `chi-square ${chiSquare} of 23 degrees; 49.73 is its 99.9 % quantile`);
});

test("trialSeed() gives every trial and setting a seed of its own", () => {
  const seeds = new Set<number>();
  for (const setting of ["relu-2", "relu-3", "sigmoid-2"])
    for (const seed of [0, 1, 2]) for (let t = 0; t < 1000; t++) seeds.add(trialSeed(seed, setting, t));
  assert.equal(seeds.size, 9000);
  for (const seed of seeds) assert.ok(Number.isSafeInteger(seed) && seed >= 0);
});

test("trialSeed() keeps trials apart where the sum passes the largest seed", () => {
  const largest = Number.MAX_SAFE_INTEGER;
  const trials = [0, 1, 2, largest - 3, largest - 2, largest - 1, largest];
  const seeds = trials.map((t) => trialSeed(1, "relu-2", t));
  assert.equal(new Set(seeds).size, trials.length);
  assert.ok(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0));
  assert.equal(trialSeed(1, "relu-2", largest), seeds[0] - 1); // one whole turn less one
});
