import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

// Needs: Chromium

const PROGRAMS = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "chrome.exe",
];

// The shell first: it draws the same pages without a browser's own interface, which takes half of the processor time.
const USUAL_PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

// As root in a container there is no sandbox; the rest keeps the browser itself from asking hosts for things.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Chromium (or Chrome) is: the variable CHROMIUM, the usual places, the PATH. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
  const named = process.env.CHROMIUM;
  return (named ? [named] : [...USUAL_PATHS, ...onPath]).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Why tests in the browser are left out, or false. In CI they never are: there, a missing browser fails them. */
export function noChromium(): string | false {
  if (findChromium() !== undefined || process.env.CI === "true") return false;
  return "Chromium was not found; install it, or name it: CHROMIUM=/path/to/chromium npm test";
}

const SHARED = "XORLAB_TEST_BROWSER"; // the environment's variable with the address of a browser for many files

/** How to start the browser, without a window. */
function launchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error("Chromium was not found; name it: CHROMIUM=/path/to/chromium");
  return { executablePath, args: FLAGS };
}

/** A browser of one's own: the one that all test files share, each with its own contexts, or a new one. */
export async function openBrowser(): Promise<Browser> {
  const address = process.env[SHARED];
  return address === undefined ? chromium.launch(launchOptions()) : chromium.connect(address);
}

/**
 * Starts a browser that openBrowser() gives from now on, here and in child processes.
 *
 * @returns ends it
 */
export async function shareBrowser(): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(launchOptions());
  process.env[SHARED] = server.wsEndpoint();
  return () => {
    delete process.env[SHARED]; // files that run alone afterwards start their own
    return server.close();
  };
}

/** A page opened from its file, and what it did that a page of its own should not. */
export interface OpenedPage {
  readonly page: Page;
  /** addresses it asked for, its own file and data in it aside */
  readonly requests: string[];
  /** addresses it would have asked for, had its own policy not stopped it: nothing was sent */
  readonly refused: string[];
  /** errors on its console and errors nobody caught */
  readonly errors: string[];
}

/** How often to look for what takes a while, in milliseconds: looking at every frame has the browser draw each. */
export const OFTEN = 50;

/**
 * Opens a file with the network blocked and waits until it is quiet.
 *
 * @param first  what the page runs before its own scripts
 */
export async function openFile(
  browser: Browser,
  path: string,
  settings: Parameters<Browser["newContext"]>[0] = {},
  hash = "",
  first?: () => void,
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    offline: true,
    ...settings,
  });
  if (first) await context.addInitScript(first);
  const page = await context.newPage();
  const address = pathToFileURL(path).href;
  const requests: string[] = [];
  const refused: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob|about):/.test(url) && url.split("#")[0] !== address) requests.push(url);
  });
  page.on("requestfailed", (request) => {
    const index = requests.indexOf(request.url());
    if (index >= 0 && request.failure()?.errorText === "csp") refused.push(...requests.splice(index, 1));
  });
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(address + hash, { waitUntil: "load" });
  await page.waitForFunction(
    () =>
      document.querySelector("script[type='application/gzip']") === null ||
      (window as { xorlab?: { drawn?: Promise<unknown> } }).xorlab?.drawn?.then(() => true),
    undefined,
    { polling: OFTEN },
  );
  await page.waitForTimeout(300); // what a figure draws after its first drawing
  return { page, requests, refused, errors };
}

/** Opens what a page folds, such as outputs that readers are to predict, and waits until the figures there are drawn. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.xorlab-fold")) fold.open = true;
  });
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".xorlab-fold .xorlab-figure")].every((place) =>
      place.querySelector(".main-svg"),
    ),
  );
  await page.waitForTimeout(300); // what a figure draws after its first drawing
}
