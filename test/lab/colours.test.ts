import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { classLook, inDark, WEIGHT_COLOURS } from "../../src/figures/parts/colours.js";
import { MOST_CLASSES } from "../../src/lab/setting.js";
import { CHECKOUT } from "../../src/node/cli/checkout.js";
import { contrast } from "../support/vision.js";

/** The colours of a style sheet: the light ones, the dark ones. */
const coloursOf = (file: string) =>
  readFileSync(join(CHECKOUT, "templates", file), "utf8")
    .split(":root {")
    .slice(1)
    .map((block) =>
      Object.fromEntries(
        [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => found.slice(1, 3)),
      ),
    );

const [shared, own] = ["xorlab/base.css", "laboratory.css"].map(coloursOf);
const [light, dark] = [0, 1].map((scheme) => ({ ...shared[scheme], ...own[scheme] }));

test("classes and weights have the colours of the figures", () => {
  for (let place = 0; place < MOST_CLASSES; place++) {
    const { point, ground } = classLook(place);
    assert.deepEqual([light[`class-${place}`], light[`ground-${place}`]], [point, ground]);
    assert.deepEqual([dark[`class-${place}`], dark[`ground-${place}`]], [point, ground].map(inDark));
  }
  const signs = [WEIGHT_COLOURS.positive, WEIGHT_COLOURS.negative];
  assert.deepEqual([light.positive, light.negative], signs);
  assert.deepEqual([dark.positive, dark.negative], signs.map(inDark));
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
