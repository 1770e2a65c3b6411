import { type ImportDeclaration, type Program, parse } from "acorn";
import { transform } from "sucrase";
import { type Edit, KEPT, NEW, rewriteNames } from "./rewrite.js";
import type { Declared } from "./variables.js";

/** A place in a cell as its user sees it: both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A name that a cell imports: one export, "default", or "*" for all. */
export interface Imported {
  readonly module: string;
  readonly name: string;
  readonly local: string;
  readonly place: Place;
}

/** A cell of TypeScript as JavaScript. */
export interface Compiled {
  /**
   * A classic script that gives the global function START the cell as a function of the notebook's variables and of the
   * object that gives those of the cell their first values.
   */
  readonly code: string;
  readonly imports: readonly Imported[];
  readonly declared: readonly Declared[];
  /** The cell's place for one in the script, counted from 1 as stacks count. */
  locate(line: number, column: number): Place;
}

/** A mistake that keeps a cell from running at all. */
export class CellSyntaxError extends SyntaxError {
  constructor(
    message: string,
    readonly place: Place,
    override readonly name = "SyntaxError",
  ) {
    super(message);
  }
}

/** The global function that receives a cell. */
export const START = "__xorlab__";

/**
 * Takes the types away (they are not checked) and makes a function of the cell. The value of a last expression is returned
 * as { value }.
 *
 * @param kept  the notebook's variables so far
 * @throws CellSyntaxError
 */
export function compileCell(given: string, kept: object): Compiled {
  const object = asObject(given);
  const source = object ?? given;
  const script = withoutTypes(source);
  const toSource = (line: number, column: number): Place => {
    const [generated, original] = [script, source].map((text) => text.split("\n")[line - 1] ?? "");
    const before = object !== undefined && line === 1 ? 1 : 0;
    return { line, column: aligned(generated, original, column - 1) + 1 - before };
  };
  const placeOf = (offset: number): Place => {
    const before = script.slice(0, offset).split("\n");
    return toSource(before.length, before[before.length - 1].length + 1);
  };
  const program = parsed(script, toSource);
  const { declared, edits, mistake } = rewriteNames(program, kept);
  if (mistake !== undefined)
    throw new CellSyntaxError("Assignment to constant variable.", placeOf(mistake), "TypeError");
  const { text, origin } = applied(script, [...edits, ...moduleEdits(program, script, placeOf)]);
  const functions = declared.filter(({ kind }) => kind === "function");
  const hoisted = functions.map(({ name }) => `${NEW}.${name}=${name};`).join("");
  return {
    code: `${START}((${KEPT},${NEW})=>async function(){"use strict";${hoisted}\n${text}\n});`,
    declared,
    imports: program.body.flatMap((node) =>
      node.type === "ImportDeclaration" ? importedBy(node, placeOf) : [],
    ),
    locate: (line, column) => {
      const lines = text.split("\n").slice(0, line - 2); // the script begins with a line of ours
      return placeOf(origin(lines.join("\n").length + Math.min(lines.length, 1) + column - 1));
    },
  };
}

/** A cell that is an object and nothing else, in parentheses, as the kernel reads it: by itself it would be a block. */
function asObject(source: string): string | undefined {
  if (!/^\s*\{.*\}\s*$/s.test(source)) return undefined;
  const wrapped = `(${source})`;
  try {
    const script = withoutTypes(wrapped);
    const [only, ...others] = parsed(script, (line, column) => ({ line, column })).body;
    if (others.length > 0 || only.type !== "ExpressionStatement") return undefined;
    if (only.expression.type !== "ObjectExpression") return undefined;
    // Sucrase takes the call in a block, `f();`, for a method's type, and leaves its name.
    const isWhole = (end: number) => /^\s*[,}/]/.test(wrapped.slice(aligned(script, wrapped, end - 1) + 1));
    return only.expression.properties.every(
      (one) => !("shorthand" in one && one.shorthand) || isWhole(one.end),
    )
      ? wrapped
      : undefined;
  } catch {
    return undefined; // a block, or neither
  }
}

function withoutTypes(source: string): string {
  try {
    return transform(source, {
      transforms: ["typescript"],
      keepUnusedImports: true, // a later cell may use them
      disableESTransforms: true,
    }).code;
  } catch (error) {
    throw syntaxError(error, (line, column) => ({ line, column: column - 1 }));
  }
}

function parsed(script: string, toSource: (line: number, column: number) => Place): Program {
  try {
    return parse(script, { ecmaVersion: "latest", sourceType: "module", ranges: true, locations: true });
  } catch (error) {
    throw syntaxError(error, toSource);
  }
}

/** Both parsers name the place in `loc` and at the end of the message; Sucrase counts columns from 1, Acorn from 0. */
function syntaxError(error: unknown, toSource: (line: number, column: number) => Place): Error {
  const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
  if (!loc) return error as Error;
  const text = message.replace(/^Error transforming .*?: /, "").replace(/ ?\(\d+:\d+\)$/, "");
  return new CellSyntaxError(text, toSource(loc.line, loc.column + 1));
}

/** Where a generated line's column lies in the line it was made from: types are left out, nothing else changes. */
function aligned(generated: string, original: string, column: number): number {
  let at = -1;
  for (let i = 0; i <= column && i < generated.length; i++) {
    const next = original.indexOf(generated[i], at + 1);
    if (next < 0) break;
    at = next;
  }
  return Math.max(at, 0);
}

function importedBy(
  { source, specifiers, start }: ImportDeclaration,
  placeOf: (offset: number) => Place,
): Imported[] {
  const common = { module: String(source.value), place: placeOf(start) };
  if (specifiers.length === 0) return [{ ...common, name: "*", local: "" }];
  return specifiers.map((one) => {
    const local = one.local.name;
    if (one.type === "ImportDefaultSpecifier") return { ...common, name: "default", local };
    if (one.type === "ImportNamespaceSpecifier") return { ...common, name: "*", local };
    const { imported } = one;
    return { ...common, name: imported.type === "Literal" ? String(imported.value) : imported.name, local };
  });
}

/** Takes imports and exports away, and returns the last expression as the result. */
function moduleEdits({ body }: Program, script: string, placeOf: (offset: number) => Place): Edit[] {
  const edits: Edit[] = [];
  const blank = (from: number, to: number): void => {
    edits.push({ from, to, text: script.slice(from, to).replace(/[^\n]/g, " ") });
  };
  for (const node of body) {
    if (node.type === "ImportDeclaration") blank(node.start, node.end);
    if (node.type === "ExportNamedDeclaration") blank(node.start, node.declaration?.start ?? node.end);
    if (node.type === "ExportDefaultDeclaration" || node.type === "ExportAllDeclaration")
      throw new CellSyntaxError(
        "a cell has no exports: later cells see all its variables",
        placeOf(node.start),
      );
  }
  const last = body[body.length - 1];
  const insert = (at: number, text: string) => edits.push({ from: at, to: at, text });
  if (last?.type === "ExpressionStatement") {
    // As in the kernel, a semicolon says that the value is not to be shown.
    const shown = script[last.end - 1] !== ";";
    insert(last.start, shown ? ";return {value:(" : ";");
    if (shown) insert(last.end, ")}");
  }
  return edits;
}

/** A text with edits applied, and where a place in it comes from. */
function applied(script: string, edits: readonly Edit[]): { text: string; origin(offset: number): number } {
  const sorted = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  const ends = [...sorted.slice(1).map(({ from }) => from), script.length];
  let text = script.slice(0, sorted[0]?.from);
  const pieces = [{ at: 0, from: 0, to: text.length, called: 0 }]; // that were kept
  for (const [i, edit] of sorted.entries()) {
    text += edit.text;
    pieces.push({ at: text.length, from: edit.to, to: ends[i], called: edit.from });
    text += script.slice(edit.to, ends[i]);
  }
  const origin = (offset: number): number => {
    const { at, from, to, called } = pieces[pieces.findIndex((_, i) => !(pieces[i + 1]?.at <= offset))];
    // Stacks have the place of a called name, or of the parenthesis behind it where the name was replaced.
    return offset === at && script[from] === "(" ? called : Math.min(from + offset - at, to);
  };
  return { text, origin };
}
