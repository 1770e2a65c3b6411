import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { progressPicture } from "../../src/show/picture.js";
import { assertWellFormed } from "../support/xml.js";

const base = { title: "relu-2 on xor", fraction: 0.25, facts: ["epoch 1 of 4", "loss 0.69"] };

test("progressPicture() is well-formed XML with whatever texts and numbers", () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -1, 2));
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("</svg>", "]]>", "<!--", "&amp;", "\ud800", '"', "\u0000", "\uffff"),
  );
  const bar = fc.record({ label: text, value: number, done: number });
  const progress = fc.record(
    {
      title: text,
      fraction: number,
      facts: fc.array(text),
      curve: fc.array(number),
      bars: fc.array(bar, { maxLength: 40 }),
    },
    { requiredKeys: ["title", "fraction", "facts"] },
  );
  fc.assert(
    fc.property(progress, (any) => {
      const svg = progressPicture(any);
      assertWellFormed(svg);
      assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test("progressPicture() shows title, facts and the share that is done", () => {
  const svg = progressPicture(base);
  assert.match(svg, />relu-2 on xor</);
  assert.match(svg, />epoch 1 of 4 {2}· {2}loss 0\.69</);
  assert.match(svg, /aria-label="relu-2 on xor"/);
  const widths = [0, 0.25, 1, 7, -1].map(
    (fraction) =>
      progressPicture({ ...base, fraction }).match(/width="([\d.]+)" height="6" rx="3" fill="#0072b2"/)?.[1],
  );
  assert.deepEqual(widths, ["0", "100", "400", "400", "0"]);
});

test("progressPicture() draws a falling curve downwards, and thins long ones", () => {
  const points = (curve: number[]) =>
    progressPicture({ ...base, curve })
      .match(/points="([^"]*)"/)?.[1]
      .split(" ")
      .map((pair) => pair.split(",").map(Number)) ?? [];
  assert.deepEqual(points([]), []);
  assert.deepEqual(points([1]), []);
  const [first, last] = points([2, 1]);
  assert.ok(first[0] < last[0] && first[1] < last[1], "to the right, and down");
  assert.equal(points(Array.from({ length: 5000 }, (_, i) => 1 / (i + 1))).length, 100);
  assert.ok(points([0, 0, 0]).flat().every(Number.isFinite));
});

test("progressPicture() has a bar a setting, and stays small with hundreds of them", () => {
  const bars = Array.from({ length: 500 }, (_, i) => ({
    label: `relu-${i}`,
    value: 0.5,
    done: i < 2 ? 1 : 0,
  }));
  const svg = progressPicture({ ...base, bars });
  assert.match(svg, />relu-1<.*>50 %</);
  assert.ok(svg.length < 20_000, `${svg.length} characters`);
});
