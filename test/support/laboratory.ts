import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { completed, DEFAULTS, type Setting } from "../../src/lab/setting.js";
import { tableOf } from "../../src/lab/table.js";
import { sitePage } from "../../src/node/cli/site.js";
import { OFTEN, type OpenedPage, openFile } from "./chromium.js";

/** Writes the site's index, without notebooks; returns its path. */
export function writeLaboratory(): string {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-site-"));
  const path = join(folder, "index.html");
  writeFileSync(path, sitePage(folder));
  return path;
}

/**
 * Opens the laboratory with the network blocked, and waits for its first verdict.
 *
 * @param counts  whether it counts its thousands of trials as fast as for a reader, on all cores; or slowly after the first hundreds
 */
export async function openLaboratory(
  browser: Browser,
  path: string,
  address = "",
  settings: Parameters<Browser["newContext"]>[0] = { reducedMotion: "reduce" },
  counts = true,
): Promise<OpenedPage> {
  const hash = address === "" ? "" : `#${address}`;
  const opened = await openFile(browser, path, settings, hash, counts ? undefined : countSlowly);
  await verdictOf(opened.page);
  return opened;
}

/** In the page: its workers rest before each part of a count but the first. */
function countSlowly(): void {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...all: unknown[]) {
    const { task, given } = (all[0] ?? {}) as { task?: string; given?: { first?: number } };
    const send = () => Reflect.apply(postMessage, this, all);
    if (task === "count" && (given?.first ?? 0) >= 150) setTimeout(send, 1000);
    else send();
  };
}

/** The verdict, once the run of the present setting has ended; spaces at which no line may end are spaces. */
export async function verdictOf(page: Page): Promise<string> {
  await page.waitForFunction(() => document.body.dataset.busy === "false", undefined, { polling: OFTEN });
  const told = await page.getByRole("region", { name: "Verdict" }).getByRole("status").first().innerText();
  return told.replaceAll("\u00a0", " ");
}

/** What stands beside the film's slider: "epoch 100 of 100 · loss 0.3397 · accuracy 0.753". */
export async function momentOf(page: Page): Promise<string> {
  return (await page.getByRole("slider", { name: "Epoch" }).getAttribute("aria-valuetext")) ?? "";
}

/** How many trials were counted, and how many of them are solved; waits for at least so many. */
export async function countOf(page: Page, least: number): Promise<{ trials: number; solved: number }> {
  const region = page.getByRole("region", { name: "How often does it succeed?" });
  for (;;) {
    const found = /(\d+) of (\d+) runs? solved/.exec(await region.innerText());
    const [solved, trials] = (found?.slice(1) ?? ["0", "0"]).map(Number);
    if (trials >= least) return { trials, solved };
    await page.waitForTimeout(100);
  }
}

/** A table of 12 plants: three kinds, which two of the columns tell apart, and whether each is tall. */
export const TABLE_TEXT = `length,width,height,tall,kind
${Array.from({ length: 12 }, (_, i) => [i % 3, Math.floor(i / 3) / 2 + (i % 3), i, i < 6 ? "no" : "yes", "abc"[i % 3]].join(",")).join("\n")}
`;

/** The same with decimal commas. */
export const COMMA_TEXT = TABLE_TEXT.replaceAll(",", ";").replaceAll(".", ",");

/** A setting with such a table, as the page makes it of a file. */
export function tableSetting(text = TABLE_TEXT): Setting {
  const table = tableOf({ name: "plants", text });
  return completed({ ...DEFAULTS, data: "table", table, target: 0, batchSize: 4 });
}
