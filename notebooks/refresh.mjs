// Runs the notebooks again, in place, and puts a picture beside every figure: what GitHub shows.
//
//   npm run notebooks [-- 02-relu-stall …]
//
// For those who change notebooks or the library; needs Chromium (set CHROMIUM to its path if it is not found).
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const FIGURE = "application/vnd.plotly.v1+json";
const WIDTH = 760;
const SHARPNESS = 1.5;
const LARGEST = 500_000; // bytes a notebook

const folder = dirname(fileURLToPath(import.meta.url));
const checkout = dirname(folder);
const wanted = process.argv.slice(2);
const names = readdirSync(folder).filter(
  (name) => name.endsWith(".ipynb") && (wanted.length === 0 || wanted.some((part) => name.includes(part))),
);

/** @param {string} name */
function run(name) {
  const python = join(
    checkout,
    ".venv",
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  const options = ["--to", "notebook", "--execute", "--inplace", "--ExecutePreprocessor.record_timing=False"];
  const { status } = spawnSync(
    python,
    ["-m", "nbconvert", "--log-level=WARN", ...options, join(folder, name)],
    { stdio: "inherit" },
  );
  if (status !== 0) throw new Error(`${name}: nbconvert ended with code ${status}`);
}

/**
 * A figure as PNG, drawn by the same Plotly as in exported pages.
 *
 * @param {import("playwright-core").Page} page
 * @param {any} figure
 */
function picture(page, figure) {
  return page.evaluate(
    async ({ figure, width, scale }) => {
      // @ts-expect-error Plotly is a global of the page
      const url = await Plotly.toImage(figure, {
        format: "png",
        width,
        height: figure.layout.height ?? 450,
        scale,
      });
      return url.slice(url.indexOf(",") + 1);
    },
    { figure, width: WIDTH, scale: SHARPNESS },
  );
}

const plotly = createRequire(import.meta.url).resolve("plotly.js-dist-min/plotly.min.js");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage();
  await page.setContent("<!doctype html><body></body>");
  await page.addScriptTag({ path: plotly });
  for (const name of names) {
    run(name);
    const path = join(folder, name);
    const notebook = JSON.parse(readFileSync(path, "utf8"));
    let figures = 0;
    for (const output of notebook.cells.flatMap((/** @type {any} */ cell) => cell.outputs ?? [])) {
      if (!output.data?.[FIGURE]) continue;
      output.data["image/png"] = `${await picture(page, output.data[FIGURE])}\n`;
      figures += 1;
    }
    const text = `${JSON.stringify(notebook, null, 1)}\n`;
    writeFileSync(path, text);
    console.log(`${name}: ${figures} figures, ${Math.round(text.length / 1000)} kB`);
    if (text.length > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1000} kB`);
  }
} finally {
  await browser.close();
}
