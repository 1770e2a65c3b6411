import type { MimeBundle } from "../display.js";
import type { CellError } from "../page/cells/errors.js";
import type { FromKernel } from "../page/cells/notebook.js";
import type { Files } from "../page/kernel.js";
import type { FromWorker } from "../page/platform.js";
import { type FramedWorker, startFramed } from "./framedWorker.js";
import { unpacked } from "./packed.js";

/** What a cell shows while it runs. */
export interface Outputs {
  /** Something with an id, which may be shown anew. */
  display(id: number, bundle: MimeBundle): void;
  stream(name: "stdout" | "stderr", text: string): void;
  result(bundle: MimeBundle): void;
  error(error: CellError): void;
  clear(): void;
}

/** How a cell ended; "lacking": it imports what pages do not have. */
export type Ending = "done" | "failed" | "lacking" | "restarted";

/** The kernel of the page: a worker, started when the first cell runs. */
export interface Kernel {
  readonly started: boolean;
  start(): Promise<void>;
  /** Runs a cell in the started kernel; the next may be run when the promise is kept. */
  run(source: string, count: number, outputs: Outputs): Promise<Ending>;
  /** Stops the cell that runs. One that does not give way is ended with the kernel: then all variables are gone. */
  stop(): void;
  /** Ends the kernel and whatever runs in it. */
  end(): void;
}

const DEAF = 1500; // milliseconds: a kernel that has not heard Stop by then is in a loop that never pauses
const SLOW = 3000; // milliseconds for work that has heard it to end with its results

const GONE: CellError = {
  name: "Stopped",
  message:
    "the cell did not give way, so the kernel was restarted; all variables are gone. The cells above run again before the next one.",
  details: [],
};

/** @param files  texts of files by their names, for readTable() */
export function createKernel(files: Files["files"]): Kernel {
  let script: Promise<Blob> | undefined; // unpacked once
  let worker: FramedWorker | undefined;
  let running: { readonly outputs: Outputs; end(ending: Ending): void } | undefined;
  let patience = 0; // a timer
  let runs = 0;

  const end = (): void => {
    worker?.end();
    worker = undefined;
    running?.end("restarted");
  };
  const giveUp = (): void => {
    running?.outputs.error(GONE);
    end();
  };
  const hear = (data: FromKernel | FromWorker): void => {
    if (!running) return;
    const { outputs } = running;
    if ("xorlab" in data) outputs.display(data.id, data.bundle);
    else if (data.run !== runs)
      return; // what a stopped cell still prints
    else if (data.says === "stream") outputs.stream(data.name, data.text);
    else if (data.says === "result") outputs.result(data.bundle);
    else if (data.says === "clear") outputs.clear();
    else if (data.says === "error") {
      outputs.error(data.error);
      running.end(data.error.name === "ImportError" ? "lacking" : "failed");
    } else if (data.says === "heard") {
      clearTimeout(patience);
      patience = window.setTimeout(giveUp, SLOW);
    } else running.end("done");
  };

  return {
    get started() {
      return worker !== undefined;
    },
    async start() {
      script ??= unpacked("kernel").then((text) => new Blob([text ?? ""], { type: "text/javascript" }));
      worker = await startFramed(await script, hear);
      worker.post({ files });
    },
    run(source, count, outputs) {
      return new Promise((resolve) => {
        runs += 1;
        running = {
          outputs,
          end(ending) {
            clearTimeout(patience);
            running = undefined;
            resolve(ending);
          },
        };
        worker?.post({ run: runs, count, source });
      });
    },
    stop() {
      if (!running) return;
      worker?.stop();
      clearTimeout(patience);
      // Two timers: where the page itself was busy, an answer that waits is read between them.
      patience = window.setTimeout(() => {
        patience = window.setTimeout(giveUp, DEAF / 5);
      }, DEAF);
    },
    end,
  };
}
