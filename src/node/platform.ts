import { readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Host, Platform, StudyWorker, WorkerEvents } from "../platform.js";
import { oneLine } from "../words/english.js";
import { sizeText } from "../words/numbers.js";
import { inNotebook, notebookHost } from "./notebook.js";
import { figurePageTemplate } from "./packaged.js";
import { tensorFlow } from "./tensorflow/backend.js";
import { silentHost, terminalHost } from "./terminal.js";

/** Node: in a notebook's kernel, in a terminal, or in a program without one. */
export const nodePlatform: Platform = {
  tensorFlow,
  cores: availableParallelism(),
  startWorker,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  readText,
  writeText,
  figurePage: figurePageTemplate,
  host,
};

function host(): Host {
  if (inNotebook()) return notebookHost;
  return process.stderr.isTTY ? terminalHost : silentHost;
}

function startWorker({ onMessage, onEnd }: WorkerEvents): StudyWorker {
  const worker = new Worker(join(__dirname, "studyWorker.js"));
  let cause: Error | undefined;
  worker.on("message", onMessage);
  worker.on("error", (error) => {
    cause = error; // its end follows
  });
  worker.on("exit", (code) => onEnd(cause ?? new Error(`the thread ended with exit code ${code}`)));
  return { post: (task) => worker.postMessage(task), end: () => worker.terminate() };
}

const NOT_UTF8 = "is not a text in UTF-8; save it as CSV with this encoding";

function readText(where: string, path: string, most: number): string {
  const file = resolve(path);
  const refused = (why: string) => new RangeError(`${where}: ${oneLine(file)} ${why}`);
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) throw refused("does not exist; text instead of a path must have a line break");
    if (found.isDirectory()) throw refused("is a folder");
    if (found.size > most) throw refused(`must have at most ${sizeText(most)}, got ${sizeText(found.size)}`);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
    if (text.includes("\0")) throw refused(NOT_UTF8); // as UTF-16 has between its letters
    return text;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw refused(code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? NOT_UTF8 : `cannot be read: ${message}`);
  }
}

function writeText(where: string, path: string, text: string): void {
  const file = resolve(path);
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new RangeError(`${where}: ${oneLine(file)} cannot be written: ${(error as Error).message}`);
  }
}
