// npm run bench -- page [--rounds 5]: what a reader of an exported page waits for, beside the same work in JupyterLab's
// kernel. The page is opened from its file in Chromium.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { median, timeText } from "./numbers.mjs";

/**
 * Wall time and processor time, both in milliseconds.
 * @typedef {{ readonly wall: number, readonly cpu: number }} Time
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const python = join(root, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

/** Cells that both kernels run. */
const CELLS = {
  imports: 'import { figures, mlp, study, train, xor } from "xorlab";',
  settings: "const hidden = 2; // from 1 to 9",
  train:
    "const run = await train(mlp({ hidden, seed: 1 }), xor({ rows: 1000, seed: 1 }), { seed: 1, progress: false });\nfigures.loss(run)",
  study: "(await study({ hidden: [2, 3], trials: 1000, workers: 2, progress: false })).milliseconds",
};

/** What is measured, and the most that it may take on a machine that does nothing else. */
const WORKS = {
  open: { title: "opening notebook 01, to its first figure", most: "1.0 s" },
  start: { title: "the first Run, to its result", most: "1.5 s" },
  train: { title: "a changed setting, to the new figure of 1000 rows of XOR", most: "0.4 s" },
  study: { title: "a study of 2 × 1000 trials on 2 threads", most: "1.5 × the kernel" },
};

/**
 * Writes pages as JupyterLab's menu does.
 * @param {string} folder
 */
function writePages(folder) {
  const code = (/** @type {string} */ source, tags = /** @type {string[]} */ ([])) => ({
    ...{ cell_type: "code", metadata: { tags }, source, execution_count: null, outputs: [] },
  });
  const { imports, settings, train, study } = CELLS;
  const notebook = {
    ...{ nbformat: 4, nbformat_minor: 4 },
    metadata: { kernelspec: { name: "xorlab", display_name: "xorlab", language: "typescript" } },
    cells: [code(imports), code(settings, ["parameters"]), code(train), code(study)],
  };
  writeFileSync(join(folder, "work.ipynb"), JSON.stringify(notebook));
  const first = join(root, "notebooks", "01-sigmoid-success.ipynb");
  const config = ["--config", join(root, "templates", "exporter_config.py"), "--output-dir", folder];
  const notebooks = [join(folder, "work.ipynb"), first];
  execFileSync(python, ["-m", "nbconvert", "--to", "html", ...config, ...notebooks], { stdio: "ignore" });
}

/**
 * A browser of its own, and how much processor time all its processes have taken.
 */
async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const session = await browser.newBrowserCDPSession();
  const cpu = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0);
  };
  return { browser, cpu };
}

/** In the page: the time at which the first figure that is not marked as old has been drawn. */
function whenDrawn() {
  return new Promise((resolve) => {
    const look = () => {
      const drawn = document.querySelector(".js-plotly-plot:not([data-old]) .main-svg");
      if (drawn) resolve(performance.now());
      else setTimeout(look, 5);
    };
    look();
  });
}

/** @param {import("playwright-core").Page} page @param {number} cell @param {string} source */
async function edit(page, cell, source) {
  await page.getByRole("textbox", { name: `Code of cell ${cell}` }).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(source);
}

/**
 * One round: the time of each work in a new browser.
 * @param {string} folder
 * @returns {Promise<Record<keyof typeof WORKS, Time>>}
 */
async function inPage(folder) {
  const { browser, cpu } = await openBrowser();
  const page = await browser.newPage({ offline: true });
  /** @param {() => Promise<number>} work */
  const timed = async (work) => {
    const before = await cpu();
    const wall = await work();
    return { wall, cpu: (await cpu()) - before };
  };
  /** @param {number} cell @param {() => Promise<unknown>} shown */
  const runCell = async (cell, shown) => {
    const start = performance.now();
    await page
      .getByRole("button", { name: "Run cell" })
      .nth(cell - 1)
      .click();
    await shown();
    return performance.now() - start;
  };
  const output = (/** @type {number} */ cell) =>
    page
      .locator(".jp-CodeCell")
      .nth(cell - 1)
      .locator(".jp-OutputArea-child pre");
  const open = await timed(async () => {
    await page.goto(pathToFileURL(join(folder, "01-sigmoid-success.html")).href, { waitUntil: "commit" });
    return page.evaluate(whenDrawn);
  });
  await page.goto(pathToFileURL(join(folder, "work.html")).href);
  await edit(page, 1, `${CELLS.imports}\n1 + 1`);
  const start = await timed(() => runCell(1, () => output(1).waitFor()));
  await runCell(3, () => page.evaluate(whenDrawn));
  const train = await timed(() =>
    page.evaluate(async (drawn) => {
      document.querySelector(".js-plotly-plot")?.setAttribute("data-old", "");
      const slider = /** @type {HTMLInputElement} */ (document.querySelector("input[type=range]"));
      const start = performance.now();
      slider.value = "3";
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      return (await new Function(`return (${drawn})()`)()) - start;
    }, String(whenDrawn)),
  );
  await page.getByRole("button", { name: "Stop", disabled: true }).waitFor();
  let milliseconds = 0;
  const study = await timed(async () => {
    await runCell(4, () => output(4).waitFor());
    milliseconds = Number(await output(4).textContent());
    return milliseconds;
  });
  await browser.close();
  return { open, start, train, study };
}

/**
 * One round in a new kernel of JupyterLab's.
 * @returns {Partial<Record<keyof typeof WORKS, Time>>}
 */
function inKernel() {
  const program = [join(root, "bench", "kernel_work.py"), JSON.stringify(CELLS)];
  const env = { ...process.env, JUPYTER_PATH: join(root, ".venv", "share", "jupyter") };
  return JSON.parse(
    execFileSync(python, program, { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] }),
  );
}

/**
 * Prints medians of several rounds, page and kernel in turns.
 * @param {number} rounds
 */
export async function benchPage(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-bench-"));
  writePages(folder);
  const pages = [];
  const kernels = [];
  for (let round = 0; round < rounds; round++) {
    pages.push(await inPage(folder));
    kernels.push(inKernel());
  }
  rmSync(folder, { recursive: true });
  const text = (/** @type {(Time | undefined)[]} */ times) => {
    const known = times.filter((time) => time !== undefined);
    if (known.length === 0) return { wall: Number.NaN, text: "" };
    const [wall, cpu] = [median(known.map((time) => time.wall)), median(known.map((time) => time.cpu))];
    return { wall, text: `${timeText(wall)} (${timeText(cpu)})` };
  };
  console.log(`Medians of ${rounds} rounds; in brackets the processor time of all threads\n`);
  const widths = [60, 20, 20, 8];
  const line = (/** @type {string[]} */ columns) =>
    console.log(columns.map((column, i) => column.padEnd(widths[i] ?? 0)).join(""));
  line(["", "page", "kernel", "ratio", "at most"]);
  for (const [name, { title, most }] of Object.entries(WORKS)) {
    const work = /** @type {keyof typeof WORKS} */ (name);
    const [page, kernel] = [
      text(pages.map((round) => round[work])),
      text(kernels.map((round) => round[work])),
    ];
    line([title, page.text, kernel.text, kernel.text && (page.wall / kernel.wall).toPrecision(2), most]);
  }
}
