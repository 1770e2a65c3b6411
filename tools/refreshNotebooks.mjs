// Runs the notebooks again, in place, and puts a picture beside every figure: what GitHub shows.
//
//   npm run notebooks [-- 02-relu-stall …]
//
// A figure of a cell with the tag picture-NAME also becomes docs/NAME.png, for the README.
// For those who change notebooks or the library; needs Chromium (set CHROMIUM to its path if it is not found).
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { withPalette } from "./palettePng.mjs";

const FIGURE = "application/vnd.plotly.v1+json";
const WIDTH = 760; // pixels: on GitHub, beside its margins
const SHARPNESS = 1;
const LARGEST = 500_000; // bytes a notebook

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

/** Notebooks are kept as most machines run them: on the plain backend. */
const ENVIRONMENT = existsSync(join(checkout, ".native"))
  ? { ...process.env, XORLAB_BACKEND: "plain" }
  : process.env;

const folder = join(checkout, "notebooks");
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
    { stdio: "inherit", env: ENVIRONMENT },
  );
  if (status !== 0) throw new Error(`${name}: nbconvert ended with code ${status}`);
}

/**
 * A figure as PNG, drawn by the same Plotly as in exported pages.
 *
 * @param {import("playwright-core").Page} page
 * @param {any} given
 */
async function picture(page, given) {
  const figure = fitted(given, { width: WIDTH });
  const base64 = await page.evaluate(
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
  return withPalette(Buffer.from(base64, "base64"));
}

const LINE = 1000; // letters

/**
 * As JSON.stringify(value, null, 1), but lists of numbers stay on one line, and what is short in a figure: that takes a
 * fifth less, and a change is still one line in a diff.
 *
 * @param {unknown} value
 * @param {string} edge  a line's beginning
 * @param {boolean} dense  whether this is in a figure
 * @returns {string}
 */
function jsonText(value, edge = "\n", dense = false) {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null) return flat;
  const numbers = Array.isArray(value) && value.every((one) => one === null || typeof one === "number");
  if (numbers || flat.length < 3 || (dense && flat.length <= LINE)) return flat;
  const inner = `${edge} `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((one) => jsonText(one, inner, dense))
    : Object.entries(value).map(
        ([key, one]) => `${JSON.stringify(key)}: ${jsonText(one, inner, dense || key === FIGURE)}`,
      );
  return `${open}${inner}${parts.join(`,${inner}`)}${edge}${close}`;
}

/**
 * All outputs, with the tags of their cells.
 *
 * @param {any} notebook
 */
function outputsOf(notebook) {
  return notebook.cells.flatMap((/** @type {any} */ cell) =>
    (cell.outputs ?? []).map((/** @type {any} */ output) => ({ output, tags: cell.metadata.tags ?? [] })),
  );
}

/**
 * Printed lines that follow each other as one output; empty ones, which the kernel prints of a handle that show()
 * returned, left out.
 *
 * @param {any[]} outputs
 */
function tidy(outputs) {
  /** @type {any[]} */
  const kept = [];
  for (const output of outputs) {
    const last = kept.at(-1);
    if (output.output_type !== "stream") kept.push(output);
    else if (last?.name === output.name) last.text = [last.text, output.text].flat();
    else kept.push(output);
  }
  return kept.filter((output) => output.output_type !== "stream" || output.text.join("").trim() !== "");
}

const require = createRequire(import.meta.url);
const plotly = require.resolve("plotly.js-dist-min/plotly.min.js");
/** @type {{ fitted: (figure: any, place: { width: number }) => any }} */
const { fitted } = require("../dist/src/figures/parts/fit.js");
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
    for (const cell of notebook.cells) {
      if (cell.outputs) cell.outputs = tidy(cell.outputs);
      if (cell.metadata.tags?.includes("prediction")) cell.metadata.jupyter = { outputs_hidden: true };
    }
    let figures = 0;
    for (const { output, tags } of outputsOf(notebook)) {
      if (!output.data?.[FIGURE]) continue;
      const png = await picture(page, output.data[FIGURE]);
      output.data["image/png"] = `${png.toString("base64")}\n`;
      figures += 1;
      const readme = tags.find((/** @type {string} */ tag) => tag.startsWith("picture-"));
      if (readme) writeFileSync(join(checkout, "docs", `${readme.slice("picture-".length)}.png`), png);
    }
    const text = `${jsonText(notebook)}\n`;
    writeFileSync(path, text);
    console.log(`${name}: ${figures} figures, ${Math.round(text.length / 1000)} kB`);
    if (text.length > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1000} kB`);
  }
} finally {
  await browser.close();
}
