import Module, { createRequire } from "node:module";
import { join } from "node:path";
import type { Converter, IsCompleteResult } from "tslab/dist/converter.js";
import type { CodeMetadata } from "tslab/dist/metadata.js";
import type { Diagnostic, Program } from "typescript-for-cells";
import { loadCompiled } from "./compiledCode.js";
import { preparedCompiler, type TypeScript } from "./compiler.js";
import { type ModuleTypes, moduleTypes } from "./modules/types.js";

/** tslab, prepared for our kernel. */
export interface Tslab {
  readonly ts: TypeScript;
  readonly converter: Converter;
  /** What cells import, as the compiler sees it. */
  readonly types: ModuleTypes;
  /** What is wrong in one's own modules to which the cell leads that was converted last. */
  readonly faultsInModules: () => Diagnostic[];
  /** TypeScript as V8 has compiled it so far. */
  readonly compiledCode: () => Buffer;
  readonly isComplete: (source: string) => IsCompleteResult;
  readonly metadata: (source: string) => CodeMetadata;
  /** tslab's own API for cells: `import { display } from "tslab"`. */
  readonly api: unknown;
  /** Through which tslab's API and our library send displays. */
  readonly displays: { lastWriteDisplayData: ((content: object, update: boolean) => void) | null };
}

/**
 * Loads the project's tslab. Its files stay as they are; the compiler it finds is one that reads TensorFlow.js's types
 * from one file, that writes source maps, and that carries them through tslab's second step, from ES modules to CommonJS.
 *
 * @param tensorFlow  TensorFlow.js's types in one file, which set-up writes; without it the packages' own are read, which
 *               takes longer
 */
export function loadTslab(tensorFlow = join(__dirname, "tensorflow.d.ts")): Tslab {
  const load = createRequire(__filename);
  const converterPath = load.resolve("tslab/dist/converter.js");
  const compilerPath = load.resolve("typescript-for-cells");
  const compiledCode = loadCompiled(compilerPath);
  const original: TypeScript = load(compilerPath);
  const types = moduleTypes(original, process.cwd(), tensorFlow);
  let program: Program | undefined;
  const ts = preparedCompiler(original, types, (made) => {
    program = made;
  });
  const replaced = createRequire(converterPath).resolve("@tslab/typescript-for-tslab"); // it is never loaded
  require.cache[replaced] = Object.assign(new Module(replaced), { exports: ts, loaded: true });
  const { createConverter, isCompleteCode } = load(converterPath);
  const converter: Converter = createConverter({ isJS: false, isBrowser: false });
  return {
    ts,
    compiledCode,
    types,
    faultsInModules() {
      const cell = program?.getSourceFile(join(process.cwd(), "__tslab__.ts"));
      return program && cell ? types.faults(program, cell) : [];
    },
    converter: {
      ...converter,
      convert(declarations, source) {
        const converted = converter.convert(declarations, source);
        // TypeScript refers to the file of TensorFlow.js's types by its path as well. It is found without that.
        const declOutput = converted.declOutput?.replace(/^\/\/\/ <reference path=.*\n/gm, "");
        return { ...converted, declOutput };
      },
    },
    isComplete: isCompleteCode,
    metadata: load("tslab/dist/metadata.js").getCodeMetadata,
    api: load("tslab"),
    displays: load("tslab/dist/jupyter.js"),
  };
}
