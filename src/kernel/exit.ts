import { type Cell, currentCell } from "./cell.js";

/** Ends the kernel's process; in cells, `process.exit` does not. */
export const endKernel: typeof process.exit = process.exit.bind(process);

/** A cell has called `process.exit()`: that ends the cell, and neither the kernel nor what other cells have made. */
export class SystemExit extends Error {
  override name = "SystemExit";
  readonly #code: number;
  constructor(code: number) {
    super(
      `process.exit(${code}) ended this cell; variables are kept. To end the kernel, shut it down from the menu.`,
    );
    this.#code = code;
  }
  /** The code with which a cell has ended itself; undefined of anything else that is thrown, whatever its traps do. */
  static code(thrown: unknown): number | undefined {
    return typeof thrown === "object" && thrown && #code in thrown ? thrown.#code : undefined;
  }
}

/** @param onExit  ends the cell that has called `process.exit()`, or says so if it has ended before */
export function keepFromExit(onExit: (cell: Cell, exit: SystemExit) => void): void {
  process.exit = (given) => {
    const cell = currentCell();
    if (!cell) return endKernel(given);
    const exit = new SystemExit(Number(given ?? process.exitCode ?? 0));
    process.exitCode = undefined;
    if (!cell.exited) onExit(cell, exit);
    cell.exited = true;
    cell.stopped = true;
    throw exit; // so that nothing after the call runs
  };
}
