import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { readNotebook, sourceOf } from "../../src/node/cli/notebooks.js";
import { noChromium, OFTEN, openBrowser, openFile, unfold } from "../support/chromium.js";
import { type Exported, runExport } from "../support/exporting.js";
import { type LivePage, openLive } from "../support/livePage.js";
import { copyNotebooks, explainLess, FIXTURES, newFolder } from "../support/notebookFiles.js";

const FIGURES = join(FIXTURES, "export-figures.ipynb");
const HOSTILE = join(FIXTURES, "export-hostile.ipynb");
const NOTEBOOKS = copyNotebooks(newFolder());
for (const path of NOTEBOOKS) explainLess(path);
const ORDINARY = [...NOTEBOOKS, FIGURES];

/** Whether a notebook's prose holds an equation. */
function hasEquation(path: string): boolean {
  const prose = readNotebook(path).content.cells.filter((cell) => cell.cell_type === "markdown");
  return prose.some((cell) => /\$[^$]+\$/.test(sourceOf(cell).replace(/`[^`]*`/g, "")));
}

/** Moves over the plots until a label shows beside the mouse. */
async function hoverLabel(page: Page): Promise<string | undefined> {
  const plots = await page.locator(".nsewdrag").all();
  for (const plot of plots) {
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) continue;
    for (let step = 1; step < 100; step++) {
      const across = (step % 10) / 10 + 0.03;
      const down = Math.floor(step / 10) / 10 + 0.05;
      await page.mouse.move(box.x + box.width * across, box.y + box.height * down);
      await page.waitForTimeout(60); // Plotly looks at most every 50 ms
      const label = page.locator(".hoverlayer .hovertext").first();
      if ((await label.count()) > 0) return (await label.textContent()) ?? "";
    }
  }
  return undefined;
}

const WIDE = { width: 1400, height: 900 };
const NARROW = { width: 360, height: 740 };

/** Makes the screen wide, and waits until all figures are drawn for it. */
async function widen(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.waitForFunction(
    () =>
      Array.from(document.querySelectorAll(".js-plotly-plot")).every((plot) => {
        const drawn = Number(plot.querySelector(".main-svg")?.getAttribute("width"));
        return Math.abs(drawn - plot.clientWidth) <= 1;
      }),
    undefined,
    { polling: OFTEN },
  );
  await page.waitForTimeout(300); // what a figure draws after its first drawing
}

/** How many parts of a page would be cut off on paper. */
async function outsidePaper(page: Page): Promise<number> {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 680, height: 960 });
  const outside = await page.evaluate(
    () =>
      Array.from(
        document.querySelectorAll(".xorlab-figure .main-svg, .xorlab-print, pre, img, mjx-container"),
      ).filter((element) => element.getBoundingClientRect().right > 681).length,
  );
  await page.emulateMedia({ media: null });
  await widen(page);
  return outside;
}

interface ShownOutput {
  readonly text?: string;
  /** The figure as Plotly holds it. */
  readonly figure?: unknown;
}

async function outputsIn(page: Page): Promise<ShownOutput[][]> {
  const cells = await page.evaluate(outputsInPage);
  return cells.map((outputs) =>
    outputs.map(({ text, figure }) => (figure === undefined ? { text } : { figure: JSON.parse(figure) })),
  );
}

/** What stands under each code cell: texts that follow each other as one, times and the kernel's own lines left out. */
function outputsInPage(): { text?: string; figure?: string }[][] {
  const plain = (text: string) =>
    text
      .replace(/^TensorFlow\.js \d.*\n/gm, "")
      .replace(/\d[\d.]* (?:ms|s|min)\b/g, "(time)")
      .replace(/\s+/g, " ")
      .trim();
  /** Controls as their text has them: "units: 4, seed: 5". */
  const controlsText = (controls: Element) =>
    Array.from(controls.querySelectorAll("label"), (label) => {
      const { value } = document.getElementById(label.htmlFor) as HTMLInputElement;
      return `${label.textContent}: ${value}`;
    }).join(", ");
  return Array.from(document.querySelectorAll(".jp-CodeCell"), (cell) => {
    const outputs: { text?: string; figure?: string }[] = [];
    for (const child of cell.querySelectorAll(".jp-OutputArea-child")) {
      const drawn = child.querySelector<HTMLElement & { data?: unknown; layout?: unknown }>(
        ".js-plotly-plot",
      );
      const controls = child.querySelector(".xorlab-controls");
      const text = controls ? controlsText(controls) : (child.textContent ?? "");
      if (drawn) outputs.push({ figure: JSON.stringify([drawn.ariaLabel, drawn.data, drawn.layout]) });
      else if (outputs.at(-1)?.text === undefined) outputs.push({ text });
      else outputs[outputs.length - 1].text += `\n${text}`;
    }
    for (const output of outputs) if (output.text !== undefined) output.text = plain(output.text);
    return outputs.filter(({ text }) => text !== "");
  });
}

/** What a page shows, as far as these tests look. */
function shown() {
  const all = (selector: string) => Array.from(document.querySelectorAll(selector));
  return {
    title: document.title,
    language: document.documentElement.lang,
    drawn: all(".js-plotly-plot").filter((place) => place.querySelector(".main-svg") !== null).length,
    described: all('.js-plotly-plot[role="img"]').filter((place) => place.getAttribute("aria-label") !== "")
      .length,
    equations: all("mjx-container").length,
    mistakes: all("mjx-merror, [data-mml-node='merror']").length,
    notebookLinks: all("a[href$='.ipynb']").filter((link) => !/^\w+:/.test(link.getAttribute("href") ?? ""))
      .length,
    width: document.documentElement.scrollWidth,
  };
}

describe("exported pages", { skip: noChromium() }, () => {
  const folder = newFolder();
  const pageOf = (notebook: string) => join(folder, basename(notebook).replace(/\.ipynb$/, ".html"));
  let exported: Exported;
  let browser: Browser;

  before(async () => {
    exported = await runExport([...ORDINARY, HOSTILE, "--out", folder, "--jobs", "2"]);
    browser = await openBrowser();
  });
  after(() => browser?.close());

  const opened = new Map<string, Promise<LivePage>>();
  /** A notebook's page, opened on a narrow screen, with which several tests go on. */
  const narrow = (notebook: string): Promise<LivePage> => {
    const page = opened.get(notebook) ?? openLive(browser, pageOf(notebook), { viewport: NARROW });
    opened.set(notebook, page);
    return page;
  };
  /** The same, on a wide screen. */
  const wide = async (notebook: string): Promise<LivePage> => {
    const live = await narrow(notebook);
    if (live.page.viewportSize()?.width !== WIDE.width) await widen(live.page);
    return live;
  };

  it("are written for every notebook", () => {
    assert.equal(exported.code, 0, exported.stderr);
  });

  for (const notebook of ORDINARY) {
    const name = basename(notebook);

    it(`${name}: fits a narrow screen`, async () => {
      const { page } = await narrow(notebook);
      await unfold(page);
      assert.ok((await page.evaluate(shown)).width <= NARROW.width, "no sideways scrolling");
    });

    it(`${name}: figures and equations are drawn without a request or an error`, async () => {
      const { page, requests, refused, errors } = await wide(notebook);
      const counted = new RegExp(`${name.replace(".ipynb", "")}\\.html {2}(\\d+) figure`).exec(
        exported.stdout,
      );
      const figures = Number(counted?.[1]);
      const facts = await page.evaluate(shown);
      assert.deepEqual([requests, refused, errors], [[], [], []]);
      assert.deepEqual([facts.drawn, facts.described], [figures, figures]);
      assert.equal(facts.equations > 0, hasEquation(notebook));
      assert.equal(facts.mistakes, 0);
      assert.equal(facts.notebookLinks, 0);
      assert.equal(facts.language, "en");
      assert.ok(facts.title.length > 3 && !facts.title.includes(".ipynb"), facts.title);
      if (figures > 0) assert.ok(await hoverLabel(page), "a label shows beside the mouse");
      assert.equal(await outsidePaper(page), 0, "nothing is cut off at the paper's edge");
    });
  }

  for (const notebook of NOTEBOOKS) {
    const name = basename(notebook);

    it(`${name}: with Run all its cells make what they made in JupyterLab's kernel`, async () => {
      const live = await wide(notebook);
      const before = await outputsIn(live.page);
      const codes = await Promise.all(before.map((_, i) => live.code(i + 1)));
      const kernelOnly = new Set([...codes.keys()].filter((i) => codes[i].includes('from "node:'))); // saves files
      await live.press("Run all");
      const others = kernelOnly.size > 0 ? "; 1 cell can run in JupyterLab only" : "";
      const status = (await live.idle()).replace(/ run in [^;]+/, "");
      assert.equal(status, `${before.length - kernelOnly.size} cells${others}`);
      await live.page.waitForTimeout(300); // what a figure draws after its first drawing
      const after = await outputsIn(live.page);
      for (const [cell, outputs] of before.entries())
        if (!kernelOnly.has(cell)) assert.deepEqual(after[cell], outputs, `cell ${cell + 1} of ${name}`);
      assert.deepEqual([live.requests, live.refused, live.errors], [[], [], []]);
      await live.page.context().close();
    });
  }

  it("show a figure with its description, and not its still picture", async () => {
    const { page } = await wide(FIGURES);
    assert.deepEqual(
      await page
        .locator(".xorlab-figure")
        .evaluateAll((all) => all.map((place) => place.getAttribute("aria-label"))),
      ["A falling curve: the loss halves every fourteen steps.", "A heat map of waves", "A surface of waves"],
    );
    assert.equal(await page.locator("img[src^='data:image/png;base64,iVBORw0KGgo=']").count(), 0);
    assert.equal(
      await page.locator("img[src^='data:image/svg+xml']").count(),
      1,
      "the drawing that was not replaced",
    );
  });

  it("follow a dark screen, with light figures", async () => {
    const { page } = await wide(FIGURES);
    await page.emulateMedia({ colorScheme: "dark" });
    const grounds = await page.evaluate(() =>
      ["body", ".xorlab-card"].map((name) => getComputedStyle(document.querySelector(name)!).backgroundColor),
    );
    assert.deepEqual(grounds, ["rgb(20, 24, 29)", "rgb(255, 255, 255)"]);
  });

  it("link to each other's pages, and leave other hosts' links alone", async () => {
    const { page } = await wide(FIGURES);
    const links = await page
      .locator("main a:not(.anchor-link)")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links, [
      "export-hostile.html",
      "export-hostile.html#The-figure",
      "https://example.org/other.ipynb",
    ]);
    await page.getByRole("link", { name: "its figure" }).click();
    await page.waitForURL(/export-hostile\.html#The-figure$/);
    await page.context().close();
  });

  it("run nothing that came as data, and ask no host for anything", async () => {
    const { page, requests } = await openFile(browser, pageOf(HOSTILE));
    for (const link of await page.getByText("another").all()) await link.click();
    await hoverLabel(page);
    const facts = await page.evaluate(shown);
    assert.equal(await page.evaluate(() => (window as { hacked?: number }).hacked), undefined);
    assert.deepEqual(requests, []);
    assert.equal(facts.drawn, 1);
    assert.equal(await page.locator(".js-plotly-plot img, .js-plotly-plot script").count(), 0);
    const evil = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">';
    assert.equal(await page.locator(".gtitle").textContent(), evil, "a title is only text");
    assert.equal(await page.locator(".xorlab-figure").getAttribute("aria-label"), `${evil}"`);
    await page.context().close();
  });

  it("have an index that is only text and links", async () => {
    const { page, requests, refused, errors } = await openFile(browser, join(folder, "index.html"), {
      viewport: NARROW,
    });
    assert.deepEqual([requests, refused, errors], [[], [], []]);
    assert.equal(await page.locator("li a").count(), ORDINARY.length + 1);
    assert.equal(await page.locator("script, img").count(), 0);
    assert.ok((await page.evaluate(shown)).width <= NARROW.width);
    await page.getByText("Does a page keep its figures?").click();
    await page.waitForURL(/export-figures\.html$/);
    await page.context().close();
  });
});
