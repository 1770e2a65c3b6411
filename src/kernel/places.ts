import { SourceMap } from "node:module";
import { withoutPages } from "./scope.js";

/** From the places of the code that runs, as stacks name them, to lines and columns of the user's cells. */

/** A place in a cell as its user sees it: both counted from 1. */
export interface CellPlace {
  readonly line: number;
  readonly column: number;
}

/** The cell's place for one in the code that runs (line and column as stacks count them: from 1). */
export type Locate = (line: number, column: number) => CellPlace | undefined;

/** One frame of a stack that lies in a cell. */
export interface CellFrame {
  /** The function's name; empty at the top of a cell. */
  readonly name: string;
  readonly count: number;
  readonly place: CellPlace;
  readonly source: string;
}

const PREFIX_LINES = 1; // tslab puts "export {};" before a cell
const WRAPPER_LINES = 1; // and we the head of a function

/** @param map  the code's source map, as JSON */
export function locator(map: string, code: string): Locate {
  let parsed: SourceMap | undefined; // most cells' places are never asked for
  const lines = code.split("\n").length;
  return (line, column) => {
    if (line <= WRAPPER_LINES || line > WRAPPER_LINES + lines) return undefined; // the function around the cell
    parsed ??= new SourceMap(JSON.parse(map));
    const found = parsed.findEntry(line - 1 - WRAPPER_LINES, column - 1);
    if (!("originalLine" in found) || found.originalLine < PREFIX_LINES) return undefined;
    return { line: found.originalLine - PREFIX_LINES + 1, column: found.originalColumn + 1 };
  };
}

/** The cells that have run, so that stacks can name their lines. */
export interface Scripts {
  /** Notes a cell; returns the file name to run it under. */
  add(count: number, source: string, locate: Locate): string;
  /** An error's stack for users: cells by number and line, without frames of the kernel and of Node. */
  stackText(error: unknown, sites: readonly unknown[]): string;
  /** The cells' frames of a stack that `stackText` wrote. */
  framesOf(stack: string): CellFrame[];
}

interface Script {
  readonly count: number;
  readonly source: string;
  readonly locate: Locate;
}

const RAW = /^(?:async (?=xorlab))?(?:(.*?) \()?xorlab-cell-(\d+)\.js:(\d+):(\d+)\)?$/;
const WRITTEN = /^ {4}at (?:(.*) \()?cell \[(\d+)\]:(\d+):(\d+)\)?$/;
const INNER = /[\\/]tslab[\\/]dist[\\/]|\bnode:/;

export function scriptRegister(): Scripts {
  const known: Script[] = [];
  const frameLines = (site: string): string[] => {
    const match = RAW.exec(site);
    if (!match) return INNER.test(site) || site.includes(__dirname) ? [] : [`    at ${site}`];
    const [, name, script, line, column] = match;
    const found = known[Number(script)];
    const place = found?.locate(Number(line), Number(column));
    if (!found || !place) return [];
    const where = `cell [${found.count}]:${place.line}:${place.column}`;
    const called = functionName(name);
    return [`    at ${called === "" ? where : `${called} (${where})`}`];
  };
  return {
    add(count, source, locate) {
      known.push({ count, source, locate });
      return `xorlab-cell-${known.length - 1}.js`;
    },
    stackText: (error, sites) =>
      [heading(error), ...sites.flatMap((site) => frameLines(String(site)))].join("\n"),
    framesOf(stack) {
      return stack.split("\n").flatMap((text) => {
        const [, name = "", count, line, column] = WRITTEN.exec(text) ?? [];
        const script = known.filter((one) => one.count === Number(count)).at(-1);
        const place = { line: Number(line), column: Number(column) };
        return script ? [{ name, place, count: script.count, source: script.source }] : [];
      });
    },
  };
}

/** The first line of a stack, as V8 writes it. */
function heading(error: unknown): string {
  try {
    return withoutPages(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}

/** A frame's function as users know it: without the objects that are tslab's or Node's, without "async". */
function functionName(text = ""): string {
  const name = text
    .replace(/^async /, "")
    .replace(/^(exports|Proxy|Object|Module)\./, "")
    .replace(/ \[as .*\]$/, "");
  return /^eval$|^<anonymous>$|^(Timeout|Immediate)\./.test(name) ? "" : name;
}
