import { written } from "../check.js";
import type { Host, Platform } from "../platform.js";

/**
 * Somebody's app in a browser: results are values, and nothing is shown but in the console. TensorFlow.js (tensorflow.ts) and
 * threads (threads.ts) are not asked for here, so that a bundle has them only where they are used.
 */
const browserPlatform: Omit<Platform, "tensorFlow" | "startWorker"> = {
  /** One where no thread can be started, as in a worker of a browser that nests none. */
  get cores() {
    return typeof Worker === "function" ? navigator.hardwareConcurrency : 1;
  },
  turn,
  readText: (where, path) => {
    throw new RangeError(`${where}: a page reads no files, such as ${written(path)}; give the table's text`);
  },
  writeText: (where, path) => {
    throw new RangeError(`${where}: a page writes no files, such as ${written(path)}`);
  },
  figurePage: (where) => {
    throw new Error(`${where}: a page cannot write a figure as a page of its own; call it in Node`);
  },
  host: () => host,
};

const host: Host = {
  reporter: () => ({ update() {}, finish() {} }),
  onStop: () => () => {},
  display: (bundle) => {
    console.info(bundle["text/plain"]);
    return { update: (next) => host.display(next) };
  },
};

/** A message to ourselves: a timer would take at least four milliseconds. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** What stands in for platform() of src/platform.ts in ES modules. */
export const platform = (): typeof browserPlatform => browserPlatform;
