import { counted } from "../words/english.js";
import { measuredText } from "../words/numbers.js";
import type { CodeCell } from "./cell.js";
import type { Ending, Kernel } from "./kernel.js";

/** Shows how the work goes; `busy`: whether it goes on. */
export type Say = (text: string, busy: boolean) => void;

/** Runs the page's cells in order, one at a time, after those above them that have not run as they stand now. */
export function createRunner(cells: readonly CodeCell[], kernel: Kernel, say: Say) {
  const ran = new Set<CodeCell>(); // in this kernel, as they stand now
  const wanted = new Set<CodeCell>();
  let work: Promise<void> | undefined;
  let discarding = false; // what the running cell still shows
  let count = 0;

  const pending = (): CodeCell[] => {
    const last = cells.findLastIndex((cell) => wanted.has(cell));
    return cells.slice(0, last + 1).filter((cell) => wanted.has(cell) || !ran.has(cell));
  };
  const dimPending = (): void => {
    const all = new Set(pending());
    for (const cell of cells) cell.outputs.dim(all.has(cell));
  };
  const runOne = async (cell: CodeCell): Promise<Ending> => {
    count += 1;
    discarding = false;
    ran.add(cell);
    cell.prompt = "*";
    cell.outputs.begin();
    const ending = await kernel.run(cell.source, count, cells.indexOf(cell), (shown) => {
      if (!discarding) cell.outputs.show(shown);
    });
    if (discarding) ran.delete(cell);
    else {
      wanted.delete(cell);
      cell.outputs.finish();
    }
    cell.prompt = String(count);
    return ending;
  };
  const start = async (): Promise<void> => {
    say("Starting the kernel", true);
    await kernel.start();
    ran.clear();
    count = 0;
  };
  /** @returns how it went, in words */
  const runPending = async (): Promise<string> => {
    const began = performance.now();
    let [done, lacking] = [0, 0];
    let ending: Ending = "done";
    while (wanted.size > 0) {
      if (!kernel.started) await start();
      const [cell] = pending();
      if (!cell) break;
      const place = cells.indexOf(cell) + 1;
      say(`Running cell ${place} of ${cells.length}`, true);
      const asked = wanted.has(cell);
      ending = await runOne(cell);
      if (discarding) continue;
      if (ending === "lacking") lacking += 1;
      else done += 1;
      if (ending === "failed") cell.unfold();
      if (ending === "failed" && asked && wanted.size > 0) {
        const left = counted(wanted.size, "cell");
        return `Cell ${place} ended with an error; ${left} after it did not run`;
      }
    }
    if (discarding) return "";
    if (ending === "restarted") return "Stopped. The kernel was restarted: all variables are gone";
    const time = measuredText(performance.now() - began);
    const others = lacking > 0 ? `; ${counted(lacking, "cell")} can run in JupyterLab only` : "";
    return `${counted(done, "cell")} run in ${time}${others}`;
  };
  const finish = (text: string): void => {
    work = undefined;
    wanted.clear();
    dimPending();
    say(text, false);
  };
  /** Runs cells. An error in one of them ends the work; one in a cell above them does not, nor an import of what pages lack. */
  const run = (more: readonly CodeCell[]): Promise<void> => {
    for (const cell of more) wanted.add(cell);
    dimPending();
    work ??= runPending().then(finish, (error: Error) =>
      finish(`The kernel did not start: ${error.message}`),
    );
    return work;
  };
  return {
    get busy() {
      return work !== undefined;
    },
    run,
    /** The same from a cell on, whose code has changed: what runs now is out of date, and stops. */
    restart(from: CodeCell): Promise<void> {
      if (work) discarding = true;
      kernel.stop();
      return run(cells.slice(cells.indexOf(from)));
    },
    /** A cell has other code now. */
    changed: (cell: CodeCell) => void ran.delete(cell),
    stop(): void {
      wanted.clear();
      kernel.stop();
    },
    /** Ends everything and forgets all variables. */
    end(): void {
      wanted.clear();
      discarding = true;
      kernel.end();
    },
  };
}
