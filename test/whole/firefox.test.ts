import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { mlp, study, train, xor } from "../../src/index.js";
import { completed, DEFAULTS, type Setting } from "../../src/lab/setting.js";
import { TASKS } from "../../src/lab/tasks.js";
import { summarize } from "../../src/study/outcomes.js";
import { unbroken } from "../../src/words/english.js";
import { type Firefox, noFirefox, openFirefox } from "../support/firefox.js";
import { writeLaboratory } from "../support/laboratory.js";
import { pageOfCells } from "../support/livePage.js";

/** An exported page and the laboratory in Firefox, opened from their files; all else about them is tested in Chromium. */

const whole = { skip: noFirefox(), timeout: 300_000 };

let firefox: Firefox;
let address: string;
let laboratory: string;

before(async () => {
  if (whole.skip) return;
  firefox = await openFirefox();
  laboratory = pathToFileURL(writeLaboratory()).href;
  address = pathToFileURL(
    pageOfCells([
      { markdown: "# In Firefox\n\nAn equation: $x^2$." },
      'import { explain, figures, mlp, study, train, xor } from "xorlab";',
      { parameters: "const seed = 7;\nconst hidden = 2; // units" },
      "const run = await train(mlp({ hidden, seed }), xor({ seed }), { seed, progress: false });\nconsole.log(run.finalLoss);",
      "const many = await study({ hidden, trials: 40, rows: 100, workers: 2, seed, progress: false });\nconsole.log(many.rows[0].solved);",
      "figures.loss(run)",
      "const n: number = 1;\n(n as any).no.more;",
      "const stuck = await train(mlp({ hidden: 1, seed }), xor({ seed }), { epochs: 5, progress: false });\nconsole.log('begun'); await new Promise((done) => setTimeout(done, 50));\nexplain(stuck, { trials: 20_000 }).stopped",
      "console.log('begun'); await new Promise((done) => setTimeout(done, 50));\nfor (;;) {}",
    ]),
  ).href;
});

after(() => firefox?.close());

/** In the page: presses a button by its name, waits until nothing runs or for some milliseconds, and returns what it shows. */
async function pressed(name: string, most: number) {
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const button = (text: string) =>
    Array.from(document.querySelectorAll("button")).find((one) => one.textContent === text);
  while (!button(name)) await pause(50);
  button(name)?.click();
  const end = performance.now() + most;
  do await pause(100);
  while (!button("Stop")?.disabled && performance.now() < end);
  return {
    status: document.querySelector("[role=status]")?.textContent,
    outputs: Array.from(document.querySelectorAll(".jp-CodeCell"), (cell) =>
      (cell.querySelector<HTMLElement>(".jp-Cell-outputArea")?.innerText ?? "").trim(),
    ),
    drawn: document.querySelectorAll(".js-plotly-plot .main-svg").length,
    equations: document.querySelectorAll("mjx-container").length,
  };
}

test("a page opened from a file in Firefox runs its cells, with the library's numbers", whole, async () => {
  await firefox.open(`${address}#hidden=3`);
  await firefox.run(pressed, "Hide code", 60_000);
  const { status, outputs, drawn, equations } = await firefox.run(pressed, "Show code", 0);
  const progress = false;
  const run = await train(mlp({ hidden: 3, seed: 7 }), xor({ seed: 7 }), { seed: 7, progress });
  const many = await study({ hidden: 3, trials: 40, rows: 100, seed: 7, progress });
  assert.deepEqual(outputs.slice(2, 4), [String(run.finalLoss), String(many.rows[0].solved)]);
  assert.ok(drawn > 0 && equations === 1);
  assert.match(status ?? "", /^Cell 6 ended with an error; 2 cells after it did not run/);
  assert.match(
    outputs[5],
    /^TypeError: .* \(line 2\)[\s\S]*at cell \[6\], line 2, column \d+\n[\s\S]*> 2 \| \(n as any\)\.no\.more;/,
  );
});

/** In the page: runs a code cell, counted from 1, and half a second after it has begun goes on. */
async function begun(number: number) {
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const cell = document.querySelectorAll(".jp-CodeCell")[number - 1];
  cell.querySelector<HTMLElement>('[aria-label="Run cell"]')?.click();
  while (!cell.querySelector(".jp-Cell-outputArea")?.textContent?.includes("begun")) await pause(50);
  await pause(500);
}

test("Stop in Firefox ends explain() in the midst of its work, and keeps variables", whole, async () => {
  await firefox.run(begun, 7);
  const { status, outputs } = await firefox.run(pressed, "Stop", 20_000);
  assert.match(status ?? "", /^1 cell run/);
  assert.match(outputs[6], /^begun\s[\s\S]*true$/);
});

test("Stop in Firefox ends an endless loop", whole, async () => {
  await firefox.run(begun, 8);
  const { status, outputs } = await firefox.run(pressed, "Stop", 20_000);
  assert.match(status ?? "", /^Stopped\. The kernel was restarted: all variables are gone/);
  assert.match(outputs[7], /Stopped: the cell did not give way/);
});

/** In the page: what it says once so many trials are counted, and how many colours each picture has. */
async function shown(least: number) {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  const text = (id: string) => document.getElementById(id)?.textContent ?? "";
  const counted = () => (/(\d+) of (\d+) runs? solved/.exec(text("interval")) ?? ["", "0", "0"]).map(Number);
  while (document.body.dataset.busy !== "false" || counted()[2] < least) await pause();
  const coloursOf = (canvas: HTMLCanvasElement): number => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, width, height) ?? {
      data: new Uint8ClampedArray(),
    };
    return new Set(new Uint32Array(data.buffer)).size;
  };
  const [, solved, trials] = counted();
  return {
    verdict: text("verdict"),
    ...{ solved, trials },
    colours: ["network", "answers", "loss", "hidden", "squares"].map((id) =>
      coloursOf(document.getElementById(id) as HTMLCanvasElement),
    ),
  };
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  "": DEFAULTS,
  "data=iris&columns=3-4&hidden=3&activation=tanh&inputs=x1-x2-sin1&batchSize=10": completed({
    ...{ ...DEFAULTS, data: "iris", columns: [3, 4], hidden: [3], activation: "tanh" },
    ...{ inputs: ["x1", "x2", "sin1"], batchSize: 10 },
  }),
};

for (const [hash, setting] of Object.entries(SETTINGS))
  test(
    `the laboratory in Firefox has the numbers of Node: ${hash || "the default setting"}`,
    whole,
    async () => {
      await firefox.open(`${laboratory}#${hash}`);
      const { verdict, solved, trials, colours } = await firefox.run(shown, 24);
      await firefox.open("about:blank"); // it would count on
      assert.equal(verdict, unbroken((await TASKS.run(setting)).verdict));
      const outcomes = TASKS.count({ setting, first: 0, count: trials });
      assert.equal(solved, summarize(outcomes).solved);
      for (const count of colours) assert.ok(count > 1, `a picture is empty`);
    },
  );
