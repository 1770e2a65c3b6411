import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, columns, figureOf, keyEntry, line, marks, note } from "../../../src/figures/parts/marks.js";
import { LEGEND } from "../../../src/figures/parts/theme.js";

const card = { title: "A title", subtitle: ["one", "two"], description: "A title.", height: 300 } as const;
const stroke = { color: "#000000", width: 2 };

test("apart() puts gaps between lines", () => {
  const lines = [
    [
      [0, 1],
      [2, 3],
    ],
    [[4, 5]],
  ] as const;
  assert.deepEqual(apart(lines), { x: [0, 2, null, 4], y: [1, 3, null, 5] });
  assert.deepEqual(columns(lines[0]), { x: [0, 2], y: [1, 3] });
});

test("line() and marks() have an entry of the key with a name only, and a hover with a template only", () => {
  const places = columns([[0, 1]]);
  const silent = line(places, stroke);
  assert.deepEqual([silent.showlegend, silent.hoverinfo, silent.name], [false, "skip", undefined]);
  const named = marks(places, { size: 9 }, { name: "<b>", hover: "%{x}" });
  assert.deepEqual([named.showlegend, named.hoverinfo], [undefined, undefined]);
  assert.deepEqual([named.name, named.hovertemplate], ["&#60;b&#62;", "%{x}<extra></extra>"]);
  assert.deepEqual([keyEntry("key", stroke).x, keyEntry("key", stroke).name], [[null], "key"]);
});

test("note() is plain text in lines", () => {
  const { text, x, font } = note(["1 < 2", "3"], { x: 1 }, { color: "red" }) as Record<string, object>;
  assert.deepEqual([text, x, font], ["1 &#60; 2<br>3", 1, { size: 12, color: "red" }]);
});

test("figureOf() puts card, axes, key and slider together", () => {
  const axes = { xaxis: { title: "x" } };
  const traces = [line(columns([[0, 1]]), stroke)];
  const still = figureOf({ card, axes, drawing: { traces } });
  assert.deepEqual(still.data, traces);
  assert.deepEqual([still.layout.xaxis, still.layout.showlegend], [axes.xaxis, false]);
  for (const key of ["annotations", "shapes", "legend"]) assert.ok(!(key in still.layout), key);
  assert.equal(still.frames, undefined);
  const moving = { frames: [{ name: "0" }], controls: { sliders: [{}] }, height: 84 };
  const parts = { card, axes, drawing: { traces, notes: [], moving }, margin: { b: 50 }, key: LEGEND };
  const figure = figureOf({ ...parts, more: { hoverdistance: 40 } });
  assert.deepEqual(figure.frames, moving.frames);
  assert.equal((figure.layout.height as number) - (still.layout.height as number), 84);
  assert.deepEqual((figure.layout.margin as { b: number }).b, 50 + 84);
  assert.deepEqual(
    [figure.layout.legend, figure.layout.showlegend, figure.layout.sliders, figure.layout.hoverdistance],
    [LEGEND, true, [{}], 40],
  );
});
