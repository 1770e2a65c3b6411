import { MessageChannel } from "node:worker_threads";
import type { Content, Request } from "./message.js";
import { patch } from "./patch.js";

/** One execution of a cell. */
export interface Cell {
  readonly request: Request;
  /** The number in brackets beside it. */
  readonly count: number;
  /** Neither its result nor an entry in the history is wanted. */
  readonly silent: boolean;
  /** Errors of its promises and callbacks that no code handled, by promise, while it runs. */
  readonly unhandled: Map<unknown, unknown>;
  /** The one of them that is shown already, since the cell waits for something. */
  shown?: unknown;
  running: boolean;
  /** Stop was pressed while it ran: no further training or study may begin in it. */
  interrupted?: boolean;
  /** Stop has ended it, or it has itself: what is left of it must not go on. */
  stopped?: boolean;
  /** It has called `process.exit()`. */
  exited?: boolean;
  /** What it has begun and is not over without. */
  held?: Promise<unknown>[];
  /** Takes what it prints and shows, in place of the front end. */
  sink?: Sink | undefined;
}

/** Takes outputs as Jupyter's messages carry them. */
export type Sink = (type: string, content: Content) => void;

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

/** The same for what only cells can do. */
export function cellNow(what: string): Cell {
  if (!current) throw new Error(`${what}: no cell has run yet`);
  return current;
}

let leaving = false;
let recent: Cell | undefined;

/** The cell whose promises may be those that Node finds unhandled now: it does so after all of a callback's work. */
export function cellOfPromises(): Cell | undefined {
  return recent ?? current;
}

// Taken before a cell can change them.
const { queueMicrotask } = globalThis;
const { nextTick } = process;

/** Does work that belongs to a cell, whichever runs. */
export function onBehalfOf<Result>(cell: Cell, work: () => Result): Result {
  current = cell;
  recent = cell;
  queueMicrotask(() => nextTick(back)); // after the work and the promises it has settled, before other callbacks
  if (!leaving) {
    leaving = true;
    inTurn(() => {
      leaving = false;
      recent = undefined;
      back(); // where Stop has broken off the work
    });
  }
  return work();
}

const back = (): void => {
  current = latest;
};

/** The same for work that may come while another cell runs: that one's promises go on as its own right afterwards. */
export function forMoment<Result>(cell: Cell, work: () => Result): Result {
  const before = current;
  const result = onBehalfOf(cell, work); // where it throws, the error is the cell's
  current = before;
  return result;
}

/**
 * Makes timers remember the cell that set them: what they print hours later, and the errors they throw, appear under it.
 *
 * AsyncLocalStorage would do this, but with it Node before version 24 ends the process when an endless loop is broken off.
 */
export function followTimers(): void {
  patch(globalThis, ["setTimeout", "setInterval", "setImmediate"], (original, [callback, ...rest]) => {
    const cell = current;
    if (typeof callback !== "function" || !cell) return original(callback, ...rest);
    if (cell.stopped) return original(() => {}, ...rest); // a loop that awaits timers ends here
    return original(
      function (this: unknown, ...values: unknown[]) {
        if (cell.stopped) return undefined;
        return onBehalfOf(cell, () => Reflect.apply(callback, this, values));
      },
      ...rest,
    );
  });
}

const { port1: out, port2: arriving } = new MessageChannel();
const waiting: (() => void)[] = [];
arriving.on("message", () => waiting.shift()?.());
arriving.unref();

/**
 * Does work in its own turn of the event loop, after the promises of this one.
 *
 * setImmediate would not do: when Stop breaks off an endless loop in one immediate, Node loses the others. A port's
 * messages are not lost.
 */
export function inTurn(work: () => void): void {
  waiting.push(work);
  out.postMessage(0);
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => inTurn(resolve));
}
