import { dirname } from "node:path";
import type {
  CompilerHost,
  CompilerOptions,
  CreateSourceFileOptions,
  Program,
  SourceFile,
  System,
} from "typescript-for-cells";
import { sourceFile } from "./ambient.js";
import type { TypeScript } from "./edition.js";
import { endExchange, exchangeCell } from "./exchange.js";
import { statsOf } from "./modules/packages.js";
import type { ModuleTypes } from "./modules/types.js";

/** What tslab asks the compiler for, and hands back to it. */
export interface Watched {
  readonly files: readonly string[];
  readonly options: CompilerOptions;
  readonly system: System;
  /** Is given each program. */
  afterProgramCreate?(made: Pick<Program, "getSourceFile"> & { getProgram(): Program }): void;
}

/** What a program knows besides what it declares: the files that others refer to, and that are not there. */
type Searching = Program & { getMissingFilePaths(): ReadonlyMap<string, string> };

/** A file as it was when it was parsed. */
interface Parsed {
  readonly source: SourceFile;
  readonly state: string;
  readonly format: CreateSourceFileOptions;
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
    const found = statsOf(path);
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
    parsed.set(path, { source, state, format });
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
  const isCell = (fileName: string): boolean => fileName.endsWith("/__tslab__.ts");
  const isUnchanged = (fileName: string): boolean =>
    kept.has(fileName) || parsed.get(fileName)?.state === stateOf(fileName);
  /** Whether a program is the right one, except for its cell. */
  const isRight = (made: Program): boolean => {
    const isSame = (fileName: string) => isCell(fileName) || isUnchanged(fileName);
    return (
      made.getRootFileNames() === rootNames &&
      rootNames.every(isSame) &&
      !types.haveMoved() &&
      ![...(made as Searching).getMissingFilePaths().values()].some(host.fileExists) &&
      made.getSourceFiles().every(({ fileName }) => isSame(fileName))
    );
  };
  const cellOf = (made: Program | undefined) =>
    made?.getSourceFiles().find(({ fileName }) => isCell(fileName));
  const makeProgram = (): Program => {
    const cell = cellOf(program);
    if (cell) endExchange(cell);
    const made = ts.createProgram({ rootNames, options, host, ...(program && { oldProgram: program }) });
    made.getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    return made;
  };
  /** The program, with the cell as it is now; undefined if that takes another one. */
  const sameProgram = (): Program | undefined => {
    const cell = cellOf(program);
    if (!program || !cell || !isRight(program)) return undefined;
    const { fileName } = cell;
    const now = getSourceFile(fileName, parsed.get(fileName)!.format);
    return now === cell || (now && exchangeCell(ts, program, cell, now)) ? program : undefined;
  };
  const make = (): void => {
    types.refresh();
    const made = sameProgram() ?? makeProgram();
    program = made;
    onProgram(made);
    afterProgramCreate?.({ getSourceFile: made.getSourceFile, getProgram: () => made });
  };
  const update = (): void => {
    try {
      make();
    } catch (error) {
      program = undefined; // nothing of it is to be trusted
      if (waiting) system.clearTimeout?.(waiting); // else tslab would refuse the next cell
      throw error;
    } finally {
      waiting = undefined;
    }
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
