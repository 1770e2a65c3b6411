import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { noChromium, openBrowser } from "../support/chromium.js";
import {
  acceptDialog,
  chooseMenu,
  codeCell,
  type LabPage,
  openLab,
  openPage,
  outputsOf,
  pressStop,
  runCell,
  saveNotebook,
  startCell,
  type TestLab,
  waitForFigures,
} from "../support/jupyterlab.js";
import { writeNotebook } from "../support/notebookFiles.js";

/**
 * What changes while a notebook is open in the real JupyterLab: interact()'s controls, answers to a cell, figures that are
 * redrawn in place, progress, the stop button.
 */

const skip = noChromium();
const CELLS = [
  `import { figures, interact, mlp, train, xor } from "xorlab";
interact({ hidden: { min: 1, max: 8, value: 2 }, kind: ["sigmoid", "relu"], on: false, "<b>name</b>": "<i>x</i>" }, async ({ hidden, kind, on, "<b>name</b>": name }) => {
  const run = await train(mlp({ hidden, activation: kind, seed: 7 }), xor({ rows: 50, seed: 7 }), { seed: 7, epochs: name === "long" ? 1e6 : 5 });
  console.log([hidden, kind, on, name, run.status].join());
  return figures.loss(run);
});`,
  'const answer = prompt("Your name?");\nconsole.log("hello " + answer);',
  'import { createInterface } from "node:readline/promises";\nconst asks = createInterface({ input: process.stdin, output: process.stdout });\nconsole.log("you are", await asks.question("How old? "));\nasks.close();',
  'prompt("never answered")',
  `import { figures, mlp, show, train, xor } from "xorlab";
const options = { seed: 1, epochs: 3, progress: false };
const first = await train(mlp({ seed: 1 }), xor({ rows: 50, seed: 1 }), options);
const shown = show(figures.loss(first));`,
  "shown.update(figures.boundary(first));",
  "const long = await train(mlp({ hidden: [16, 16], seed: 1 }), xor({ seed: 1 }), { epochs: 100000 });",
  "console.log(long.status, long.history.loss.length > 0, first.status);",
];

let lab: TestLab;
let browser: Browser;
let opened: LabPage;
let page: Page;

before(async () => {
  if (skip) return;
  lab = await openLab();
  writeNotebook(lab.folder, "live", CELLS);
  browser = await openBrowser();
  opened = await openPage(browser, lab, "live.ipynb");
  page = opened.page;
});
after(async () => {
  await browser?.close();
  await lab?.close();
});

const cell = (index: number) => codeCell(page, index);
const controls = () => page.getByRole("group", { name: "Controls" });
const field = (name: string) => controls().getByLabel(name, { exact: true });
const shows = (text: string) => outputsOf(page, 0).getByText(text).first().waitFor();
const change = async (name: string, value: string) => {
  await field(name).fill(value);
  await field(name).press("Tab"); // leaves the field, as with a keyboard
};

test("controls have labels, and a change redraws the figure in place, once", {
  skip,
  timeout: 300_000,
}, async () => {
  await startCell(page, 0);
  await waitForFigures(page, 1);
  await shows("2,sigmoid,false,<i>x</i>,completed");
  assert.equal(await field("<b>name</b>").inputValue(), "<i>x</i>");
  await change("hidden", "5");
  await field("kind").selectOption("relu");
  await field("on").check();
  await shows("5,relu,true,<i>x</i>,completed");
  // Each of the three changes draws a figure in place of the last one: between two there is none for a moment.
  await page.waitForFunction(
    () => {
      const plots = document.querySelectorAll(".js-plotly-plot:has(.main-svg)");
      return plots.length === 1 && /5 ReLU units/.test(plots[0].textContent ?? "");
    },
    undefined,
    { polling: 100 },
  );
  assert.equal(await controls().count(), 1);
  assert.equal(await cell(0).getByText("2,sigmoid").count(), 0);
  const slider = controls().locator("input[type=range]").first();
  for (const value of ["6", "7", "8"]) await slider.fill(value);
  await shows("8,relu,true,<i>x</i>,completed");
  assert.equal(await field("hidden").inputValue(), "8");
});

test("a training that is out of date ends; Stop ends one, with what is done", {
  skip,
  timeout: 300_000,
}, async () => {
  await change("<b>name</b>", "long");
  await cell(0).locator('[data-mime-type="image/svg+xml"]').waitFor();
  await change("<b>name</b>", "short");
  await shows("8,relu,true,short,completed");
  await change("<b>name</b>", "long");
  await cell(0).locator('[data-mime-type="image/svg+xml"]').waitFor();
  await pressStop(page);
  await shows("8,relu,true,long,stopped");
});

test("the saved file has the last values; in a notebook that is opened again controls say that they are not connected", {
  skip,
  timeout: 300_000,
}, async () => {
  await change("<b>name</b>", "kept");
  await shows("8,relu,true,kept,completed");
  await saveNotebook(page);
  const saved = JSON.parse(readFileSync(join(lab.folder, "live.ipynb"), "utf8")).cells[0].outputs;
  const texts = saved.map(({ data }: { data: Record<string, string | string[]> }) =>
    [data["text/plain"]].flat().join(""),
  );
  assert.equal(texts[0], "hidden: 8, kind: relu, on: true, <b>name</b>: kept");
  assert.ok(texts.some((text: string) => text.includes("8,relu,true,kept,completed")));
  await chooseMenu(page, "File", "Close Tab");
  await controls().waitFor({ state: "detached" });
  await opened.open("live.ipynb");
  await controls().getByText("not connected to the kernel").waitFor();
  assert.equal(await field("hidden").inputValue(), "8");
  assert.equal(await field("hidden").isDisabled(), true);
});

test("a cell that runs again has new controls, and no comm of the old ones is left", {
  skip,
  timeout: 300_000,
}, async () => {
  await startCell(page, 0);
  await shows("2,sigmoid,false,<i>x</i>,completed");
  assert.equal(await controls().count(), 1);
  await page.locator(".xorlab-controls:enabled").waitFor();
  await change("hidden", "4");
  await shows("4,sigmoid,false,<i>x</i>,completed");
});

test("prompt() and readline ask in a box below their cells; Stop ends the waiting", {
  skip,
  timeout: 300_000,
}, async () => {
  for (const [index, question, answer, printed] of [
    [1, "Your name?", "Ada", "hello Ada"],
    [2, "How old?", "36", "you are 36"],
  ] as const) {
    await startCell(page, index);
    await cell(index).getByText(question).first().waitFor();
    await cell(index).locator(".jp-Stdin-input").fill(answer);
    await cell(index).locator(".jp-Stdin-input").press("Enter");
    await outputsOf(page, index).getByText(printed).waitFor();
  }
  await startCell(page, 3);
  await cell(3).locator(".jp-Stdin-input").waitFor();
  await pressStop(page);
  await cell(3).getByText("KeyboardInterrupt").first().waitFor();
});

test("after a restart of the kernel the controls say that they are not connected", {
  skip,
  timeout: 300_000,
}, async () => {
  await chooseMenu(page, "Kernel", "Restart Kernel…");
  await acceptDialog(page);
  await controls().getByText("not connected to the kernel").waitFor();
  assert.equal(await field("hidden").isDisabled(), true);
  assert.deepEqual(opened.outside, []);
});

test("show().update() redraws in place, and Stop keeps what was done", {
  skip,
  timeout: 300_000,
}, async () => {
  await chooseMenu(page, "Edit", "Clear Outputs of All Cells"); // the other figure
  await page.locator(".js-plotly-plot").waitFor({ state: "detached" });
  await runCell(page, 4);
  const [loss] = await waitForFigures(page, 1);
  assert.match(loss, /"type":"scatter"/);

  await runCell(page, 5);
  await page
    .locator(".js-plotly-plot")
    .locator(".heatmaplayer image, .hm, .contour")
    .first()
    .waitFor({ state: "attached" });
  const figures = await waitForFigures(page, 1);
  assert.equal(figures.length, 1, "the figure has been replaced, not followed by another");
  assert.notEqual(figures[0], loss);

  await startCell(page, 6);
  await cell(6).locator('[data-mime-type="image/svg+xml"]').waitFor({ timeout: 60_000 });
  await pressStop(page);
  await outputsOf(page, 6).getByText("stopped; loss").waitFor();
  const summary = await outputsOf(page, 6).allTextContents();
  assert.equal(summary.length, 1);
  assert.match(summary[0], /^16 and 16 sigmoid units on xor: stopped; loss /);
  assert.deepEqual(await runCell(page, 7), ["stopped true completed\n"]);
});
