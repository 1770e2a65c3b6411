import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import "../../src/index.js"; // the library on Node
import { completed, DEFAULTS, type Setting } from "../../src/lab/setting.js";
import { TASKS } from "../../src/lab/tasks.js";
import { summarize } from "../../src/study/outcomes.js";
import { unbroken } from "../../src/words/english.js";
import { type Firefox, noFirefox, openFirefox } from "../support/firefox.js";
import { writeLaboratory } from "../support/laboratory.js";

/** The laboratory in Firefox, opened from its file; everything else about it is tested in Chromium. */

const whole = { skip: noFirefox(), timeout: 180_000 };

let firefox: Firefox;
let address: string;

before(async () => {
  if (whole.skip) return;
  firefox = await openFirefox();
  address = pathToFileURL(writeLaboratory()).href;
});

after(() => firefox?.close());

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
      await firefox.open(`${address}#${hash}`);
      const { verdict, solved, trials, colours } = await firefox.run(shown, 24);
      await firefox.open("about:blank"); // it would count on
      assert.equal(verdict, unbroken((await TASKS.run(setting)).verdict));
      const outcomes = TASKS.count({ setting, first: 0, count: trials });
      assert.equal(solved, summarize(outcomes).solved);
      for (const count of colours) assert.ok(count > 1, `a picture is empty`);
    },
  );
