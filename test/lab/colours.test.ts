import assert from "node:assert/strict";
import { test } from "node:test";
import { CLASS_COLOURS } from "../../src/figures/parts/colours.js";
import { MOST_CLASSES } from "../../src/lab/setting.js";
import { laboratoryStyle } from "../../src/node/cli/site.js";
import { contrast } from "../support/vision.js";

/** The colours of the style sheets, of which each has a block for light pages and one for dark ones. */
const blocks = laboratoryStyle().split(":root {").slice(1);
const [light, dark]: Record<string, string>[] = [0, 1].map((scheme) => {
  const own = blocks.filter((_, i) => i % 2 === scheme).join("");
  return Object.fromEntries(
    [...own.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => found.slice(1, 3)),
  );
});

test("as many classes are allowed as have a colour", () => {
  assert.equal(CLASS_COLOURS.length, MOST_CLASSES);
});

for (const [name, colours] of Object.entries({ light, dark }))
  test(`texts can be read, and points on their ground be seen: ${name}`, () => {
    const classes = Array.from({ length: MOST_CLASSES }, (_, place) => `class-${place}`);
    for (const text of ["text", "quiet", "link", "positive", "negative", ...classes])
      assert.ok(
        contrast(colours[text], colours.card) >= 4.5,
        `${text}: ${contrast(colours[text], colours.card)}`,
      );
    classes.forEach((point, place) => {
      const found = contrast(colours[point], colours[`ground-${place}`]);
      assert.ok(found >= 2, `class ${place}: ${found}`);
    });
  });
