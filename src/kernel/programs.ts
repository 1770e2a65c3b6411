import { dirname, join } from "node:path";
import ts from "typescript-for-cells";
import { sourceFile } from "./ambient.js";
import { hideDocs } from "./docs.js";
import { endExchange, exchangeCell } from "./exchange.js";
import { stateOf } from "./modules/packages.js";
import type { ModuleTypes } from "./modules/types.js";

/** A cell below the declarations of those before it. */
export interface OpenedCell {
  readonly program: ts.Program;
  readonly cell: ts.SourceFile;
  readonly earlier: ts.SourceFile;
}

/** The compiler's programs, one for each cell. */
export interface CellPrograms {
  open(declarations: string, source: string): OpenedCell;
  /** Makes a text stand for a file in the notebook's folder. @returns the file */
  define(name: string, text: string): string;
}

/**
 * Stands below the declarations of the cells so far, none of which is exported: the library's types are read at the start, and
 * kept; and the names that the kernel adds are known. The library names only parts of TensorFlow.js; all of it is there for cells.
 */
const LIBRARY = `export {};
import "xorlab";
import ${JSON.stringify(join(__dirname, "cellGlobals"))};
type AllOfTensorFlow = typeof import("@tensorflow/tfjs");
declare module ${JSON.stringify(join(__dirname, "..", "platform"))} { interface TensorFlow extends AllOfTensorFlow {} }
`;

/** A file as it was when it was parsed. */
interface Parsed {
  readonly source: ts.SourceFile;
  readonly state: string;
  readonly format: ts.CreateSourceFileOptions;
}

/** Makes a file a module, whatever it contains. */
const setExternalModuleIndicator = (file: ts.SourceFile) =>
  void Object.assign(file, { externalModuleIndicator: true });

/**
 * Programs are not made by the compiler's own watch program: that would hear of a file later than the cell that is run right
 * after it was saved, and reads more about each file than it needs here. Files are looked at whenever a program is made.
 *
 * @param folder  the notebook's
 * @param kept    files that need not be read, and do not change
 */
export function cellPrograms(
  folder: string,
  types: ModuleTypes,
  kept: ReadonlyMap<string, ts.SourceFile>,
): CellPrograms {
  const { options } = types;
  const [earlierFile, cellFile] = ["__prev__.d.ts", "__tslab__.ts"].map((name) => `${folder}/${name}`);
  const texts = new Map<string, string>(); // of files that are not on disk
  const parsed = new Map<string, Parsed>();
  const read = (path: string): string | undefined => {
    const text = texts.get(path) ?? ts.sys.readFile(path);
    return text !== undefined && path.endsWith(".d.ts") ? hideDocs(text) : text;
  };
  /** By what it is seen whether a file has changed. */
  const seen = (path: string) => texts.get(path) ?? stateOf(path);

  const getSourceFile: ts.CompilerHost["getSourceFile"] = (path, given) => {
    const asKept = kept.get(path);
    if (asKept) return asKept;
    const format = {
      ...(typeof given === "object" ? given : { languageVersion: given }),
      ...(texts.has(path) && { setExternalModuleIndicator }),
    };
    const known = parsed.get(path);
    const state = seen(path);
    if (known?.state === state && known?.source.impliedNodeFormat === format.impliedNodeFormat)
      return known?.source;
    const text = read(path);
    if (text === undefined || state === undefined) return undefined;
    const source = sourceFile(ts, path, () => text, format);
    parsed.set(path, { source, state, format });
    return source;
  };
  const host: ts.CompilerHost = {
    ...ts.sys,
    getSourceFile,
    getDefaultLibFileName: ts.getDefaultLibFileName,
    getDefaultLibLocation: () => dirname(ts.getDefaultLibFilePath(options)),
    writeFile() {},
    getCurrentDirectory: () => folder,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    readFile: read,
    fileExists: (path) => texts.has(path) || ts.sys.fileExists(path),
  };
  types.serve(host);

  let rootNames: readonly string[] = [earlierFile, cellFile, ...types.project.declarations];
  let program: ts.Program | undefined;
  const isSame = (path: string): boolean =>
    path === cellFile || kept.has(path) || parsed.get(path)?.state === seen(path);
  /** Whether a program is the right one, except for its cell. */
  const isRight = (made: ts.Program): boolean =>
    made.getRootFileNames() === rootNames &&
    rootNames.every(isSame) &&
    !types.haveMoved() &&
    ![...made.getMissingFilePaths().values()].some(host.fileExists) &&
    made.getSourceFiles().every(({ fileName }) => isSame(fileName));
  /** The program, with the cell as it is now; undefined if that takes another one. */
  const sameProgram = (): ts.Program | undefined => {
    const cell = program?.getSourceFile(cellFile);
    if (!program || !cell || !isRight(program)) return undefined;
    const now = getSourceFile(cellFile, parsed.get(cellFile)!.format);
    return now === cell || (now && exchangeCell(program, cell, now)) ? program : undefined;
  };
  const makeProgram = (): ts.Program => {
    const cell = program?.getSourceFile(cellFile);
    if (cell) endExchange(cell);
    const made = ts.createProgram({ rootNames, options, host, ...(program && { oldProgram: program }) });
    made.getTypeChecker(); // finds the names that each file declares
    return made;
  };
  return {
    open(declarations, source) {
      texts.set(earlierFile, `${declarations}\n${LIBRARY}`);
      texts.set(cellFile, source);
      try {
        types.refresh();
        program = sameProgram() ?? makeProgram();
      } catch (error) {
        program = undefined; // nothing of it is to be trusted
        throw error;
      }
      const [cell, earlier] = [cellFile, earlierFile].map((file) => program?.getSourceFile(file));
      if (!cell || !earlier) throw new Error("the compiler has no program for the cell");
      Object.assign(cell, { parent: earlier }); // where names are looked for that the cell does not declare
      return { program, cell, earlier };
    },
    define(name, text) {
      const file = `${folder}/${name}`;
      texts.set(file, text);
      if (!rootNames.includes(file)) rootNames = [...rootNames, file];
      return file;
    },
  };
}
