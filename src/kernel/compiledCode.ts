import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { attempt } from "./attempt.js";
import { ownJson } from "./globals.js";

/**
 * Where TypeScript lies as V8 has compiled it, for the Node that runs. To compile its 8 MB anew takes a fifth of the time
 * in which a kernel starts. V8 refuses what another V8 has written.
 */
export const COMPILED_CODE = join(__dirname, `typescript-${process.version}-${process.arch}.v8`);

/**
 * The start-up snapshot with which a kernel starts in less than half that time: jupyter/kernel/launch.sh looks for it. Node
 * ends with an error if another Node, or one on another kind of processor or with other flags, has written it, so its
 * name says all of that.
 */
export const SNAPSHOT = join(
  __dirname,
  `kernel-${process.version}-${process.arch}-${cachedDataVersionTag()}.snapshot`,
);

/** Loads a module as require() does, but takes what V8 has kept of it. @returns what V8 could keep of it now */
export function loadCompiled(path: string, kept = COMPILED_CODE): () => Buffer {
  const cachedData = attempt(() => readFileSync(kept)); // nothing if set-up has not been run with this Node
  const script = new Script(programOf(path), { filename: path, ...(cachedData && { cachedData }) });
  const made = new Module(path, module);
  require.cache[path] = made;
  script.runInThisContext()(made.exports, createRequire(path), made, path, dirname(path), ownJson);
  return () => script.createCachedData();
}

/** A module as the function that V8 compiles: as Node's, and with a JSON of its own. */
export function programOf(path: string): string {
  return `(function (exports, require, module, __filename, __dirname, JSON) { ${readFileSync(path, "utf8")}\n})`;
}
