import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { noChromium, openBrowser } from "../support/chromium.js";
import { type LivePage, openLive, pageOfCells } from "../support/livePage.js";

/** interact() in an exported page, opened from a file: the same call as in JupyterLab. */

const CELLS = [
  'import { figures, interact, mlp, train, xor } from "xorlab";',
  `interact({ hidden: { min: 1, max: 8, value: 2 }, kind: ["relu", "tanh"], on: false, name: "<b>x</b>" }, async ({ hidden, kind, on, name }) => {
  if (name === "throw") throw new RangeError("bad " + name);
  if (name === "loop") for (;;);
  if (name === "wait") await new Promise(() => {});
  const epochs = name === "long" ? 1e6 : 5;
  const run = await train(mlp({ hidden, activation: kind, seed: 7 }), xor({ rows: 200, seed: 7 }), { seed: 7, epochs });
  console.log(hidden, kind, on, name, run.status);
  return figures.loss(run);
});`,
  "6 * 7",
];

describe("interact() in a live page", { skip: noChromium(), timeout: 300_000 }, () => {
  let browser: Browser;
  let page: LivePage;
  const controls = () => page.page.getByRole("group", { name: "Controls" });
  const field = (name: string) => controls().getByLabel(name, { exact: true });
  const set = async (name: string, value: string) => {
    await field(name).fill(value);
    await field(name).blur();
  };
  const shows = (text: string) => page.page.locator(".jp-CodeCell").nth(1).getByText(text).first().waitFor();

  before(async () => {
    browser = await openBrowser();
    page = await openLive(browser, pageOfCells(CELLS));
    await page.press("Run all");
    assert.match(await page.idle(), /^3 cells run/);
  });
  after(() => browser?.close());

  it("shows labelled controls, and the first output below them", async () => {
    assert.equal(await field("hidden").inputValue(), "2");
    assert.deepEqual(await field("kind").locator("option").allTextContents(), ["relu", "tanh"]);
    assert.equal(await field("on").getAttribute("type"), "checkbox");
    assert.equal(await field("name").inputValue(), "<b>x</b>");
    await shows("2 relu false <b>x</b> completed");
    assert.equal(await page.page.locator(".js-plotly-plot").count(), 1);
  });

  it("runs the function again for other values, and redraws in place", async () => {
    const drawn = await page.page
      .locator(".js-plotly-plot")
      .evaluate((plot) => JSON.stringify((plot as never as { data: unknown }).data));
    await set("hidden", "4");
    await shows("4 relu false <b>x</b> completed");
    await field("kind").selectOption("tanh");
    await field("on").check();
    await shows("4 tanh true <b>x</b> completed");
    await page.page.waitForFunction((before) => {
      const plot = document.querySelector<HTMLElement & { data?: unknown }>(".js-plotly-plot");
      return plot?.data && JSON.stringify(plot.data) !== before;
    }, drawn);
    assert.equal(await page.page.locator(".js-plotly-plot").count(), 1);
    assert.equal(await controls().count(), 1);
    const slider = controls().locator("input[type=range]").first();
    for (const value of ["5", "6", "7", "8"]) await slider.fill(value);
    await shows("8 tanh true <b>x</b> completed");
    assert.equal(await field("hidden").inputValue(), "8");
    assert.doesNotMatch(await page.output(2), /4 tanh|4 relu/);
  });

  it("ends work that is out of date, and on Stop", async () => {
    await set("name", "long");
    await page.page.locator(".jp-RenderedSVG img").waitFor();
    await set("name", "short");
    await shows("8 tanh true short completed");
    await set("name", "long");
    await page.page.locator(".jp-RenderedSVG img").waitFor();
    await page.press("Stop");
    await page.idle();
    await shows("8 tanh true long stopped");
    await set("name", "wait");
    await page.page.waitForTimeout(500);
    await page.press("Stop");
    await page.idle();
    await shows("KeyboardInterrupt");
    await page.runCell(3);
    await page.idle();
    assert.equal(await page.output(3), "42");
  });

  it("shows an error in place", async () => {
    await set("name", "throw");
    await shows("RangeError: bad throw");
    await set("name", "fine");
    await shows("8 tanh true fine completed");
    assert.doesNotMatch(await page.output(2), /RangeError/);
  });

  it("says that its controls are not connected once the kernel is gone, until the cell runs again", async () => {
    await set("name", "loop");
    await page.page.waitForTimeout(500);
    await page.press("Stop");
    await page.idle();
    assert.match(await page.output(2), /not connected to the kernel/);
    assert.equal(await field("hidden").isDisabled(), true);
    await page.runCell(2);
    await page.idle();
    await shows("2 relu false <b>x</b> completed");
    assert.equal(await controls().count(), 1);
    await page.runCell(2);
    await page.idle();
    await set("hidden", "3");
    await shows("3 relu false <b>x</b> completed");
    assert.equal(await controls().count(), 1);
    assert.deepEqual([page.requests, page.refused], [[], []]);
  });
});
