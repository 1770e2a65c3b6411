import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { noChromium, openBrowser } from "../support/chromium.js";
import {
  chooseMenu,
  openLab,
  openNotebook,
  pressStop,
  prompts,
  startCell,
  type TestLab,
} from "../support/jupyterlab.js";
import { RandomSource } from "../support/kernelRandom.js";
import { writeNotebook } from "../support/notebookFiles.js";

/** The kernel in the real JupyterLab: error cells, Stop, restart and run all, two notebooks at once. */

const skip = noChromium();
const STOPS = 4; // the tests over the wire have many more
const SCREENSHOTS = process.env.XORLAB_SCREENSHOTS; // a folder: to look at what the tests saw

const NOTEBOOKS = {
  errors: [
    "function divide(a: number, b: number): number {\n  if (b === 0) throw new RangeError('division by zero');\n  return a / b;\n}",
    "const half = divide(1, 2);\ndivide(half, 0);",
    "console.log('not reached by Run All');",
    'const rate: number = 0.5;\nconst wrong: number = "text";',
  ],
  study: [
    'import { study } from "xorlab";\nlet turn = 0;',
    'const s = await study({ hidden: [2, 5], activation: "relu", trials: 1_000_000, workers: 2 });',
    "turn += 1;\n[turn, s.status, s.rows.length].join(' ')",
  ],
  all: ["let n = 1;", "n += 1;", "import { xor } from 'xorlab';\nxor({ seed: 1 }).rows + n"],
  left: ["let mine = 'left';", "await new Promise((go) => setTimeout(go, 1500));\nmine"],
  right: ["let mine = 'right';", "await new Promise((go) => setTimeout(go, 1500));\nmine"],
} as const;

let lab: TestLab;
let browser: Browser;

before(async () => {
  if (skip) return;
  lab = await openLab();
  for (const [name, cells] of Object.entries(NOTEBOOKS)) writeNotebook(lab.folder, name, cells);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

async function open(name: keyof typeof NOTEBOOKS): Promise<Page> {
  const { page } = await openNotebook(browser, lab, `${name}.ipynb`);
  await page.setViewportSize({ width: 1000, height: 900 });
  return page;
}

const cell = (page: Page, index: number): Locator => page.locator(".jp-CodeCell").nth(index);
const outputs = (page: Page, index: number): Locator => cell(page, index).locator(".jp-OutputArea-output");

/** Runs one cell and waits until its prompt has a number again. */
async function runCell(page: Page, index: number): Promise<void> {
  await startCell(page, index);
  await page.waitForFunction(idle, undefined, { timeout: 60_000, polling: 50 });
}

/** Run in the page: whether no cell runs or waits, and one has run. */
function idle(): boolean {
  const now = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map((e) => e.textContent ?? "");
  return now.some((prompt) => /\d/.test(prompt)) && !now.some((prompt) => prompt.includes("*"));
}

async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

test("Run All stops at an error, which is red and names the user's lines", {
  skip,
  timeout: 180_000,
}, async () => {
  const page = await open("errors");
  await chooseMenu(page, "Run", "Run All Cells");
  await page.waitForFunction(idle, undefined, { timeout: 60_000 });
  await outputs(page, 1).first().waitFor();
  assert.deepEqual(
    (await prompts(page)).map((prompt) => prompt.replace(/\d+/, "n")),
    ["[n]:", "[n]:", "[ ]:", "[ ]:"],
  );
  assert.equal(await outputs(page, 1).count(), 1);
  const error = outputs(page, 1).first();
  assert.equal(await error.getAttribute("data-mime-type"), "application/vnd.jupyter.stderr");
  const text = (await error.textContent()) ?? "";
  assert.match(text, /RangeError: division by zero/);
  assert.match(text, /divide/);
  assert.doesNotMatch(text, /node:|tslab|node_modules|\[3\dm/);
  assert.ok(
    await error.locator("span[class*=ansi-red], span[class*=ansi-bold]").count(),
    "the name is coloured",
  );
  await runCell(page, 3);
  const typeError = await outputs(page, 3).allTextContents();
  assert.equal(typeError.length, 1);
  assert.match(typeError[0], /not assignable to type 'number'[\s\S]*const wrong: number = "text";[\s\S]*\^/);
  await picture(page, "errors");
  await runCell(page, 2);
  assert.deepEqual(await outputs(page, 2).allTextContents(), ["not reached by Run All\n"]);
  await page.context().close();
});

test(`Stop at ${STOPS} random moments of a study ends it, and the next cell is right each time`, {
  skip,
  timeout: 400_000,
}, async () => {
  const page = await open("study");
  const random = new RandomSource(8);
  await runCell(page, 0);
  for (let turn = 1; turn <= STOPS; turn++) {
    await startCell(page, 1);
    await page.waitForFunction(
      () => document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")[1]?.textContent === "[*]:",
    );
    await outputs(page, 1).first().waitFor(); // its progress: before that Stop may still meet the check of types
    await page.waitForTimeout(random.below(1000));
    await pressStop(page);
    await page.waitForFunction(idle, undefined, { timeout: 20_000, polling: 50 });
    const shown = await outputs(page, 1).allTextContents();
    assert.match(shown.join(), /^study: stopped after \d+ of 2000000 trials/, `turn ${turn}`);
    await runCell(page, 2);
    assert.deepEqual(await outputs(page, 2).allTextContents(), [`'${turn} stopped 2'`], `turn ${turn}`);
  }
  await picture(page, "stopped");
  await page.context().close();
});

test("Restart Kernel and Run All Cells begins anew", { skip, timeout: 180_000 }, async () => {
  const page = await open("all");
  for (let i = 0; i < 3; i++) {
    await chooseMenu(page, "Kernel", "Restart Kernel and Run All Cells…");
    await page.locator(".jp-Dialog button.jp-mod-accept").click();
    await page.waitForFunction(
      () => {
        const now = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map((e) => e.textContent);
        return now.join() === "[1]:,[2]:,[3]:";
      },
      undefined,
      { timeout: 60_000, polling: 100 },
    );
    await outputs(page, 2).first().waitFor();
    assert.deepEqual(await outputs(page, 2).allTextContents(), ["1002"]);
    await chooseMenu(page, "Edit", "Clear Outputs of All Cells");
  }
  await page.context().close();
});

test("two notebooks at once have kernels of their own", { skip, timeout: 180_000 }, async () => {
  const pages = [await open("left"), await open("right")];
  await Promise.all(pages.map((page) => chooseMenu(page, "Run", "Run All Cells")));
  await Promise.all(pages.map((page) => outputs(page, 1).first().waitFor({ timeout: 60_000 })));
  assert.deepEqual(await Promise.all(pages.map((page) => outputs(page, 1).allTextContents())), [
    ["'left'"],
    ["'right'"],
  ]);
  for (const page of pages) await page.context().close();
});
