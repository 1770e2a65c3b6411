import { SourceMap } from "node:module";
import { relative } from "node:path";
import { attempt } from "./attempt.js";
import { ownJson } from "./globals.js";
import { withoutPages } from "./scope.js";

/** From the places of the code that runs, as stacks name them, to lines and columns of the user's cells. */

/** A place in a cell as its user sees it: both counted from 1. */
export interface CellPlace {
  readonly line: number;
  readonly column: number;
}

/** A fault that the compiler found in a cell. */
export interface Fault extends CellPlace {
  /** One line, or several where TypeScript explains itself. */
  readonly message: string;
  readonly code: number;
  /** How many characters of the line are concerned; at least 1. */
  readonly length: number;
  /** The module of one's own in which it is; undefined: the cell itself. */
  readonly file?: string;
  /** That module's text. */
  readonly source?: string;
}

/** The cell's place for one in the code that runs (line and column as stacks count them: from 1). */
export type Locate = (line: number, column: number) => CellPlace | undefined;

/** The place in a module of one's own, and the module's text, for one in the code that runs (counted from 1). */
export type PlaceInFile = (
  file: string,
  line: number,
  column: number,
) => { readonly place: CellPlace; readonly source: string } | undefined;

/** One frame of a stack that lies in a cell or in a module of one's own. */
export interface CellFrame {
  /** The function's name; empty at the top. */
  readonly name: string;
  /** "cell [3]", or the file as it is found from the notebook's folder. */
  readonly where: string;
  readonly place: CellPlace;
  readonly source: string;
}

const WRAPPER_LINES = 1; // the head of a function

/** @param map  the code's source map, as JSON */
export function locator(map: string, code: string): Locate {
  let parsed: SourceMap | undefined; // most cells' places are never asked for
  const lines = code.split("\n").length;
  return (line, column) => {
    if (line <= WRAPPER_LINES || line > WRAPPER_LINES + lines) return undefined; // the function around the cell
    parsed ??= new SourceMap(ownJson.parse(map));
    const found = parsed.findEntry(line - 1 - WRAPPER_LINES, column - 1);
    if (!("originalLine" in found)) return undefined;
    return { line: found.originalLine + 1, column: found.originalColumn + 1 };
  };
}

/** The place in a text for an offset; and back. */
export function placeAt(text: string, offset: number): CellPlace {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return { line: text.slice(0, offset).split("\n").length, column: offset - lineStart + 1 };
}

export const offsetOf = (text: string, { line, column }: CellPlace): number =>
  text.split("\n", line - 1).reduce((sum, { length }) => sum + length + 1, column - 1);

interface Script {
  readonly count: number;
  readonly source: string;
  readonly locate: Locate;
}

const RAW = /^(?:async (?=xorlab))?(?:(.*?) \()?xorlab-cell-(\d+)\.js:(\d+):(\d+)\)?$/;
const IN_FILE = /^(?:async )?(?:(.*?) \()?([^()]+|.*):(\d+):(\d+)\)?$/;
const WRITTEN = /^ {4}at (?:(.*) \()?(?:cell \[(\d+)\]|(.+)):(\d+):(\d+)\)?$/;
const INNER = /[\\/]tslab[\\/]dist[\\/]|\bnode:/;

/** The cells that have run, so that stacks can name their lines. */
export type Scripts = ReturnType<typeof scriptRegister>;

/** @param placeOf  finds the place in a module of one's own for one in the code that runs */
export function scriptRegister(placeOf: PlaceInFile) {
  const known: Script[] = [];
  const files = new Map<string, string>();
  const fileLine = (site: string): string | undefined => {
    const [, name, file = "", line, column] = IN_FILE.exec(site) ?? [];
    const found = placeOf(file, Number(line), Number(column));
    if (!found) return undefined;
    const shown = relative(process.cwd(), file);
    files.set(shown, found.source);
    return frameLine(name, `${shown}:${found.place.line}:${found.place.column}`);
  };
  const frameLines = (site: string): string[] => {
    const match = RAW.exec(site);
    if (!match) {
      const line = fileLine(site);
      if (line !== undefined) return [line];
      return INNER.test(site) || site.includes(__dirname) ? [] : [`    at ${site}`];
    }
    const [, name, script, line, column] = match;
    const found = known[Number(script)];
    const place = found?.locate(Number(line), Number(column));
    if (!found || !place) return [];
    return [frameLine(name, `cell [${found.count}]:${place.line}:${place.column}`)];
  };
  return {
    /** Notes a cell; returns the file name to run it under. */
    add(count: number, source: string, locate: Locate): string {
      known.push({ count, source, locate });
      return `xorlab-cell-${known.length - 1}.js`;
    },
    /** An error's stack for users: cells by number and line, one's own files, without frames of the kernel and of Node. */
    stackText: (error: unknown, sites: readonly unknown[]): string =>
      [heading(error), ...sites.flatMap((site) => frameLines(String(site)))].join("\n"),
    /** The frames of cells and of one's own files in a stack that `stackText` wrote. */
    framesOf(stack: string): CellFrame[] {
      return stack.split("\n").flatMap((text) => {
        const [, name = "", count, file = "", line, column] = WRITTEN.exec(text) ?? [];
        const script = known.filter((one) => one.count === Number(count)).at(-1);
        const source = script?.source ?? files.get(file);
        const place = { line: Number(line), column: Number(column) };
        return source === undefined
          ? []
          : [{ name, place, source, where: script ? `cell [${count}]` : file }];
      });
    },
  };
}

/** Adds a place in a cell to the end of an error's stack: that of the import that failed. */
export function addFrame(error: unknown, count: number, place?: CellPlace): void {
  if (!place || !(error instanceof Error) || typeof error.stack !== "string") return;
  const line = frameLine("", `cell [${count}]:${place.line}:${place.column}`);
  attempt(() => Object.assign(error, { stack: `${error.stack}\n${line}` })); // it may be frozen
}

function frameLine(name: string | undefined, where: string): string {
  const called = functionName(name);
  return `    at ${called === "" ? where : `${called} (${where})`}`;
}

/** The first line of a stack, as V8 writes it. */
const heading = (error: unknown): string =>
  attempt(() => withoutPages(Error.prototype.toString.call(error))) ?? "Error";

/** A frame's function as users know it: without the objects that are tslab's or Node's, without "async". */
function functionName(text = ""): string {
  const name = text
    .replace(/^async /, "")
    .replace(/^(exports|Proxy|Object|Module)\./, "")
    .replace(/ \[as .*\]$/, "");
  return /^eval$|^<anonymous>$|^(Timeout|Immediate)\./.test(name) ? "" : name;
}
