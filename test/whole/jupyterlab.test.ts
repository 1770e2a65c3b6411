import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Download, Page } from "playwright-core";
import { CHECKOUT } from "../support/checkout.js";
import { noChromium, openBrowser, openFile, unfold } from "../support/chromium.js";
import {
  acceptDialog,
  chooseMenu,
  codeCell,
  codeCells,
  drawnFigures,
  type LabPage,
  openLab,
  openPage,
  prompts,
  reload,
  runAll,
  saveNotebook,
  type TestLab,
  waitForFigures,
  waitForPrompts,
} from "../support/jupyterlab.js";
import { clearOutputs, copyNotebooks, explainLess } from "../support/notebookFiles.js";

/** The real JupyterLab in a real browser, as somebody who types `npm start` meets it. */

const PLOTLY = "application/vnd.plotly.v1+json";
const skip = noChromium();
const WHOLE = 12_000; // pixels: the height of a notebook with all that it shows
const names = readdirSync(join(CHECKOUT, "notebooks"))
  .filter((name) => name.endsWith(".ipynb"))
  .sort();
const [FIRST] = names;

let lab: TestLab;
let browser: Browser;

before(async () => {
  if (skip) return;
  lab = await openLab();
  // Drawing what was committed takes as long as running; saved outputs are drawn when a page is loaded again.
  for (const path of copyNotebooks(lab.folder)) {
    clearOutputs(path);
    if (basename(path) !== FIRST) explainLess(path);
  }
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

/** How many figures the notebook's file holds. */
const savedFigures = (name: string) =>
  codeCells(join(lab.folder, name)).flatMap(({ outputs }) =>
    outputs.filter(({ data }) => data && PLOTLY in data),
  ).length;

let opened: LabPage | undefined;
let front: { readonly name: string; readonly drawn: readonly string[] } | undefined;

/** A notebook that is open, was run and is saved, with the data of its figures; the one before is closed. */
async function runNotebook(name: string): Promise<LabPage & { readonly drawn: readonly string[] }> {
  if (front !== undefined && front.name !== name) {
    front = undefined;
    await opened?.close();
  }
  if (opened === undefined) opened = await openPage(browser, lab, name, WHOLE);
  else if (front === undefined) await opened.open(name);
  if (front === undefined) {
    const drawn = await runAndDraw(opened.page);
    await saveNotebook(opened.page);
    assert.equal(savedFigures(name), drawn.length, `${name} was saved`);
    front = { name, drawn };
  }
  return { ...opened, drawn: front.drawn };
}

/** Runs all cells; each must end, and each figure must be drawn. */
async function runAndDraw(page: Page): Promise<string[]> {
  const prompts = await runAll(page);
  for (const prompt of prompts)
    assert.match(prompt, /^\[\d+\]:$/, `a cell was not run: ${prompts.join(" ")}`);
  const wanted = await page.locator(".jp-RenderedPlotly, .js-plotly-plot").count();
  assert.ok(wanted > 0, "there is a figure");
  const drawn = await waitForFigures(page, await page.locator(".js-plotly-plot").count());
  assert.ok(!drawn.includes("not drawn"), "every figure is drawn");
  return drawn;
}

test("there are notebooks", () => assert.ok(names.length > 0));

for (const name of [...names].reverse())
  test(`JupyterLab runs ${name} and draws every figure, without a request to another host`, {
    skip,
  }, async () => {
    const { outside } = await runNotebook(name);
    assert.deepEqual(outside, []);
  });

/** The next file that this page, or a tab that it opens, hands over. */
function nextDownload(page: Page): Promise<Download> {
  return new Promise((done) => {
    page.once("download", done);
    page.context().once("page", (tab) => tab.once("download", done));
  });
}

test("JupyterLab's own HTML export is one page that needs no network and draws every figure", {
  skip,
}, async () => {
  const { page, drawn } = await runNotebook(FIRST);
  const download = nextDownload(page);
  await chooseMenu(page, "File", "Save and Export Notebook As", "HTML");
  await acceptDialog(page); // with "Sanitize HTML output" as it stands
  const path = join(lab.folder, "exported.html");
  await (await download).saveAs(path);
  const exported = await openFile(browser, path);
  await unfold(exported.page);
  assert.equal(
    (await drawnFigures(exported.page)).filter((data) => data !== "not drawn").length,
    drawn.length,
  );
  assert.deepEqual([exported.requests, exported.errors], [[], []]);
  await exported.page.context().close();
});

test("JupyterLab's export menu offers what works", { skip }, async () => {
  const { page } = await runNotebook(FIRST);
  const offered = await page.evaluate(async () => {
    const { baseUrl } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "");
    return Object.keys(await (await fetch(`${baseUrl}api/nbconvert`)).json());
  });
  const needs = { asciidoc: "pandoc", latex: "pandoc", rst: "pandoc", pdf: "xelatex", webpdf: "playwright" };
  for (const name of ["html", "markdown", "script"]) assert.ok(offered.includes(name), name);
  for (const name of ["slides", "qtpdf", "qtpng"]) assert.ok(!offered.includes(name), name);
  for (const [name, program] of Object.entries(needs))
    if (spawnSync(program, ["--version"]).error) assert.ok(!offered.includes(name), name);
});

/** The cell of the settings, with its first whole number halved. */
function changedParameters(name: string): { index: number; source: string } {
  const cells = codeCells(join(lab.folder, name));
  const index = cells.findIndex(({ tags }) => tags.includes("parameters"));
  const preferred = /(\bepochs = )(\d+)/.test(cells[index].source) ? /(\bepochs = )(\d+)/ : /( = )(\d+)/;
  const source = cells[index].source.replace(
    preferred,
    (_, before, number) => before + Math.ceil(number / 2),
  );
  assert.notEqual(source, cells[index].source, "the parameters hold a whole number to change");
  return { index, source };
}

/** Runs the cells above one by the menu, and waits for them. */
async function runAbove(page: Page, index: number): Promise<void> {
  const before = await prompts(page);
  await codeCell(page, index).locator(".jp-InputPrompt").click();
  await chooseMenu(page, "Run", "Run All Above Selected Cell");
  await waitForPrompts(page, (now) =>
    now.slice(0, index).every((prompt, i) => /\d/.test(prompt) && prompt !== before[i]),
  );
}

test("in JupyterLab a changed setting changes the figure, and both are there after saving and reloading", {
  skip,
}, async () => {
  const { page, outside, drawn: first } = await runNotebook(FIRST);
  const { index, source } = changedParameters(FIRST);
  const figures = codeCells(join(lab.folder, FIRST)).flatMap(({ outputs }, i) =>
    i > index && outputs.some(({ data }) => data && PLOTLY in data) ? [i] : [],
  );
  await codeCell(page, index).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(source);
  await runAbove(page, figures[2]); // the first of them is of controls
  const second = await waitForFigures(page, first.length);
  assert.equal(second.length, first.length);
  assert.notDeepEqual(second, first);

  await saveNotebook(page);
  assert.equal(savedFigures(FIRST), second.length);
  await reload(page);
  assert.deepEqual(await waitForFigures(page, second.length), second);
  assert.equal(codeCells(join(lab.folder, FIRST))[index].source, source);
  const controls = page.getByRole("group", { name: "Controls" }).first();
  await controls.getByText("not connected to the kernel").waitFor();
  assert.equal(await controls.getByRole("combobox").first().isDisabled(), true);
  assert.deepEqual(outside, []);
});
