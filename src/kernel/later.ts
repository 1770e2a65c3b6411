import type { Cell } from "./cell.js";
import { KeyboardInterrupt } from "./errors.js";
import type { Executor } from "./execute.js";
import type { Content, Request } from "./message.js";
import type { Output } from "./output.js";

/** What goes on after a cell has ended: work on its behalf, and what is to happen when it runs again. */

export interface LaterParts {
  readonly executor: Executor;
  readonly output: Output;
  /** Ends a cell that runs, before its time; a library that works in it first. */
  readonly supersede: (cell: Cell) => void;
}

/** What is done one after the other: a cell, or work on behalf of one that has ended. */
export interface Task {
  readonly request: Request;
  /** @returns the content of the reply, where there is one */
  run(): Promise<Content | undefined>;
  readonly isCell: boolean;
}

/** Work on behalf of a cell that may have ended. */
export function laterWork<Result>(
  { executor, output, supersede }: LaterParts,
  owner: Cell,
  work: () => Result | Promise<Result>,
  add: (task: Task) => void,
  remove: (task: Task) => void,
): { done: Promise<Result>; stop(): void } {
  const { request, count, silent } = owner;
  const cell: Cell = { request, count, silent, unhandled: new Map(), running: false };
  let stop = (): void => {};
  const done = new Promise<Result>((resolve, reject) => {
    const task: Task = {
      request,
      isCell: false,
      async run() {
        cell.running = true;
        stop = () => supersede(cell);
        const end = (finish: () => void): void => {
          cell.running = false;
          cell.sink = undefined; // Stop may have broken off what would have taken it away
          finish();
        };
        await executor
          .perform(cell, async () => work())
          .then(
            (result) => end(() => resolve(result)),
            (error) => end(() => reject(error)),
          );
        output.endGroups();
        stop = () => {};
        return undefined;
      },
    };
    stop = () => {
      remove(task);
      reject(new KeyboardInterrupt());
    };
    add(task);
  });
  return { done, stop: () => stop() };
}

/** Whom to tell that a cell runs again or is deleted, by the ids that front ends give their cells. */
export function cellReplacements() {
  const callbacks = new Map<unknown, (() => void)[]>();
  return {
    add({ request }: Cell, callback: () => void): void {
      const id = request.metadata.cellId;
      if (typeof id === "string") callbacks.set(id, [...(callbacks.get(id) ?? []), callback]);
    },
    note({ metadata: { cellId, deletedCells } }: Request): void {
      for (const id of [cellId, ...(Array.isArray(deletedCells) ? deletedCells : [])]) {
        for (const callback of callbacks.get(id) ?? []) callback();
        callbacks.delete(id);
      }
    },
  };
}
