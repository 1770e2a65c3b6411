import { isBuiltin } from "node:module";
import ts from "typescript-for-cells";
import { packageName } from "./modules/packages.js";
import type { OpenedCell } from "./programs.js";
import { entriesAt } from "./services.js";
import { type FindVariable, membersOf, nodeAt, pathOf, valueAt } from "./values.js";

/** What is offered at a place, and what it replaces there. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly string[];
  /** The kinds of the matches, as TypeScript calls them. */
  readonly kinds: ReadonlyMap<string, string>;
}

/**
 * Offers what TypeScript offers; and of a value whose type says nothing, the members that it has.
 *
 * @param opened    the program for the code
 * @param position  in UTF-16 units
 */
export function completionAt(
  opened: OpenedCell,
  declarations: string,
  variable: FindVariable,
  code: string,
  position: number,
): Completion {
  const entries = entriesAt(opened, position);
  const kinds = new Map(entries.map(({ name, kind }) => [name, kind]));
  const specifier = specifierAt(code, position);
  if (specifier) return modulesFor(specifier, kinds);
  const typed = WORD_BEFORE.exec(code.slice(0, position))?.[0] ?? "";
  const end = position + (WORD_AFTER.exec(code.slice(position))?.[0].length ?? 0);
  const names = fitting([...kinds.keys()], typed);
  if (names.length > 0) {
    const matches = usedFirst(names, `${declarations}\n${code}`);
    return { start: position - typed.length, end, matches, kinds };
  }
  const members = membersAt(opened.cell, variable, position, position - typed.length);
  return {
    ...members,
    end: position,
    kinds: new Map(members.matches.map((name) => [name, "property"])),
  };
}

/** The name of a module that is being typed. */
interface Specifier {
  readonly start: number;
  readonly end: number;
  readonly typed: string;
}

const SPECIFIER = /\b(?:from|import|import\s*\(|require\s*\()\s*(["'])([^"'\n]*)$/;

function specifierAt(code: string, position: number): Specifier | undefined {
  const [, quote, typed] = SPECIFIER.exec(code.slice(0, position)) ?? [];
  if (quote === undefined) return undefined;
  const rest = /^[^"'\n]*(?=(["']))/.exec(code.slice(position));
  const end = position + (rest?.[1] === quote ? rest[0].length : 0);
  return { start: position - typed.length, end, typed };
}

const OWN = ["xorlab", "tslab"]; // the kernel knows them, wherever the notebook is

/** TypeScript names files and parts of packages without the folders that are typed already: here names are whole. */
function modulesFor({ start, end, typed }: Specifier, found: ReadonlyMap<string, string>): Completion {
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const isPath = /^[./]/.test(typed);
  const kinds = new Map<string, string>();
  for (const [name, kind] of found) {
    if (name === "node_modules") continue;
    const whole = name.startsWith(typed) ? name : folder + name;
    const owner = packageName(whole) ?? whole;
    if (owner !== whole && !typed.startsWith(owner) && !isBuiltin(whole)) continue; // its parts follow when it is typed
    const open = kind === "directory" && (isPath || /^@[^/]*$/.test(whole)) ? "/" : "";
    kinds.set(whole + open, "module");
  }
  if (!typed.includes("/")) for (const name of OWN) kinds.set(name, "module");
  const matches = [...kinds.keys()].filter((name) => name.startsWith(typed)).sort();
  return { start, end, matches, kinds };
}

/** The members of a value before a dot, or a quote in brackets: where code stands, and not a comment or another text. */
function membersAt(cell: ts.SourceFile, variable: FindVariable, position: number, wordStart: number) {
  const isHere = (node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression => {
    if (ts.isPropertyAccessExpression(node)) return node.name.pos === wordStart;
    if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return false;
    const { argumentExpression: key } = node;
    return key.getStart() < position && (position < key.end || key.end === cell.end);
  };
  const access = nodeAt(cell, isHere);
  const path = access && pathOf(access.expression);
  const value = path && valueAt(path, variable);
  if (!value) return { start: position, matches: [] };
  const isKey = ts.isElementAccessExpression(access);
  const start = isKey ? access.argumentExpression.getStart() + 1 : wordStart;
  const typed = cell.text.slice(start, position);
  return { start, matches: membersOf(value.value, isKey).filter((name) => name.startsWith(typed)) };
}

const WORD_BEFORE = /[\p{ID_Continue}$]*$/u;
const WORD_AFTER = /^[\p{ID_Continue}$]*/u;

/** The names that begin with what is typed; if there are none, those that do so in other letters, and those that contain it. */
function fitting(names: readonly string[], typed: string): readonly string[] {
  const exact = names.filter((name) => name.startsWith(typed));
  if (exact.length > 0) return exact;
  const placeIn = (name: string) => name.toLowerCase().indexOf(typed.toLowerCase());
  return [...names.filter((name) => placeIn(name) === 0), ...names.filter((name) => placeIn(name) > 0)];
}

const MANY = 100; // candidates: all global names are among so many

/** Among many names, those that the cells use come first; fewer stay in TypeScript's order. */
function usedFirst(names: readonly string[], cells: string): readonly string[] {
  if (names.length < MANY) return names;
  const used = new Set(cells.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu));
  return [...names.filter((name) => used.has(name)), ...names.filter((name) => !used.has(name))];
}
