import { types } from "node:util";
import { attempt } from "./attempt.js";
import { foreignCommand } from "./foreign.js";
import type { CellPlace, Fault, Scripts } from "./places.js";
import { textOf } from "./results.js";
import { withoutPages } from "./scope.js";
import { shortText } from "./shortText.js";

/** An error as Jupyter's messages carry it. */
export interface ErrorContent extends Readonly<Record<string, unknown>> {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

const CAUSES = 5; // how many causes of an error are shown
const LONGEST = 10_000; // characters of a message

/** The cell was stopped: by the kernel, or by V8 at the kernel's request. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
  constructor() {
    super("the cell was stopped; variables are kept");
  }
}

/** The cell was stopped, since V8 would have ended the process. */
export class OutOfMemory extends Error {
  override name = "OutOfMemory";
  constructor() {
    super(
      "the cell filled the memory that Node has for values, and was stopped; variables are kept, so assign undefined to the large ones",
    );
  }
}

/** What a cell threw, with the lines of the cells that lead there: no frame of the kernel, of Node or of libraries. */
export function thrownContent(thrown: unknown, scripts: Scripts): ErrorContent {
  const error = stoppedByVm(thrown) ? new KeyboardInterrupt() : thrown;
  const { name, message } = named(error);
  const traceback = [heading(name, message), ...told(error, scripts), ...causes(error, scripts)];
  return { ename: name, evalue: message, traceback };
}

/** What the compiler found, each fault with its line and a caret under the place. */
export function faultContent(faults: readonly Fault[], source: string): ErrorContent {
  const command = foreignCommand(faults, source);
  if (command !== undefined) return plainContent("NotTypeScript", command);
  const lineOf = ({ file, line }: Fault) => (file ? `${file}, line ${line}` : `line ${line}`);
  const shown = faults.slice(0, 10).map((fault) => {
    const text = heading(`TypeScript error ${fault.code}`, `${fault.message} (${lineOf(fault)})`);
    return `${text}\n${excerpt(fault.source ?? source, fault, fault.length)}`;
  });
  const more = faults.length > shown.length ? [`… and ${faults.length - shown.length} more`] : [];
  const [first] = faults;
  const place = first.file ? lineOf(first) : `${lineOf(first)}, column ${first.column}`;
  const evalue = `${first.message} (${place})`;
  return { ename: "TypeScriptError", evalue, traceback: [...shown, ...more] };
}

/** The compiler itself failed on a cell, as on brackets nested thousands deep. */
export const compilerFailure = (error: unknown): ErrorContent =>
  plainContent("TypeScriptError", `the compiler gave up on this cell: ${named(error).message}`);

/** An error without a place. */
function plainContent(ename: string, evalue: string): ErrorContent {
  return { ename, evalue, traceback: [heading(ename, evalue)] };
}

function heading(name: string, message: string): string {
  return message === "" ? `\x1b[31m${name}\x1b[0m` : `\x1b[31m${name}\x1b[0m: ${message}`;
}

/** Name and message of whatever was thrown. */
function named(error: unknown): { readonly name: string; readonly message: string } {
  if (!isError(error)) return { name: "Thrown", message: textOf(error).slice(0, LONGEST) };
  const text = (key: "name" | "message", otherwise: string) => {
    const value = property(error, key);
    return typeof value === "string" ? withoutPages(value.slice(0, LONGEST)) : otherwise;
  };
  return { name: className(error, text("name", "Error") || "Error"), message: text("message", "") };
}

/** The name of an error's class, where only its parent has one of JavaScript's: "Timeout [Error]", as Node writes it. */
function className(error: Error, name: string): string {
  const made = property(property(error, "constructor"), "name");
  const isInherited = JAVASCRIPTS.test(name) && !attempt(() => Object.hasOwn(error, "name"));
  if (!isInherited || typeof made !== "string" || made === "" || JAVASCRIPTS.test(made)) return name;
  return made.includes(name) ? made : `${made} [${name}]`;
}

const JAVASCRIPTS = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

// A thrown value's getters, or its proxy's traps, may throw.
const isError = (value: unknown): value is Error =>
  attempt(() => types.isNativeError(value) || value instanceof Error) ?? false;

const property = (value: unknown, key: string): unknown =>
  attempt(() => (value as Record<string, unknown>)[key]);

const stoppedByVm = (thrown: unknown): boolean =>
  isError(thrown) && property(thrown, "code") === "ERR_SCRIPT_EXECUTION_INTERRUPTED";

/** Where an error was thrown, and what it carries. */
const told = (error: unknown, scripts: Scripts): string[] => [...frames(error, scripts), ...fields(error)];

const STANDARD = new Set(["name", "message", "stack", "cause", "errors"]);

/** What an error carries besides what every error has: "{ errno: -2, code: "ENOENT" }". */
function fields(error: unknown): string[] {
  if (!isError(error)) return [];
  const own = (attempt(() => Object.keys(error)) ?? []).filter((key) => !STANDARD.has(key));
  if (own.length === 0) return [];
  return [indented(shortText(Object.fromEntries(own.map((key) => [key, property(error, key)]))))];
}

const indented = (text: string): string => text.replace(/^/gm, "    ");

/** The frames of cells and of one's own files in a stack; the innermost with its line. */
function frames(error: unknown, scripts: Scripts): string[] {
  const stack = isError(error) ? property(error, "stack") : undefined;
  if (typeof stack !== "string") return [];
  const lines: string[] = [];
  for (const { name, where, place, source } of scripts.framesOf(stack)) {
    lines.push(frameText(name, where, place));
    if (lines.length === 1) lines.push(excerpt(source, place));
  }
  return lines;
}

function frameText(name: string, where: string, { line, column }: CellPlace): string {
  return `    at ${name === "" ? "" : `${name}, `}${where}, line ${line}, column ${column}`;
}

/** The errors that caused an error, and those that an AggregateError contains. */
function causes(error: unknown, scripts: Scripts, shown: Set<unknown> = new Set()): string[] {
  shown.add(error);
  if (!isError(error)) return [];
  const inner: [string, unknown][] = [];
  const cause = property(error, "cause");
  if (cause !== undefined) inner.push(["Caused by ", cause]);
  const errors = property(error, "errors");
  if (Array.isArray(errors)) for (const one of errors.slice(0, CAUSES)) inner.push(["Contains ", one]);
  return inner.flatMap(([word, next]) => {
    if (shown.has(next) || shown.size > CAUSES) return []; // an error may be its own cause
    const { name, message } = named(next);
    return [word + heading(name, message), ...told(next, scripts), ...causes(next, scripts, shown)];
  });
}

/** The line of a place with a mark under it, and the line above for orientation. */
export function excerpt(source: string, { line, column }: CellPlace, length = 1): string {
  const lines = source.split("\n");
  const width = String(line).length;
  const first = Math.max(1, line - 1);
  const shown = lines.slice(first - 1, line).map((text, i) => {
    const number = first + i;
    return `  ${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text.trimEnd()}`;
  });
  const text = lines[line - 1] ?? "";
  const carets = "^".repeat(blanks(text.slice(column - 1, column - 1 + length)).length || 1);
  const under = `${blanks(text.slice(0, column - 1))}\x1b[31m${carets}\x1b[0m`;
  return [...shown, `    ${" ".repeat(width)} | ${under}`].join("\n");
}

const WIDE =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/gu;

/** Spaces as wide as a text: emoji and East Asia's scripts take two columns in a fixed-width font; a tab stays a tab. */
function blanks(text: string): string {
  return text.replace(WIDE, "  ").replace(/[^\t]/gu, " ");
}
