import type { Diagnostic, Node, SourceFile, Statement } from "typescript-for-cells";
import { bind } from "./ambient.js";
import type { TypeScript } from "./edition.js";

/** A cell as it is read before its types are looked at. */
export interface ReadCell {
  readonly file: SourceFile;
  /** What is wrong with its syntax. */
  readonly diagnostics: readonly Diagnostic[];
  /** Its source with blanks where it exports: everything at its top is known to later cells in any case. */
  readonly source: string;
  /** What it declares at its top, values and types. */
  readonly names: readonly string[];
  /** Whether it awaits outside of functions, and so must run as an async function itself. */
  readonly isAsync: boolean;
}

/** What is wrong with the syntax of a file. */
export function syntaxFaults(file: SourceFile): readonly Diagnostic[] {
  return (file as SourceFile & { readonly parseDiagnostics: readonly Diagnostic[] }).parseDiagnostics;
}

export function readCell(ts: TypeScript, source: string): ReadCell {
  // As a module: only there is `await` at the top the operator.
  const text = `${source}\nexport {};`;
  const file = bind(ts, ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
  const names = [...file.locals.keys()].filter((name) => !/^("|__global$)/.test(name as string));
  return {
    file,
    diagnostics: syntaxFaults(file),
    source: withoutExports(ts, file).slice(0, source.length),
    names: names.map(ts.unescapeLeadingUnderscores),
    isAsync: awaitsAtTop(ts, file),
  };
}

/** What tslab puts before a cell, so that it is a module. */
export const PREFIX = "export {};\n";

/** Stands after a cell when its types are checked, so that the compiler writes declarations of all that it declares. */
export const exportOf = (names: readonly string[]): string => `\nexport {${names.join(", ")}}`;

function withoutExports(ts: TypeScript, file: SourceFile): string {
  let { text } = file;
  for (const [from, to] of file.statements.flatMap((statement) => exportsOf(ts, statement)))
    text = text.slice(0, from) + text.slice(from, to).replace(/[^\r\n]/g, " ") + text.slice(to);
  return text;
}

type Range = readonly [from: number, to: number];

/** Where a statement says that it exports, as far as the rest is a statement without that. */
function exportsOf(ts: TypeScript, statement: Statement): Range[] {
  const start = statement.getStart();
  if (ts.isExportDeclaration(statement)) return [[start, statement.getEnd()]];
  if (ts.isExportAssignment(statement)) return [[start, statement.expression.getStart()]];
  const { modifiers = [], name } = statement as Statement & { modifiers?: readonly Node[]; name?: Node };
  const words = [ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword];
  const exporting = modifiers.filter(({ kind }) => words.includes(kind));
  const isNameless = exporting.length > 1 && !name;
  return isNameless ? [] : exporting.map((one) => [one.getStart(), one.getEnd()]);
}

/** Whether code awaits outside of functions. */
export function awaitsAtTop(ts: TypeScript, top: Node): boolean {
  const visit = (node: Node): boolean => {
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
