import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { notebooksIn } from "../../src/node/cli/notebooks.js";
import { CHECKOUT } from "../support/checkout.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { runExport } from "../support/exporting.js";
import { openLive, pagesOf } from "../support/livePage.js";
import { newFolder, notebookContent } from "../support/notebookFiles.js";

/** `xorlab export --student`, and what is folded in pages: outputs that readers predict, answers to exercises. */

const ANSWERED = `1. Is it 5?

   <details><summary>Answer</summary>

   It is *four*.

   </details>

2. Why?`;

const SUM = 'readTable("data/rows.csv", { target: "y" });\nconst sum = 2 + 2;\nsum';
const FIGURE = `figures.loss(await train(mlp({ hidden: 2, seed: 1 }), xor({ rows: 40, seed: 1 }),
  { epochs: 3, seed: 1, progress: false }))`;

/** A notebook that was run: every code cell has an output; the figure's cell is one to predict. */
function writeRun(folder: string): string {
  const content = notebookContent([
    { markdown: "# One" },
    'import { figures, mlp, readTable, train, xor } from "xorlab";',
    SUM,
    FIGURE,
    { markdown: ANSWERED },
  ]);
  const cells = content.cells.map((cell, i) => {
    if (cell.cell_type !== "code") return cell;
    const data = { "text/plain": `committed ${i}` };
    return {
      ...cell,
      execution_count: i,
      metadata: {
        tags: i === 3 ? ["prediction"] : [],
        collapsed: true,
        execution: { "iopub.execute_input": "2026-01-01" },
        jupyter: { outputs_hidden: true },
      },
      outputs: [{ output_type: "execute_result", execution_count: i, data, metadata: {} }],
    };
  });
  const path = join(folder, "one.ipynb");
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "rows.csv"), "x,y\n1,2\n3,4\n");
  writeFileSync(path, JSON.stringify({ ...content, cells }));
  return path;
}

const folder = newFolder();
const out = join(folder, "student");
const notebook = writeRun(folder);

describe("export --student", () => {
  it("writes pages and notebooks without outputs, with their tables, and runs nothing", async () => {
    const { code, stdout, stderr } = await runExport([notebook, "--student", "--out", out]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^.*one\.html {2}and its \.ipynb, [\d.]+ [kM]B, \d.*\n.*index\.html\n$/,
      "nothing was run",
    );
    assert.deepEqual(readdirSync(out).sort(), ["data", "index.html", "one.html", "one.ipynb"]);
    assert.equal(readFileSync(join(out, "data", "rows.csv"), "utf8"), "x,y\n1,2\n3,4\n");
    const { cells, metadata } = JSON.parse(readFileSync(join(out, "one.ipynb"), "utf8"));
    assert.equal(metadata.xorlab.edition, "student");
    for (const cell of cells.slice(1, 4))
      assert.deepEqual(
        [cell.outputs, cell.execution_count, Object.keys(cell.metadata)],
        [[], null, ["tags"]],
      );
    assert.equal([cells[2].source].flat().join(""), SUM);
    assert.doesNotMatch(readFileSync(join(out, "one.html"), "utf8"), /committed \d/);
  });

  it("takes the place of an earlier edition, but not of work", async () => {
    assert.equal((await runExport([notebook, "--student", "--out", out])).code, 0);
    const path = join(out, "one.ipynb");
    const edition = readFileSync(path, "utf8");
    const run = JSON.parse(edition);
    run.cells[2].outputs = [{ output_type: "stream", name: "stdout", text: "4\n" }];
    writeFileSync(path, JSON.stringify(run));
    const used = await runExport([notebook, "--student", "--out", out]);
    assert.match(
      used.stderr,
      /^xorlab export: .*one\.ipynb has outputs, and would be lost; choose another --out\n$/,
    );
    assert.equal(used.code, 1);
    writeFileSync(path, edition);
    writeFileSync(join(folder, "one.txt"), "");
    const own = await runExport([notebook, "--student", "--out", folder]);
    assert.match(own.stderr, /one\.ipynb has outputs, and would be lost/);
    const foreign = JSON.stringify(notebookContent(["1"]));
    writeFileSync(path, foreign);
    const other = await runExport([notebook, "--student", "--out", out]);
    assert.match(other.stderr, /one\.ipynb is no student edition, and would be lost/);
    assert.equal(readFileSync(path, "utf8"), foreign);
    writeFileSync(path, edition);
  });

  it("the committed notebooks have a folded answer to every exercise", () => {
    for (const path of notebooksIn(join(CHECKOUT, "notebooks"))) {
      const { cells } = JSON.parse(readFileSync(path, "utf8"));
      const texts = cells.map(({ source }: { source: string[] }) => source.join(""));
      const exercises = texts.find((text: string) => text.includes("## Try next")).split("## Try next")[1];
      const asked = exercises.match(/^\d\. .+$/gm).length;
      const answers = exercises.match(
        /^ {3}<details><summary>Answer<\/summary>\n\n {3}\S.+\n\n {3}<\/details>$/gm,
      );
      assert.ok(asked >= 3, path);
      assert.equal(answers?.length, asked, path);
    }
  });
});

describe("folds in pages", { skip: noChromium(), timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());

  it("a student's page shows nothing until it is run, and predicted outputs when their cell is", async () => {
    const live = await openLive(browser, join(out, "one.html"));
    const { page } = live;
    assert.match(await page.locator(".xorlab-note").innerText(), /^Nothing has been computed yet/);
    assert.equal(await page.locator(".jp-OutputArea-child").count(), 0);
    const fold = page.locator(".xorlab-fold summary").last();
    const answer = page.locator("summary", { hasText: "Answer" });
    const text = () => page.getByText("It is four.").evaluate((element) => element.checkVisibility());
    assert.deepEqual([await fold.isVisible(), await answer.isVisible(), await text()], [false, true, false]);
    await answer.click();
    assert.equal(await text(), true);

    await live.press("Run all");
    assert.match(await live.idle(), /^3 cells run/);
    assert.deepEqual([await fold.isVisible(), await page.locator(".main-svg").count()], [true, 0]);
    await fold.click();
    await page.locator(".main-svg").first().waitFor();
    const width = (await page.locator(".xorlab-fold .js-plotly-plot").boundingBox())?.width ?? 0;
    assert.ok(width > 600, `the figure is ${width} px wide`);

    await live.press("Reset");
    assert.equal(await fold.isVisible(), false);
    await fold.evaluate((summary) => summary.parentElement?.removeAttribute("open"));
    await live.runCell(3);
    await live.idle();
    await page.locator(".main-svg").first().waitFor(); // its own cell was run: unfolded
    assert.deepEqual([live.requests, live.errors], [[], []]);
    await page.context().close();
  });

  it("a page with outputs folds those that were to be predicted, and paper shows them", async () => {
    const content = JSON.parse(readFileSync(notebook, "utf8"));
    const figure = { data: [{ type: "scatter", y: [1, 2] }], layout: { height: 300 } };
    content.cells[3].outputs[0].data = { "application/vnd.plotly.v1+json": figure };
    for (const cell of content.cells.slice(1, 3)) delete cell.metadata.jupyter;
    writeFileSync(join(folder, "two.ipynb"), JSON.stringify(content));
    const { page } = await openLive(browser, join(pagesOf([join(folder, "two.ipynb")]), "two.html"));
    const folds = page.locator(".xorlab-fold");
    assert.equal(await folds.count(), 1);
    assert.equal(await page.getByText("committed 2").isVisible(), true);
    assert.deepEqual([await folds.getAttribute("open"), await page.locator(".main-svg").count()], [null, 0]);
    await page.evaluate(() => void dispatchEvent(new Event("beforeprint")));
    await page.locator(".xorlab-fold .main-svg").first().waitFor();
    await page.evaluate(() => void dispatchEvent(new Event("afterprint")));
    assert.equal(await folds.getAttribute("open"), null);
    await page.context().close();
  });
});
