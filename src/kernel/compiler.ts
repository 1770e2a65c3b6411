import { join, parse } from "node:path";
import type { CompilerOptions, Program } from "typescript-for-cells";
import { hideDocs, showDocsWhenAsked } from "./docs.js";
import { edition, type TypeScript } from "./edition.js";
import { additionsForTslab } from "./forTslab.js";
import { type Kept, keptReader } from "./kept.js";
import type { Host, ModuleTypes } from "./modules/types.js";

/**
 * The compiler for tslab's converter: with our options and our host.
 *
 * @param types      what cells import
 * @param kept       files that need not be read
 * @param onProgram  is given each program that the converter makes
 */
export function preparedCompiler(
  ts: TypeScript,
  types: ModuleTypes,
  kept: Kept | undefined,
  onProgram: (program: Program) => void,
): TypeScript {
  const { watchFile, watchDirectory } = types.watch;
  Object.assign(ts.sys, { watchFile, watchDirectory });
  const ours = { ...cellOptions(ts), ...types.options };
  const withDeclarations = (files: readonly string[]) => [...files, ...types.project.declarations];
  showDocsWhenAsked(ts);
  const createWatchCompilerHost = (files: string[], options: object, ...rest: unknown[]) => {
    const create = ts.createWatchCompilerHost as (...all: unknown[]) => Host;
    const host = create(withDeclarations(files), { ...options, ...ours }, ...rest);
    return preparedHost(ts, types, kept, host, onProgram);
  };
  const createWatchProgram = (host: Host) => {
    const watch = ts.createWatchProgram(host);
    const updateRootFileNames = (files: string[]) => watch.updateRootFileNames(withDeclarations(files));
    return { ...watch, updateRootFileNames };
  };
  return { ...ts, ...additionsForTslab(ts), createWatchCompilerHost, createWatchProgram } as TypeScript;
}

/** What we want otherwise than tslab, or than TypeScript would have it if nothing were said. */
function cellOptions(ts: TypeScript): CompilerOptions {
  return {
    ...edition(ts),
    experimentalDecorators: false, // those of the standard
    strict: false,
    sourceMap: true,
    preserveConstEnums: true, // for cells that are run after a `const enum`
    rootDir: parse(process.cwd()).root, // a notebook may import what lies beside its folder
  };
}

/** What tslab puts before a cell, so that it is a module. */
export const PREFIX = "export {};\n";

/**
 * Stands below the declarations of the cells so far: the library's types are read at the start, and kept; and the names that
 * the kernel adds are known. The library names only parts of TensorFlow.js; all of it is there for cells.
 */
const LIBRARY = `import "xorlab";
import ${JSON.stringify(join(__dirname, "cellGlobals"))};
type AllOfTensorFlow = typeof import("@tensorflow/tfjs");
declare module ${JSON.stringify(join(__dirname, "..", "platform"))} { interface TensorFlow extends AllOfTensorFlow {} }
`;

function preparedHost(
  ts: TypeScript,
  types: ModuleTypes,
  kept: Kept | undefined,
  host: Host,
  onProgram: (program: Program) => void,
): Host {
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
  const readKept = kept && keptReader(kept);
  host.createProgram = (...given) => {
    const [, , compilerHost] = given;
    if (compilerHost) readKept?.(compilerHost);
    const builder = ts.createAbstractBuilder(...given);
    builder.getProgram().getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    onProgram(builder.getProgram());
    return builder;
  };
  types.serve(host);
  return host;
}
