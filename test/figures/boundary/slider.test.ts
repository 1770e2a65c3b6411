import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { clouds, figures, xor } from "../../../src/index.js";
import { noChromium, openBrowser } from "../../support/chromium.js";
import { trained } from "../../support/figureCases.js";
import { drawn, faults } from "../../support/figurePage.js";

const skip = noChromium();
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

/** What stands beside the buttons, and the picture of the ground. */
async function shown(page: Page): Promise<{ caption: string; ground: string | null }> {
  const texts = await page.locator("#card .annotation").allTextContents();
  return {
    caption: texts.find((text) => /\d of \d+ right/.test(text)) ?? "",
    ground: await page.locator("#card image").first().getAttribute("href"),
  };
}

/** Waits until the text beside the buttons says this, and all else has been drawn as well. */
async function captionSays(page: Page, caption: string): Promise<void> {
  await page.locator("#card .annotation", { hasText: caption }).waitFor();
  await page.waitForTimeout(100);
}

/** Drags the slider's handle to a part of its length, as a hand would, and waits until the caption says this. */
async function dragTo(page: Page, part: number, caption: string): Promise<void> {
  const track = await page.locator("#card .slider-rail-touch-rect").boundingBox();
  const grip = await page.locator("#card .slider-grip-rect").boundingBox();
  assert.ok(track && grip);
  const y = grip.y + grip.height / 2;
  await page.mouse.move(grip.x + grip.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(track.x + part * track.width, y, { steps: 5 });
  await page.mouse.up();
  await captionSays(page, caption);
}

for (const width of [340, 900])
  test(`figures.boundary()'s slider shows other epochs when it is dragged, ${width} pixels wide`, {
    skip,
  }, async () => {
    const run = await trained({ seed: 588516 }, xor({ seed: 588516 }), { seed: 588516, epochs: 100 });
    const { page, errors, requests } = await drawn(browser, figures.boundary(run), width);
    const end = await shown(page);
    assert.match(end.caption, /epoch 100.*4 of 4 right/);
    await dragTo(page, 0, "before training");
    const start = await shown(page);
    assert.match(start.caption, /before training.*2 of 4 right/);
    assert.notEqual(start.ground, end.ground, "the ground is that of another epoch");
    assert.deepEqual(await faults(page), []);
    await dragTo(page, 1, "epoch 100");
    assert.equal((await shown(page)).caption, end.caption);
    assert.deepEqual([errors, requests], [[], []]);
  });

test("figures.boundary() plays on from the shown epoch, and pauses", { skip }, async () => {
  const run = await trained({ hidden: 4, activation: "relu" }, clouds({ rows: 200 }), { epochs: 10 });
  const { page, errors } = await drawn(browser, figures.boundary(run), 700);
  await dragTo(page, 0, "before training");
  const buttons = page.locator("#card .updatemenu-button");
  await buttons.first().click();
  await captionSays(page, "epoch");
  await buttons.nth(1).click();
  await page.waitForTimeout(400);
  const paused = (await shown(page)).caption;
  assert.doesNotMatch(paused, /before training/);
  await page.waitForTimeout(800);
  assert.equal((await shown(page)).caption, paused, "it stays where it was paused");
  // Plotly rejects its own promise of an animation that is broken off, with nothing, and nobody listens.
  assert.deepEqual(
    errors.filter((error) => error !== "undefined"),
    [],
  );
});
