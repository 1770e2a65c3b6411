import { readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, extname, join } from "node:path";
import { exports as fromExports, imports as fromImports } from "resolve.exports";
import { attempt } from "../attempt.js";
import { ownJson } from "../globals.js";

/*
 * Which file of a package an import means, by the same rules as Node. Node itself is not asked: what it has once looked for
 * in vain, it goes on missing after `npm install`, and it has no function for the files that `import` finds.
 */

/** How a module is asked for: packages may give `import` and `require` different files. */
export type Asked = "import" | "require";

/** The names of which one must fit in a package's `exports`, beside "default". */
export type Conditions = readonly string[];

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

/** Newer versions of Node have a condition for modules that both `import` and `require` can load. */
const BOTH = (process.features as { require_module?: boolean }).require_module ? ["module-sync"] : [];

/** The conditions of `exports` that hold on this Node, however a module is asked for. */
export const ALWAYS: Conditions = ["node", ...BOTH];

const PARTS = /^((?:@[^/\\]+\/)?[^/\\@][^/\\]*)(\/.*)?$/;
const load = createRequire(__filename);

/** The name of the package that an import names: "@scope/name" of "@scope/name/part". */
export function packageName(specifier: string): string | undefined {
  return PARTS.exec(specifier)?.[1];
}

/**
 * The file of a package that an import from a folder means.
 *
 * @returns undefined if no folder above has the package
 * @throws if the package is there, but not what is asked of it
 */
export function packageFile(specifier: string, folder: string, conditions: Conditions): string | undefined {
  if (specifier.startsWith("#")) return importedFile(specifier, folder, conditions);
  const [, name, rest = ""] = PARTS.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const own = scopeOf(folder);
  if (own?.manifest.name === name && own.manifest.exports != null)
    return exportedFile(own.root, own.manifest, rest, conditions);
  for (const root of rootsOf(name, folder)) {
    const manifest = manifestOf(root);
    if (manifest?.exports != null) return exportedFile(root, manifest, rest, conditions);
    if (manifest || isFolder(root)) return realpathSync(load.resolve(root + rest)); // main, index.js, extensions
    if (isFile(`${root}.js`) && rest === "") return `${root}.js`;
  }
  return undefined;
}

/** The folder of the package in which a file lies, and its package.json. */
export function scopeOf(folder: string): { readonly root: string; readonly manifest: Manifest } | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const manifest = manifestOf(root);
    if (manifest) return { root, manifest };
    if (dirname(root) === root) return undefined;
  }
}

/** Whether Node takes a file for an ES module, going by its name and its package. */
export function isEsModule(file: string): boolean {
  const extension = extname(file);
  if (extension === ".mjs" || extension === ".mts") return true;
  return /^\.[jt]sx?$/.test(extension) && scopeOf(dirname(file))?.manifest.type === "module";
}

function exportedFile(root: string, manifest: Manifest, rest: string, conditions: Conditions): string {
  const [target] = fromExports({ name: "", ...manifest }, `.${rest}`, { conditions, unsafe: true }) ?? [];
  if (target === undefined) throw new Error(`the package ${manifest.name} does not export ".${rest}"`);
  return realpathSync(join(root, target));
}

/** What package.json of one's own folder gives for "#name". */
function importedFile(specifier: string, folder: string, conditions: Conditions): string | undefined {
  const own = scopeOf(folder);
  if (own?.manifest.imports == null) return undefined;
  const [target] =
    fromImports({ name: "", ...own.manifest } as never, specifier, { conditions, unsafe: true }) ?? [];
  if (target === undefined) return undefined;
  return target.startsWith(".") ? join(own.root, target) : packageFile(target, own.root, conditions);
}

/** Where a package may lie that is imported from a folder, the nearest first. */
function* rootsOf(name: string, folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield join(at, "node_modules", name);
    if (dirname(at) === at) break;
  }
  for (const path of process.env.NODE_PATH?.split(delimiter) ?? []) if (path !== "") yield join(path, name);
}

/** The folder of a package that is imported from another folder, without links; undefined if it is not installed. */
export function packageRoot(name: string, folder: string): string | undefined {
  for (const root of rootsOf(name, folder)) if (isFolder(root)) return realpathSync(root);
  return undefined;
}

function manifestOf(root: string): Manifest | undefined {
  const file = join(root, "package.json");
  if (!isFile(file)) return undefined;
  try {
    return ownJson.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** What the system says of a file; undefined if it is not there, or cannot be reached: a link to itself, a locked folder … */
export const statsOf = (path: string): Stats | undefined =>
  attempt(() => statSync(path, { throwIfNoEntry: false }));

/** By what it is seen whether a file has changed; undefined if it is not there. */
export function stateOf(path: string): string | undefined {
  const found = statsOf(path);
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}

export const isFile = (path: string): boolean => statsOf(path)?.isFile() ?? false;

export const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() ?? false;
