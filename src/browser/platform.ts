import { inBrowser } from "../inBrowser.js";
import type { Host, Platform } from "../platform.js";

/**
 * Somebody's app in a browser: results are values, and nothing is shown but in the console. TensorFlow.js (tensorflow.ts) and
 * threads (threads.ts) are not asked for here, so that a bundle has them only where they are used.
 */
const browserPlatform: Omit<Platform, "tensorFlow" | "startWorker"> = {
  ...inBrowser,
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

/** What stands in for platform() of src/platform.ts in ES modules. */
export const platform = (): typeof browserPlatform => browserPlatform;
