import { written } from "./check.js";
import type { Platform } from "./platform.js";

/** What the library's platforms in a browser have in common: a page with a notebook, and somebody's own app. */
export const inBrowser: Pick<Platform, "cores" | "turn" | "readText" | "writeText" | "figurePage"> = {
  cores: typeof Worker === "function" ? navigator.hardwareConcurrency : 1, // none can be started in a worker where browsers nest none
  /** By a message to ourselves: a timer would take at least four milliseconds. */
  turn: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }),
  readText: (where, path) => {
    throw new RangeError(`${where}: a page reads no files, such as ${written(path)}; give the table's text`);
  },
  writeText: (where, path) => {
    throw new RangeError(`${where}: a page writes no files, such as ${written(path)}`);
  },
  figurePage: (where) => {
    throw new Error(`${where}: a page cannot write a figure as a page of its own; call it in Node`);
  },
};
