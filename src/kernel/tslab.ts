import Module, { createRequire } from "node:module";
import { join } from "node:path";
import type { Converter, IsCompleteResult } from "tslab/dist/converter.js";
import type { CodeMetadata } from "tslab/dist/metadata.js";
import type { Program, SourceFile } from "typescript-for-cells";
import { loadCompiled } from "./compiledCode.js";
import { preparedCompiler } from "./compiler.js";
import type { TypeScript } from "./edition.js";
import { takeKept } from "./kept.js";
import { type ModuleTypes, moduleTypes } from "./modules/types.js";

/** A cell below the declarations of those before it. */
export interface OpenedCell {
  readonly program: Program;
  readonly cell: SourceFile;
  readonly earlier: SourceFile;
}

/** tslab, prepared for our kernel. */
export interface Tslab {
  readonly ts: TypeScript;
  /** What cells import, as the compiler sees it. */
  readonly types: ModuleTypes;
  readonly converter: Omit<Converter, "convert">;
  /** The compiler's program for a cell. */
  readonly open: (declarations: string, source: string) => OpenedCell;
  /** TypeScript as V8 has compiled it so far; undefined if it came with a snapshot. */
  readonly compiledCode: (() => Buffer) | undefined;
  readonly isComplete: (source: string) => IsCompleteResult;
  readonly metadata: (source: string) => CodeMetadata;
  /** tslab's own API for cells: `import { display } from "tslab"`. */
  readonly api: unknown;
  /** Through which tslab's API and our library send displays. */
  readonly displays: { lastWriteDisplayData: ((content: object, update: boolean) => void) | null };
}

const NOWHERE = Number.NEGATIVE_INFINITY; // a position at which nothing is to be inspected

/**
 * Loads the project's tslab. Its files stay as they are; the compiler it finds is a current one, which reads
 * TensorFlow.js's types from one file.
 *
 * @param tensorFlow  TensorFlow.js's types in one file, which set-up writes; without it the packages' own are read, which
 *               takes longer
 */
export function loadTslab(tensorFlow = join(__dirname, "tensorflow.d.ts")): Tslab {
  const load = createRequire(__filename);
  const converterPath = load.resolve("tslab/dist/converter.js");
  const compilerPath = load.resolve("typescript-for-cells");
  const kept = takeKept();
  const provide = (path: string, exports: unknown) => {
    require.cache[path] = Object.assign(new Module(path), { exports, loaded: true });
  };
  if (kept) provide(compilerPath, kept.ts);
  const compiledCode = kept ? undefined : loadCompiled(compilerPath);
  let program: Program | undefined;
  const original: TypeScript = load(compilerPath);
  const types = moduleTypes(original, process.cwd(), tensorFlow);
  const ts = preparedCompiler(original, types, kept, (made) => {
    program = made;
  });
  provide(createRequire(converterPath).resolve("@tslab/typescript-for-tslab"), ts); // tslab's own is never loaded
  const { createConverter, isCompleteCode } = load(converterPath);
  const converter: Converter = createConverter({ isJS: false, isBrowser: false });
  return {
    ts,
    compiledCode,
    types,
    converter,
    open(declarations, source) {
      converter.inspect(declarations, source, NOWHERE); // brings the program up to date
      const file = (name: string) =>
        program?.getSourceFile(program.getRootFileNames().find((path) => path.endsWith(name)) ?? "");
      const [cell, earlier] = [file("/__tslab__.ts"), file("/__prev__.d.ts")];
      if (!program || !cell || !earlier) throw new Error("the compiler has no program for the cell");
      return { program, cell, earlier };
    },
    isComplete: isCompleteCode,
    metadata: load("tslab/dist/metadata.js").getCodeMetadata,
    api: load("tslab"),
    displays: load("tslab/dist/jupyter.js"),
  };
}
