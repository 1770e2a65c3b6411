import { existsSync } from "node:fs";
import { join, parse } from "node:path";
import { clearTimeout as cancel, setTimeout as later } from "node:timers";
import type {
  BuilderProgram,
  CompilerOptions,
  Program,
  SourceFile,
  StringLiteral,
} from "typescript-for-cells";
import { hideDocs, showDocsWhenAsked } from "./docs.js";
import { edition, type TypeScript } from "./edition.js";
import { additionsForTslab } from "./forTslab.js";

/**
 * The compiler for tslab's converter: with our options and our host.
 *
 * @param types     the one file of TensorFlow.js's types
 * @param onProgram  is given each program that the converter makes
 */
export function preparedCompiler(
  ts: TypeScript,
  types: string,
  onProgram: (program: Program) => void,
): TypeScript {
  const ours = { ...cellOptions(ts), paths: existsSync(types) ? tensorFlowPaths(types) : {} };
  showDocsWhenAsked(ts);
  const createWatchCompilerHost = (files: string[], options: object, ...rest: unknown[]) => {
    const create = ts.createWatchCompilerHost as (...all: unknown[]) => Host;
    return preparedHost(ts, create(files, { ...options, ...ours }, ...rest), onProgram);
  };
  return { ...ts, ...additionsForTslab(ts), createWatchCompilerHost } as TypeScript;
}

/** What we want otherwise than tslab, or than TypeScript would have it if nothing were said. */
function cellOptions(ts: TypeScript): CompilerOptions {
  return {
    ...edition(ts),
    moduleResolution: ts.ModuleResolutionKind.Bundler, // reads the `exports` of packages
    experimentalDecorators: false, // those of the standard
    types: ["*"], // all that the folder's node_modules/@types has
    strict: false,
    noUncheckedSideEffectImports: false,
    sourceMap: true,
    preserveConstEnums: true, // for cells that are run after a `const enum`
    rootDir: parse(process.cwd()).root, // a notebook may import what lies beside its folder
  };
}

/** Which file declares TensorFlow.js and its parts: the one file, whether the library or a cell imports them. */
function tensorFlowPaths(types: string): Record<string, string[]> {
  const names = ["", "-core", "-layers", "-converter", "-data", "-backend-cpu", "-backend-webgl"].map(
    (part) => `@tensorflow/tfjs${part}`,
  );
  return Object.fromEntries(names.flatMap((name) => [name, `${name}/*`]).map((name) => [name, [types]]));
}

type Host = import("typescript-for-cells").WatchCompilerHostOfFilesAndCompilerOptions<BuilderProgram>;

const SOURCE = /\.[cm]?[jt]sx?$/;

/** What tslab puts before a cell, so that it is a module. */
export const PREFIX = "export {};\n";

/**
 * Stands below the declarations of the cells so far: the library's types are read at the start, and kept; and the names that
 * the kernel adds are known.
 */
const LIBRARY = `import "xorlab";\nimport ${JSON.stringify(join(__dirname, "cellGlobals"))};\n`;

function preparedHost(ts: TypeScript, host: Host, onProgram: (program: Program) => void): Host {
  const { readFile } = host;
  host.readFile = (path, encoding) => {
    const text = readFile(path, encoding);
    if (path.endsWith("/__prev__.d.ts")) return `${text}\n${LIBRARY}`;
    // A comment that turns checks off must come first in a file.
    if (path.endsWith("/__tslab__.ts") && /@ts-nocheck[\s\S]*^export \{.*$/m.test(text ?? ""))
      return text?.replace(PREFIX.trim(), (prefix) => " ".repeat(prefix.length));
    return path.endsWith(".d.ts") ? text && hideDocs(text) : text;
  };
  // tslab says after each cell that the declarations have changed. Where they have not, they need not be read again.
  const { watchFile } = host;
  host.watchFile = (path, callback, ...rest) => {
    if (!path.endsWith("/__prev__.d.ts")) return watchFile(path, callback, ...rest);
    let before = readFile(path);
    const whenDifferent: typeof callback = (...event) => {
      const now = readFile(path);
      if (now !== before) callback(...event);
      before = now;
    };
    return watchFile(path, whenDifferent, ...rest);
  };
  host.createProgram = (...given) => {
    const builder = ts.createAbstractBuilder(...given);
    builder.getProgram().getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    onProgram(builder.getProgram());
    return builder;
  };
  return withOwnTimers(host);
}

/** The modules beside the notebook that a source file imports, and those that they import. */
export function modulesOf(program: Program, file: SourceFile): SourceFile[] {
  const checker = program.getTypeChecker();
  const found = new Set([file]);
  for (const { imports = [] } of found as Set<SourceFile & { imports?: readonly StringLiteral[] }>)
    for (const name of imports)
      for (const declaration of checker.getSymbolAtLocation(name)?.declarations ?? []) {
        const module = declaration.getSourceFile();
        if (!module.isDeclarationFile && SOURCE.test(module.fileName)) found.add(module);
      }
  return [...found].slice(1);
}

/**
 * tslab's converter takes every timer of the compiler for the one that checks a cell anew, and throws if there are two.
 * The compiler sets another when a package.json changes or a missing file appears: that one gets a timer of Node's.
 */
function withOwnTimers(host: Host): Host {
  const { setTimeout: setCheck, clearTimeout: clearCheck } = host;
  const others = new Set<NodeJS.Timeout>();
  host.setTimeout = (callback, milliseconds, ...given) => {
    if (callback.name === "updateProgramWithWatchStatus") return setCheck?.(callback, milliseconds, ...given);
    const timer = later(() => {
      others.delete(timer);
      callback(...given);
    }, milliseconds);
    others.add(timer);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (others.delete(timer)) cancel(timer);
    else clearCheck?.(timer);
  };
  return host;
}
