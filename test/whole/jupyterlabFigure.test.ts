import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { fitted } from "../../src/figures/parts/fit.js";
import { type Figure, figures, xor } from "../../src/index.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { trained } from "../support/figureCases.js";
import { chooseMenu, openLab, openPage, type TestLab, waitForFigures } from "../support/jupyterlab.js";

/** A figure in the real JupyterLab is fitted to its cell, and keeps its height while its slider is moved. */

const skip = noChromium();
let lab: TestLab;
let browser: Browser;
let figure: Figure;
let page: Page;

before(async () => {
  if (skip) return;
  figure = figures.boundary(await trained({ seed: 1 }, xor({ rows: 50, seed: 1 }), { seed: 1 }));
  const output = {
    output_type: "display_data",
    data: { "application/vnd.plotly.v1+json": figure, "text/plain": "a figure" },
    metadata: {},
  };
  const printed = { output_type: "stream", name: "stdout", text: `${"588516 ".repeat(200)}\n` };
  const cell = {
    cell_type: "code",
    source: "1;",
    metadata: {},
    outputs: [output, printed],
    execution_count: 1,
  };
  const kernelspec = { name: "xorlab", display_name: "TypeScript (xorlab)", language: "typescript" };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 };
  lab = await openLab();
  writeFileSync(join(lab.folder, "figure.ipynb"), JSON.stringify(notebook));
  browser = await openBrowser();
  ({ page } = await openPage(browser, lab, "figure.ipynb"));
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

test("printed lines end between words in JupyterLab", { skip, timeout: 120_000 }, async () => {
  const lines = await page.locator(".jp-OutputArea-output pre", { hasText: "588516" }).evaluate((pre) => {
    const [text] = [...pre.childNodes].filter((node) => node instanceof Text);
    return Array.from({ length: 200 }, (_, i) => {
      const word = document.createRange();
      word.setStart(text, 7 * i);
      word.setEnd(text, 7 * i + 6);
      return word.getClientRects().length;
    });
  });
  assert.deepEqual(
    lines.filter((count) => count !== 1),
    [],
  );
});

test("a figure in JupyterLab has the width of its cell, the height for it, and the moment of its slider", {
  skip,
  timeout: 120_000,
}, async () => {
  // Saved without a picture beside it, the figure is drawn at once; there is none to be woken by the mouse.
  await waitForFigures(page, 1);
  await assertFitted(page, "at first");
  await clickSlider(page, 0, "before training");
  await assertFitted(page, "after a click on the slider");
  for (const width of [700, 1300]) {
    await page.setViewportSize({ width, height: 2000 });
    await page.waitForTimeout(SETTLED);
    await assertFitted(page, `in a window ${width} pixels wide`);
    await page.locator(FIGURE, { hasText: "before training" }).waitFor({ timeout: 10_000 });
  }
  assert.equal(await card(page), LIGHT);
  // The theme is a setting of the server's, which other tests use at the same time: it is changed for this page alone.
  let chosen: string | undefined;
  await page.route(/api\/settings\/@jupyterlab\/apputils-extension(:|%3A)themes/, async (route) => {
    const request = route.request();
    if (request.method() === "PUT") chosen = request.postDataJSON().raw;
    if (request.method() === "PUT") return route.fulfill({ status: 204 });
    const response = await route.fetch();
    const settings = await response.json();
    return route.fulfill({ response, json: chosen === undefined ? settings : { ...settings, raw: chosen } });
  });
  await chooseMenu(page, "Settings", "Theme", "JupyterLab Dark");
  await page.waitForFunction(
    ([where, light]) => getComputedStyle(document.querySelector(where) as Element).backgroundColor !== light,
    [CARD, LIGHT],
    { timeout: 20_000, polling: 100 },
  );
  assert.equal(await card(page), "rgb(23, 29, 36)", "the card of a dark theme");
  await page.locator(FIGURE, { hasText: "before training" }).waitFor({ timeout: 10_000 });
  await clickSlider(page, 1, "epoch 5");
  await assertFitted(page, "after all of it");
});

const SETTLED = 800; // milliseconds in which all that fits figures to their place has done so

const FIGURE = ".jp-OutputArea-output.js-plotly-plot"; // while a picture of it is made, there is another one in the page

const CARD = `${FIGURE} .main-svg`;
const LIGHT = "rgb(255, 255, 255)";

/** The colour of the figure's card. */
function card(page: Page): Promise<string> {
  return page
    .locator(CARD)
    .first()
    .evaluate((drawing) => getComputedStyle(drawing).backgroundColor);
}

/** Asserts that the figure's place, and what is drawn in it, have the width of the cell and the height for this width. */
async function assertFitted(page: Page, when: string): Promise<void> {
  const sizes = await page.evaluate(
    (selectors) =>
      selectors.map((one) => {
        const { width, height } = document.querySelector(one)?.getBoundingClientRect() ?? {};
        return [width, height];
      }),
    [FIGURE, `${FIGURE} .main-svg`],
  );
  const width = await page
    .locator(".jp-OutputArea-output")
    .first()
    .evaluate((output) => output.clientWidth);
  const { height } = fitted(figure, { width }).layout;
  assert.deepEqual(
    sizes,
    [
      [width, height],
      [width, height],
    ],
    when,
  );
}

/** Clicks on an end of the slider, and waits until the figure says what is there. */
async function clickSlider(page: Page, end: 0 | 1, caption: string): Promise<void> {
  const rail = await page.locator(`${FIGURE} .slider-rail-touch-rect`).boundingBox({ timeout: 10_000 });
  assert.ok(rail);
  await page.mouse.click(rail.x + 2 + end * (rail.width - 4), rail.y + rail.height / 2);
  await page.waitForFunction(
    ([where, text]) => document.querySelector(where)?.textContent?.includes(text),
    [FIGURE, caption],
    { timeout: 10_000, polling: 100 },
  );
  await page.waitForTimeout(SETTLED);
}
