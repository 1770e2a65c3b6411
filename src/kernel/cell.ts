import type { Request } from "./message.js";
import { inTurn } from "./turn.js";

/** One execution of a cell. */
export interface Cell {
  readonly request: Request;
  /** The number in brackets beside it. */
  readonly count: number;
  /** No result and no history are wanted. */
  readonly silent: boolean;
  /** Errors of the cell's promises and callbacks that nobody waited for, while it runs. */
  readonly lost: Map<unknown, unknown>;
  running: boolean;
  /** Stop was pressed while it ran: no library begins another work in it. */
  interrupted?: boolean;
  /** It was ended by that: what is left of it must not go on. */
  stopped?: boolean;
}

let latest: Cell | undefined;
let current: Cell | undefined;

/** Begins a cell's work: what it starts belongs to it from then on. */
export function within<Result>(cell: Cell, work: () => Result): Result {
  latest = cell;
  current = cell;
  return work();
}

/** The cell whose code runs now; where that is not known, the latest. */
export function currentCell(): Cell | undefined {
  return current;
}

/**
 * Timers remember the cell that set them, so that what they print hours later, and the errors they throw, appear under it.
 *
 * Not by AsyncLocalStorage: with it Node, before version 24, ends the process when an endless loop is broken off.
 */
export function followTimers(): void {
  let leaving = false;
  const enter = (cell: Cell | undefined): void => {
    current = cell;
    if (leaving) return;
    leaving = true;
    inTurn(() => {
      leaving = false;
      current = latest; // after the callback and the promises it has settled
    });
  };
  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const original = globalThis[name] as (...all: unknown[]) => unknown;
    const following = (callback: unknown, ...rest: unknown[]): unknown => {
      const cell = current;
      if (typeof callback !== "function" || !cell) return original(callback, ...rest);
      if (cell.stopped) return original(() => {}, ...rest); // a loop that awaits timers ends here
      return original(
        function (this: unknown, ...values: unknown[]) {
          if (cell.stopped) return undefined;
          enter(cell);
          return Reflect.apply(callback, this, values);
        },
        ...rest,
      );
    };
    Object.defineProperties(following, Object.getOwnPropertyDescriptors(original)); // util.promisify's hook among them
    (globalThis as unknown as Record<string, unknown>)[name] = following;
  }
}
