import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { figures, mlp, train, xor } from "../../src/index.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { type LivePage, openLive, pagesOf } from "../support/livePage.js";
import { newFolder, notebookContent, writeNotebook } from "../support/notebookFiles.js";

/** Outputs of an exported page where they are narrow: on a telephone, and on paper. */

const LONG = Array.from({ length: 6 }, (_, i) => `const line${i} = ${i};`).join("\n");

/** Writes a notebook with a figure whose output is folded, and returns its path. */
async function writeFolded(folder: string): Promise<string> {
  const run = await train(mlp(), xor({ rows: 40 }), { epochs: 5, progress: false });
  const content = notebookContent(["figures.loss(run)"]);
  const data = { "application/vnd.plotly.v1+json": figures.loss(run) };
  Object.assign(content.cells[0], {
    metadata: { jupyter: { outputs_hidden: true } },
    outputs: [{ output_type: "display_data", metadata: {}, data }],
  });
  const path = join(folder, "folded.ipynb");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe("a page's outputs", { skip: noChromium(), timeout: 300_000 }, () => {
  let browser: Browser;
  let page: LivePage;
  let folded: string;
  before(async () => {
    browser = await openBrowser();
    const folder = newFolder();
    const outputs = writeNotebook(folder, "outputs", [
      { markdown: "# Outputs" },
      'import { figures, mlp, train, xor } from "xorlab";',
      'console.log("a sentence with  two spaces");',
      'console.log("name      value"); console.log("one           1");',
      "const run = await train(mlp(), xor({ rows: 40 }), { epochs: 20, progress: false }); figures.hiddenSpace(run)",
      `${LONG}\nfigures.loss(run)`,
    ]);
    const pages = pagesOf([outputs, await writeFolded(folder)]);
    folded = join(pages, "folded.html");
    page = await openLive(browser, join(pages, "outputs.html"), {
      viewport: { width: 1200, height: 900 },
      colorScheme: "dark",
    });
    await page.press("Run all");
    assert.match(await page.idle(), /^5 cells run/);
    await page.page.locator(".xorlab-figure .main-svg").nth(3).waitFor();
  });
  after(() => browser?.close());

  const facts = () =>
    page.page.evaluate(() => {
      const figures = [...document.querySelectorAll<HTMLElement>(".js-plotly-plot")];
      return {
        widths: figures.map((figure) => Number(figure.querySelector(".main-svg")?.getAttribute("width"))),
        heights: figures.map((figure) => figure.getBoundingClientRect().height),
        sliders: document.querySelectorAll(
          ".js-plotly-plot .slider-rail-rect, .js-plotly-plot .updatemenu-button",
        ).length,
        caption: [...figures[0].querySelectorAll(".annotation-text")].at(-1)?.textContent,
      };
    });

  it("wraps sentences, and lets columns be scrolled", async () => {
    const wrapping = await page.page
      .locator(".jp-RenderedText pre")
      .evaluateAll((all) =>
        all.map((pre) => getComputedStyle(pre).whiteSpaceCollapse + getComputedStyle(pre).textWrapMode),
      );
    assert.deepEqual(wrapping.slice(0, 2), ["preservewrap", "preservenowrap"]);
  });

  it("is drawn for paper: as low as fits below its code, without a slider, at the moment that was chosen", async () => {
    const { page: opened } = page;
    const before = await facts();
    assert.equal(before.sliders, 3);
    await opened.locator(".slider-rail-touch-rect").scrollIntoViewIfNeeded();
    const rail = await opened.locator(".slider-rail-touch-rect").boundingBox();
    assert.ok(rail);
    await opened.mouse.click(rail.x + 2, rail.y + rail.height / 2);
    await opened.waitForFunction(() =>
      [...document.querySelectorAll(".annotation-text")].some((one) =>
        one.textContent?.startsWith("before training"),
      ),
    );
    await opened.evaluate(() => void dispatchEvent(new Event("beforeprint")));
    await opened.emulateMedia({ media: "print" });
    await opened.waitForFunction(() => document.querySelector(".slider-rail-rect") === null);
    const printed = await facts();
    assert.deepEqual([printed.widths, printed.sliders], [[760, 760], 0]);
    assert.match(printed.caption ?? "", /^before training/);
    const mm = 96 / 25.4;
    assert.ok(printed.heights[0] <= 70 * mm + 1 && printed.heights[1] <= 57 * mm + 1, printed.heights.join());
    const tall = await opened
      .locator(".svg-container")
      .first()
      .evaluate((drawing) => {
        const card = drawing.closest<HTMLElement>("[style*='--shape']")!;
        const shape = card.style.getPropertyValue("--shape");
        card.style.setProperty("--shape", "760 / 900");
        const { height } = drawing.getBoundingClientRect();
        card.style.setProperty("--shape", shape);
        return height;
      });
    assert.ok(tall / 900 > 0.6, "a tall figure is higher, so that its labels can be read");
    await opened.emulateMedia({ media: "screen" });
    await opened.evaluate(() => void dispatchEvent(new Event("afterprint")));
    await opened.locator(".slider-rail-rect").waitFor();
    const again = await facts();
    assert.deepEqual([again.widths, again.heights], [before.widths, before.heights]);
    assert.match(again.caption ?? "", /^before training/);
    assert.deepEqual(page.errors, []);
  });

  it("is drawn for paper where all figures are folded until it is printed", async () => {
    const { page: opened } = await openLive(browser, folded, { colorScheme: "dark" });
    await opened.evaluate(() => void dispatchEvent(new Event("beforeprint")));
    const drawing = opened.locator(".main-svg").first();
    await drawing.waitFor();
    const look = await drawing.evaluate((svg) => [
      svg.getAttribute("width"),
      getComputedStyle(svg).backgroundColor,
    ]);
    assert.deepEqual(look, ["760", "rgb(255, 255, 255)"]);
  });
});
