import assert from "node:assert/strict";
import { test } from "node:test";
import { type Pictured, thumbnail } from "../../../src/node/cli/thumbnail.js";

/** The small pictures of the index. */

const LINE = { x: [0, 1, 2], y: [0, 2, 1], line: { color: "#005f99", width: 2 } };
const RANGES = { xaxis: { range: [0, 2] }, yaxis: { range: [0, 2] } };

test("thumbnail() draws a figure's lines, marks and ground within its ranges", () => {
  assert.equal(
    thumbnail({ data: [LINE], layout: RANGES }),
    '<svg viewBox="0 0 96 96" aria-hidden="true"><path d="M0 96L48 0L96 48" fill="none" stroke="#005f99" stroke-width="2"/></svg>',
  );
  const marks = thumbnail({ data: [{ ...LINE, mode: "markers", marker: { color: ["#c24d00"] } }] }) ?? "";
  assert.match(marks, /stroke="#c24d00" stroke-width="8"/);
  assert.doesNotMatch(marks, /M0 96/, "without ranges there is room at the edges");
  const ground = {
    type: "contour",
    x: [0, 1],
    y: [0, 1],
    colorscale: [
      [0, "#000000"],
      [1, "#ffffff"],
    ],
  };
  const halves =
    thumbnail({
      data: [
        {
          ...ground,
          z: [
            [0, 1],
            [0, 1],
          ],
        },
      ],
    }) ?? "";
  const fills = new Set(Array.from(halves.matchAll(/fill="([^"]*)"/g), (found) => found[1]));
  assert.deepEqual([...fills], ["#000000", "#ffffff"]);
  assert.equal(halves.match(/<path/g)?.length, 64, "two halves in each of 32 rows");
  const lower =
    thumbnail({
      data: [
        {
          ...ground,
          z: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    }) ?? "";
  assert.ok(lower.indexOf("#ffffff") < lower.indexOf("#000000"), "the first row of numbers is the lowest");
});

test("thumbnail() leaves gaps where numbers are missing, and other parts of a figure out", () => {
  const gap = { x: [0, 1, null, 1, 2], y: [0, 1, null, 1, 2] };
  assert.match(thumbnail({ data: [gap], layout: RANGES }) ?? "", /d="M0 96L48 48M48 48L96 0"/);
  assert.equal(thumbnail({ data: [{ ...LINE, xaxis: "x2" }] }), undefined);
});

test("thumbnail() makes nothing of what it does not know, whatever it is", () => {
  const all: unknown[] = [
    {},
    { data: 1 },
    { data: [] },
    { data: [{ x: "x", y: {} }] },
    { data: [{ x: [1], y: [1] }] },
  ];
  for (const one of [...all, { data: [{ type: "bar", x: [1, 2], y: [1, 2] }] }])
    assert.equal(thumbnail(one as Pictured), undefined, JSON.stringify(one));
});

test("thumbnail() takes numbers and colours alone from a figure", () => {
  const evil = '"/><script>window.hacked=1</script>';
  const bad = [evil, "url(https://example.org/)", "red; x"];
  for (const color of bad) {
    const marks = { ...LINE, mode: `lines+markers${evil}`, line: { color, width: evil }, marker: { color } };
    const ground = {
      type: "heatmap",
      x: [0, evil],
      y: [0, 1],
      z: [
        [0, evil],
        [0, 1],
      ],
      zmin: evil,
    };
    const scale = [
      [0, "#000000"],
      [0.5, color],
      [1, "#ffffff"],
    ];
    const drawn = thumbnail({ data: [marks, { ...ground, colorscale: scale }], layout: RANGES }) ?? "";
    assert.match(drawn, /^<svg [^<>]*>(<path( [a-z-]+="[#\w .-]*")+\/>)+<\/svg>$/);
    assert.doesNotMatch(drawn, /script|url|red/);
  }
});
