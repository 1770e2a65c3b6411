import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import type { FromWorker, ToWorker } from "../../src/page.js";
import { CHECKOUT } from "./checkout.js";
import { type OpenedPage, openFile } from "./chromium.js";
import type { Answer, Question } from "./pageScript.js";

export type Library = typeof import("../../src/page.js");

/** The library in a worker of a page. */
export interface PageWorker extends Omit<OpenedPage, "page"> {
  /** Runs a function in the worker: its text is sent, so it must refer to nothing outside of itself. */
  run<Given, Result>(code: (xorlab: Library, given: Given) => Result, given: Given): Promise<Awaited<Result>>;
  /** What the library has said to the page so far. */
  said(): Promise<readonly FromWorker[]>;
  stop(): Promise<void>;
}

/** Allows what an exported page allows: its own script, workers made of it, and no request to anybody. */
const POLICY = "default-src 'none'; script-src blob: 'unsafe-eval'; worker-src blob:";

/** Opens a page from a file, with the bundled library in a worker made of a blob. */
export async function openWorker(browser: Browser): Promise<PageWorker> {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-page-"));
  const file = join(folder, "page.html");
  writeFileSync(file, `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  const { page, ...seen } = await openFile(browser, file);
  rmSync(folder, { recursive: true });
  await page.evaluate(startWorker, await bundled());
  return {
    ...seen,
    run: async (code, given) => {
      const { json, error } = await page.evaluate(
        ([text, value]) => (window as unknown as Page).ask(text as string, value),
        [String(code), given] as const,
      );
      if (json === undefined) throw new Error(error);
      return JSON.parse(json);
    },
    said: () => page.evaluate(() => (window as unknown as Page).said),
    stop: () => page.evaluate(() => (window as unknown as Page).stop()),
  };
}

/** The script and everything it needs, as a classic script. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(CHECKOUT, "dist", "test", "support", "pageScript.js")],
    bundle: true,
    platform: "browser",
    format: "iife",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** What startWorker() puts into the page's window. */
interface Page {
  readonly said: FromWorker[];
  ask(code: string, given: unknown): Promise<Answer>;
  stop(): void;
}

/** In the page. */
function startWorker(text: string): void {
  const script = new Blob([text], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(script));
  worker.postMessage({ xorlab: "script", script } satisfies ToWorker);
  const waiting = new Map<number, (answer: Answer) => void>();
  const said: FromWorker[] = [];
  worker.onmessage = ({ data }: MessageEvent<FromWorker | Answer>) => {
    if ("xorlab" in data) said.push(data);
    else waiting.get(data.answers)?.(data);
  };
  worker.onerror = (event) => {
    for (const answer of waiting.values()) answer({ answers: 0, error: event.message });
  };
  let asked = 0;
  const page: Page = {
    said,
    ask: (code, given) =>
      new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        worker.postMessage({ ask: asked, code, given } satisfies Question);
      }),
    stop: () => worker.postMessage({ xorlab: "stop" } satisfies ToWorker),
  };
  Object.assign(window, page);
}
