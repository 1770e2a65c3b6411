import type { CellError } from "../page/cells/errors.js";
import type { FromKernel, Shown } from "../page/cells/notebook.js";
import type { Files } from "../page/kernel.js";
import type { FromWorker } from "../page/platform.js";
import { type FramedWorker, startFramed } from "./framedWorker.js";
import { connectControls, disconnectControls, showBusy } from "./liveControls.js";
import { unpacked } from "./packed.js";

/** Takes what a cell shows. */
export type Show = (shown: Shown | FromWorker) => void;

/** How a cell ended; "lacking": it imports what pages do not have. */
export type Ending = "done" | "failed" | "lacking" | "restarted";

export type Kernel = ReturnType<typeof createKernel>;

const DEAF = 1500; // milliseconds: a kernel that has not heard Stop by then is in a loop that never pauses
const SLOW = 3000; // milliseconds for work that has heard it to end with its results

const GONE: CellError = {
  name: "Stopped",
  message:
    "the cell did not give way, so the kernel was restarted; all variables are gone. The cells above run again before the next one.",
  details: [],
};

/** A run whose outputs may still change. */
interface Ran {
  readonly cell: number;
  readonly show: Show;
}

/**
 * The kernel of the page: a worker, started when the first cell runs.
 *
 * @param files   texts of files by their names, for readTable()
 * @param onWork  is told when work on behalf of a cell that has ended begins and ends: controls were used
 */
export function createKernel(files: Files["files"], onWork: (busy: boolean) => void) {
  let script: Promise<Blob> | undefined; // unpacked once
  let worker: FramedWorker | undefined;
  let settle: ((ending: Ending) => void) | undefined; // ends the cell that runs
  let patience = 0; // a timer
  let runs = 0;
  const ran = new Map<number, Ran>(); // by the runs' numbers
  const shown = new Map<number, Ran>(); // by the displays' ids
  let working: number | undefined; // the run on whose behalf there is work
  connectControls((id, values) => worker?.post({ xorlab: "change", id, values }));

  const setWorking = (run: number | undefined): void => {
    if (working === run) return;
    working = run;
    clearTimeout(patience);
    onWork(run !== undefined);
  };
  /** Ends the kernel and whatever runs in it. */
  const end = (): void => {
    worker?.end();
    worker = undefined;
    ran.clear();
    shown.clear();
    disconnectControls();
    setWorking(undefined);
    settle?.("restarted");
  };
  const giveUp = (): void => {
    ran.get(working ?? runs)?.show({ says: "error", error: GONE });
    end();
  };
  const display = (data: FromWorker): void => {
    const owner = data.xorlab === "update" ? shown.get(data.id) : ran.get(working ?? runs);
    if (!owner) return; // its cell has run again
    shown.set(data.id, owner);
    owner.show(data);
  };
  const hear = (data: FromKernel | FromWorker): void => {
    if ("xorlab" in data) display(data);
    else if (data.says === "controls") showBusy(data.id, data.busy);
    else if (data.says === "busy") setWorking(data.run);
    else if (data.says === "free") setWorking(undefined);
    else if (data.run === working || (settle && data.run === runs)) hearCell(data);
  };
  /** About the cell that runs, or on whose behalf there is work. What a stopped cell still prints is not heard. */
  const hearCell = (data: FromKernel): void => {
    const show = ran.get(data.run)?.show;
    if (!show) return;
    if (data.says === "heard") {
      clearTimeout(patience);
      patience = window.setTimeout(giveUp, SLOW);
    } else if (data.says === "done") settle?.("done");
    else {
      show(data as Shown);
      if (data.says === "error") settle?.(data.error.name === "ImportError" ? "lacking" : "failed");
    }
  };

  return {
    get started(): boolean {
      return worker !== undefined;
    },
    async start(): Promise<void> {
      script ??= unpacked("kernel").then((text) => new Blob([text ?? ""], { type: "text/javascript" }));
      worker = await startFramed(await script, hear);
      worker.post({ files });
    },
    /**
     * Runs a cell in the started kernel; the next may be run when the promise is kept.
     *
     * @param cell  its place in the page
     */
    run(source: string, count: number, cell: number, show: Show): Promise<Ending> {
      return new Promise((resolve) => {
        runs += 1;
        for (const map of [ran, shown]) for (const [key, one] of map) if (one.cell === cell) map.delete(key);
        ran.set(runs, { cell, show });
        settle = (ending) => {
          clearTimeout(patience);
          settle = undefined;
          resolve(ending);
        };
        worker?.post({ run: runs, count, source, cell });
      });
    },
    /** Stops the cell that runs. One that does not give way is ended with the kernel: then all variables are gone. */
    stop(): void {
      if (!settle && working === undefined) return;
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
