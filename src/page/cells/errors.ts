import { textOf } from "./bundle.js";
import { CellSyntaxError, type Place } from "./compile.js";

/** An error as the page shows it. */
export interface CellError {
  readonly name: string;
  readonly message: string;
  /** Where in the cell that ran, if it is there. */
  readonly line?: number;
  readonly column?: number;
  /** Further lines: the cells' frames, the line with a caret under the place, what caused the error. */
  readonly details: readonly string[];
}

/** The reader's Stop has ended the cell. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
  constructor() {
    super("the cell was stopped; variables are kept");
  }
}

/** A cell that has run, so that stacks can name its lines. */
export interface Script {
  /** The number in brackets beside the cell. */
  readonly count: number;
  readonly source: string;
  locate(line: number, column: number): Place;
}

/** Cells by the address of the script they ran as. */
export type Scripts = ReadonlyMap<string, Script>;

const CAUSES = 5; // how many causes of an error are shown
const LONGEST = 10_000; // characters of a message

/** Whatever a cell threw, whatever its getters do. */
export function cellError(thrown: unknown, running: Script, scripts: Scripts): CellError {
  const { name, message } = named(thrown);
  if (thrown instanceof CellSyntaxError)
    return {
      name,
      message,
      ...thrown.place,
      details: frameLines([{ name: "", script: running, place: thrown.place }]),
    };
  const frames = framesOf(thrown, scripts);
  const own = frames.find(({ script }) => script === running);
  return { name, message, ...own?.place, details: [...frameLines(frames), ...causes(thrown, scripts)] };
}

function named(thrown: unknown): { readonly name: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { name: "Thrown", message: textOf(thrown).slice(0, LONGEST) };
  try {
    const message = asWritten(String(thrown.message)).slice(0, LONGEST);
    return { name: String(thrown.name) || "Error", message };
  } catch {
    return { name: "Error", message: "" };
  }
}

/** Engines quote the code that ran: names are then as in rewrite.ts. */
function asWritten(message: string): string {
  return message.replace(/\(0 ?, ?__kept__\.([^)]+)\)|__(?:kept|new)__\./g, "$1");
}

interface Frame {
  readonly name: string;
  readonly script: Script;
  readonly place: Place;
}

// "    at async name (address:line:column)" in Chromium and Safari's later versions, "name@address:line:column" elsewhere
const FRAME = /^(?: *at (?:async )?(?:(.*?) \()?|(.*?)@)(\S+?):(\d+):(\d+)\)?$/;

/** The frames of a stack that lie in cells. */
function framesOf(thrown: unknown, scripts: Scripts): Frame[] {
  const stack: unknown = thrown instanceof Error ? thrown.stack : undefined;
  if (typeof stack !== "string") return [];
  return stack.split("\n").flatMap((text) => {
    const [, chromium, firefox, address, line, column] = FRAME.exec(text) ?? [];
    const script = scripts.get(address);
    if (!script) return [];
    const name = (chromium ?? firefox ?? "").replace(/^async\*|^Object\.|\/<|^eval$|^<anonymous>$/g, "");
    return [{ name, script, place: script.locate(Number(line), Number(column)) }];
  });
}

/** Each frame on a line; below the innermost its code. */
function frameLines(frames: readonly Frame[]): string[] {
  return frames.flatMap(({ name, script, place }, i) => {
    const where = `cell [${script.count}], line ${place.line}, column ${place.column}`;
    const line = `    at ${name === "" ? where : `${name}, ${where}`}`;
    return i === 0 ? [line, ...excerpt(script.source, place)] : [line];
  });
}

/** The line of a place, the one above it for orientation, and a caret under the place. */
function excerpt(source: string, { line, column }: Place): string[] {
  const width = String(line).length;
  const lines = source
    .split("\n")
    .slice(0, line)
    .map((text) => text.trimEnd());
  const numbered = lines.map(
    (text, i) => `  ${i + 1 === line ? ">" : " "} ${String(i + 1).padStart(width)} | ${text}`,
  );
  const indent = (lines[line - 1] ?? "").slice(0, column - 1).replace(/[^\t]/g, " ");
  return [...numbered.slice(-2), `    ${" ".repeat(width)} | ${indent.padEnd(column - 1)}^`];
}

function causes(thrown: unknown, scripts: Scripts, depth = 0): string[] {
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined;
  if (cause === undefined || depth === CAUSES) return [];
  const { name, message } = named(cause);
  return [
    `Caused by ${name}: ${message}`,
    ...frameLines(framesOf(cause, scripts)),
    ...causes(cause, scripts, depth + 1),
  ];
}
