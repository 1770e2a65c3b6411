import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { clouds, type Figure, figures, study, truthTable, xor } from "../../src/index.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import {
  endedRows,
  HOSTILE,
  hostileXor,
  line,
  stoppedAtOnce,
  studyOf,
  studyRow,
  TASK_RUNS,
  trained,
  withHistory,
} from "../support/figureCases.js";
import { drawn, faults } from "../support/figurePage.js";

const skip = noChromium();
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

const relu = (rates: number[]) => rates.map((solved, i) => studyRow(i + 1, solved, 60));
const cases: Record<string, () => Promise<Figure>> = {
  "a run that solves": async () =>
    figures.loss(
      withHistory(
        await trained(),
        line(100, 0.7, 0.05),
        line(100, 0, 99).map((i) => (i < 78 ? 0.7 : 1)),
      ),
    ),
  "a run that is stuck": async () =>
    figures.loss(
      withHistory(await trained({ activation: "relu" }), [
        ...line(30, 0.75, 0.34),
        ...line(70, 0.34, 0.3397),
      ]),
    ),
  "a squared error": async () =>
    figures.loss(await trained({}, truthTable("and"), { loss: "meanSquaredError" })),
  "five runs": async () =>
    figures.loss(
      await Promise.all(
        [1, 2, 3, 4, 5].map((seed) => trained({ seed }, xor({ seed }), { seed, epochs: 60 })),
      ),
    ),
  "thirty runs": async () =>
    figures.loss(await Promise.all(line(30, 1, 30).map((seed) => trained({ seed }, undefined, { seed })))),
  "an explosion": async () =>
    figures.loss(
      withHistory(await trained({}, undefined, { loss: "meanSquaredError" }), [1, 1e3, 1e9, 1e20]),
    ),
  "a run stopped at once": async () => figures.loss(await stoppedAtOnce()),
  "a truth table": async () => figures.boundary(await trained({ activation: "relu" })),
  clouds: async () =>
    figures.boundary(await trained({ hidden: 8, activation: "relu" }, clouds(), { epochs: 20 })),
  "two curves": async () =>
    figures.successByWidth(
      studyOf([
        ...relu([0, 11, 25, 35, 41]),
        ...relu([0, 31, 57, 59, 60]).map((row) => ({ ...row, activation: "sigmoid" as const })),
      ]),
    ),
  "one curve": async () => figures.successByWidth(studyOf(relu([0, 11, 25, 35, 41]))),
  "one curve that stays high": async () =>
    figures.successByWidth(
      studyOf([0, 995, 999, 1000, 999, 998].map((solved, i) => studyRow(i < 5 ? i + 1 : 8, solved, 1000))),
    ),
  "several layers": async () =>
    figures.successByWidth(studyOf([studyRow([4, 2], 40, 60), studyRow(2, 11, 60), studyRow(5, 41, 60)])),
  "eight curves": async () =>
    figures.successByWidth(
      studyOf(line(8, 1, 8).flatMap((batchSize) => relu([0, 11, 25]).map((row) => ({ ...row, batchSize })))),
    ),
  "floors of nine settings": async () => figures.lossFloors(studyOf(endedRows(9))),
  "floors of many settings": async () => figures.lossFloors(studyOf(endedRows(20, "batchSize"))),
  "epochs of nine settings": async () => figures.epochsToSolve(studyOf(endedRows(9))),
  "epochs of many settings": async () => figures.epochsToSolve(studyOf(endedRows(20, "batchSize"))),
  "three classes in a plane": async () => figures.boundary(await TASK_RUNS.classes()),
  "three classes in hidden space": async () => figures.hiddenSpace(await TASK_RUNS.classes()),
  "three classes in their network": async () => figures.network(await TASK_RUNS.classes()),
  "validation losses": async () => figures.loss([await TASK_RUNS.classes(), await TASK_RUNS.classes(2)]),
  "confused classes": async () => figures.confusion(await TASK_RUNS.classes()),
  "a confusion of two": async () => figures.confusion(await TASK_RUNS.signs()),
  "targets −1 and 1": async () => figures.boundary(await TASK_RUNS.signs()),
  "one of two outputs": async () => figures.boundary(await TASK_RUNS.outputs(), { output: 2 }),
  "a fitted curve": async () => figures.fit(await TASK_RUNS.curve()),
  "a fitted threshold": async () => figures.fit(await TASK_RUNS.named()),
  "a fitted surface": async () => figures.fit(await TASK_RUNS.surface()),
  "predictions over true numbers": async () => figures.predictedVsTrue(await TASK_RUNS.surface()),
  "a real study": async () =>
    figures.successByWidth(await study({ hidden: [1, 2], trials: 3, epochs: 3, rows: 20, progress: false })),
};

for (const [name, make] of Object.entries(cases)) {
  let made: Promise<Figure> | undefined;
  for (const [width, place] of [
    [340, "page"],
    [700, "page"],
    [760, "paper"],
  ] as const)
    test(`figures: ${name} is drawn ${width} pixels wide on a ${place}, no text cut off or on another`, {
      skip,
    }, async () => {
      made ??= make();
      const figure = await made;
      const { page, errors, requests, height } = await drawn(browser, figure, width, place === "paper");
      assert.deepEqual([errors, requests], [[], []]);
      assert.equal(await page.locator("#card .main-svg").first().isVisible(), true);
      const size = await page.locator("#card").boundingBox();
      assert.deepEqual([size?.width, size?.height], [width, height]);
      assert.deepEqual(await faults(page), []);
    });
}

/** Text without the spaces that line breaks have taken. */
const squeezed = (text: string | null) => (text ?? "").replaceAll(/\s/g, "");

/** Asserts that a page shows the name letter by letter, and has made nothing of it. */
async function assertHarmless(page: Page, where: string): Promise<void> {
  const texts = (await page.locator(where).allTextContents()).map(squeezed);
  assert.ok(
    texts.some((text) => text.includes(squeezed(HOSTILE))),
    `${where}: ${texts.join(" | ")}`,
  );
  assert.equal(await page.locator("#card a, #card img, #card script, #card text[style*=bold] b").count(), 0);
}

test("figures show a name full of markup as it is, in title, key and hover", { skip }, async () => {
  const runs = [await trained({}, hostileXor("1")), await trained({}, hostileXor("2"))];
  const single = withHistory(runs[0], line(100, 0.7, 0.1), line(100, 1, 1));
  const done = await study({
    hidden: [1, 2],
    data: [hostileXor("1"), hostileXor("2")],
    trials: 2,
    epochs: 1,
    progress: false,
  });
  const shown: [Figure, string[]][] = [
    [figures.loss(single), [".gtitle", ".gtitle-subtitle"]],
    [figures.loss(runs), [".legendtext", ".hovertext"]],
    [figures.boundary(runs[0]), [".gtitle-subtitle"]],
    [figures.successByWidth(done), [".gtitle", ".legendtext", ".hovertext"]],
    [figures.lossFloors(done), [".hovertext"]],
    [figures.epochsToSolve(studyOf([studyRow(2, 0, 2, { data: HOSTILE })])), [".gtitle"]],
  ];
  for (const [figure, places] of shown) {
    const { page, errors } = await drawn(browser, figure, 700);
    for (const place of places) {
      if (place === ".hovertext") await hoverFirstPoint(page);
      await assertHarmless(page, `#card ${place}`);
    }
    assert.deepEqual([errors, await faults(page)], [[], []]);
  }
});

/** Shows the first point's hover, as a mouse over it would. */
async function hoverFirstPoint(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { Plotly } = globalThis as unknown as { Plotly: { Fx: { hover(...args: unknown[]): void } } };
    Plotly.Fx.hover("card", [{ curveNumber: 0, pointNumber: 0 }]);
  });
  await page.waitForSelector("#card .hovertext");
}
