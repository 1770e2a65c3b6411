import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { fitted } from "../../src/figures/parts/fit.js";
import type { Figure } from "../../src/index.js";

const PLOTLY = createRequire(__filename).resolve("plotly.js-dist-min");

/** A page with Plotly in it, which the figures of a test file share: loading Plotly takes longer than drawing. */
interface PlotlyPage {
  readonly page: Page;
  errors: string[];
  requests: string[];
}

const pages = new WeakMap<Browser, Promise<PlotlyPage>>();

async function openPlotlyPage(browser: Browser): Promise<PlotlyPage> {
  const opened: PlotlyPage = { page: await browser.newPage(), errors: [], requests: [] };
  const { page } = opened;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) opened.errors.push(message.text());
  });
  page.on("pageerror", (error) => opened.errors.push(String(error)));
  page.on("request", (request) => opened.requests.push(request.url()));
  await page.setContent('<body style="margin: 0"></body>');
  await page.addScriptTag({ path: PLOTLY });
  return opened;
}

/**
 * A figure drawn alone on a page, fitted to so wide a place as a cell would be, or to paper; the figure that was drawn before is gone.
 * `height` is what it must have.
 */
export async function drawn(
  browser: Browser,
  given: Figure,
  width: number,
  paper = false,
): Promise<{ page: Page; errors: string[]; requests: string[]; height: number }> {
  const figure = fitted(given, { width, paper });
  const height = figure.layout.height as number;
  let opened = await pages.get(browser);
  if (opened === undefined || opened.page.isClosed()) {
    pages.set(browser, openPlotlyPage(browser));
    opened = (await pages.get(browser))!;
  }
  const { page } = opened;
  await page.setViewportSize({ width, height });
  opened.errors = [];
  opened.requests = [];
  await page.evaluate(
    async (json) => {
      const { Plotly } = globalThis as unknown as {
        Plotly: { newPlot(...args: unknown[]): Promise<void>; purge(card: Element): void };
      };
      const before = document.querySelector("#card");
      if (before) Plotly.purge(before);
      document.body.innerHTML = '<div id="card"></div>';
      const { data, layout, config, frames } = JSON.parse(json);
      await Plotly.newPlot("card", { data, layout, config, frames });
    },
    JSON.stringify(paper ? { ...figure, config: { ...figure.config, displayModeBar: false } } : figure),
  );
  return { page, errors: opened.errors, requests: opened.requests, height };
}

/** Texts that stand out of the card or lie on Plotly's buttons, and pairs of texts that lie on each other. */
export function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const card = document.querySelector("#card")!.getBoundingClientRect();
    const texts = [...document.querySelectorAll("#card text")].filter(
      (text) => text.textContent?.trim() && !text.closest(".hoverlayer"),
    );
    const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    const outside = boxes.filter(
      ({ box }) =>
        box.left < card.left || box.right > card.right || box.top < card.top || box.bottom > card.bottom,
    );
    const touching = boxes.flatMap((one, i) =>
      boxes
        .slice(i + 1)
        .filter(({ box }) => {
          const across = Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left);
          const down = Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top);
          return across > 1 && down > 5; // boxes are taller than their letters
        })
        .map((other) => `"${one.text}" on "${other.text}"`),
    );
    const buttons = [...document.querySelectorAll("#card .modebar-btn")].map((button) =>
      button.getBoundingClientRect(),
    );
    const covered = boxes.filter(({ box }) =>
      buttons.some(
        (button) => button.left < box.right && button.bottom - 5 > box.top && button.top < box.bottom,
      ),
    );
    return [
      ...outside.map(({ text }) => `"${text}" is cut off`),
      ...covered.map(({ text }) => `"${text}" is below a button`),
      ...touching,
    ];
  });
}
