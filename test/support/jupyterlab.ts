import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { CHECKOUT } from "./checkout.js";
import { freePort, startLab } from "./labCommand.js";

// Needs: JupyterLab

const SHARED = "XORLAB_TEST_LAB"; // the environment's variable that describes a server for many test files
const LIMIT = 120_000; // milliseconds for anything else: beside two other test files a page may open slowly
const RUN_LIMIT = 600_000; // milliseconds for all cells of a notebook

interface LabServer {
  /** with its port, without a slash at the end */
  readonly origin: string;
  readonly token: string;
  /** the folder that is served */
  readonly root: string;
}

/** JupyterLab with a folder for the notebooks of one test file. */
export interface TestLab extends LabServer {
  readonly folder: string;
  /** ends what the folder's notebooks started, and forgets the folder */
  close(): Promise<void>;
}

/**
 * Starts JupyterLab as new: what the person who works here has set or left open is not ours to see, nor to change.
 * What it serves is inside the checkout, so that the kernel finds xorlab.
 */
async function startServer(): Promise<{ server: LabServer; stop: () => Promise<void> }> {
  mkdirSync(join(CHECKOUT, ".jupyter"), { recursive: true });
  const root = mkdtempSync(join(CHECKOUT, ".jupyter", "test-"));
  const { origin, token, stop } = await startLab([
    `--port=${await freePort()}`,
    `--ServerApp.root_dir=${root}`,
    `--LabApp.workspaces_dir=${join(root, "workspaces")}`,
    `--LabApp.user_settings_dir=${join(root, "settings")}`,
  ]);
  const end = async () => {
    await stop();
    rmSync(root, { recursive: true, force: true });
  };
  return { server: { origin, token, root }, stop: end };
}

/**
 * Starts a JupyterLab that openLab() uses from now on, here and in child processes.
 *
 * @returns ends it
 */
export async function shareLab(): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  process.env[SHARED] = JSON.stringify(server);
  return stop;
}

/** JupyterLab for one test file: the server that all files share, or a new one. */
export async function openLab(): Promise<TestLab> {
  const shared = process.env[SHARED];
  const { server, stop } =
    shared === undefined ? await startServer() : { server: JSON.parse(shared) as LabServer, stop: () => {} };
  const folder = mkdtempSync(join(server.root, "file-"));
  const close = async () => {
    await endSessions(server, folder);
    rmSync(folder, { recursive: true, force: true });
    await stop();
  };
  return { ...server, folder, close };
}

/** Ends the kernels of the folder's notebooks. */
async function endSessions({ origin, token }: LabServer, folder: string): Promise<void> {
  const headers = { Authorization: `token ${token}` };
  const answer = await fetch(`${origin}/api/sessions`, { headers });
  const sessions = (await answer.json()) as { id: string; path: string }[];
  const own = sessions.filter(({ path }) => path.startsWith(`${basename(folder)}/`));
  for (const { id } of own) await fetch(`${origin}/api/sessions/${id}`, { method: "DELETE", headers });
}

/** A notebook in a browser's page. */
export interface OpenNotebook {
  readonly page: Page;
  /** addresses on other hosts that the page asked for */
  readonly outside: string[];
}

/** Opens a notebook of the lab's folder, alone in its page, and waits until it is there with its kernel. */
export async function openNotebook(browser: Browser, lab: TestLab, name: string): Promise<OpenNotebook> {
  // High enough for a whole notebook: JupyterLab takes cells far out of sight from the page.
  const context = await browser.newContext({
    viewport: { width: 1200, height: 12_000 },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(LIMIT);
  const page = await context.newPage();
  const outside: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob|about):/.test(url) && !url.startsWith(`${lab.origin}/`)) outside.push(url);
  });
  const cells = codeCells(join(lab.folder, name)).length;
  await page.goto(
    `${lab.origin}/doc/tree/${encodeURI(`${basename(lab.folder)}/${name}`)}?token=${lab.token}`,
  );
  await waitUntilReady(page, cells);
  return { page, outside };
}

/** Reloads the page and waits until its notebook is there again. */
export async function reload(page: Page): Promise<void> {
  const cells = (await prompts(page)).length;
  await page.reload();
  await waitUntilReady(page, cells);
}

async function waitUntilReady(page: Page, cells: number): Promise<void> {
  await page.waitForFunction((count) => document.querySelectorAll(".jp-CodeCell").length === count, cells);
  // Before it asks for a kernel, a notebook says "idle" as well, but "No Kernel".
  await page.locator(".jp-Toolbar-kernelName", { hasText: "TypeScript" }).waitFor();
  await page.waitForSelector('.jp-Notebook-ExecutionIndicator[data-status="idle"]');
}

/** A code cell as the notebook's file holds it. */
export interface CodeCell {
  readonly source: string;
  readonly tags: readonly string[];
  readonly outputs: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

/** The code cells of a notebook's file. */
export function codeCells(path: string): CodeCell[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8"));
  return cells
    .filter((cell: { cell_type: string }) => cell.cell_type === "code")
    .map((cell: { source: string | string[]; metadata: { tags?: string[] }; outputs: [] }) => ({
      source: [cell.source].flat().join(""),
      tags: cell.metadata.tags ?? [],
      outputs: cell.outputs,
    }));
}

/** The prompts of the code cells, as "[3]:". */
export function prompts(page: Page): Promise<string[]> {
  return page.locator(".jp-CodeCell .jp-InputPrompt").allTextContents();
}

/** Clears all outputs, runs all cells by the menu, waits for the last one, and gives the prompts. */
export async function runAll(page: Page): Promise<string[]> {
  await chooseMenu(page, "Edit", "Clear Outputs of All Cells");
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].every((e) => e.textContent === "[ ]:"),
  );
  await chooseMenu(page, "Run", "Run All Cells");
  await page.waitForFunction(
    () => {
      const now = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(
        (e) => e.textContent ?? "",
      );
      return now[0] !== "[ ]:" && !now.some((prompt) => prompt.includes("*"));
    },
    undefined,
    { timeout: RUN_LIMIT, polling: 200 },
  );
  return prompts(page);
}

/** Runs one cell by the button above the notebook; a key would be lost while cells are still being laid out. */
export async function startCell(page: Page, index: number): Promise<void> {
  await page.locator(".jp-CodeCell").nth(index).locator(".jp-InputPrompt").click();
  await page.locator('[data-command="notebook:run-cell-and-select-next"]').first().click();
}

/** Presses the button that interrupts the kernel. */
export async function pressStop(page: Page): Promise<void> {
  await page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
}

/** Goes through the menus by their labels, the way a person does. */
export async function chooseMenu(page: Page, menu: string, ...items: string[]): Promise<void> {
  await page.locator(`.lm-MenuBar-itemLabel:text-is("${menu}")`).click();
  for (const item of items) await page.locator(`.lm-Menu-itemLabel:text-is("${item}")`).last().click();
}

/**
 * The data of every figure that is drawn, as JSON with sorted keys (as a saved file has them); one that is there but
 * not drawn is "not drawn".
 */
export function drawnFigures(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const sorted = (_: string, value: unknown) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    return [...document.querySelectorAll<HTMLElement & { data?: unknown }>(".js-plotly-plot")].map(
      (figure) =>
        figure.querySelector(".main-svg") && figure.clientHeight > 100
          ? JSON.stringify(figure.data, sorted)
          : "not drawn",
    );
  });
}

/** Waits until as many figures are drawn, and gives their data. */
export async function waitForFigures(page: Page, count: number): Promise<string[]> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll(".js-plotly-plot .main-svg:first-child").length >= wanted,
    count,
    { timeout: 60_000 },
  );
  return drawnFigures(page);
}
