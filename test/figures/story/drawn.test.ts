import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { clouds, type Figure, figures, truthTable, xor } from "../../../src/index.js";
import { noChromium, openBrowser } from "../../support/chromium.js";
import {
  HOSTILE,
  hostileXor,
  line,
  stoppedAtOnce,
  studyOf,
  studyRow,
  trained,
} from "../../support/figureCases.js";
import { drawn, faults } from "../../support/figurePage.js";

const skip = noChromium();
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

/** A run of the notebooks' seed. */
const pinned = (hidden: number, activation: "sigmoid" | "relu") =>
  trained({ hidden, activation, seed: 588516 }, xor({ seed: 588516 }), { seed: 588516, epochs: 100 });

const cases: Record<string, () => Promise<Figure>> = {
  "the pinned stall's landscape": async () => figures.landscape(await pinned(2, "relu")),
  "the pinned success's landscape": async () => figures.landscape(await pinned(2, "sigmoid")),
  "a landscape of clouds": async () =>
    figures.landscape(await trained({ hidden: [4, 2], activation: "relu" }, clouds(), { epochs: 20 })),
  "a landscape without a path": async () => figures.landscape(await stoppedAtOnce()),
  "the pinned story": async () =>
    figures.story(
      await Promise.all([pinned(2, "sigmoid"), ...[2, 1, 3, 4, 5].map((hidden) => pinned(hidden, "relu"))]),
      studyOf([1, 2, 5].map((hidden) => studyRow(hidden, 180, 1000))),
    ),
  "a story of one run": async () => figures.story(await trained()),
  "a story of twelve runs": async () =>
    figures.story(await Promise.all(line(12, 1, 12).map((hidden) => trained({ hidden })))),
  "a story of unlike runs": async () =>
    figures.story([
      await stoppedAtOnce(),
      await trained({ hidden: [4, 2], activation: "relu" }, clouds({ rows: 50 })),
      await trained({ activation: "tanh" }, truthTable("and"), { optimizer: "adam", learningRate: 0.01 }),
    ]),
};

for (const [name, make] of Object.entries(cases))
  for (const width of [340, 1000])
    test(`figures: ${name} is drawn ${width} pixels wide, no text cut off or on another`, {
      skip,
    }, async () => {
      const figure = await make();
      const { page, errors, requests, height } = await drawn(browser, figure, width);
      assert.deepEqual([errors, requests], [[], []]);
      const size = await page.locator("#card").boundingBox();
      assert.deepEqual([size?.width, size?.height], [width, height]);
      assert.deepEqual(await faults(page), []);
    });

/** Text without the spaces that line breaks have taken. */
const squeezed = (text: string | null) => (text ?? "").replaceAll(/\s/g, "");

test("figures.landscape() and story() show a name full of markup as it is", { skip }, async () => {
  const runs = [await trained({}, hostileXor()), await trained({}, truthTable("xor"))];
  for (const [figure, place] of [
    [figures.landscape(runs[0]), ".gtitle-subtitle"],
    [figures.story(runs[0]), ".gtitle"],
  ] as const) {
    const { page, errors } = await drawn(browser, figure, 700);
    const texts = (await page.locator(`#card ${place}`).allTextContents()).map(squeezed);
    assert.ok(
      texts.some((text) => text.includes(squeezed(HOSTILE))),
      texts.join(" | "),
    );
    assert.equal(await page.locator("#card a, #card img, #card script").count(), 0);
    assert.deepEqual([errors, await faults(page)], [[], []]);
  }
});
