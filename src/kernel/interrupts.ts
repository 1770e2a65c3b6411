import type { Alarm } from "./alarm.js";
import { type Cell, currentCell, onBehalfOf } from "./cell.js";
import { KeyboardInterrupt } from "./errors.js";

const ONE_CLICK = 300; // milliseconds: what comes within belongs to the same press of Stop

const GENTLY = 500; // milliseconds in which a library's work ends whose result nobody wants any more

/**
 * Passes interrupts on: to a library while it listens for SIGINT, so that it can end its work and keep the results; else to
 * the kernel, which ends the cell. A second interrupt goes to the kernel in any case.
 *
 * Jupyter's interrupt message and the signal mean the same.
 */
export function listenForInterrupts(alarm: Alarm, endCell: (reason?: Error) => void) {
  let before: { readonly cell: Cell | undefined; readonly at: number } | undefined;
  const own = (): void => endCell();
  const listen = (): void => {
    process.removeAllListeners("SIGINT");
    process.on("SIGINT", own);
  };
  listen();
  const others = () => process.listeners("SIGINT").some((listener) => listener !== own);
  process.on("newListener", (event, listener) => {
    if (event !== "SIGINT" || listener === own) return;
    if (currentCell()?.interrupted) throw new KeyboardInterrupt(); // a stopped cell begins another training: it ends here
    alarm.attend(true);
  });
  process.on("removeListener", (event) => {
    if (event === "SIGINT") alarm.attend(others());
  });
  return {
    interrupt(): void {
      if (alarm.brokenOff()) {
        listen(); // likewise
        endCell();
        return;
      }
      const [cell, at] = [currentCell(), performance.now()];
      const again = before !== undefined && before.cell === cell && at - before.at > ONE_CLICK;
      if (before?.cell !== cell) before = { cell, at };
      const isHeard = process.emit("SIGINT", "SIGINT"); // a library ends its work, and begins no other in this cell
      if (cell?.running) cell.interrupted = true;
      if (again || !isHeard) endCell();
    },
    /** Ends the cell that runs for a reason of the kernel's, after its code was broken off. */
    end(reason: Error): void {
      if (alarm.brokenOff()) listen(); // the library that listened was broken off as well
      endCell(reason);
    },
    /** Ends the cell that runs, since its result is out of date: a library's work in it first. */
    supersede(cell: Cell): void {
      if (cell.interrupted) return; // it is about to end
      onBehalfOf(cell, () => process.emit("SIGINT", "SIGINT"));
      cell.interrupted = true;
      setTimeout(() => cell.running && onBehalfOf(cell, endCell), GENTLY);
    },
  };
}
