import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { CompilerHost, CompilerOptions, Program, SourceFile, System } from "typescript-for-cells";
import { sourceFile } from "./ambient.js";
import type { TypeScript } from "./edition.js";
import type { ModuleTypes } from "./modules/types.js";

/** What tslab asks the compiler for, and hands back to it. */
export interface Watched {
  readonly files: readonly string[];
  readonly options: CompilerOptions;
  readonly system: System;
  /** Is given each program. */
  afterProgramCreate?(made: Pick<Program, "getSourceFile"> & { getProgram(): Program }): void;
}

/** A file as it was when it was parsed. */
interface Parsed {
  readonly source: SourceFile;
  readonly state: string;
}

/**
 * Makes the program of each cell, in place of the compiler's own watch program: that would hear of a file later than the cell that is
 * run right after it was saved, and reads more about each file than it needs here. Files are looked at whenever a program is made.
 *
 * @param kept   files that need not be read, and do not change
 * @param roots  adds to the files that tslab names
 * @param edit   changes a file's text
 */
export function watchProgram(
  ts: TypeScript,
  { files, options, system, afterProgramCreate }: Watched,
  types: ModuleTypes,
  kept: ReadonlyMap<string, SourceFile>,
  roots: (files: readonly string[]) => readonly string[],
  edit: (path: string, text: string) => string,
  onProgram: (program: Program) => void,
) {
  const read = (path: string): string | undefined => {
    const text = system.readFile(path);
    return text === undefined ? undefined : edit(path, text);
  };
  const parsed = new Map<string, Parsed>();
  /** By what it is seen whether a file has changed: when it was written; or its text, where only tslab knows of it. */
  const stateOf = (path: string): string | undefined => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : read(path);
  };
  const getSourceFile: CompilerHost["getSourceFile"] = (path, given) => {
    const asKept = kept.get(path);
    if (asKept) return asKept;
    const format = typeof given === "object" ? given : { languageVersion: given };
    const known = parsed.get(path);
    const state = stateOf(path);
    if (known?.state === state && known?.source.impliedNodeFormat === format.impliedNodeFormat)
      return known?.source;
    const text = read(path);
    if (text === undefined || state === undefined) return undefined;
    const source = sourceFile(ts, path, () => text, format);
    parsed.set(path, { source, state });
    return source;
  };
  const host: CompilerHost = {
    getSourceFile,
    getDefaultLibFileName: ts.getDefaultLibFileName,
    getDefaultLibLocation: () => dirname(ts.getDefaultLibFilePath(options)),
    writeFile() {},
    getCurrentDirectory: system.getCurrentDirectory,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    readFile: read,
    fileExists: system.fileExists,
    directoryExists: system.directoryExists,
    getDirectories: system.getDirectories,
    readDirectory: system.readDirectory,
    ...(system.realpath && { realpath: system.realpath }),
  };
  types.serve(host, options);

  let rootNames = roots(files);
  let program: Program | undefined;
  let waiting: unknown;
  const isUnchanged = ({ fileName }: Pick<SourceFile, "fileName">): boolean =>
    kept.has(fileName) || parsed.get(fileName)?.state === stateOf(fileName);
  const isCurrent = (made: Program): boolean =>
    made.getRootFileNames() === rootNames &&
    rootNames.every((fileName) => isUnchanged({ fileName })) &&
    !types.haveMoved() &&
    made.getSourceFiles().every(isUnchanged);
  const update = (): void => {
    waiting = undefined;
    types.refresh();
    if (program && isCurrent(program)) return;
    program = ts.createProgram({ rootNames, options, host, ...(program && { oldProgram: program }) });
    program.getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    onProgram(program);
    const { getSourceFile } = program;
    const made = program;
    afterProgramCreate?.({ getSourceFile, getProgram: () => made });
  };
  /** tslab says when. */
  const schedule = (): void => {
    if (waiting) system.clearTimeout?.(waiting);
    waiting = system.setTimeout?.(update, 0);
  };
  for (const file of files) system.watchFile?.(file, schedule);
  update();
  return {
    updateRootFileNames(changed: readonly string[]) {
      rootNames = roots(changed);
      schedule();
    },
    close() {},
  };
}
