import { createRequire } from "node:module";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

/** What tslab's converter does with a cell; the parts that are used here. */
interface Converter {
  convert(
    declarations: string,
    cell: string,
  ): { declOutput?: string; diagnostics: { messageText: string }[] };
  complete(declarations: string, cell: string, position: number): { candidates: string[] };
  inspect(
    declarations: string,
    cell: string,
    position: number,
  ): { displayParts?: { text: string }[]; documentation?: { text: string }[] } | undefined;
  close(): void;
}

const load = createRequire(__filename);
const folder = join(CHECKOUT, "notebooks");

/** The type checker of a notebook's kernel, in the notebooks' folder. */
export function notebookCells() {
  const before = process.cwd();
  process.chdir(folder); // the converter resolves modules from the folder it is made in
  const { createConverter } = load("tslab/dist/converter.js");
  const converter: Converter = createConverter({ isJS: false, isBrowser: false });
  process.chdir(before);
  let declarations = "";
  const at = (cell: string): [string, string, number] => {
    const position = cell.includes("¦") ? cell.indexOf("¦") : cell.length;
    return [declarations, cell.replace("¦", ""), position];
  };
  return {
    /** Checks a cell; the messages, or none, and then its names are known to the next cells. */
    check: (cell: string): string[] => {
      const { diagnostics, declOutput = "" } = converter.convert(declarations, cell);
      if (diagnostics.length === 0) declarations = declOutput;
      return diagnostics.map(({ messageText }) => messageText);
    },
    /** What is offered at ¦, or at the end. */
    offered: (cell: string): string[] => converter.complete(...at(cell)).candidates,
    /** The type and the docstring of what is at ¦. */
    told: (cell: string): { type: string; docs: string } => {
      const info = converter.inspect(...at(cell));
      const text = (parts: { text: string }[] = []) => parts.map((part) => part.text).join("");
      return { type: text(info?.displayParts), docs: text(info?.documentation) };
    },
    close: () => converter.close(),
  };
}

/** The files that a cell's imports make the checker read, the language's own and @types aside. */
export function filesRead(cell: string): { path: string; characters: number }[] {
  const ts = load("@tslab/typescript-for-tslab");
  const name = join(folder, "__cell__.ts");
  const options = {
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path: string) => path === name || fileExists.call(host, path);
  host.getSourceFile = (path: string, ...rest: unknown[]) =>
    path === name
      ? ts.createSourceFile(path, cell, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, path, ...rest);
  const files: { fileName: string; text: string }[] = ts
    .createProgram([name], options, host)
    .getSourceFiles();
  return files
    .filter(({ fileName }) => fileName !== name && !/typescript-for-tslab|@types|undici-types/.test(fileName))
    .map(({ fileName, text }) => ({ path: fileName, characters: text.length }));
}
