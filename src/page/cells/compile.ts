import {
  type ExpressionStatement,
  type ImportDeclaration,
  type ModuleDeclaration,
  type Pattern,
  type Program,
  parse,
  type Statement,
} from "acorn";
import { transform } from "sucrase";

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
  /** A classic script that gives the global function START the cell as a function. */
  readonly code: string;
  readonly imports: readonly Imported[];
  /** The cell's place for one in the script, counted from 1 as stacks count. */
  locate(line: number, column: number): Place;
}

/** What the cell's function takes: the notebook's variables, and how it adds its own. */
export interface CellFrame {
  readonly scope: object;
  readonly imports: Readonly<Record<string, unknown>>;
  /** Puts getters and setters of the cell's own variables into the notebook's. */
  declare(variables: object): void;
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

const HEAD_LINES = 1;

/**
 * Takes the types away (they are not checked) and makes a function of the cell.
 *
 * The cell's variables are those of a strict function; later cells see them through getters and setters on the notebook's
 * scope, which `with` puts around every cell. The value of a last expression is returned as { value }.
 *
 * @throws CellSyntaxError
 */
export function compileCell(source: string): Compiled {
  const script = withoutTypes(source);
  const toSource = (line: number, column: number): Place => ({
    line,
    column: aligned(script.split("\n")[line - 1] ?? "", source.split("\n")[line - 1] ?? "", column - 1) + 1,
  });
  const program = parsed(script, toSource);
  const imports = program.body
    .filter((node) => node.type === "ImportDeclaration")
    .flatMap(importedBy(script));
  const names = [...imports.map(({ local }) => local), ...program.body.flatMap(declaredBy)];
  const { body, resultLine } = bodyOf(script, program.body);
  return {
    code: `${headOf(imports, names)}\n${body}\n};});`,
    imports: imports.map((one) => ({ ...one, place: toSource(one.place.line, one.place.column) })),
    locate: (line, column) => toSource(line - HEAD_LINES - (line - HEAD_LINES > resultLine ? 1 : 0), column),
  };
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
    return parse(script, { ecmaVersion: "latest", sourceType: "module", locations: true });
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

function importedBy(script: string) {
  return ({ source, specifiers, start }: ImportDeclaration): Imported[] => {
    const before = script.slice(0, start).split("\n");
    const place = { line: before.length, column: before[before.length - 1].length + 1 };
    const module = String(source.value);
    if (specifiers.length === 0) return [{ module, name: "*", local: "", place }];
    return specifiers.map((one) => {
      const local = one.local.name;
      if (one.type !== "ImportSpecifier")
        return { module, name: one.type === "ImportDefaultSpecifier" ? "default" : "*", local, place };
      const { imported } = one;
      return {
        module,
        name: imported.type === "Literal" ? String(imported.value) : imported.name,
        local,
        place,
      };
    });
  };
}

type TopLevel = Statement | ModuleDeclaration;

/** The names that a statement at the top of a cell declares. */
function declaredBy(node: TopLevel): string[] {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => namesIn(id));
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") return [node.id.name];
  return node.type === "ExportNamedDeclaration" && node.declaration ? declaredBy(node.declaration) : [];
}

function namesIn(pattern: Pattern | null): string[] {
  if (pattern === null) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(namesIn);
  if (pattern.type === "AssignmentPattern") return namesIn(pattern.left);
  if (pattern.type === "RestElement") return namesIn(pattern.argument);
  if (pattern.type !== "ObjectPattern") return [];
  return pattern.properties.flatMap((part) => namesIn(part.type === "Property" ? part.value : part));
}

function headOf(imports: readonly Imported[], names: readonly string[]): string {
  const locals = imports.map(({ local }) => local).filter((local) => local !== "");
  const accessors = names
    .filter((name) => name !== "")
    .map((name) => `get ${name}(){return ${name}},set ${name}(__value__){${name}=__value__}`);
  return [
    `${START}(function(__cell__){with(__cell__.scope)return async function(){"use strict";`,
    locals.length > 0 ? `const {${locals.join()}}=__cell__.imports;` : "",
    `__cell__.declare({${accessors.join()}});`,
  ].join("");
}

/** The script without its imports and exports, in the same places, and with its last expression as the result. */
function bodyOf(script: string, nodes: readonly TopLevel[]): { body: string; resultLine: number } {
  let body = script;
  const blank = (from: number, to: number): void => {
    body = body.slice(0, from) + body.slice(from, to).replace(/[^\n]/g, " ") + body.slice(to);
  };
  for (const node of nodes) {
    if (node.type === "ImportDeclaration") blank(node.start, node.end);
    if (node.type === "ExportNamedDeclaration") blank(node.start, node.declaration?.start ?? node.end);
    if (node.type === "ExportDefaultDeclaration" || node.type === "ExportAllDeclaration") {
      const line = script.slice(0, node.start).split("\n").length;
      throw new CellSyntaxError("a cell has no exports: later cells see all its variables", {
        line,
        column: 1,
      });
    }
  }
  const last = nodes[nodes.length - 1];
  // As in the kernel, a semicolon says that the value is not to be shown.
  if (last?.type !== "ExpressionStatement" || script[last.end - 1] === ";")
    return { body, resultLine: Number.POSITIVE_INFINITY };
  return withResult(body, last);
}

/** The expression moves to a line of its own, in its old columns. */
function withResult(body: string, { start, end }: ExpressionStatement): { body: string; resultLine: number } {
  const column = start - (body.lastIndexOf("\n", start - 1) + 1);
  const expression = body.slice(start, end);
  return {
    body: `${body.slice(0, start)}return {value:(\n${" ".repeat(column)}${expression})};${body.slice(end)}`,
    resultLine: body.slice(0, start).split("\n").length,
  };
}
