import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type {
  CompilerHost,
  CompilerOptions,
  Diagnostic,
  Program,
  ResolutionMode,
  ResolvedModuleFull,
  SourceFile,
  StringLiteralLike,
} from "typescript-for-cells";
import type { TypeScript } from "../edition.js";
import { ALWAYS, packageName, packageRoot } from "./packages.js";
import { type Project, readProject } from "./project.js";

/** The compiler's view of what cells import: how names become files, which options hold, what has changed. */
export interface ModuleTypes {
  readonly project: Project;
  /** What is wanted otherwise than tslab has it. */
  readonly options: CompilerOptions;
  /** All options. */
  allOptions(): CompilerOptions;
  /** Where the compiler finds what an import names; undefined if nowhere. */
  resolve(specifier: string, importer: string, mode?: ResolutionMode): ResolvedModuleFull | undefined;
  /** Makes the compiler resolve imports so, anew for each cell where files may have changed. */
  serve(host: CompilerHost, options: CompilerOptions): void;
  /** Forgets where imports led: files may have come and gone. */
  forget(): void;
  /** Looks again before a cell where imports lead. */
  refresh(): void;
  /** Whether an import leads elsewhere than before. */
  haveMoved(): boolean;
  /** One's own modules to which a file leads, directly or not. */
  ownModules(program: Program, file: SourceFile): SourceFile[];
}

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

/**
 * @param folder      the notebook's
 * @param tensorFlow  the one file of TensorFlow.js's types
 */
export function moduleTypes(ts: TypeScript, folder: string, tensorFlow: string): ModuleTypes {
  const project = readProject(ts, folder);
  const options: CompilerOptions = {
    module: ts.ModuleKind.Preserve, // so `import … = require()` is allowed
    moduleResolution: ts.ModuleResolutionKind.Bundler, // reads the `exports` of packages
    allowImportingTsExtensions: true,
    checkJs: false,
    ...typesOf(ts, folder, project.options),
    ...project.options,
    customConditions: [...ALWAYS, ...(project.options.customConditions ?? [])],
  };
  const hasOneFile = existsSync(tensorFlow);
  let host: CompilerHost | undefined;
  let all = options;
  let cache: ReturnType<TypeScript["createModuleResolutionCache"]> | undefined;
  const allOptions = () => all;
  const forget = () => {
    cache = undefined;
  };

  const resolve: ModuleTypes["resolve"] = (specifier, importer, mode) => {
    if (hasOneFile && specifier.startsWith("@tensorflow/") && isKernels(specifier, dirname(importer)))
      return {
        resolvedFileName: tensorFlow,
        extension: ts.Extension.Dts,
        isExternalLibraryImport: true,
      };
    cache ??= ts.createModuleResolutionCache(folder, (name) => name, allOptions());
    const from = (file: string) =>
      ts.resolveModuleName(specifier, file, allOptions(), host ?? ts.sys, cache, undefined, mode)
        .resolvedModule;
    return from(importer) ?? (comesWithKernel(specifier) ? from(__filename) : undefined);
  };
  /** Where the imports of one's own files led when the compiler asked last, by file. */
  const asked = new Map<string, Map<string, { readonly mode: ResolutionMode; readonly led?: string }>>();
  let moved: ReadonlySet<string> = new Set();
  /** The files of which an import leads elsewhere now. */
  const filesWhoseImportsMoved = () =>
    [...asked].filter(([importer, names]) =>
      [...names].some(([name, { mode, led }]) => resolve(name, importer, mode)?.resolvedFileName !== led),
    );
  return {
    project,
    options,
    allOptions,
    resolve,
    forget,
    serve(given, wanted) {
      [host, all] = [given, wanted];
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
      const packages = ts.createModuleResolutionCache(folder, (name) => name, allOptions());
      given.getModuleResolutionCache = () => packages; // for the scopes of packages, which stay
    },
    refresh() {
      forget();
      moved = new Set(filesWhoseImportsMoved().map(([importer]) => importer));
    },
    haveMoved: () => moved.size > 0,
    ownModules: (program, file) => ownModules(program, file, resolve),
  };
}

/** What is wrong in a file. */
export const diagnosticsOf = (program: Program, file: SourceFile): Diagnostic[] => [
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
function typesOf(ts: TypeScript, folder: string, { typeRoots }: CompilerOptions): CompilerOptions {
  const roots: string[] =
    typeRoots ?? ts.getEffectiveTypeRoots({}, { ...ts.sys, getCurrentDirectory: () => folder }) ?? [];
  const found = roots.filter((root) => existsSync(root));
  const packages = found.flatMap((root): string[] => ts.sys.getDirectories(root));
  return {
    typeRoots: [...found, nodeTypes()],
    types: [...new Set<string>([...packages, "node"])].filter(
      (name) => !name.startsWith(".") && isTyped(found, name),
    ),
  };
}

/** Whether a folder of types has any: npm leaves folders of scopes, and empty ones. */
function isTyped(roots: readonly string[], name: string): boolean {
  return name === "node" || roots.some((root) => existsSync(join(root, name, "package.json")));
}

/** The folder with Node's types that come with the kernel. */
function nodeTypes(): string {
  const load = createRequire(__filename);
  const from = (require: NodeJS.Require) => dirname(dirname(require.resolve("@types/node/package.json")));
  try {
    return from(load);
  } catch {
    return from(createRequire(load.resolve("tslab/dist/converter.js")));
  }
}

/** One's own modules to which a file leads, directly or not. */
function ownModules(program: Program, file: SourceFile, resolve: ModuleTypes["resolve"]): SourceFile[] {
  const found = new Set([file]);
  for (const { fileName, imports = [] } of found as Set<SourceFile & { imports?: StringLiteralLike[] }>)
    for (const { text } of imports) {
      const target = resolve(text, fileName)?.resolvedFileName;
      const module = target === undefined ? undefined : program.getSourceFile(target);
      if (module && !module.isDeclarationFile && isOwn(target!)) found.add(module);
    }
  found.delete(file);
  return [...found];
}
