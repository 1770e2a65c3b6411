import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { figures, xor } from "../../src/index.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { trained } from "../support/figureCases.js";
import { openLab, openNotebook, type TestLab, waitForFigures } from "../support/jupyterlab.js";

/** A figure in the real JupyterLab keeps its height, whatever is done to it. */

const skip = noChromium();
let lab: TestLab;
let browser: Browser;
let height: number;

before(async () => {
  if (skip) return;
  const figure = figures.boundary(await trained({ seed: 1 }, xor({ rows: 50, seed: 1 }), { seed: 1 }));
  height = figure.layout.height as number;
  const output = {
    output_type: "display_data",
    data: { "application/vnd.plotly.v1+json": figure, "text/plain": "a figure" },
    metadata: {},
  };
  const cell = { cell_type: "code", source: "1;", metadata: {}, outputs: [output], execution_count: 1 };
  const kernelspec = { name: "xorlab", display_name: "TypeScript (xorlab)", language: "typescript" };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 };
  lab = await openLab();
  writeFileSync(join(lab.folder, "figure.ipynb"), JSON.stringify(notebook));
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

test("a figure in JupyterLab keeps its height when its slider is clicked and the window's width changes", {
  skip,
  timeout: 120_000,
}, async () => {
  const { page } = await openNotebook(browser, lab, "figure.ipynb");
  // Saved without a picture beside it, the figure is drawn at once; there is none to be woken by the mouse.
  await waitForFigures(page, 1);
  assert.deepEqual(await heights(page), [height, height]);
  await clickSlider(page, 0, "before training");
  assert.deepEqual(await heights(page), [height, height], "after a click on the slider");
  for (const width of [700, 1300]) {
    await page.setViewportSize({ width, height: 12_000 });
    await page.waitForTimeout(SETTLED);
    assert.deepEqual(await heights(page), [height, height], `in a window ${width} pixels wide`);
  }
  await clickSlider(page, 1, "epoch 5");
  assert.deepEqual(await heights(page), [height, height], "after all of it");
});

const SETTLED = 500; // milliseconds in which all that fits figures to their place has done so

const FIGURE = ".js-plotly-plot";

/** Of the figure's place and of what is drawn in it. */
function heights(page: Page): Promise<number[]> {
  return page.evaluate(
    (selectors) => selectors.map((one) => document.querySelector(one)?.getBoundingClientRect().height ?? 0),
    [FIGURE, `${FIGURE} .main-svg`],
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
    { timeout: 10_000 },
  );
  await page.waitForTimeout(SETTLED);
}
