import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { circles, clouds, gaussians, spirals } from "../../src/data/playground.js";
import { assertNear, moments } from "../support/numbers.js";

/** Points as { x, y, target }. */
const points = (data: Dataset) =>
  Array.from(data.targets, (target, i) => ({ x: data.inputs[2 * i], y: data.inputs[2 * i + 1], target }));

const ALL = { clouds, circles, gaussians, spirals };

test("clouds() is uniform in the square, 0.3 off the axes, 1 where x·y ≥ 0", () => {
  const all = points(clouds({ rows: 20_000, seed: 2 }));
  for (const { x, y, target } of all) {
    for (const coordinate of [Math.abs(x), Math.abs(y)])
      assert.ok(coordinate >= Math.fround(0.3) && coordinate <= Math.fround(5.3));
    assert.equal(target, x * y >= 0 ? 1 : 0);
  }
  const widths = moments(all.map(({ x }) => Math.abs(x) - 0.3));
  assert.ok(Math.abs(widths.mean - 2.5) < 4 * Math.sqrt(25 / 12 / all.length), `mean ${widths.mean}`);
  assert.ok(Math.abs(widths.variance - 25 / 12) < 0.05, `variance ${widths.variance}`);
  const share = moments(all.map(({ target }) => target)).mean;
  assert.ok(Math.abs(share - 0.5) < 4 * Math.sqrt(0.25 / all.length), `share of ones ${share}`);
});

test("clouds() with noise labels some points by where the noise would move them", () => {
  const wrong = (noise: number) =>
    points(clouds({ rows: 10_000, noise, seed: 2 })).filter(
      ({ x, y, target }) => target !== (x * y >= 0 ? 1 : 0),
    ).length / 10_000;
  assert.equal(wrong(0), 0);
  // By hand: |x| is 0.3 + U(0, 5), the noise n·U(−5, 5); its sign turns with chance q = (5n − 0.3)² / (4·5n·5) for
  // 5n > 0.3 (a triangle over a rectangle), and the label turns where just one of the two signs does.
  for (const noise of [0.1, 0.5]) {
    const turn = (5 * noise - 0.3) ** 2 / (4 * 5 * noise * 5);
    const expected = 2 * turn * (1 - turn);
    const bound = 4 * Math.sqrt((expected * (1 - expected)) / 10_000);
    assert.ok(
      Math.abs(wrong(noise) - expected) < bound,
      `noise ${noise}: ${wrong(noise)}, expected ${expected}`,
    );
  }
});

test("circles() has its classes within 2.5 and from 3.5 to 5, half of the points each", () => {
  const all = points(circles({ rows: 5001, seed: 4 }));
  for (const { x, y, target } of all) {
    const radius = Math.hypot(x, y);
    if (target === 1) assert.ok(radius <= 2.5 + 1e-6, `inner radius ${radius}`);
    else assert.ok(radius >= 3.5 - 1e-6 && radius <= 5 + 1e-6, `outer radius ${radius}`);
  }
  assert.equal(all.filter(({ target }) => target === 1).length, 2501);
  const angles = moments(all.map(({ x, y }) => Math.atan2(y, x) / Math.PI));
  assert.ok(
    Math.abs(angles.mean) < 0.04 && Math.abs(angles.variance - 1 / 3) < 0.02,
    "every direction alike",
  );
});

test("circles() with noise labels some points of the ring as inner, and the reverse", () => {
  const noisy = points(circles({ rows: 2000, noise: 0.5, seed: 4 }));
  const inner = noisy.filter(({ x, y, target }) => target === 1 && Math.hypot(x, y) > 3);
  const outer = noisy.filter(({ x, y, target }) => target === 0 && Math.hypot(x, y) < 3);
  assert.ok(inner.length > 50 && outer.length > 50, `${inner.length} and ${outer.length}`);
});

test("gaussians() has the means and variances of Playground's", () => {
  for (const [noise, variance] of [
    [0, 0.5],
    [0.5, 4],
  ]) {
    const all = points(gaussians({ rows: 20_000, noise, seed: 5 }));
    for (const target of [0, 1]) {
      const centre = target === 1 ? 2 : -2;
      const own = all.filter((point) => point.target === target);
      assert.equal(own.length, 10_000);
      for (const axis of ["x", "y"] as const) {
        const found = moments(own.map((point) => point[axis]));
        assert.ok(Math.abs(found.mean - centre) < 4 * Math.sqrt(variance / 10_000), `mean ${found.mean}`);
        const bound = 4 * variance * Math.sqrt(2 / 10_000);
        assert.ok(Math.abs(found.variance - variance) < bound, `variance ${found.variance} of ${variance}`);
      }
    }
  }
});

test("spirals() has two arms of 1.75 turns, half a turn apart", () => {
  const all = points(spirals({ rows: 200 }));
  assert.equal(all.filter(({ target }) => target === 1).length, 100);
  all.forEach(({ x, y, target }, i) => {
    const along = (i % 100) / 100;
    const angle = 2 * Math.PI * 1.75 * along + (target === 1 ? 0 : Math.PI);
    assertNear([x, y], [5 * along * Math.sin(angle), 5 * along * Math.cos(angle)], 1e-6, `point ${i}`);
  });
});

test("spirals() with noise moves points by at most the noise in each coordinate", () => {
  const still = points(spirals({ rows: 500 }));
  const moved = points(spirals({ rows: 500, noise: 0.5 }));
  const shifts = moved.flatMap(({ x, y }, i) => [x - still[i].x, y - still[i].y]);
  assert.ok(shifts.every((shift) => Math.abs(shift) <= 0.5 + 1e-6));
  assert.ok(Math.max(...shifts) > 0.45 && Math.min(...shifts) < -0.45);
});

test("the playground's sets repeat for one seed, differ for another, and have 500 rows", () => {
  for (const [name, make] of Object.entries(ALL)) {
    assert.equal(make().rows, 500);
    assert.equal(make().name, name);
    assert.equal(make().features, 2);
    assert.ok(Object.isFrozen(make()));
    assert.deepEqual(make({ noise: 0.2, seed: 8 }), make({ noise: 0.2, seed: 8 }));
    assert.notDeepEqual(make({ noise: 0.2, seed: 8 }).inputs, make({ noise: 0.2, seed: 9 }).inputs);
    assert.equal(make({ rows: 1 }).rows, 1);
  }
});

test("the playground's sets refuse, naming option, rule and value", () => {
  for (const [name, make] of Object.entries(ALL)) {
    const cases: [options: unknown, error: string, message: string][] = [
      [{ noise: 1.5 }, "RangeError", `${name}: noise must be a finite number ≥ 0 and ≤ 1, got 1.5`],
      [{ noise: "low" }, "TypeError", `${name}: noise must be a finite number ≥ 0 and ≤ 1, got "low"`],
      [{ rows: 2.5 }, "RangeError", `${name}: rows must be a whole number ≥ 1, got 2.5`],
      [{ seed: Number.NaN }, "RangeError", `${name}: seed must be a whole number ≥ 0, got NaN`],
      [
        { nois: 0 },
        "RangeError",
        `${name}: unknown option "nois"; did you mean "noise"? (noise, rows, seed)`,
      ],
    ];
    for (const [options, error, message] of cases)
      assert.throws(() => make(options as never), { name: error, message });
  }
});
