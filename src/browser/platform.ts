import { written } from "../check.js";
import type { Host, Platform } from "../platform.js";

/**
 * Somebody's app in a browser: results are values, and nothing is shown but in the console. It is part of every bundle, so it
 * brings neither TensorFlow.js (tensorflow.ts) nor threads (threads.ts) along: those come with what uses them.
 */
export const browserPlatform: Platform = {
  tensorFlow: () => missing("tf"),
  startWorker: () => missing("study"),
  /** One where no thread can be started, as in a worker of a browser that nests none. */
  get cores() {
    return typeof Worker === "function" ? navigator.hardwareConcurrency : 1;
  },
  turn,
  readText: (where, path) => {
    throw new RangeError(`${where}: a page reads no files, such as ${written(path)}; give the table's text`);
  },
  host: () => host,
};

const host: Host = {
  reporter: () => ({ update() {}, finish() {} }),
  onStop: () => () => {},
  display: (bundle) => {
    console.info(bundle["text/plain"]);
    return { update: host.display };
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

/** In ES modules the files of src/browser/ stand in for those that would ask. */
function missing(what: string): never {
  throw new Error(`xorlab: ${what} is not part of this build`);
}
