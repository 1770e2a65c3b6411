import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { mlp, train, xor } from "../../src/index.js";
import { readNotebook } from "../../src/node/cli/notebooks.js";
import { overrideParameters } from "../../src/node/cli/parameters.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { type LivePage, openLive, pagesOf } from "../support/livePage.js";
import { newFolder, type TestCell, writeNotebook } from "../support/notebookFiles.js";

/** Exported pages as a reader uses them: opened from a file, driven by their accessible names. */

const SETTINGS = `const seed = 7;            // determines everything
const hidden = 2;          // units
const activation = "relu"; // of the hidden units
const noisy = false;
const rate = 0.01;         // from 0.001 to 0.1
const widths = [1, 2];     // hidden units to compare
const made = seed + 1;`;

const CELLS: readonly TestCell[] = [
  { markdown: "# A page" },
  'import { explain, figures, mlp, study, train, xor } from "xorlab";',
  { parameters: SETTINGS },
  `const run = await train(mlp({ hidden, activation, seed }), xor({ rows: 200, seed }), { learningRate: rate, seed, progress: false });
console.log(run.finalLoss, widths, noisy, made);`,
  "figures.loss(run)",
];

const RUN = 3; // the number of the cell that trains

/** A notebook with tables beside it, and one that is out of its folder. */
function writeTables(): string {
  const home = newFolder();
  const folder = join(home, "notebooks");
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(join(folder, "data", "colours.csv"), TABLE);
  writeFileSync(join(folder, "points.tsv"), TABLE.replaceAll(",", "\t"));
  writeFileSync(join(folder, "large.csv"), TABLE + "1,1,red\n".repeat(30_000));
  writeFileSync(join(home, "secret.csv"), TABLE);
  return writeNotebook(folder, "tables", [
    { parameters: 'const file = "data/colours.csv"; // a table' },
    'import { readTable } from "xorlab";\nconst rowsOf = (path: string) => readTable(path, { target: "colour" }).rows;',
    "rowsOf(file)",
    "rowsOf('points.tsv')",
    `rowsOf(${JSON.stringify(TABLE)})`,
    'rowsOf("large.csv")',
    'rowsOf("../secret.csv")',
    "rowsOf(`data/absent.csv`)",
  ]);
}

const TABLE = "x,y,colour\n0,0,red\n0,1,blue\n1,0,blue\n1,1,red\n";

/** A notebook with a value from the command line. */
function writeSet(): string {
  const path = writeNotebook(newFolder(), "set", [
    { parameters: "const trials = 1000; // of each width\nconst seed = 7;" },
    "[trials, seed]",
  ]);
  const [changed] = overrideParameters([readNotebook(path)], new Map([["trials", "300"]]));
  writeFileSync(path, JSON.stringify(changed.content));
  return path;
}

let browser: Browser;
let pages: string;

before(async () => {
  if (noChromium()) return;
  browser = await openBrowser();
  pages = pagesOf([writeNotebook(newFolder(), "live", CELLS), writeTables(), writeSet()]);
});
after(() => browser?.close());

describe("a live page", { skip: noChromium(), timeout: 300_000 }, () => {
  let page: LivePage;
  const seen: LivePage[] = [];
  /** Has the open page as it was written again, and its kernel a new one: as if it were opened, without loading it. */
  const reset = () => page.press("Reset");
  const open = async (
    ...rest: [settings?: Parameters<typeof openLive>[2], hash?: string]
  ): Promise<LivePage> => {
    page = await openLive(browser, join(pages, "live.html"), ...rest);
    seen.push(page);
    return page;
  };
  const field = (name: string) => page.page.getByRole("form").getByLabel(name, { exact: true });
  const set = async (name: string, value: string): Promise<string> => {
    await field(name).fill(value);
    await field(name).blur();
    return page.idle();
  };

  /** What the training cell prints for such settings, computed here. */
  async function printed(given: {
    hidden?: number;
    seed?: number;
    activation?: "relu" | "tanh";
    rate?: number;
  }) {
    const { hidden = 2, seed = 7, activation = "relu", rate = 0.01 } = given;
    const options = { learningRate: rate, seed, progress: false };
    return (await train(mlp({ hidden, activation, seed }), xor({ rows: 200, seed }), options)).finalLoss;
  }

  it("computes nothing until the reader acts", async () => {
    const { page: opened } = await open();
    assert.equal(opened.workers().length, 0);
    assert.equal(await opened.locator(".jp-OutputArea-child").count(), 0);
    assert.equal(await opened.getByRole("button", { name: "Stop" }).isDisabled(), true);
  });

  it("runs all cells with the library's numbers, and draws figures", async () => {
    await page.press("Run all");
    assert.match(await page.idle(), /^4 cells run in /);
    assert.equal(await page.output(RUN), `${await printed({})} [ 1, 2 ] false 8`);
    assert.equal((await page.page.locator(".js-plotly-plot .main-svg").count()) > 0, true);
  });

  it("has a field for each setting that is a literal, with its comment as hint", async () => {
    const names = await page.page.getByRole("form").locator("label").allTextContents();
    assert.deepEqual(names, ["seed", "hidden", "activation", "noisy", "rate", "widths"]);
    assert.equal(await field("hidden").getAttribute("type"), "number");
    assert.equal(await field("noisy").getAttribute("type"), "checkbox");
    assert.equal(await field("widths").inputValue(), "[1, 2]");
    const options = await field("activation").locator("option").allTextContents();
    assert.ok(
      ["relu", "tanh", "sigmoid", "softplus"].every((name) => options.includes(name)),
      String(options),
    );
    const hint = (await field("hidden").getAttribute("aria-describedby")) ?? "";
    assert.equal(await page.page.locator(`[id="${hint}"]`).textContent(), "units");
  });

  it("runs the cells below a changed setting again, and keeps the settings in the address", async () => {
    await set("hidden", "3");
    assert.equal(await page.output(RUN), `${await printed({ hidden: 3 })} [ 1, 2 ] false 8`);
    await field("activation").selectOption("tanh");
    await field("noisy").check();
    await set("widths", "[3, 4]");
    const want = `${await printed({ hidden: 3, activation: "tanh" })} [ 3, 4 ] true 8`;
    assert.equal(await page.output(RUN), want);
    assert.match(await page.code(2), /const activation = "tanh"; \/\/ of the hidden units/);
    assert.equal(new URL(page.page.url()).hash, "#hidden=3&activation=tanh&noisy=true&widths=%5B3%2C4%5D");
    assert.match(await page.page.locator(".xorlab-note").innerText(), /the notebook's own settings/);
  });

  it("opens such an address with its settings, and runs", async () => {
    const { hash } = new URL(page.page.url());
    await open({}, hash);
    await page.idle();
    assert.equal(await field("hidden").inputValue(), "3");
    assert.equal(
      await page.output(RUN),
      `${await printed({ hidden: 3, activation: "tanh" })} [ 3, 4 ] true 8`,
    );
  });

  it("moves a slider, which changes the field and runs", async () => {
    const slider = page.page.locator("input[type=range]").nth(2);
    assert.deepEqual([await slider.getAttribute("min"), await slider.getAttribute("max")], ["0.001", "0.1"]);
    await slider.fill("0.05095");
    await page.idle();
    const rate = Number(await field("rate").inputValue());
    assert.ok(rate > 0.045 && rate < 0.055, String(rate));
    assert.equal(
      await page.output(RUN),
      `${await printed({ hidden: 3, activation: "tanh", rate })} [ 3, 4 ] true 8`,
    );
  });

  it("never takes code from a field or an address", async () => {
    await open({}, "#seed=globalThis.hacked=1&hidden=2");
    assert.equal(await page.idle(), "seed must be a number, as in 0.5");
    const goTo = (hash: string) =>
      page.page.evaluate((address) => {
        location.hash = address;
      }, hash);
    await goTo("#sede=1");
    assert.match(await page.idle(), /the address sets sede, which this notebook does not have/);
    await goTo(`#activation=${encodeURIComponent('x" + (globalThis.hacked = 1) + "')}`);
    await page.idle();
    assert.match(await page.output(RUN), /unknown activation "x\\" \+ \(globalThis\.hacked = 1\) \+ \\""/);
    await set("widths", "[hacked()]");
    assert.match(
      await page.page.locator(".xorlab-trouble:not(:empty)").innerText(),
      /widths must be a list, as in/,
    );
    assert.equal(await field("widths").getAttribute("aria-invalid"), "true");
  });

  it("edits a cell and runs it after those above it; types are taken away", async () => {
    await open();
    await page.edit(4, "const twice = (n: number): number => 2 * n;\ntwice(hidden) as number");
    assert.match(await page.status(), /Types are not checked here/);
    await page.page.keyboard.press("Shift+Enter");
    assert.match(await page.idle(), /^4 cells run/);
    assert.equal(await page.output(4), "4");
    await page.edit(4, "twice(5)");
    await page.runCell(4);
    await page.idle();
    assert.equal(await page.output(4), "10", "earlier variables are kept");
    await page.edit(2, SETTINGS.replace("hidden = 2", "hidden = 4"));
    assert.equal(await field("hidden").inputValue(), "4", "the form follows the code");
  });

  it("shows an error under its cell with line and caret, and does not run the cells after it", async () => {
    await reset();
    await page.edit(RUN, "const fine: number = 1;\nnull!.x;");
    await page.press("Run all");
    assert.match(await page.idle(), /^Cell 3 ended with an error; 1 cell after it did not run$/);
    assert.match(
      await page.output(RUN),
      /^TypeError: .*null.* \(line 2\)[\s\S]*> 2 \| null!\.x;\n {6}\| {7}\^/,
    );
    assert.equal(await page.output(4), "");
    await page.edit(RUN, 'import { readFileSync } from "node:fs";');
    await page.runCell(RUN);
    await page.idle();
    assert.match(await page.output(RUN), /"node:fs" cannot be imported here: .*JupyterLab has all packages/);
    await page.edit(4, "hidden + 1");
    await page.press("Run all");
    assert.match(await page.idle(), /^3 cells run in .*; 1 cell can run in JupyterLab only$/);
    assert.equal(await page.output(4), "3", "cells after such an import run");
  });

  it("brings everything back with Reset", async () => {
    await set("hidden", "5");
    await page.press("Reset");
    assert.deepEqual([await page.code(2), await page.output(RUN)], [SETTINGS, ""]);
    assert.equal(new URL(page.page.url()).hash, "");
    assert.equal(await field("hidden").inputValue(), "2");
    await page.runCell(2);
    assert.match(await page.idle(), /^2 cells run/, "the kernel is a new one");
  });

  it("hides and shows code, and copies its address", async () => {
    await page.page
      .context()
      .grantPermissions(["clipboard-read", "clipboard-write"])
      .catch(() => {});
    await page.press("Hide code");
    assert.equal(await page.page.locator(".cm-content").first().isVisible(), false);
    assert.equal(await field("hidden").isVisible(), true);
    await page.press("Show code");
    assert.equal(await page.page.locator(".cm-content").first().isVisible(), true);
    await set("seed", "8");
    await page.press("Copy link");
    await page.page.getByText(/^Link copied/).waitFor();
    assert.match(await page.page.evaluate(() => navigator.clipboard.readText()), /live\.html#seed=8$/);
  });

  const BEGUN = `console.log("begun"); await new Promise((done) => setTimeout(done, 50));`;
  const STUCK = `const stuck = await train(mlp({ hidden: 1, seed }), xor({ rows: 50, seed }), { epochs: 5, progress: false });`;
  const LONG: Readonly<Record<string, readonly [source: string, then: RegExp]>> = {
    "a training": ["(await train(mlp(), xor(), { epochs: 1e6 })).status", /'stopped'/],
    "a study": ["(await study({ trials: 1e6 })).status", /'stopped'/],
    "an explanation": [`${STUCK}\nexplain(stuck, { trials: 20_000 }).stopped`, /true/],
    "a loop of explanations": [`${STUCK}\nfor (;;) explain(stuck, { trials: 8 });`, /KeyboardInterrupt/],
    "a loop of trainings": [
      "for (;;) await train(mlp(), xor(), { epochs: 100, progress: false });",
      /KeyboardInterrupt: the cell was stopped; variables are kept/,
    ],
    "a promise that is never kept": ["await new Promise(() => {})", /KeyboardInterrupt/],
    "an endless loop": ["for (;;) {}", /Stopped: .*the kernel was restarted; all variables are gone/],
    "an endless loop of promises": ["for (;;) await null", /Stopped: .*all variables are gone/],
  };

  const [FIRST] = Object.keys(LONG);
  for (const [name, [source, then]] of Object.entries(LONG))
    it(`stops ${name}`, async () => {
      if (name === FIRST) await reset();
      await page.edit(4, `${BEGUN}\n${source}`);
      await page.runCell(4);
      await page.page.locator(".jp-OutputArea-child").getByText("begun").waitFor();
      await page.page.waitForTimeout(500);
      const began = performance.now();
      await page.press("Stop");
      await page.idle();
      assert.ok(performance.now() - began < 10_000, "soon, even on a busy machine");
      assert.match(await page.output(4), then);
      await page.edit(4, "typeof run");
      await page.runCell(4);
      const gone = /variables are gone/.test(String(then));
      assert.match(
        await page.idle(),
        gone ? /^4 cells run/ : /^1 cell run/,
        "cells above run again where needed",
      );
      assert.equal(await page.output(4), "'object'");
    });

  it("gives up a run that is out of date when a setting changes", async () => {
    await reset();
    await page.edit(4, "for (;;) {}");
    await page.runCell(4);
    await page.page.waitForFunction(() =>
      /Running cell 4/.test(document.querySelector("[role=status]")?.textContent ?? ""),
    );
    await page.edit(4, "hidden");
    await set("hidden", "6");
    assert.equal(await page.output(4), "6");
  });

  it("shows progress while it works, one picture, and dims what is out of date", async () => {
    await reset();
    await page.press("Run all");
    await page.idle();
    await page.edit(RUN, "await train(mlp(), xor(), { epochs: 1e6 })");
    await page.press("Run all");
    await page.page.locator(".jp-RenderedSVG img").waitFor();
    assert.equal(await page.page.locator(".jp-RenderedSVG").count(), 1);
    assert.equal(await page.page.locator(".xorlab-old .js-plotly-plot").count(), 1);
    await page.press("Stop");
    await page.idle();
    assert.equal(await page.page.locator(".xorlab-old").count(), 0);
  });

  it("keeps hostile outputs inert, and cells from the document and the network", async () => {
    await open();
    const evil = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">`;
    await page.edit(
      4,
      `const evil = ${JSON.stringify(evil)};
const shown = (format: string, text = evil) => ({ [Symbol.for("Jupyter.display")]: () => ({ [format]: text }) });
const { show } = await import("data:text/javascript,").catch(() => ({ show: undefined }));
console.log(evil); console.error(evil);
const reached: string[] = [];
for (const [name, reach] of Object.entries({
  document: () => document.title, fetch: () => fetch("https://example.org/"), socket: () => new WebSocket("wss://example.org/"),
  script: () => importScripts("https://example.org/x.js"), eval: () => eval("1"),
})) try { await reach(); reached.push(name); } catch {}
console.log("reached:", reached.join());
shown("text/html", evil + '<a href="javascript:window.hacked=3">a</a><svg onload="window.hacked=4"></svg><iframe srcdoc="<script>parent.hacked=5</script>"></iframe><b style="position:fixed">b</b>')`,
    );
    await page.runCell(4);
    await page.idle();
    assert.match(await page.output(4), /reached: socket$|reached: $/m);
    for (const format of [
      "text/markdown",
      "image/svg+xml",
      "text/latex",
      "text/plain",
      "application/javascript",
    ]) {
      await page.edit(
        4,
        `shown("${format}", evil + "\\n\\n[x](javascript:window.hacked=6) ![y](https://example.org/z.png) $a$")`,
      );
      await page.runCell(4);
      await page.idle();
    }
    await page.edit(4, "throw new Error(evil)");
    await page.runCell(4);
    await page.idle();
    for (const link of await page.page.locator(".jp-CodeCell a").all()) await link.click();
    assert.equal(await page.page.evaluate(() => (window as { hacked?: number }).hacked), undefined);
    assert.equal(
      await page.page.locator(".jp-OutputArea :is(script, iframe, svg, [style], [onerror])").count(),
      0,
    );
  });

  it("asks nobody for anything in all of this", () => {
    for (const { requests, refused } of seen)
      assert.deepEqual([requests, refused.filter((url) => !/example\.org/.test(url))], [[], []]);
  });
});

describe("a live page with tables", { skip: noChromium(), timeout: 300_000 }, () => {
  let page: LivePage;
  before(async () => {
    page = await openLive(browser, join(pages, "tables.html"));
  });

  it("reads those that its cells name, in the notebook's folder", async () => {
    for (const cell of [3, 4, 5, 6, 7, 8]) {
      await page.runCell(cell);
      await page.idle();
    }
    assert.deepEqual([await page.output(3), await page.output(4), await page.output(5)], ["4", "4", "4"]);
    const lacks =
      /^RangeError: readTable: this page carries "(data\/colours\.csv|points\.tsv)", "[^"]*", and not/;
    for (const [cell, name] of [
      [6, "large.csv"],
      [7, "../secret.csv"],
      [8, "data/absent.csv"],
    ] as const) {
      assert.match(await page.output(cell), lacks);
      assert.ok((await page.output(cell)).includes(`and not "${name}"; give the table's text`));
    }
  });

  it("says which it has where a setting names another", async () => {
    const field = page.page.getByRole("form").getByLabel("file", { exact: true });
    await field.fill("points.tsv");
    await field.blur();
    await page.idle();
    assert.equal(await page.output(3), "4");
    await field.fill("mine.csv");
    await field.blur();
    await page.idle();
    assert.match(await page.output(3), /and not "mine\.csv"/);
  });
});

describe("a live page with values from the command line", { skip: noChromium(), timeout: 300_000 }, () => {
  let page: LivePage;
  const field = (name: string) => page.page.getByRole("form").getByLabel(name, { exact: true });

  before(async () => {
    page = await openLive(browser, join(pages, "set.html"));
  });

  it("shows those in force, with their hints, and changes them where they are set", async () => {
    assert.deepEqual(
      await page.page.getByRole("form").locator("label, small:not(:empty)").allTextContents(),
      ["trials", "of each width", "seed"],
    );
    assert.deepEqual([await field("trials").inputValue(), await field("seed").inputValue()], ["300", "7"]);
    for (const [name, value] of [
      ["trials", "20"],
      ["seed", "8"],
    ]) {
      await field(name).fill(value);
      await field(name).blur();
      await page.idle();
    }
    assert.equal(await page.output(3), "[ 20, 8 ]");
    assert.match(await page.code(1), /^const trials = 1000;.*\nconst seed = 8;$/);
    assert.match(await page.code(2), /\nconst trials = 20;$/);
    assert.equal(new URL(page.page.url()).hash, "#trials=20&seed=8");
  });
});
