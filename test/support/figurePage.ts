import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import type { Figure } from "../../src/index.js";

const PLOTLY = createRequire(__filename).resolve("plotly.js-dist-min");

/** A figure drawn on a page of its own, so wide as a cell would be. */
export async function drawn(
  browser: Browser,
  figure: Figure,
  width: number,
): Promise<{ page: Page; errors: string[]; requests: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: figure.layout.height as number } });
  const errors: string[] = [];
  const requests: string[] = [];
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && errors.push(message.text()),
  );
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent('<body style="margin: 0"><div id="card"></div></body>');
  await page.addScriptTag({ path: PLOTLY });
  await page.evaluate(async (json) => {
    const { data, layout, config, frames } = JSON.parse(json);
    await (
      globalThis as unknown as { Plotly: { newPlot(...args: unknown[]): Promise<void> } }
    ).Plotly.newPlot("card", { data, layout, config, frames });
  }, JSON.stringify(figure));
  return { page, errors, requests };
}

/** Texts that stand out of the card, and pairs of texts that lie on each other. */
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
    return [...outside.map(({ text }) => `"${text}" is cut off`), ...touching];
  });
}
