import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Host, Platform, StudyWorker, WorkerEvents } from "../platform.js";
import { readText, writeText } from "./files.js";
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
