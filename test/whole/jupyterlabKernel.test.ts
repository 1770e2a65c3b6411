import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { noChromium, openBrowser } from "../support/chromium.js";
import {
  acceptDialog,
  chooseMenu,
  ended,
  type LabPage,
  openLab,
  openPage,
  outputsOf,
  pressStop,
  prompts,
  runCell,
  startCell,
  type TestLab,
  waitForPrompts,
} from "../support/jupyterlab.js";
import { RandomSource } from "../support/kernelRandom.js";
import { writeNotebook } from "../support/notebookFiles.js";

/** The kernel in the real JupyterLab: error cells, Stop, restart and run all, two notebooks at once. */

const skip = noChromium();
const STOPS = 4; // the tests over the wire have many more
const SCREENSHOTS = process.env.XORLAB_SCREENSHOTS; // a folder: to look at what the tests saw

const ERRORS = [
  "function divide(a: number, b: number): number {\n  if (b === 0) throw new RangeError('division by zero');\n  return a / b;\n}",
  "const half = divide(1, 2);\ndivide(half, 0);",
  "console.log('not reached by Run All');",
  'const rate: number = 0.5;\nconst wrong: number = "text";',
];
const STUDY = [
  'import { study } from "xorlab";\nlet turn = 0;',
  'const s = await study({ hidden: [2, 5], activation: "relu", trials: 1_000_000, workers: 2 });',
  "turn += 1;\n[turn, s.status, s.rows.length].join(' ')",
];
const WAIT = "await new Promise((go) => setTimeout(go, 1500));";
const NOTEBOOKS = {
  errors: [...ERRORS, ...STUDY],
  left: ["let mine = 'left';", `${WAIT}\nmine`],
  right: ["let mine = 'right';", `${WAIT}\nmine`],
  all: ["let n = 1;", "n += 1;", "import { xor } from 'xorlab';\nxor({ seed: 1 }).rows + n"],
} as const;

let lab: TestLab;
let browser: Browser;
let opened: LabPage;
let page: Page;

before(async () => {
  if (skip) return;
  lab = await openLab();
  for (const [name, cells] of Object.entries(NOTEBOOKS)) writeNotebook(lab.folder, name, cells);
  browser = await openBrowser();
  opened = await openPage(browser, lab, "errors.ipynb");
  page = opened.page;
});

after(async () => {
  await browser?.close();
  await lab?.close();
});

async function picture(name: string): Promise<void> {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

test("Run All stops at an error, which is red and names the user's lines", {
  skip,
  timeout: 180_000,
}, async () => {
  await chooseMenu(page, "Run", "Run All Cells");
  // After an error the cells that wait lose their stars before the failed one has its number.
  await waitForPrompts(page, (now) => ended(now) && /\d/.test(now[1]));
  await outputsOf(page, 1).first().waitFor();
  assert.deepEqual(
    (await prompts(page)).map((prompt) => prompt.replace(/\d+/, "n")),
    ["[n]:", "[n]:", ...Array(5).fill("[ ]:")],
  );
  assert.equal(await outputsOf(page, 1).count(), 1);
  const error = outputsOf(page, 1).first();
  assert.equal(await error.getAttribute("data-mime-type"), "application/vnd.jupyter.stderr");
  const text = (await error.textContent()) ?? "";
  assert.match(text, /RangeError: division by zero/);
  assert.match(text, /divide/);
  assert.doesNotMatch(text, /node:|tslab|node_modules|\[3\dm/);
  assert.ok(
    await error.locator("span[class*=ansi-red], span[class*=ansi-bold]").count(),
    "the name is coloured",
  );
  const typeError = await runCell(page, 3);
  assert.equal(typeError.length, 1);
  assert.match(typeError[0], /not assignable to type 'number'[\s\S]*const wrong: number = "text";[\s\S]*\^/);
  await picture("errors");
  assert.deepEqual(await runCell(page, 2), ["not reached by Run All\n"]);
});

test(`Stop at ${STOPS} random moments of a study ends it, and the next cell is right each time`, {
  skip,
  timeout: 400_000,
}, async () => {
  const random = new RandomSource(8);
  const [start, study, next] = STUDY.map((_, i) => ERRORS.length + i);
  await runCell(page, start);
  for (let turn = 1; turn <= STOPS; turn++) {
    await startCell(page, study);
    await waitForPrompts(page, (now) => now[study] === "[*]:");
    await outputsOf(page, study).first().waitFor(); // its progress: before that Stop may still meet the check of types
    await page.waitForTimeout(random.below(1000));
    await pressStop(page);
    await waitForPrompts(page, ended, 20_000);
    const shown = await outputsOf(page, study).allTextContents();
    assert.match(shown.join(), /^study: stopped after \d+ of 2000000 trials/, `turn ${turn}`);
    assert.deepEqual(await runCell(page, next), [`'${turn} stopped 2'`], `turn ${turn}`);
  }
  await picture("stopped");
});

test("two notebooks at once have kernels of their own", { skip, timeout: 180_000 }, async () => {
  const names = ["left", "right"];
  for (const name of names) await opened.open(`${name}.ipynb`);
  for (const name of names) {
    await opened.open(`${name}.ipynb`);
    await chooseMenu(page, "Run", "Run All Cells");
  }
  for (const name of names) {
    await opened.open(`${name}.ipynb`);
    await outputsOf(page, 1).first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await outputsOf(page, 1).allTextContents(), [`'${name}'`]);
  }
});

test("Restart Kernel and Run All Cells begins anew", { skip, timeout: 180_000 }, async () => {
  await page.context().close();
  const { page: alone } = await openPage(browser, lab, "all.ipynb", 900);
  for (let i = 0; i < 3; i++) {
    await chooseMenu(alone, "Kernel", "Restart Kernel and Run All Cells…");
    await acceptDialog(alone);
    await waitForPrompts(alone, (now) => now.join() === "[1]:,[2]:,[3]:", 60_000);
    await outputsOf(alone, 2).first().waitFor();
    assert.deepEqual(await outputsOf(alone, 2).allTextContents(), ["1002"]);
    await chooseMenu(alone, "Edit", "Clear Outputs of All Cells");
  }
});
