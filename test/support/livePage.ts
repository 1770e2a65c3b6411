import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { jupyterEnvironment, venvPython } from "../../src/node/cli/checkout.js";
import { CHECKOUT } from "./checkout.js";
import { OFTEN, type OpenedPage, openFile } from "./chromium.js";
import { newFolder, type TestCell, writeNotebook } from "./notebookFiles.js";

// Needs: Jupyter

const LONG = 600_000; // milliseconds: a study on a busy machine

// nbconvert's command. jsonschema would import what checks addresses, which notebooks' schemas have none of, for half of the time.
const CONVERT = `import sys
sys.modules["rfc3987_syntax"] = None
from nbconvert.nbconvertapp import main
main()`;

/** Writes notebooks as pages, as JupyterLab's export menu does it: with the outputs they have. Returns the folder. */
export function pagesOf(notebooks: readonly string[]): string {
  const folder = newFolder();
  const config = join(CHECKOUT, "templates", "exporter_config.py");
  execFileSync(
    venvPython("test"),
    ["-c", CONVERT, "--to", "html", "--config", config, "--output-dir", folder, ...notebooks],
    { env: { ...jupyterEnvironment(), PYTHONDONTWRITEBYTECODE: "1" }, stdio: "ignore" },
  );
  return folder;
}

/** The page of a notebook that has not been run. */
export function pageOfCells(cells: readonly TestCell[]): string {
  return pagesOfCells({ live: cells }).live;
}

/** The pages of some notebooks that have not been run, by their names. */
export function pagesOfCells<Name extends string>(
  notebooks: Readonly<Record<Name, readonly TestCell[]>>,
): Record<Name, string> {
  const folder = newFolder();
  const names = Object.keys(notebooks) as Name[];
  const pages = pagesOf(names.map((name) => writeNotebook(folder, name, notebooks[name])));
  return Object.fromEntries(names.map((name) => [name, join(pages, `${name}.html`)])) as Record<Name, string>;
}

/** An exported page, used as a reader uses it. */
export interface LivePage extends OpenedPage {
  press(button: string): Promise<void>;
  /** Presses Run cell in a code cell, counted from 1. */
  runCell(number: number): Promise<void>;
  /** Puts other code into a cell. */
  edit(number: number, source: string): Promise<void>;
  code(number: number): Promise<string>;
  /** The text under a cell. */
  output(number: number): Promise<string>;
  status(): Promise<string>;
  /** Waits until nothing runs, and returns what the page then says. */
  idle(): Promise<string>;
}

export async function openLive(
  browser: Browser,
  path: string,
  settings: Parameters<typeof openFile>[2] = {},
  hash = "",
): Promise<LivePage> {
  const opened = await openFile(browser, path, settings, hash);
  return { ...opened, ...actionsOn(opened.page) };
}

function actionsOn(page: Page): Omit<LivePage, keyof OpenedPage> {
  const cell = (number: number) => page.locator(".jp-CodeCell").nth(number - 1);
  const stop = page.getByRole("button", { name: "Stop" });
  const status = async () => (await page.getByRole("toolbar").getByRole("status").textContent()) ?? "";
  return {
    status,
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    runCell: (number) => cell(number).getByRole("button", { name: "Run cell" }).click(),
    async edit(number, source) {
      await cell(number).getByRole("textbox").last().click();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(source);
    },
    code: async (number) => (await cell(number).locator(".cm-line").allTextContents()).join("\n"),
    output: async (number) => (await cell(number).locator(".jp-Cell-outputArea").innerText()).trim(),
    async idle() {
      await page.waitForTimeout(150); // a change of a field begins to act
      const button = await stop.elementHandle();
      const free = (found: unknown) => (found as HTMLButtonElement).disabled;
      await page.waitForFunction(free, button, { timeout: LONG, polling: OFTEN });
      return status();
    },
  };
}
