import { join, parse } from "node:path";
import type { CompilerOptions, Program, System } from "typescript-for-cells";
import { hideDocs, showDocsWhenAsked } from "./docs.js";
import { edition, type TypeScript } from "./edition.js";
import { additionsForTslab } from "./forTslab.js";
import { type Kept, unchanged } from "./kept.js";
import type { ModuleTypes } from "./modules/types.js";
import { type Watched, watchProgram } from "./programs.js";
import { PREFIX } from "./read.js";

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
  const ours = { ...cellOptions(ts), ...types.options };
  showDocsWhenAsked(ts);
  const createWatchCompilerHost = (
    files: readonly string[],
    options: CompilerOptions,
    system: System,
  ): Watched => ({ files, options: { ...options, ...ours }, system });
  const createWatchProgram = (watched: Watched) =>
    watchProgram(
      ts,
      watched,
      types,
      unchanged(kept),
      (files) => [...files, ...types.project.declarations],
      edited,
      onProgram,
    );
  return {
    ...ts,
    ...additionsForTslab(ts),
    createWatchCompilerHost,
    createWatchProgram,
  } as unknown as TypeScript;
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

/**
 * Stands below the declarations of the cells so far: the library's types are read at the start, and kept; and the names that
 * the kernel adds are known. The library names only parts of TensorFlow.js; all of it is there for cells.
 */
const LIBRARY = `import "xorlab";
import ${JSON.stringify(join(__dirname, "cellGlobals"))};
type AllOfTensorFlow = typeof import("@tensorflow/tfjs");
declare module ${JSON.stringify(join(__dirname, "..", "platform"))} { interface TensorFlow extends AllOfTensorFlow {} }
`;

/** The text of a file as the compiler is to see it. */
function edited(path: string, text: string): string {
  if (path.endsWith("/__prev__.d.ts")) return `${text}\n${LIBRARY}`;
  // A comment that turns checks off must come first in a file.
  if (path.endsWith("/__tslab__.ts") && /@ts-nocheck[\s\S]*^export \{.*$/m.test(text))
    return text.replace(PREFIX.trim(), (prefix) => " ".repeat(prefix.length));
  return path.endsWith(".d.ts") ? hideDocs(text) : text;
}
