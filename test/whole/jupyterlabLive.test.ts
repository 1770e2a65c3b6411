import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { noChromium, openBrowser } from "../support/chromium.js";
import {
  openLab,
  openNotebook,
  pressStop,
  prompts,
  startCell,
  type TestLab,
  waitForFigures,
} from "../support/jupyterlab.js";
import { writeNotebook } from "../support/notebookFiles.js";

/** What moves while a cell runs, in the real JupyterLab: figures that are redrawn in place, progress, the stop button. */

const skip = noChromium();
const CELLS = [
  `import { figures, mlp, show, train, xor } from "xorlab";
const options = { seed: 1, epochs: 3, progress: false };
const first = await train(mlp({ seed: 1 }), xor({ rows: 50, seed: 1 }), options);
const shown = show(figures.loss(first));`,
  `shown.update(figures.boundary(first));`,
  `const long = await train(mlp({ hidden: [16, 16], seed: 1 }), xor({ seed: 1 }), { epochs: 100000 });`,
  `console.log(long.status, long.history.loss.length > 0, first.status);`,
];

let lab: TestLab;
let browser: Browser;

before(async () => {
  if (skip) return;
  lab = await openLab();
  writeNotebook(lab.folder, "live", CELLS);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

test("show().update() redraws in place, and Stop keeps what was done", {
  skip,
  timeout: 300_000,
}, async () => {
  const { page } = await openNotebook(browser, lab, "live.ipynb");
  await runCell(page, 0);
  const [loss] = await waitForFigures(page, 1);
  assert.match(loss, /"type":"scatter"/);

  await runCell(page, 1);
  await page.waitForFunction(() =>
    document.querySelector(
      ".js-plotly-plot .heatmaplayer image, .js-plotly-plot .hm, .js-plotly-plot .contour",
    ),
  );
  const figures = await waitForFigures(page, 1);
  assert.equal(figures.length, 1, "the figure has been replaced, not followed by another");
  assert.notEqual(figures[0], loss);

  await startCell(page, 2);
  await page.locator('.jp-OutputArea-output[data-mime-type="image/svg+xml"]').waitFor({ timeout: 60_000 });
  await pressStop(page);
  await waitForPrompt(page, 2);
  const summary = await page
    .locator(".jp-CodeCell")
    .nth(2)
    .locator(".jp-OutputArea-output")
    .allTextContents();
  assert.equal(summary.length, 1);
  assert.match(summary[0], /^16 and 16 sigmoid units on xor: stopped; loss /);

  await runCell(page, 3);
  const after = await page.locator(".jp-CodeCell").nth(3).locator(".jp-OutputArea-output").allTextContents();
  assert.deepEqual(after, ["stopped true completed\n"]);
});

/** Runs a cell and waits for its end. */
async function runCell(page: Page, index: number): Promise<void> {
  await startCell(page, index);
  await waitForPrompt(page, index);
}

async function waitForPrompt(page: Page, index: number): Promise<void> {
  await page.waitForFunction(
    (i) => /\[\d+\]/.test(document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")[i]?.textContent ?? ""),
    index,
    { timeout: 60_000, polling: 200 },
  );
  assert.match((await prompts(page))[index], /\[\d+\]/);
}
