import type { CellPlace, Locate } from "./positions.js";

/** One frame of a stack that lies in a cell. */
export interface CellFrame {
  /** The function's name; empty at the top of a cell. */
  readonly name: string;
  readonly count: number;
  readonly place: CellPlace;
  readonly source: string;
}

/** The cells that have run, so that a stack can be told in their users' lines. */
export interface Scripts {
  /** Notes a cell; returns the file name to run it under. */
  add(count: number, source: string, locate: Locate): string;
  /** The cells' frames of a stack that was told by `tell`. */
  framesOf(stack: string): CellFrame[];
  /** An error's stack: cells by their numbers and their users' lines, without frames of the kernel and of Node. */
  tell(error: unknown, sites: readonly unknown[]): string;
}

interface Script {
  readonly count: number;
  readonly source: string;
  readonly locate: Locate;
}

const RAW = /^(?:async (?=xorlab))?(?:(.*?) \()?xorlab-cell-(\d+)\.js:(\d+):(\d+)\)?$/;
const TOLD = /^ {4}at (?:(.*) \()?cell \[(\d+)\]:(\d+):(\d+)\)?$/;
const INNER = /[\\/]tslab[\\/]dist[\\/]|\bnode:/;

export function scriptRegister(): Scripts {
  const known: Script[] = [];
  const told = (site: string): string[] => {
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
    framesOf(stack) {
      return stack.split("\n").flatMap((text) => {
        const [, name = "", count, line, column] = TOLD.exec(text) ?? [];
        const script = known.filter((one) => one.count === Number(count)).at(-1);
        const place = { line: Number(line), column: Number(column) };
        return script ? [{ name, place, count: script.count, source: script.source }] : [];
      });
    },
    tell: (error, sites) => [heading(error), ...sites.flatMap((site) => told(String(site)))].join("\n"),
  };
}

/** The first line of a stack, as V8 writes it. */
function heading(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** V8's name for a frame as users know it: without the objects that are tslab's or Node's, without "async". */
function functionName(text = ""): string {
  const name = text
    .replace(/^async /, "")
    .replace(/^(exports|Proxy|Object|Module)\./, "")
    .replace(/ \[as .*\]$/, "");
  return /^eval$|^<anonymous>$|^(Timeout|Immediate)\./.test(name) ? "" : name;
}
