import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { paths } from "./paths.mjs";
import { fingerprint, writeIfDifferent } from "./stamp.mjs";

/*
 * TensorFlow.js declares its types in 600 files. They take a compiler a second to read, and slow down every cell after
 * that. Here they become one file, which the notebooks' compiler reads instead (src/kernel/tslab.ts): each of the 600 is a
 * `declare module` in it, under the name by which it can be imported, and declares what it declared before.
 */

const ENTRY = "@tensorflow/tfjs/dist/index.d.ts";
const LICENSE = "// Declarations of TensorFlow.js. Copyright Google LLC, Apache License 2.0.\n";
/** A module's name in quotation marks, with what comes before it. */
const MODULE_NAME = /(\bfrom |\bimport\(|^import |^declare module )(["'])([^"']+)\2/gm;

/**
 * Writes the file, unless it is there and of these versions already.
 * @returns {string}  a word on what was done
 */
export function writeTensorFlowTypes() {
  try {
    const stamp = typesStamp();
    if (existsSync(paths.tensorFlowTypes) && readFileSync(paths.tensorFlowTypes, "utf8").endsWith(stamp))
      return "ready";
    // The stamp comes last: a file cut short has none.
    writeIfDifferent(paths.tensorFlowTypes, LICENSE + tensorFlowTypes() + stamp);
    return "written, for quick checks in notebooks";
  } catch (error) {
    return `left out: cells are checked a second slower (${/** @type {Error} */ (error).message.split("\n")[0]})`;
  }
}

function typesStamp() {
  const { version } = JSON.parse(
    readFileSync(join(paths.nodeModules, "@tensorflow/tfjs/package.json"), "utf8"),
  );
  return `// ${version} ${fingerprint(fileURLToPath(import.meta.url))}\n`;
}

/** All declarations that TensorFlow.js's main file leads to, as one text. */
function tensorFlowTypes() {
  const files = new Set([ENTRY]);
  const blocks = [];
  const additions = []; // they come last: TypeScript lists a union's members in the order in which it meets them
  for (const file of files) {
    const text = readFileSync(join(paths.nodeModules, file), "utf8")
      .replace(MODULE_NAME, (whole, before, _, name) => {
        const target = fileOf(name, file);
        if (!target) return whole;
        files.add(target); // and so it is visited, too
        return `${before}"${moduleName(target)}"`;
      })
      .replace(/^\/\*\*\n \* @license[\s\S]*?\*\/\n/gm, "") // said once, above
      .replace(/^ *\* @doc \{[^}]*\}\n/gm, "") // where it stands on TensorFlow.js's site
      .replace(/^\/\/\/ <.*\n/gm, "") // files of types that only browsers have, and names for another module system
      .replace(/^import ".*\n/gm, "")
      .replace(/^export declare /gm, "export ")
      .replace(/^declare (?!module)/gm, "");
    if (/^declare module/m.test(text)) additions.push(addition(text));
    else if (text.trim() !== "export {};") blocks.push(`declare module "${moduleName(file)}" {\n${text}}\n`);
  }
  return [...blocks, ...additions].join("");
}

/**
 * The file that a module's name means.
 *
 * @param {string} name
 * @param {string} from  the file in which it stands; both files' paths begin in node_modules
 * @returns {string | undefined}  undefined for what is not TensorFlow.js's, or stands in an example of the docs
 */
function fileOf(name, from) {
  const path = name.startsWith(".") ? posix.join(posix.dirname(from), name) : name;
  if (!path.startsWith("@tensorflow/")) return undefined;
  const candidates = [`${path}.d.ts`, `${path}/index.d.ts`, `${path}/dist/index.d.ts`];
  return candidates.find((file) => existsSync(join(paths.nodeModules, file)));
}

/**
 * The one name of a file's module: "@tensorflow/tfjs-core", "@tensorflow/tfjs-core/dist/tensor" …
 * @param {string} file
 */
function moduleName(file) {
  return file.replace(/(\/index)?\.d\.ts$/, "").replace(/^(@tensorflow\/[\w-]+)\/dist$/, "$1");
}

/**
 * What a file adds to another's module, such as the method tensor.add(): with its imports inside.
 * @param {string} text
 */
function addition(text) {
  const imports = text.match(/^import .*\n/gm)?.join("") ?? "";
  return text.replace(/^import .*\n/gm, "").replace(/^declare module .*\n/m, `$&${imports}`);
}
