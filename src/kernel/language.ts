import ts from "typescript-for-cells";
import type { Alarm } from "./alarm.js";
import { completionAt } from "./completion.js";
import type { Executor } from "./execute.js";
import type { Content } from "./message.js";
import type { Scripts } from "./places.js";
import type { OpenedCell } from "./programs.js";
import { type Info, infoAt } from "./services.js";
import { shortText } from "./shortText.js";
import { sourceOf } from "./source.js";
import type { Tslab } from "./tslab.js";
import { type Found, nodeAt, pathOf, valueAt } from "./values.js";

/** What an editor asks of the language: completion, inspection, and whether a cell is complete. */
export type Language = ReturnType<typeof languageService>;

export function languageService(tslab: Tslab, alarm: Alarm, executor: Executor, scripts: Scripts) {
  const { declarations, variable } = executor;

  /** What TypeScript and the value say of the name at a place. */
  const inspectAt = (opened: OpenedCell, position: number, withSource: boolean) => {
    const info = position < 0 ? undefined : infoAt(opened, position);
    if (!info) return undefined;
    const typed = documentation(info);
    const found = valueOfName(opened, position, info.kind);
    const told = typed === "any" ? [] : [typed]; // "any": a name that TypeScript does not know
    const value = found && info.kind !== "module" ? shortText(found.value) : "";
    if (value !== "" && !/^(function|class|a proxy)\b/.test(value)) told.push(`Value: ${value}`);
    const source = withSource && found ? sourceOf(scripts, found.value) : undefined;
    if (source) told.push(`Source, ${source.where}:\n\n${source.text}`);
    return told.length > 0 ? { "text/plain": told.join("\n\n") } : undefined;
  };
  const valueOfName = ({ program, cell }: OpenedCell, position: number, kind: string): Found | undefined => {
    const isHere = (node: ts.Node): node is ts.Identifier =>
      ts.isIdentifier(node) && node.getStart() <= position && position <= node.end;
    const name = nodeAt(cell, isHere);
    if (!name) return undefined;
    const { parent } = name;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
    const isOption = kind === "property" && !isMember && !ts.isShorthandPropertyAssignment(parent);
    const path = pathOf(isMember ? parent : name);
    if (!path || isOption) return undefined;
    const meant = program.getTypeChecker().resolveName(path.name, name, ts.SymbolFlags.Value, false);
    const isInside = meant?.declarations?.some((one) => one.getSourceFile() === cell);
    if (isInside && cell.locals?.get(meant!.escapedName) !== meant) return undefined; // a parameter, or a variable in braces
    return valueAt(path, variable);
  };

  /** Type, documentation and value at the cursor, by MIME type; undefined where nothing is known. */
  const inspect = (code: string, cursor: number, withSource = false) => {
    const position = utf16(code, cursor);
    return alarm.guard(() => {
      const opened = tslab.open(declarations(), code);
      return (
        inspectAt(opened, position, withSource) ??
        inspectAt(opened, position - 1, withSource) ??
        inspectAt(opened, calledAt(code, position), withSource)
      );
    });
  };
  return {
    inspect,
    /** What is known of the name about which a cell such as `train?` asks; undefined for any other cell. */
    help(code: string): Content | undefined {
      const [name, marks] = nameAsked(code) ?? [];
      if (name === undefined) return undefined;
      const known = ["", "let it: "] // a value, or a type
        .map((before) => inspect(before + name, [...before, ...name].length, marks === "??"))
        .find((found) => found !== undefined);
      return known ?? { "text/plain": `Nothing is known of ${name}.` };
    },
    complete(code: string, cursor: number): Content {
      const position = utf16(code, cursor);
      const { start, end, matches, kinds } = alarm.guard(() =>
        completionAt(tslab.open(declarations(), code), declarations(), variable, code, position),
      );
      const [from, to] = [codePoints(code, start), codePoints(code, end)];
      const types = matches.map((text) => ({
        start: from,
        end: to,
        text,
        type: KINDS.get(kinds.get(text) ?? "") ?? "",
      }));
      return {
        status: "ok",
        matches,
        cursor_start: from,
        cursor_end: to,
        metadata: { _jupyter_types_experimental: types },
      };
    },
    isComplete: (code: string): Content =>
      nameAsked(code) === undefined ? completeness(tslab, code) : { status: "complete" },
  };
}

/** TypeScript's codes for a template literal and a comment without end. */
const UNTERMINATED = new Set([1160, 1010]);

/** Whether a cell is complete, lacks its end, or is wrong. */
function completeness({ isComplete }: Tslab, code: string): Content {
  const { completed, indent = "" } = isComplete(code);
  if (!completed) return { status: "incomplete", indent };
  if (/(^|\n)\s*\n\s*$/.test(code)) return { status: "complete" };
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const faults = file.parseDiagnostics;
  if (faults.length === 0) return { status: "complete" };
  const open = ({ code: fault, start = 0, length = 0 }: ts.Diagnostic) =>
    UNTERMINATED.has(fault) && start + length >= code.length;
  return faults.some(open) ? { status: "incomplete", indent: "" } : { status: "invalid" };
}

/** The badges that JupyterLab has for completions, each with TypeScript's kinds. */
const BADGES = {
  function: ["function", "local function", "method"],
  property: ["property", "getter"],
  instance: ["const", "let", "var", "alias"],
  param: ["parameter"],
  class: ["class", "interface", "type", "enum"],
  module: ["module"],
  keyword: ["keyword"],
  value: ["string"],
};
const KINDS = new Map(Object.entries(BADGES).flatMap(([badge, kinds]) => kinds.map((kind) => [kind, badge])));

/** The end of the name of the function between whose parentheses a place is; -1 if it is between none. */
function calledAt(code: string, position: number): number {
  let depth = 0;
  for (let i = position - 1; i >= 0; i--) {
    if (code[i] === ")") depth++;
    else if (code[i] === "(" && depth-- === 0) return i - 1;
  }
  return -1;
}

/** The name about which a cell such as `train?` asks, and with `?` or `??`. */
function nameAsked(code: string): readonly [name: string, marks: string] | undefined {
  if (!code.includes("?")) return undefined;
  const [, before, name, after] =
    /^\s*(\?{0,2})([\p{ID_Start}_$][\p{ID_Continue}.$]*)(\?{0,2});?\s*$/u.exec(code) ?? [];
  return name === undefined ? undefined : [name, before || after];
}

/** Signature, description and tags as text, without where the name was imported. */
export function documentation({ displayParts, documentation: described, tags = [] }: Partial<Info>): string {
  const signature = joined(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\n(import|export) [\w$]+$/, "");
  const lines = tags.map(({ name, text }) => `@${name} ${joined(text)}`.trimEnd());
  return [signature, joined(described), lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

function joined(parts: readonly ts.SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}

/** Jupyter counts characters, JavaScript UTF-16 units: an emoji is one or two. */
function utf16(code: string, cursor: number): number {
  return [...code].slice(0, Math.max(0, cursor)).join("").length;
}

function codePoints(code: string, position: number): number {
  return [...code.slice(0, position)].length;
}
