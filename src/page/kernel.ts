import { written } from "../check.js";
import * as xorlab from "../page.js";
import { setPlatform } from "../platform.js";
import { createNotebook, type FromKernel, type ToKernel } from "./cells/notebook.js";
import { printFromConsole } from "./cells/print.js";
import { pagePlatform, type ToWorker } from "./platform.js";

/** The whole script of an exported page's worker: it runs cells. study() starts it again for its threads. */

/** Sent to the kernel once: texts of files by their names, for readTable(). */
export interface Files {
  readonly files: Readonly<Record<string, string>>;
}

/** Sent by the kernel once. */
export interface Ready {
  readonly ready: true;
}

/** As a script of its own, and not by eval: so the page's policy can forbid that, and stacks have an address. */
function runScript(code: string): string {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    (self as unknown as { importScripts(address: string): void }).importScripts(address);
  } finally {
    URL.revokeObjectURL(address);
  }
  return address;
}

function begin(): void {
  const notebook = createNotebook({
    say: (message: FromKernel) => self.postMessage(message),
    runScript,
    modules: { xorlab: () => xorlab, "@tensorflow/tfjs": () => pagePlatform.tensorFlow() },
    turn: pagePlatform.turn,
  });
  let files: Files["files"] = {};
  setPlatform({
    ...pagePlatform,
    host: () => notebook.host(pagePlatform.host()),
    readText(where, path) {
      if (Object.hasOwn(files, path)) return files[path];
      const carried = Object.keys(files).map(written).join(", ") || "no files";
      throw new RangeError(
        `${where}: this page carries ${carried}, and not ${written(path)}; give the table's text`,
      );
    },
  });
  printFromConsole(console, notebook.print, notebook.clear);
  self.addEventListener("message", ({ data }: MessageEvent<ToKernel | ToWorker | Files>) => {
    if ("run" in data) void notebook.run(data);
    else if ("files" in data) files = data.files;
    else if (data.xorlab === "stop") notebook.stop();
    else if (data.xorlab === "change") notebook.change(data.id, data.values);
  });
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    notebook.unhandled(event.reason);
  });
  self.addEventListener("error", (event) => {
    event.preventDefault();
    notebook.unhandled(event.error);
  });
  self.postMessage({ ready: true } satisfies Ready);
}

if (!xorlab.inStudyWorker) begin();
