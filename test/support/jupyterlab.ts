import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { CHECKOUT } from "./checkout.js";
import { freePort, startLab } from "./labCommand.js";

// Needs: JupyterLab

const SHARED = "XORLAB_TEST_LAB"; // the environment's variable that describes a server for many test files
const LIMIT = 120_000; // milliseconds for anything else: beside two other test files a page may open slowly
const LOOK_EVERY = 100; // milliseconds; Playwright's own choice is every frame, for which a browser draws one after another
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

/** A page of JupyterLab in which one notebook after another is opened: its scripts are read and compiled once. */
export interface LabPage {
  readonly page: Page;
  /** addresses on other hosts that the page asked for */
  readonly outside: string[];
  /** Opens a notebook of the lab's folder, or goes back to it, and waits until it is there with its kernel. */
  open(name: string): Promise<void>;
  /** Closes the notebook in front, which must be saved, and ends its kernel. */
  close(): Promise<void>;
}

/** The notebook that one sees; others that are open are in the page as well. */
const FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)";

/**
 * Opens a notebook of the lab's folder in a new page, and waits until it is there with its kernel.
 *
 * @param height  of the window, in pixels: high enough for all cells, as JupyterLab takes those far out of sight from the
 *                page, and no higher, since all of it is painted
 */
export async function openPage(
  browser: Browser,
  lab: TestLab,
  name: string,
  height = 2000,
): Promise<LabPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height }, acceptDownloads: true });
  context.setDefaultTimeout(LIMIT);
  const page = await context.newPage();
  const outside: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob|about):/.test(url) && !url.startsWith(`${lab.origin}/`)) outside.push(url);
  });
  const pathOf = (one: string) => `${basename(lab.folder)}/${one}`;
  const ready = (one: string) => waitUntilReady(page, one, codeCells(join(lab.folder, one)).length);
  await page.goto(`${lab.origin}/doc/tree/${encodeURI(pathOf(name))}?token=${lab.token}`);
  await ready(name);
  const open = async (other: string) => {
    await chooseMenu(page, "File", "Open from Path…");
    await page.locator(".jp-Dialog input").fill(pathOf(other));
    await acceptDialog(page);
    await ready(other);
  };
  const close = async () => {
    await chooseMenu(page, "File", "Close and Shut Down Notebook…");
    await acceptDialog(page);
    await page.locator(FRONT).waitFor({ state: "detached" });
  };
  return { page, outside, open, close };
}

/** Presses the button of a dialog that does what was asked for, and waits until the dialog is gone. */
export async function acceptDialog(page: Page): Promise<void> {
  await page.locator(".jp-Dialog button.jp-mod-accept").click();
  await page.locator(".jp-Dialog").waitFor({ state: "detached" });
}

/** Reloads the page and waits until the notebook in front is there again. */
export async function reload(page: Page): Promise<void> {
  const name = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const cells = await codeCell(page).count();
  await page.reload();
  await waitUntilReady(page, decodeURI(name), cells);
}

async function waitUntilReady(page: Page, name: string, cells: number): Promise<void> {
  await page.waitForFunction(
    ([selector, count, end]) =>
      decodeURI(location.pathname).endsWith(end) && document.querySelectorAll(selector).length === count,
    [`${FRONT} .jp-CodeCell`, cells, `/${name}`] as const,
    { polling: LOOK_EVERY },
  );
  // Before it asks for a kernel, a notebook says "idle" as well, but "No Kernel".
  await page.locator(`${FRONT} .jp-Toolbar-kernelName`, { hasText: "TypeScript" }).waitFor();
  await page.waitForSelector(`${FRONT} .jp-Notebook-ExecutionIndicator[data-status="idle"]`);
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

/** The code cells of the notebook in front, or the one with this index. */
export function codeCell(page: Page, index?: number): Locator {
  const cells = page.locator(`${FRONT} .jp-CodeCell`);
  return index === undefined ? cells : cells.nth(index);
}

/** The prompts of its code cells, as "[3]:". */
export function prompts(page: Page): Promise<string[]> {
  return codeCell(page).locator(".jp-InputPrompt").allTextContents();
}

/** Clears all outputs, runs all cells by the menu, waits for the last one, and gives the prompts. */
export async function runAll(page: Page): Promise<string[]> {
  await chooseMenu(page, "Edit", "Clear Outputs of All Cells");
  await waitForPrompts(page, (now) => now.every((prompt) => prompt === "[ ]:"));
  await chooseMenu(page, "Run", "Run All Cells");
  await waitForPrompts(page, (now) => now[0] !== "[ ]:" && !now.some((one) => one.includes("*")), RUN_LIMIT);
  return prompts(page);
}

/** Waits until the prompts of the notebook in front are as asked. */
export async function waitForPrompts(
  page: Page,
  holds: (prompts: readonly string[]) => boolean,
  timeout = LIMIT,
): Promise<void> {
  const end = Date.now() + timeout;
  for (let now = await prompts(page); !holds(now); now = await prompts(page)) {
    if (Date.now() > end) throw new Error(`the cells' prompts stay ${now.join(" ")}`);
    await page.waitForTimeout(LOOK_EVERY);
  }
}

/** Runs one cell by the button above the notebook; a key would be lost while cells are still being laid out. */
export async function startCell(page: Page, index: number): Promise<void> {
  await codeCell(page, index).locator(".jp-InputPrompt").click();
  await page.locator(`${FRONT} [data-command="notebook:run-cell-and-select-next"]`).first().click();
}

/** Runs one cell, waits for its end, and gives the texts of its outputs. */
export async function runCell(page: Page, index: number): Promise<string[]> {
  const { [index]: before } = await prompts(page);
  await startCell(page, index);
  await waitForPrompts(page, (now) => /\d/.test(now[index]) && now[index] !== before && ended(now));
  return outputsOf(page, index).allTextContents();
}

/** The outputs of a code cell of the notebook in front. */
export function outputsOf(page: Page, index: number): Locator {
  return codeCell(page, index).locator(".jp-OutputArea-output");
}

/** Whether no cell runs or waits, and one has run. */
export function ended(prompts: readonly string[]): boolean {
  return prompts.some((prompt) => /\d/.test(prompt)) && !prompts.some((prompt) => prompt.includes("*"));
}

/** Presses the button that interrupts the kernel. */
export async function pressStop(page: Page): Promise<void> {
  await page.locator(`${FRONT} [data-command="notebook:interrupt-kernel"]`).first().click();
}

/** Saves the notebook in front by the menu, and waits until the server has it: until then a second save would meet the first. */
export async function saveNotebook(page: Page): Promise<void> {
  const answer = page.waitForResponse(
    (response) => response.request().method() === "PUT" && response.url().includes("/api/contents/"),
  );
  await chooseMenu(page, "File", "Save Notebook");
  await answer;
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
    { timeout: 60_000, polling: LOOK_EVERY },
  );
  return drawnFigures(page);
}
