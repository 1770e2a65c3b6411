import ts from "typescript-for-cells";
import type { Alarm } from "./alarm.js";
import { completionAt } from "./completion.js";
import type { Executor } from "./execute.js";
import type { Scripts } from "./places.js";
import { infoAt } from "./services.js";
import { shortText } from "./shortText.js";
import { sourceOf } from "./source.js";
import type { Tslab } from "./tslab.js";
import { type Found, nodeAt, pathOf, valueAt } from "./values.js";

/** What an editor asks of the language: completion, inspection, and whether a cell is complete. */
export interface Language {
  complete(code: string, cursor: number): Readonly<Record<string, unknown>>;
  /** Type, documentation and value at the cursor, by MIME type; undefined where nothing is known. */
  inspect(code: string, cursor: number, withSource?: boolean): Readonly<Record<string, string>> | undefined;
  /** What is known of the name about which a cell such as `train?` asks; undefined for any other cell. */
  help(code: string): Readonly<Record<string, string>> | undefined;
  isComplete(code: string): Readonly<Record<string, unknown>>;
}

export interface LanguageParts {
  readonly tslab: Tslab;
  readonly alarm: Alarm;
  readonly executor: Pick<Executor, "declarations" | "variable">;
  readonly scripts: Scripts;
}

export function languageService({ tslab, alarm, executor, scripts }: LanguageParts): Language {
  const { declarations, variable } = executor;

  /** What TypeScript and the value say of the name at a place. */
  const inspectAt = (code: string, position: number, withSource: boolean) => {
    const info = position < 0 ? undefined : infoAt(tslab.open(declarations(), code), position);
    if (!info) return undefined;
    const typed = documentation(info);
    const found = valueOfName(code, position, info.kind);
    const told = typed === "any" ? [] : [typed]; // "any": a name that TypeScript does not know
    const value = found && info.kind !== "module" ? shortText(found.value) : "";
    if (value !== "" && !/^(function|class|a proxy)\b/.test(value)) told.push(`Value: ${value}`);
    const source = withSource && found ? sourceOf(scripts, found.value) : undefined;
    if (source) told.push(`Source, ${source.where}:\n\n${source.text}`);
    return told.length > 0 ? { "text/plain": told.join("\n\n") } : undefined;
  };
  const valueOfName = (code: string, position: number, kind: string): Found | undefined => {
    const isHere = (node: ts.Node): node is ts.Identifier =>
      ts.isIdentifier(node) && node.getStart() <= position && position <= node.end;
    const name = nodeAt(code, isHere);
    if (!name) return undefined;
    const { parent } = name;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
    const isOption = kind === "property" && !isMember && !ts.isShorthandPropertyAssignment(parent);
    const path = pathOf(isMember ? parent : name);
    if (!path || isOption || isDeclaredInside(code, path.name)) return undefined;
    return valueAt(path, variable);
  };
  /** Whether a name may be another one's than the variable of all cells: a parameter, or a variable in braces. */
  const isDeclaredInside = (code: string, name: string): boolean => {
    const declares = (node: ts.Node): node is ts.Node => {
      const isDeclaration =
        ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
      return isDeclaration && node.name.getText() === name && !isAtTop(node);
    };
    const isAtTop = (node: ts.Node): boolean =>
      ts.isSourceFile(node.parent) ||
      (!ts.isBlock(node) && !ts.isFunctionLike(node.parent) && isAtTop(node.parent));
    return nodeAt(code, declares) !== undefined;
  };

  const inspect: Language["inspect"] = (code, cursor, withSource = false) => {
    const position = utf16(code, cursor);
    return alarm.guard(
      () =>
        inspectAt(code, position, withSource) ??
        inspectAt(code, position - 1, withSource) ??
        inspectAt(code, calledAt(code, position), withSource),
    );
  };
  return {
    inspect,
    help(code) {
      const [name, marks] = nameAsked(code) ?? [];
      if (name === undefined) return undefined;
      const known = ["", "let it: "] // a value, or a type
        .map((before) => inspect(before + name, [...before, ...name].length, marks === "??"))
        .find((found) => found !== undefined);
      return known ?? { "text/plain": `Nothing is known of ${name}.` };
    },
    complete(code, cursor) {
      const position = utf16(code, cursor);
      const { start, end, matches, kinds } = alarm.guard(() =>
        completionAt(tslab.open(declarations(), code), declarations(), variable, code, position),
      );
      const [from, to] = [codePoints(code, start), codePoints(code, end)];
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
function completeness({ isComplete }: Tslab, code: string): Readonly<Record<string, unknown>> {
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
export function documentation({
  displayParts,
  documentation: described,
  tags = [],
}: Partial<ts.QuickInfo>): string {
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
