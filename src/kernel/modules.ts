import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { asModule, namespaceOf } from "./interop.js";
import {
  atOnce,
  emptyModule,
  inTime,
  type Loaders,
  type OwnModule,
  ownModules,
  type Waiting,
} from "./modules/own.js";
import { type Asked, isEsModule, scopeOf, stateOf } from "./modules/packages.js";
import { findModule } from "./modules/resolve.js";
import type { ImportAtTop } from "./modules/translate.js";
import type { CellPlace } from "./places.js";
import type { Tslab } from "./tslab.js";

type ImportFailed = (error: unknown, place?: CellPlace) => void;

/** A file of a package that Node has loaded. */
interface FromPackage {
  /** Its exports, if it is an ES module; others Node keeps. */
  readonly module?: object;
  /** The file and its package.json. */
  readonly files: readonly string[];
  /** By what it is seen whether these have changed. */
  readonly state: string | undefined;
}

/** The modules that cells import. */
export type CellModules = ReturnType<typeof cellModules>;

/**
 * Modules as cells import them: "tslab" is the API of the running kernel; files of one's own are translated and run here, so
 * that a change counts at the next import; everything else Node loads from the folder's node_modules. What only
 * `import()` can load is awaited before the cell begins.
 */
export function cellModules({ types, api }: Pick<Tslab, "types" | "api">, folder: string) {
  const cell: OwnModule = { file: join(folder, "cell.ts"), text: "", uses: new Map() };
  const module = emptyModule(notebookIn(folder));
  const nodeRequire = createRequire(cell.file);
  const packages = new Map<string, FromPackage>();
  const failed = new Map<string, number>();
  let prepared = new Map<string, unknown>();

  /** @param mayWait  whether what only `import()` can load may be awaited */
  function* link(specifier: string, importer: OwnModule, asked: Asked, mayWait: boolean): Waiting<unknown> {
    if (specifier === "tslab") return api;
    const target = findModule(types, specifier, importer.file, asked);
    if (target.kind === "builtin") return nodeRequire(target.file);
    if (target.kind === "package") return yield* fromPackage(specifier, target.file, mayWait);
    importer.uses.set(`${asked} ${specifier}`, { specifier, asked, file: target.file });
    return yield* own.load(target.file, importer === cell ? undefined : importer);
  }

  /** What Node loads: with `require` where that can, since it need not wait. */
  function* fromPackage(specifier: string, file: string, mayWait: boolean): Waiting<unknown> {
    const known = packages.get(file);
    if (known?.module) return known.module;
    if (!isEsModule(file) || !mayWait) {
      try {
        const exports = nodeRequire(file);
        if (!known) packages.set(file, fromPackageNow(file));
        return exports;
      } catch (error) {
        if (!isForImport(error)) throw error;
        if (!mayWait) throw onlyImported(specifier);
      }
    }
    // Node would repeat an earlier failure, such as that of a package that was missing then: another address is tried anew.
    const failures = failed.get(file) ?? 0;
    const address = `${pathToFileURL(file).href}${failures > 0 ? `?attempt=${failures + 1}` : ""}`;
    try {
      const loaded = asModule((yield import(address)) as object);
      packages.set(file, { ...fromPackageNow(file), module: loaded });
      return loaded;
    } catch (error) {
      failed.set(file, failures + 1);
      throw failures > 0 ? rememberedFailure(error) : error;
    }
  }

  /** What the code of a module, or of a cell, is given to load others. */
  const loadersFor = (importer: OwnModule): Loaders => {
    const load = (specifier: string): unknown => {
      lookAgain();
      return atOnce(link(specifier, importer, "require", false), () => onlyImported(specifier));
    };
    const resolve = (specifier: string) => findModule(types, specifier, importer.file, "require").file;
    const { cache, extensions } = nodeRequire;
    const main = importer === cell ? module : nodeRequire.main; // as scripts ask: require.main === module
    const { paths } = nodeRequire.resolve;
    return {
      require: Object.assign(load, { resolve: Object.assign(resolve, { paths }), cache, extensions, main }),
      async import(specifier: unknown): Promise<unknown> {
        lookAgain();
        return namespaceOf(await inTime(link(String(specifier), importer, "import", true)));
      },
      meta: metaOf(importer === cell ? module.filename : importer.file, resolve),
    };
  };

  const own = ownModules(types, {
    loadersFor,
    link: (specifier, importer, asked) => link(specifier, importer, asked, true),
    stillMeans({ specifier, asked, file }, importer) {
      const target = findModule(types, specifier, importer.file, asked);
      return target.kind === "own" && target.file === file;
    },
  });

  const lookAgain = () => {
    types.forget();
    own.forgetChanged();
    for (const one of packages.values()) warnOfChange(one);
  };

  function* prepareAll(imports: readonly ImportAtTop[], failed: ImportFailed): Waiting<void> {
    for (const { specifier, asked, place } of imports) {
      try {
        prepared.set(`${asked} ${specifier}`, yield* link(specifier, cell, asked, true));
      } catch (error) {
        failed(error, place);
        throw error;
      }
    }
  }
  return {
    ...loadersFor(cell),
    /** What scripts call `module`: the notebook's. */
    module,
    /** What an import statement names, once it is prepared. */
    imported: (specifier: string, asked: Asked = "import"): unknown => prepared.get(`${asked} ${specifier}`),
    /**
     * Loads what a cell's import statements name.
     *
     * @param failed  is told the error of one that fails, before it is thrown, and where it stands
     * @returns a promise only if there is something to wait for
     */
    prepare(imports: readonly ImportAtTop[], failed: ImportFailed): void | Promise<void> {
      prepared = new Map();
      if (imports.length === 0) return;
      own.forgetUnfinished();
      lookAgain();
      return inTime(prepareAll(imports, failed));
    },
    placeOf: own.placeOf,
  };
}

/** A package of a package that is missing again may be there by now: Node before version 22 does not look a second time. */
function rememberedFailure(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== "ERR_MODULE_NOT_FOUND") return error;
  return new Error(`${message}. If it has been installed since, restart the kernel.`, { cause: error });
}

function onlyImported(specifier: string): Error {
  return new Error(
    `require cannot load "${specifier}": it is an ES module, or waits for one. Write import … from "${specifier}", or await import("${specifier}").`,
  );
}

/** Whether an error of `require` says that a file is an ES module. */
function isForImport(error: unknown): boolean {
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
  if (code === "ERR_REQUIRE_ESM" || code === "ERR_REQUIRE_ASYNC_MODULE") return true;
  return name === "SyntaxError" && /import|export/.test(String(message));
}

function fromPackageNow(file: string): FromPackage {
  const files = [file, join(scopeOf(dirname(file))?.root ?? dirname(file), "package.json")];
  return { files, state: stateOfAll(files) };
}

/** Says once that a package has been written anew since it was loaded; of one that is gone, an import will say it. */
function warnOfChange(one: FromPackage): void {
  const now = stateOfAll(one.files);
  if (now === one.state || now === undefined) return;
  Object.assign(one, { state: now });
  const name = scopeOf(dirname(one.files[0]))?.manifest.name ?? one.files[0];
  console.error(`${name} has changed on disk since it was loaded. Restart the kernel to use what it is now.`);
}

/** By what it is seen whether files have changed; undefined if one is gone. */
function stateOfAll(files: readonly string[]): string | undefined {
  const states = files.map(stateOf);
  return states.includes(undefined) ? undefined : states.join(" ");
}

/** `import.meta` of a file. */
function metaOf(filename: string, resolve: (specifier: string) => string): object {
  const url = pathToFileURL(filename).href;
  return {
    dirname: dirname(filename),
    filename,
    url,
    resolve(specifier: string) {
      const found = /^file:/.test(specifier) ? fileURLToPath(specifier) : resolve(specifier);
      return isAbsolute(found) ? pathToFileURL(found).href : `node:${found.replace(/^node:/, "")}`;
    },
  };
}

/** The notebook, where its server says which it is; otherwise a name in its folder. */
function notebookIn(folder: string): string {
  const name = basename(process.env.JPY_SESSION_NAME ?? "");
  return join(folder, name.endsWith(".ipynb") ? name : "cell.ts");
}
