import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { MimeBundle } from "../display.js";
import { bundlePage, PLOTLY_TYPE } from "../figures/figure.js";
import type { Display } from "../platform.js";

/** What a program outside of notebooks shows: texts on standard output, and figures as pages. */

/**
 * Prints a value's text, and of a figure writes and opens the page.
 *
 * @param page  the file of this page, if it was written already
 */
export function display(bundle: MimeBundle, page?: string): Display {
  let opened: string | undefined;
  const show = (next: MimeBundle): void => {
    console.log(next["text/plain"]);
    if (!(PLOTLY_TYPE in next)) return;
    const file = page ?? writeTemporary(next, opened);
    if (file !== opened && file !== undefined) open(resolve(file));
    opened = file;
  };
  show(bundle);
  return { update: show };
}

let folder: string | undefined;
let figures = 0;

/** Writes the page into a folder of this program's own, which nobody else can read; undefined, with a line that says why, if it cannot. */
function writeTemporary(bundle: MimeBundle, again: string | undefined): string | undefined {
  try {
    const html = bundlePage("show", bundle);
    folder ??= mkdtempSync(join(tmpdir(), "xorlab-"));
    if (again === undefined) figures += 1;
    const file = again ?? join(folder, `figure-${figures}.html`);
    writeFileSync(file, html, { mode: 0o600, flag: again === undefined ? "wx" : "w" });
    return file;
  } catch (error) {
    process.stderr.write(`The figure has no page: ${(error as Error).message}\n`);
    return undefined;
  }
}

/** Whether somebody sits before this program and its browser. */
export function opensBrowser(
  terminal = process.stdout.isTTY === true,
  environment: NodeJS.ProcessEnv = process.env,
  system: NodeJS.Platform = process.platform,
): boolean {
  const { CI, BROWSER, SSH_CONNECTION, SSH_CLIENT, SSH_TTY, DISPLAY, WAYLAND_DISPLAY } = environment;
  const away = [CI === "false" ? "" : CI, SSH_CONNECTION, SSH_CLIENT, SSH_TTY].some(Boolean);
  const screen = ["darwin", "win32"].includes(system) || Boolean(DISPLAY || WAYLAND_DISPLAY);
  return terminal && screen && !away && BROWSER !== "none";
}

/** What opens a file with the program that its user has chosen for it. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer.exe" };

/** Says where a page is and opens it. The program does not wait for the browser, nor mind if there is none. */
function open(file: string): void {
  process.stderr.write(`The figure is in ${file}\n`);
  if (!opensBrowser()) return;
  const child = spawn(OPENERS[process.platform] ?? "xdg-open", [file], { detached: true, stdio: "ignore" });
  child.on("error", () => undefined);
  child.unref();
}
