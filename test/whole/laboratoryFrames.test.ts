import assert from "node:assert/strict";
import { test } from "node:test";
import { noChromium, openBrowser } from "../support/chromium.js";
import { countOf, openLaboratory, writeLaboratory } from "../support/laboratory.js";

// Needs: a quiet machine

test("the film is drawn 50 times a second while the study counts", { skip: noChromium() }, async () => {
  const browser = await openBrowser();
  const { page } = await openLaboratory(browser, writeLaboratory(), "", {});
  const { trials: before } = await countOf(page, 1);
  await page.getByRole("slider", { name: "Epoch" }).fill("0");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const frames = await page.evaluate(framesOf, 3000);
  const { trials: after } = await countOf(page, 1);
  await browser.close();
  assert.ok(after > before, `${before} trials, then ${after}`);
  assert.ok(frames.length >= 150, `${frames.length} frames in 3 s, the longest ${Math.max(...frames)} ms`);
});

/** In the page: how long each frame of some milliseconds took. */
function framesOf(milliseconds: number): Promise<number[]> {
  return new Promise((resolve) => {
    const found: number[] = [];
    const start = performance.now();
    let last = start;
    const frame = (now: number): void => {
      found.push(now - last);
      last = now;
      if (now - start < milliseconds) requestAnimationFrame(frame);
      else resolve(found);
    };
    requestAnimationFrame(frame);
  });
}
