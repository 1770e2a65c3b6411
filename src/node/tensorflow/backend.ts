import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { TensorFlow } from "../../model/tensorflow.js";
import { inNotebook } from "../notebook.js";
import { CHECKOUT, INSTALLED } from "../packaged.js";
import { registerFiles } from "./files.js";

let loaded: ReturnType<typeof chooseBackend> | undefined;
const load = createRequire(__filename);

/** TensorFlow.js, loaded on first use; that says in one line, on standard error outside of notebooks, which backend it is, and why. */
export function tensorFlow(): TensorFlow {
  return loadTensorFlow().api;
}

/** The backend in use; loads it if need be. */
export function backendChoice() {
  return loadTensorFlow().choice;
}

function loadTensorFlow() {
  if (loaded) return loaded;
  loaded = chooseBackend(load);
  const { text } = loaded.choice;
  if (inNotebook()) console.info(text);
  else process.stderr.write(`${text}\n`); // a program's standard output is its own
  return loaded;
}

/** Tries the native package, then the plain one. `XORLAB_BACKEND=plain` or `=native` insists on one of them. */
export function chooseBackend(require: (id: string) => unknown, wanted = process.env.XORLAB_BACKEND ?? "") {
  if (!["", "plain", "native"].includes(wanted))
    throw new RangeError(`tf: XORLAB_BACKEND must be plain or native, or not be set, got "${wanted}"`);
  const native = wanted === "plain" ? "XORLAB_BACKEND=plain asks for it" : tryNative(require);
  if (typeof native !== "string") {
    const version = versionOf(native, "tfjs-node") ?? versionOf(native);
    const text = `TensorFlow.js ${versionOf(native)}: native backend, @tensorflow/tfjs-node ${version}`;
    return { api: native, choice: { package: "@tensorflow/tfjs-node", text } };
  }
  if (wanted === "native")
    throw new Error(
      `tf: XORLAB_BACKEND=native asks for @tensorflow/tfjs-node, but ${native}\n  Cure: npx xorlab native`,
    );
  const { api, from } = plainTensorFlow(require);
  api.env().set("PROD", true); // no banner that advises other packages
  registerFiles(api);
  const text = `TensorFlow.js ${versionOf(api)}: plain JavaScript backend, since ${native}`;
  return { api, choice: { package: from, text } };
}

/**
 * The package with all of TensorFlow.js where it is installed, as for notebooks; else the parts that the library needs. Both are
 * the same modules, so that what one makes works with the other.
 */
function plainTensorFlow(require: (id: string) => unknown) {
  try {
    return { api: require("@tensorflow/tfjs") as TensorFlow, from: "@tensorflow/tfjs" };
  } catch (error) {
    if (!isMissing(error, "@tensorflow/tfjs")) throw error;
  }
  const core = require("@tensorflow/tfjs-core") as TensorFlow;
  const layers = require("@tensorflow/tfjs-layers") as TensorFlow;
  require("@tensorflow/tfjs-backend-cpu");
  require("./tensorMethods.js");
  const version = { "tfjs-core": core.version_core, tfjs: core.version_core };
  return { api: { ...core, ...layers, ...{ version } }, from: "@tensorflow/tfjs-core" };
}

/** Whether an error says that this package is not installed. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "MODULE_NOT_FOUND" && String(message).includes(`'${name}'`);
}

function versionOf(api: TensorFlow, part = "tfjs"): string | undefined {
  return (api as unknown as { readonly version: Readonly<Record<string, string>> }).version[part];
}

/** The native package once it has computed something, or why not. */
function tryNative(require: (id: string) => unknown): TensorFlow | string {
  prepareForNative();
  const name = nativePackage();
  try {
    const api = require(name) as TensorFlow;
    const works = api.tidy(
      () => api.matMul(api.tensor2d([[1, 2]]), api.tensor2d([[3], [4]])).dataSync()[0] === 11,
    );
    if (!works) return "@tensorflow/tfjs-node computes wrong results here";
    registerFiles(api);
    return api;
  } catch (error) {
    if (isMissing(error, name)) return "@tensorflow/tfjs-node is not installed";
    return `@tensorflow/tfjs-node does not work here (${String((error as Error).message).split("\n")[0]})`;
  }
}

/** The two functions of Node's `util` that tfjs-node 4.22 calls and that newer Nodes removed or warn about. */
const OLD_FUNCTIONS = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined, // gone since Node 23
  isArray: Array.isArray, // warns that it is deprecated since Node 22
};

/**
 * What tfjs-node needs before it is loaded: the functions above, without which its first operation throws on Node 23
 * and later. Two remarks of TensorFlow's library are kept out of notebooks; without oneDNN results also differ less
 * from machine to machine.
 */
export function prepareForNative(): void {
  Object.assign(load("node:util"), OLD_FUNCTIONS);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
}

/**
 * The folder that `xorlab native` makes. In a package it lies beside what `xorlab setup` installs, since tfjs-node looks there
 * for @tensorflow/tfjs.
 */
export const NATIVE_FOLDER = join(CHECKOUT, INSTALLED ? "dist" : ".", ".native");

/** tfjs-node inside it. TensorFlow.js itself is found above, in node_modules: there is only one. */
export const NATIVE_PACKAGE = join(NATIVE_FOLDER, "node_modules", "@tensorflow", "tfjs-node");

/** What `xorlab native` writes when the package has computed something, and removes before it changes anything. */
export const READY_FILE = join(NATIVE_FOLDER, "ready.json");

export const MACHINE = `${process.platform}-${process.arch}`;

/** What `xorlab native` made here, for which TensorFlow.js and which machine; undefined if nothing, or not all of it. */
export function nativeReady(): { readonly version: string; readonly machine: string } | undefined {
  try {
    const ready = JSON.parse(readFileSync(READY_FILE, "utf8"));
    return typeof ready?.version === "string" && typeof ready.machine === "string" ? ready : undefined;
  } catch {
    return undefined;
  }
}

/** What to load as tfjs-node: what `xorlab native` made for this machine, else the npm package of that name. */
function nativePackage(): string {
  return nativeReady()?.machine === MACHINE ? NATIVE_PACKAGE : "@tensorflow/tfjs-node";
}
