import type { QuickInfo, SymbolDisplayPart } from "typescript-for-cells";
import type { Alarm } from "./alarm.js";
import type { Tslab } from "./tslab.js";

/** What an editor asks of the language: completion, inspection, and whether a cell is complete. */
export interface Language {
  complete(code: string, cursor: number): Readonly<Record<string, unknown>>;
  /** Type and documentation at the cursor, by MIME type; undefined where nothing is known. */
  inspect(code: string, cursor: number): Readonly<Record<string, string>> | undefined;
  /** What is known of the name about which a cell such as `train?` asks; undefined for any other cell. */
  help(code: string): Readonly<Record<string, string>> | undefined;
  isComplete(code: string): Readonly<Record<string, unknown>>;
}

/** @param declarations  what the cells so far have declared */
export function languageService(tslab: Tslab, alarm: Alarm, declarations: () => string): Language {
  const { converter } = tslab;
  const infoAt = (code: string, position: number) =>
    position < 0 ? undefined : converter.inspect(declarations(), code, position);
  const inspect: Language["inspect"] = (code, cursor) => {
    const position = utf16(code, cursor);
    const info = alarm.guard(
      () => infoAt(code, position) ?? infoAt(code, position - 1) ?? infoAt(code, calledAt(code, position)),
    );
    const text = info && documentation(info);
    return text === undefined || text === "any" ? undefined : { "text/plain": text }; // "any": an unknown name
  };
  return {
    inspect,
    help(code) {
      const name = nameAsked(code);
      if (name === undefined) return undefined;
      return inspect(name, [...name].length) ?? { "text/plain": `Nothing is known of ${name}.` };
    },
    complete(code, cursor) {
      const position = utf16(code, cursor);
      const found = alarm.guard(() => converter.complete(declarations(), code, position));
      const { start, matches: narrow } = narrowed(code, position, found);
      const matches = usedFirst(narrow, `${declarations()}\n${code}`);
      const kinds = new Map(found.original?.entries?.map(({ name, kind }) => [name, kind]));
      const [from, to] = [codePoints(code, start), codePoints(code, Math.max(found.end, position))];
      const types = matches.map((text) => ({
        start: from,
        end: to,
        text,
        type: KINDS[kinds.get(text) ?? ""] ?? "",
      }));
      return {
        status: "ok",
        matches,
        cursor_start: from,
        cursor_end: to,
        metadata: { _jupyter_types_experimental: types },
      };
    },
    isComplete: (code) =>
      nameAsked(code) === undefined ? completeness(tslab, code) : { status: "complete" },
  };
}

/** TypeScript's codes for a template literal and a comment without end. */
const UNTERMINATED = new Set([1160, 1010]);

/** Whether a cell is complete, lacks its end, or is wrong. */
function completeness({ ts, isComplete }: Tslab, code: string): Readonly<Record<string, unknown>> {
  const { completed, indent = "" } = isComplete(code);
  if (!completed) return { status: "incomplete", indent };
  if (/(^|\n)\s*\n\s*$/.test(code)) return { status: "complete" };
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const faults =
    (file as unknown as { parseDiagnostics?: { code: number; start: number; length: number }[] })
      .parseDiagnostics ?? [];
  if (faults.length === 0) return { status: "complete" };
  const open = ({ code: fault, start, length }: (typeof faults)[number]) =>
    UNTERMINATED.has(fault) && start + length >= code.length;
  return faults.some(open) ? { status: "incomplete", indent: "" } : { status: "invalid" };
}

/** TypeScript's kinds as JupyterLab names them, for the badge beside a completion. */
const KINDS: Readonly<Record<string, string>> = {
  function: "function",
  "local function": "function",
  method: "function",
  property: "property",
  getter: "property",
  const: "instance",
  let: "instance",
  var: "instance",
  parameter: "param",
  class: "class",
  interface: "class",
  type: "class",
  enum: "class",
  module: "module",
  alias: "instance",
  keyword: "keyword",
  string: "value",
};

const MANY = 100; // candidates: all global names are among so many

/** Among many names, those that the cells use come first; fewer stay in TypeScript's order. */
function usedFirst(names: readonly string[], cells: string): string[] {
  if (names.length < MANY) return [...names];
  const used = new Set(cells.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu));
  return [...names.filter((name) => used.has(name)), ...names.filter((name) => !used.has(name))];
}

/** The candidates that begin with what is typed, if there are any; and where that begins, inside strings too. */
function narrowed(
  code: string,
  position: number,
  { start, end, candidates }: { start: number; end: number; candidates: readonly string[] },
) {
  const word = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, position))?.[0] ?? "";
  const from = start === end ? position - word.length : start;
  const typed = code.slice(from, position);
  const exact = candidates.filter((name) => name.startsWith(typed));
  if (exact.length > 0) return { start: from, matches: exact };
  return { start, matches: typed === "" || start !== end ? [...candidates] : [] };
}

/** The end of the name of the function between whose parentheses a place is; -1 if it is between none. */
function calledAt(code: string, position: number): number {
  let depth = 0;
  for (let i = position - 1; i >= 0; i--) {
    if (code[i] === ")") depth++;
    else if (code[i] === "(" && depth-- === 0) return i - 1;
  }
  return -1;
}

/** The name about which a cell such as `train?` asks. */
function nameAsked(code: string): string | undefined {
  if (!code.includes("?")) return undefined;
  return /^\s*\??([\p{ID_Start}_$][\p{ID_Continue}.$]*)\?{0,2}\s*$/u.exec(code)?.[1];
}

/** Signature, description and tags as text, without where the name was imported. */
export function documentation({
  displayParts,
  documentation: described,
  tags = [],
}: Partial<QuickInfo>): string {
  const signature = joined(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\n(import|export) [\w$]+$/, "");
  const lines = tags.map(({ name, text }) => `@${name} ${joined(text)}`.trimEnd());
  return [signature, joined(described), lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

function joined(parts: readonly SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}

/** Jupyter counts characters, JavaScript UTF-16 units: an emoji is one or two. */
function utf16(code: string, cursor: number): number {
  return [...code].slice(0, Math.max(0, cursor)).join("").length;
}

function codePoints(code: string, position: number): number {
  return [...code.slice(0, position)].length;
}
