import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { figures } from "../../../src/index.js";
import { noChromium, openBrowser } from "../../support/chromium.js";
import { TASK_RUNS } from "../../support/figureCases.js";
import { drawn } from "../../support/figurePage.js";

const skip = noChromium();
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

test("figures.boundary()'s regions have on the screen the colour of the class that is answered there", {
  skip,
}, async () => {
  const run = await TASK_RUNS.classes();
  const figure = figures.boundary(run, { epoch: 30 });
  const grounds = figure.data.flatMap(({ type, fillcolor }) =>
    type === "contour" ? [String(fillcolor)] : [],
  );
  const { page } = await drawn(browser, { ...figure, data: figure.data.slice(0, 3) }, 500);
  const { x, y } = await page.evaluate(() => {
    const { _fullLayout: layout } = document.querySelector("#card") as unknown as {
      _fullLayout: Record<"xaxis" | "yaxis", { range: [number, number]; _offset: number; _length: number }>;
    };
    const side = ({ range, _offset, _length }: (typeof layout)["xaxis"]) => ({
      range,
      from: _offset,
      length: _length,
    });
    return { x: side(layout.xaxis), y: side(layout.yaxis) };
  });
  const { data, width } = PNG.sync.read(await page.screenshot());
  const at = ({ range, from, length }: typeof x, share: number) => ({
    value: range[0] + share * (range[1] - range[0]),
    pixel: Math.round(from + share * length),
  });
  const seen = new Set<string>();
  for (let i = 1; i < 12; i++)
    for (let j = 1; j < 12; j++) {
      const [across, up] = [at(x, i / 12), at(y, j / 12)];
      const row = Math.round(2 * y.from + y.length - up.pixel); // downwards
      const [red, green, blue] = data.subarray(4 * (row * width + across.pixel));
      const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
      const [outputs] = run.predict([[across.value, up.value]], 30) as unknown as number[][];
      const [first, second] = [...outputs].sort((a, b) => b - a);
      if (first - second < 0.35) continue; // beside a line
      assert.equal(colour, grounds[outputs.indexOf(first)], `${across.value}, ${up.value}`);
      seen.add(colour);
    }
  assert.equal(seen.size, 3);
});
