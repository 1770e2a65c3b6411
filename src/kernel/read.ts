import ts from "typescript-for-cells";
import { bind } from "./ambient.js";

/** A cell as it is read before its types are looked at. */
export interface ReadCell {
  readonly file: ts.SourceFile;
  /** What is wrong with its syntax. */
  readonly diagnostics: readonly ts.Diagnostic[];
  /** Its source with blanks where it exports: everything at its top is known to later cells in any case. */
  readonly source: string;
  /** How many characters stand before the user's: an object, which by itself would be a block, is put into parentheses. */
  readonly before: number;
  /** What it declares at its top, values and types. */
  readonly names: readonly string[];
  /** Whether it awaits outside of functions, and so must run as an async function itself. */
  readonly isAsync: boolean;
}

export function readCell(given: string): ReadCell {
  const object = asObject(given);
  const source = object ?? given.replace(/^#!/, "//"); // a line for a shell is a comment
  const file = bind(ts, parsed(source));
  const names = [...file.locals.keys()].filter((name) => !/^("|__global$)/.test(name as string));
  return {
    file,
    diagnostics: file.parseDiagnostics,
    source: withoutExports(file).slice(0, source.length),
    before: object === undefined ? 0 : 1,
    names: names.map(ts.unescapeLeadingUnderscores),
    isAsync: awaitsAtTop(file),
  };
}

/** As a module: only there is `await` at the top the operator. */
function parsed(source: string): ts.SourceFile {
  const text = `${source}\nexport {};`;
  return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** A cell that is an object and nothing else, in parentheses, as Node's own command line reads it. */
function asObject(source: string): string | undefined {
  if (!/^\s*\{.*\}\s*$/s.test(source)) return undefined;
  const wrapped = `(${source})`;
  const file = parsed(wrapped);
  const [only] = file.statements;
  const isObject =
    file.parseDiagnostics.length === 0 &&
    ts.isExpressionStatement(only) &&
    ts.isParenthesizedExpression(only.expression) &&
    ts.isObjectLiteralExpression(only.expression.expression) &&
    only.expression.expression.properties.every((property) => isWhole(property));
  return isObject ? wrapped : undefined;
}

/** The parser takes calls and assignments in a block, `f();` and `x = 1`, for parts of an object that lack something. */
function isWhole(property: ts.ObjectLiteralElementLike): boolean {
  if (ts.isShorthandPropertyAssignment(property)) return property.objectAssignmentInitializer === undefined;
  const isFunction = ts.isMethodDeclaration(property) || ts.isAccessor(property);
  return !isFunction || property.body !== undefined;
}

/** Stands after a cell when its types are checked, so that the compiler writes declarations of all that it declares. */
export const exportOf = (names: readonly string[]): string => `\nexport {${names.join(", ")}}`;

function withoutExports(file: ts.SourceFile): string {
  let { text } = file;
  for (const [from, to] of file.statements.flatMap((statement) => exportsOf(statement)))
    text = text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, " ") + text.slice(to);
  return text;
}

type Range = readonly [from: number, to: number];

/** Where a statement says that it exports, as far as the rest is a statement without that. */
function exportsOf(statement: ts.Statement): Range[] {
  const start = statement.getStart();
  if (ts.isExportDeclaration(statement)) return [[start, statement.getEnd()]];
  if (ts.isExportAssignment(statement)) return [[start, statement.expression.getStart()]];
  const { modifiers = [], name } = statement as ts.Statement & {
    modifiers?: readonly ts.Node[];
    name?: ts.Node;
  };
  const words = [ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword];
  const exporting = modifiers.filter(({ kind }) => words.includes(kind));
  const isNameless = exporting.length > 1 && !name;
  return isNameless ? [] : exporting.map((one) => [one.getStart(), one.getEnd()]);
}

/** Whether code awaits outside of functions. */
export function awaitsAtTop(top: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    )
      return true;
    return !ts.isFunctionLike(node) && (ts.forEachChild(node, visit) ?? false);
  };
  return visit(top);
}
