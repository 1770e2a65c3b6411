import type { Captured, Live, LiveConnection } from "../../platform.js";

/** What outlives a cell's end: outputs that are taken in place of the page, and the controls of interact(). */

/** Takes what is printed and shown, where somebody wants it, in place of the page. */
export interface Capture {
  readonly sink: ((shown: Captured) => void) | undefined;
  readonly capture: Live["capture"];
  /** Nothing is taken any more, whatever still works. */
  end(): void;
}

/** @param flush  shows what was printed before */
export function createCapture(flush: () => void): Capture {
  let sink: Capture["sink"];
  return {
    get sink() {
      return sink;
    },
    end() {
      sink = undefined;
    },
    async capture(take, work) {
      flush();
      let over = false;
      const own = (shown: Captured): void => {
        sink = undefined; // what is shown meanwhile is shown
        try {
          take(shown);
        } finally {
          if (!over) sink = own;
        }
      };
      sink = own;
      try {
        return await work();
      } finally {
        over = true;
        if (sink === own) sink = undefined;
      }
    },
  };
}

/** The controls that cells have shown, until those run again. */
export function createControlsDesk() {
  const changes = new Map<string, (values: unknown) => void>(); // by the controls' ids
  const replacements = new Map<number, (() => void)[]>(); // by cells
  let count = 0;
  return {
    change: (id: string, values: unknown) => changes.get(id)?.(values),
    /** @param tell  is told whether work is under way */
    connect(change: (values: unknown) => void, tell: (id: string, busy: boolean) => void): LiveConnection {
      count += 1;
      const id = `${performance.timeOrigin}-${count}`; // that of a kernel before this one is another
      changes.set(id, change);
      return { id, working: (busy) => tell(id, busy), end: () => void changes.delete(id) };
    },
    onReplaced(cell: number, callback: () => void): void {
      replacements.set(cell, [...(replacements.get(cell) ?? []), callback]);
    },
    replace(cell: number): void {
      for (const callback of replacements.get(cell) ?? []) callback();
      replacements.delete(cell);
    },
  };
}
