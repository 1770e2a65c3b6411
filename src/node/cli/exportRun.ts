import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { CHECKOUT, jupyterEnvironment, venvPython } from "./checkout.js";
import type { Notebook } from "./notebooks.js";

/** Why a notebook was not exported, with the cell that ran last where one did. */
export interface Failure {
  readonly event: "failed";
  readonly name: string;
  readonly kind: "error" | "timeout" | "died" | "start" | "kernel";
  /** which code cell, from 1, of how many */
  readonly number?: number;
  readonly count?: number;
  readonly source?: string;
  /** what the kernel said */
  readonly error?: string;
  /** the kernel that the notebook names, and those there are */
  readonly kernel?: string;
  readonly known?: readonly string[];
}

/** What happens while notebooks run, in this order for each; `name` says of which. */
export type RunEvent =
  | { readonly event: "begin"; readonly name: string; readonly runs: boolean }
  | { readonly event: "cell"; readonly name: string; readonly number: number; readonly count: number }
  | { readonly event: "convert"; readonly name: string }
  | {
      readonly event: "written";
      readonly name: string;
      readonly page: string;
      readonly bytes: number;
      /** null: a student edition has none */
      readonly figures: number | null;
      readonly seconds: number;
    }
  | Failure;

/** What is written of each notebook. */
export interface Edition {
  /** whether the laboratory will be beside the pages, as index.html, so that they can link to it */
  readonly laboratory?: boolean;
  /** for students: nothing is run, and a notebook without outputs is written beside each page */
  readonly student?: boolean;
}

/** What a run of notebooks may take. */
export interface Limits {
  readonly timeout: number;
  readonly jobs: number;
}

/**
 * Runs notebooks, some side by side, each in a fresh kernel in its own folder, and writes each as a page. After a failure no
 * further one begins.
 *
 * @param pageOf      the page's path, absolute, for each notebook
 * @param edition     what is written
 * @param limits      seconds that one cell may take, 0: any; and how many notebooks run at a time
 * @param signal      aborting it ends the kernels and the run
 * @param listener    is told each event
 * @returns how it ended, and what kernels and Python wrote to standard error meanwhile
 */
export async function runNotebooks(
  notebooks: readonly Notebook[],
  pageOf: (notebook: Notebook) => string,
  { laboratory = false, student = false }: Edition,
  { timeout, jobs }: Limits,
  signal: AbortSignal,
  listener: (event: RunEvent) => void,
) {
  const work = notebooks.map((notebook) => ({
    name: notebook.name,
    folder: dirname(notebook.path),
    page: pageOf(notebook),
    index: laboratory || notebooks.length > 1, // whether the page leads back to it
    laboratory,
    student,
    notebook: JSON.stringify(notebook.content),
  }));
  // A process group of its own: Ctrl-C comes to us alone, and we end the run in order.
  const runner = spawn(venvPython("xorlab export"), [join(CHECKOUT, "templates", "run_notebook.py")], {
    detached: process.platform !== "win32",
    env: { ...jupyterEnvironment(), PYTHONUTF8: "1", PYTHONDONTWRITEBYTECODE: "1", PYTHONWARNINGS: "ignore" },
  });
  // The runner stops its kernels when its input closes: on purpose here, and also if this process is killed.
  const stop = () => runner.stdin.end();
  signal.addEventListener("abort", stop);
  runner.stdin.on("error", () => {}); // it ended before it read: its exit code tells
  runner.stdin.write(`${JSON.stringify({ timeout: timeout || null, jobs, notebooks: work })}\n`);
  let said = "";
  runner.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-20000);
  });
  let failed = false;
  createInterface({ input: runner.stdout }).on("line", (line) => {
    const event: RunEvent = JSON.parse(line);
    failed ||= event.event === "failed";
    if (!signal.aborted) listener(event);
  });
  const code = await new Promise<number | null>((done, fail) => runner.on("close", done).on("error", fail));
  signal.removeEventListener("abort", stop);
  if (code !== 0 && !failed && !signal.aborted)
    throw new Error(`xorlab export: the program that runs notebooks ended with code ${code}:\n${said}`);
  return { outcome: signal.aborted ? "stopped" : failed ? "failed" : "finished", said };
}
