import { cellNow, type Sink } from "./cell.js";
import type { CellHandle, Comms, Jupyter } from "./cellGlobals.js";
import type { Input } from "./input.js";
import type { Output } from "./output.js";
import { bundleOf } from "./results.js";
import type { Server } from "./server.js";
import type { Wire } from "./wire.js";

interface LibraryParts {
  readonly wire: Wire;
  readonly output: Output;
  readonly input: Input;
  readonly comms: Comms;
  readonly server: Server;
  readonly traceback: (error: unknown) => string;
}

/** Sets the global `jupyter`: what the kernel offers to cells and to libraries that run in them. */
export function offerToCells({ wire, output, input, comms, server, traceback }: LibraryParts): void {
  const cell = (): CellHandle => {
    const owner = cellNow("jupyter");
    return {
      session: owner.request.session,
      later: (work) => server.later(owner, work),
      hold(promise) {
        const working = cellNow("jupyter");
        working.held = [...(working.held ?? []), promise];
        promise.catch(() => undefined); // the cell's end says so
      },
      onReplaced: (callback) => server.onReplaced(owner, callback),
      async capture(take, work) {
        const working = cellNow("jupyter");
        output.flush(); // what was printed before is not meant
        const sink: Sink = (type, content) => {
          working.sink = undefined; // what is shown meanwhile is shown
          try {
            take(type, content);
          } finally {
            if (!over) working.sink = sink;
          }
        };
        let over = false;
        working.sink = sink;
        try {
          return await work();
        } finally {
          over = true;
          working.sink = undefined;
        }
      },
    };
  };
  const offered: Jupyter = {
    cell,
    comms,
    traceback,
    bundle: bundleOf,
    async broadcast(type, content, extras) {
      wire.send(cellNow("jupyter").request, "iopub", type, content, extras);
    },
    input: (text, { password = false } = {}) =>
      input.ask("jupyter.input", { prompt: String(text), password }),
  };
  Object.defineProperty(globalThis, "jupyter", { value: Object.freeze(offered), configurable: true });
}
