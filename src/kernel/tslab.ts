import Module, { createRequire } from "node:module";
import { join } from "node:path";
import type { IsCompleteResult } from "tslab/dist/converter.js";
import type { CodeMetadata } from "tslab/dist/metadata.js";
import ts from "typescript-for-cells";
import { showDocsWhenAsked } from "./docs.js";
import { type Kept, unchanged } from "./kept.js";
import { type ModuleTypes, moduleTypes } from "./modules/types.js";
import { type CellPrograms, cellPrograms } from "./programs.js";

/** tslab, and the compiler of cells. */
export interface Tslab extends CellPrograms {
  /** What cells import, as the compiler sees it. */
  readonly types: ModuleTypes;
  readonly isComplete: (source: string) => IsCompleteResult;
  readonly metadata: (source: string) => CodeMetadata;
  /** tslab's own API for cells: `import { display } from "tslab"`. */
  readonly api: unknown;
  /** Through which tslab's API and our library send displays. */
  readonly displays: { lastWriteDisplayData: ((content: object, update: boolean) => void) | null };
}

/**
 * Loads the project's tslab, which finds our TypeScript in place of its own, and reads what all cells need.
 *
 * @param tensorFlow  TensorFlow.js's types in one file, which set-up writes; without it the packages' own are read, which
 *               takes longer
 */
export function loadTslab(kept?: Kept, tensorFlow = join(__dirname, "tensorflow.d.ts")): Tslab {
  const folder = process.cwd().replaceAll("\\", "/"); // as the compiler writes paths
  showDocsWhenAsked();
  const types = moduleTypes(folder, tensorFlow);
  const programs = cellPrograms(folder, types, unchanged(kept));
  programs.open("", "");
  const load = createRequire(__filename);
  const converter = load.resolve("tslab/dist/converter.js");
  const path = createRequire(converter).resolve("@tslab/typescript-for-tslab");
  require.cache[path] = Object.assign(new Module(path), { exports: ts, loaded: true });
  return {
    ...programs,
    types,
    isComplete: load(converter).isCompleteCode,
    metadata: load("tslab/dist/metadata.js").getCodeMetadata,
    api: load("tslab"),
    displays: load("tslab/dist/jupyter.js"),
  };
}
