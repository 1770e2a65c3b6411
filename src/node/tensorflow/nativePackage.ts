import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder that `xorlab native` makes in the checkout: this file is its dist/src/node/tensorflow/nativePackage.js. */
export const NATIVE_FOLDER = join(resolve(__dirname, "../../../.."), ".native");

/** tfjs-node inside it. TensorFlow.js itself is found above, in the checkout's node_modules: there is only one. */
export const NATIVE_PACKAGE = join(NATIVE_FOLDER, "node_modules", "@tensorflow", "tfjs-node");

/** What `xorlab native` writes when the package has computed something, and takes away before it changes it. */
export const READY_FILE = join(NATIVE_FOLDER, "ready.json");

/** What was made there. */
export interface NativeReady {
  /** of TensorFlow.js and tfjs-node */
  readonly version: string;
  /** such as "linux-x64" */
  readonly machine: string;
  /** of libtensorflow, and where it came from */
  readonly library: string;
}

export const MACHINE = `${process.platform}-${process.arch}`;

/** What `xorlab native` made here; undefined if it did not, or did not end. */
export function nativeReady(): NativeReady | undefined {
  try {
    const ready = JSON.parse(readFileSync(READY_FILE, "utf8"));
    return typeof ready?.version === "string" && typeof ready.machine === "string" ? ready : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What to load as tfjs-node: what `xorlab native` made for this machine, else the npm package of that name, which
 * may be installed elsewhere.
 */
export function nativePackage(ready = nativeReady()): string {
  return ready?.machine === MACHINE ? NATIVE_PACKAGE : "@tensorflow/tfjs-node";
}
