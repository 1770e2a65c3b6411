import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAround } from "../../../src/figures/parts/plane.js";

test("frameAround() has room around places that are one, or differ by rounding alone", () => {
  const around = (numbers: readonly number[], margin: number) =>
    frameAround(
      numbers.map((number) => [number, number]),
      margin,
    );
  const one = around([0.5], 0);
  assert.deepEqual(one, { x: [0, 1], y: [0, 1], alike: true });
  for (const places of [[0.3, 0.300000004], [4e6], [0, 0]]) {
    const { x, y } = around(places, 0.06);
    assert.ok(x[1] > x[0] && y[1] > y[0], `${x}, ${y}`);
    assert.ok(places.every((place) => x[0] < place && place < x[1]));
  }
  assert.deepEqual(around([2000, 2002], 0).x, [2000, 2002], "years are no rounding");
});
