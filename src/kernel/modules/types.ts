import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import ts from "typescript-for-cells";
import { attempt } from "../attempt.js";
import { cellOptions } from "../edition.js";
import { ALWAYS, packageName, packageRoot } from "./packages.js";
import { readProject } from "./project.js";

const PACKAGES = /[\\/]node_modules[\\/]/;

/** The kernel's own package as it was built: Node loads it, whether it lies in node_modules or in a checkout. */
const BUILT = join(__dirname, "..", "..", "..") + sep;

/** Whether a file is one's own, which can change while the kernel runs: not a package's. */
export const isOwn = (file: string): boolean => !PACKAGES.test(file) && !file.startsWith(BUILT);

/** The packages that come with the kernel: they can be imported where the notebook's folder has none of its own. */
export function comesWithKernel(specifier: string): boolean {
  return /^(xorlab|@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-cpu|-backend-webgl)?)(\/|$)/.test(
    specifier,
  );
}

/** The compiler's view of what cells import: how names become files, which options hold, what has changed. */
export type ModuleTypes = ReturnType<typeof moduleTypes>;

/**
 * @param folder      the notebook's
 * @param tensorFlow  the one file of TensorFlow.js's types
 */
export function moduleTypes(folder: string, tensorFlow: string) {
  const project = readProject(folder);
  const conditions = [...ALWAYS, ...(project.options.customConditions ?? [])];
  const options: ts.CompilerOptions = {
    ...cellOptions(),
    module: ts.ModuleKind.Preserve, // so `import … = require()` is allowed
    moduleResolution: ts.ModuleResolutionKind.Bundler, // reads the `exports` of packages
    allowImportingTsExtensions: true,
    ...typesOf(folder, project.options),
    ...project.options,
    customConditions: conditions,
  };
  const hasOneFile = existsSync(tensorFlow);
  const newCache = () => ts.createModuleResolutionCache(folder, (name) => name, options);
  let host: ts.ModuleResolutionHost = ts.sys;
  let cache = newCache();

  /** Where the compiler finds what an import names; undefined if nowhere. */
  const resolve = (
    specifier: string,
    importer: string,
    mode?: ts.ResolutionMode,
  ): ts.ResolvedModuleFull | undefined => {
    if (hasOneFile && specifier.startsWith("@tensorflow/") && isKernels(specifier, dirname(importer)))
      return { resolvedFileName: tensorFlow, extension: ts.Extension.Dts, isExternalLibraryImport: true };
    const from = (file: string) =>
      ts.resolveModuleName(specifier, file, options, host, cache, undefined, mode).resolvedModule;
    if (specifier === "tslab") return from(__filename);
    return from(importer) ?? (comesWithKernel(specifier) ? from(__filename) : undefined);
  };
  /** Forgets where imports led: files may have come and gone. */
  const forget = () => {
    cache = newCache();
  };
  /** Where the imports of one's own files led when the compiler asked last, by file. */
  const asked = new Map<string, Map<string, { readonly mode: ts.ResolutionMode; readonly led?: string }>>();
  let moved: ReadonlySet<string> = new Set();
  /** The files of which an import leads elsewhere now. */
  const filesWhoseImportsMoved = () =>
    [...asked].filter(([importer, names]) =>
      [...names].some(([name, { mode, led }]) => resolve(name, importer, mode)?.resolvedFileName !== led),
    );
  return {
    project,
    options,
    /** The conditions of `exports` that hold, however a module is asked for. */
    conditions,
    resolve,
    forget,
    readFile: (path: string) => host.readFile(path),
    /** Makes the compiler resolve imports so, anew for each cell where files may have changed. */
    serve(given: ts.CompilerHost): void {
      host = given;
      given.resolveModuleNameLiterals = (names, importer, _redirected, options, file) => {
        const led = new Map();
        if (isOwn(importer)) asked.set(importer, led);
        return names.map((name) => {
          const mode = ts.getModeForUsageLocation(file, name, options);
          const resolvedModule = resolve(name.text, importer, mode);
          led.set(name.text, { mode, led: resolvedModule?.resolvedFileName });
          return { resolvedModule };
        });
      };
      given.hasInvalidatedResolutions = (path) => moved.has(path);
      const packages = newCache();
      given.getModuleResolutionCache = () => packages; // for the scopes of packages, which stay
    },
    /** Looks again before a cell where imports lead. */
    refresh(): void {
      forget();
      moved = new Set(filesWhoseImportsMoved().map(([importer]) => importer));
    },
    /** Whether an import leads elsewhere than before. */
    haveMoved: () => moved.size > 0,
    /** One's own modules to which a file leads, directly or not. */
    ownModules(program: ts.Program, file: ts.SourceFile): ts.SourceFile[] {
      const found = new Set([file]);
      for (const { fileName, imports = [] } of found)
        for (const { text } of imports) {
          const target = resolve(text, fileName)?.resolvedFileName;
          const module = target === undefined ? undefined : program.getSourceFile(target);
          if (module && !module.isDeclarationFile && isOwn(target!)) found.add(module);
        }
      found.delete(file);
      return [...found];
    },
  };
}

/** What is wrong in a file. */
export const diagnosticsOf = (program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] => [
  ...program.getSyntacticDiagnostics(file),
  ...program.getSemanticDiagnostics(file),
];

/** Whether a package of TensorFlow.js, imported from a folder, is the one that comes with the kernel. */
function isKernels(specifier: string, folder: string): boolean {
  if (!comesWithKernel(specifier)) return false;
  const name = packageName(specifier) ?? specifier;
  const found = packageRoot(name, folder);
  return found === undefined || found === packageRoot(name, __dirname);
}

/**
 * Global types: those that lie in the `@types` of the folders above the notebook, and Node's, which are the kernel's where the
 * folders have none.
 */
function typesOf(folder: string, { typeRoots: given }: ts.CompilerOptions): ts.CompilerOptions {
  const roots = given ?? ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }) ?? [];
  const found = ts.getAutomaticTypeDirectiveNames({ typeRoots: roots, types: ["*"] }, ts.sys);
  return { typeRoots: [...roots, nodeTypes()], types: [...new Set([...found, "node"])] };
}

/** The folder with Node's types that come with the kernel. */
function nodeTypes(): string {
  const load = createRequire(__filename);
  const from = (require: NodeJS.Require) => dirname(dirname(require.resolve("@types/node/package.json")));
  return attempt(() => from(load)) ?? from(createRequire(load.resolve("tslab/dist/converter.js")));
}
