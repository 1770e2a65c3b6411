import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place } from "../../../src/figures/parts/marks.js";
import { simpler } from "../../../src/figures/parts/simpler.js";

test("simpler() keeps a line's ends and bends, and what goes back along the line", () => {
  const bent: Place[] = [0, 1, 2, 3, 4].map((x) => [x, Math.max(0, x - 2)]);
  assert.deepEqual(simpler(bent, 0.1), [bent[0], bent[2], bent[4]]);
  const back: Place[] = [0, 2, 5, 3, 1].map((x) => [x, 0]);
  assert.deepEqual(simpler(back, 0.1), [back[0], back[2], back[4]], "the far end is seen");
  const closed: Place[] = [
    [0, 0],
    [1, 0],
    [0, 0],
  ];
  assert.deepEqual(simpler(closed, 0.1), closed);
});

test("simpler() leaves out nothing that lies further than asked from what it keeps", () => {
  const curve = Array.from({ length: 200 }, (_, i): Place => [i / 100, Math.sin(i / 20)]);
  const kept = simpler(curve, 0.01);
  assert.ok(kept.length < 40);
  for (const [x, y] of curve) {
    const next = Math.max(
      1,
      kept.findIndex(([at]) => at >= x),
    );
    const [[x0, y0], [x1, y1]] = [kept[next - 1], kept[next]];
    assert.ok(Math.abs(y0 + ((x - x0) / (x1 - x0)) * (y1 - y0) - y) < 0.06);
  }
});
