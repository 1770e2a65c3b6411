import { existsSync, realpathSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, resolve as joined } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt } from "../attempt.js";
import { importHint } from "./hints.js";
import { type Asked, packageFile } from "./packages.js";
import { comesWithKernel, isOwn, type ModuleTypes } from "./types.js";

/** Where an import leads when the code runs. */
export interface Target {
  /** Own are files that the kernel translates and runs itself; all else Node loads. */
  readonly kind: "builtin" | "own" | "package";
  /** Of what Node has built in, the name. */
  readonly file: string;
}

const TYPESCRIPT = /\.[cm]?tsx?$/;
const DECLARATION = /\.d\.([cm]?)ts$/;
const RUNS_ITSELF = /\.([cm]?[jt]s|[jt]sx|json)$/;

const load = createRequire(__filename);

/**
 * Finds the file that an import means when the code runs: files of one's own as the compiler finds them, packages as Node does.
 *
 * @param importer  the file that imports; a cell's lies in the notebook's folder
 */
export function findModule(types: ModuleTypes, specifier: string, importer: string, asked: Asked): Target {
  if (isBuiltin(specifier)) return { kind: "builtin", file: specifier };
  const folder = dirname(importer);
  const name = specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
  const file =
    /^\.{0,2}(\/|$)/.test(name) || isAbsolute(name)
      ? ownFile(types, name, importer)
      : (mappedFile(types, name, importer) ?? installedFile(types, name, folder, asked));
  if (file === undefined) {
    const message = `Cannot find module "${specifier}". ${importHint(specifier, folder)}`.trimEnd();
    throw Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
  }
  // Addons and other files that are no code of one's own are left to Node.
  const isRun = (isOwn(file) || TYPESCRIPT.test(file)) && RUNS_ITSELF.test(file);
  return { kind: isRun ? "own" : "package", file };
}

/** A file that is named by its path: as the compiler understands it, or else as Node does. */
function ownFile(types: ModuleTypes, name: string, importer: string): string | undefined {
  const found = types.resolve(name, importer);
  return (found && runnable(found.resolvedFileName)) ?? nodes(joined(dirname(importer), name));
}

/** What `paths` of tsconfig.json make of a name, if that is a file of one's own. */
function mappedFile(types: ModuleTypes, name: string, importer: string): string | undefined {
  if (!types.options.paths || name.startsWith("#")) return undefined;
  const found = types.resolve(name, importer);
  if (!found || found.isExternalLibraryImport) return undefined;
  return runnable(found.resolvedFileName);
}

function installedFile(types: ModuleTypes, name: string, folder: string, asked: Asked): string | undefined {
  const conditions = [asked, ...types.conditions];
  const found = packageFile(name, folder, conditions);
  if (found !== undefined || !comesWithKernel(name)) return found;
  return packageFile(name, __dirname, conditions) ?? nodes(name); // as a checkout without a link to itself finds itself
}

/** The file that runs, for one of the compiler's: beside a declaration file it is the JavaScript. */
function runnable(file: string): string | undefined {
  if (!DECLARATION.test(file)) return existsSync(file) ? realpathSync(file) : file; // a cell may stand for a file
  return nodes(file.replace(DECLARATION, ".$1js"));
}

/** What `require` makes of a path. */
const nodes = (path: string): string | undefined => attempt(() => realpathSync(load.resolve(path)));
