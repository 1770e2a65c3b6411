import { createRequire } from "node:module";

/** What doctor and native use of the library. They start through its command line, so it has been built. */
const require = createRequire(import.meta.url);

/** @type {typeof import("../src/check.js")} */
export const { oneOf } = require("../dist/src/check.js");

/** @type {typeof import("../src/node/cli/checkout.js")} */
export const { jupyterEnvironment } = require("../dist/src/node/cli/checkout.js");

/** @type {typeof import("../src/node/cli/options.js")} */
export const { readOptions } = require("../dist/src/node/cli/options.js");

/** @type {typeof import("../src/node/tensorflow/backend.js")} */
export const { MACHINE, NATIVE_FOLDER, NATIVE_PACKAGE, READY_FILE, nativeReady, prepareForNative } =
  require("../dist/src/node/tensorflow/backend.js");
