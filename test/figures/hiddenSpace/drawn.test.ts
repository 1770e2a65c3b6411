import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { clouds, type Figure, figures, mlp, parity, type Run, train, xor } from "../../../src/index.js";
import { noChromium, openBrowser } from "../../support/chromium.js";
import { hostileXor, trained } from "../../support/figureCases.js";
import { drawn, faults } from "../../support/figurePage.js";
import { DEAD, handBuilt, ONE_CORNER, SOLUTION } from "../../support/handBuilt.js";

const skip = noChromium();
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

const relu = { activation: "relu" } as const;
const SEED = 588516;
const cases: Record<string, () => Promise<Run>> = {
  "a solution": () => handBuilt(relu, [DEAD, SOLUTION]),
  "dead units": () => handBuilt(relu, [SOLUTION, DEAD]),
  "three inputs on one point": () => handBuilt(relu, [ONE_CORNER]),
  "one unit": () => trained({ hidden: 1 }),
  "five units": () =>
    trained({ hidden: 5, ...relu, seed: SEED }, xor({ seed: SEED }), { epochs: 20, seed: SEED }),
  "eight units": () => trained({ hidden: 8, ...relu }),
  "two layers": () => trained({ hidden: [4, 2], ...relu }, clouds(), { epochs: 20 }),
  "three bits": () =>
    trained({ inputs: 3, hidden: 3, activation: "tanh" }, parity({ bits: 3 }), { epochs: 50 }),
  "hostile names": () => trained({}, hostileXor()),
};

for (const [name, make] of Object.entries(cases))
  for (const draw of ["hiddenSpace", "network"] as const)
    test(`figures.${draw}: ${name}, drawn 328 and 700 pixels wide, no text cut off, no key on the heading`, {
      skip,
    }, async () => {
      const figure = figures[draw](await make());
      for (const width of [328, 700]) {
        const { page, errors, requests, height } = await drawn(browser, figure, width);
        assert.deepEqual([errors, requests], [[], []]);
        const size = await page.locator("#card").boundingBox();
        assert.deepEqual([size?.width, size?.height], [width, height]);
        const key = /"(input plane|1 bit apart|output ½|target [01]|positive weight)"/;
        const cut = (await faults(page)).filter((fault) => fault.endsWith("is cut off") || key.test(fault));
        assert.deepEqual(cut, []);
      }
    });

test("figures.network()'s numbers, names and what its units do lie beside each other, 340 to 1200 pixels wide", {
  skip,
}, async () => {
  const options = { seed: SEED, progress: false } as const;
  const runs = [
    await train(mlp({ seed: SEED }), xor({ seed: SEED }), options), // above ½ for three inputs: the widest text
    await train(mlp({ seed: SEED, ...relu }), xor({ seed: SEED }), options),
    await handBuilt(relu, [SOLUTION]),
    await handBuilt(relu, [DEAD]),
    await handBuilt(relu, [ONE_CORNER]),
  ];
  for (const run of runs)
    for (const width of [340, 390, 760, 1200]) {
      const { page } = await drawn(browser, figures.network(run), width);
      assert.deepEqual(await faults(page), []);
    }
});

/** Where the marks of a class are on the screen now. */
const places = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#card .point")].map((point) => point.getAttribute("transform")),
  );

const caption = (page: Page) => page.locator("#card .annotation-text").last().textContent();

const waitForCaption = (page: Page, text: string) =>
  page.waitForFunction((wanted) => {
    const last = [...document.querySelectorAll("#card .annotation-text")].at(-1);
    return last?.textContent?.startsWith(wanted);
  }, text);

async function moveTo(page: Page, share: number): Promise<void> {
  const rail = await page.locator("#card .slider-rail-touch-rect").boundingBox();
  assert.ok(rail);
  await page.mouse.click(rail.x + share * rail.width, rail.y + rail.height / 2);
}

const pinned = async (): Promise<Figure> =>
  figures.hiddenSpace(await train(mlp({ seed: SEED }), xor({ seed: SEED }), { seed: SEED, progress: false }));

test("figures.hiddenSpace() moves its points with the slider, and plays", { skip }, async () => {
  const { page, errors } = await drawn(browser, await pinned(), 600);
  assert.match((await caption(page)) ?? "", /epoch 100.*4 of 4 right/);
  const end = await places(page);
  await moveTo(page, 0.01);
  await waitForCaption(page, "before training");
  const start = await places(page);
  assert.notDeepEqual(start, end);
  await moveTo(page, 0.99);
  await waitForCaption(page, "epoch 100");
  assert.deepEqual(await places(page), end, "back where it was");
  await page.locator("#card .updatemenu-button").first().click();
  await waitForCaption(page, "epoch 15");
  await page.locator("#card .updatemenu-button").last().click();
  const paused = await caption(page);
  await page.waitForTimeout(900); // three frames
  assert.equal(await caption(page), paused);
  const rejected = "undefined"; // Plotly rejects the promise of what Pause has interrupted, without a reason
  assert.deepEqual(
    errors.filter((error) => error !== rejected),
    [],
  );
});
