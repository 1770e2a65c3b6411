import { dirname, relative } from "node:path";
import ts from "typescript-for-cells";
import { type Declaration, declarationsIn, textOfDeclarations } from "./declarations.js";
import { releaseCell } from "./exchange.js";
import { withHint } from "./hints.js";
import { type ImportAtTop, importsAtTop } from "./modules/translate.js";
import { diagnosticsOf } from "./modules/types.js";
import { type Fault, type Locate, locator, placeAt } from "./places.js";
import { exportOf, readCell } from "./read.js";
import { rewriteCell } from "./rewrite.js";
import type { Scope } from "./scope.js";
import type { Tslab } from "./tslab.js";
import { variablesOf } from "./variables.js";

/** A cell ready to run. */
export interface Compiled {
  /** The body of a function, which returns a list of one if the cell has a result. */
  readonly code: string;
  readonly locate: Locate;
  readonly isAsync: boolean;
  /** The pages of the scope to which the code refers. */
  readonly pages: readonly number[];
  /** What the cell declares. */
  readonly declarations: readonly Declaration[];
  /** What its import statements load, in order. */
  readonly imports: readonly ImportAtTop[];
}

/** Checks a cell's types against the declarations of those before, and turns it into JavaScript, unless it has faults. */
export function compileCell(
  tslab: Tslab,
  scope: Pick<Scope, "pageOf">,
  earlier: readonly Declaration[],
  source: string,
): Compiled | readonly Fault[] {
  const read = readCell(source);
  if (read.diagnostics.length > 0) return faultsOf(read.diagnostics, source, read.file, 0);
  const opened = tslab.open(textOfDeclarations(earlier), read.source + exportOf(read.names));
  const { program, cell } = opened;
  const files = [cell, ...tslab.types.ownModules(program, cell)];
  const found = files.flatMap((file) => ts.sortAndDeduplicateDiagnostics(diagnosticsOf(program, file)));
  const diagnostics = found.filter((one) => !isGlobal(one));
  if (diagnostics.length > 0) return faultsOf(diagnostics, source, cell, read.before);

  const checker = program.getTypeChecker();
  const variables = variablesOf(opened, scope);
  const written = emit(program, cell, rewriteCell(checker, variables, resultOf(cell)));
  const declarations = declarationsIn(written.declarations, read.names, checker, cell);
  if (found.length === 0) releaseCell(cell);
  return {
    code: written.code,
    locate: locatedFrom(read.before, locator(written.map, written.code)),
    isAsync: read.isAsync,
    pages: [...variables.pages],
    declarations,
    imports: importsAtTop(source, written.code),
  };
}

const UNKNOWN_NAME = new Set([2304, 2552]);

/** Whether a name that TypeScript does not know is there all the same: Node has some without types, and cells make others. */
function isGlobal({ code, file, start = 0, length = 0 }: ts.Diagnostic): boolean {
  return UNKNOWN_NAME.has(code) && Object.hasOwn(globalThis, file?.text.slice(start, start + length) ?? "");
}

/** Places in the source that the user wrote, before which so many characters stand in the first line. */
function locatedFrom(before: number, locate: Locate): Locate {
  return (line, column) => {
    const place = locate(line, column);
    return place?.line === 1 ? { ...place, column: Math.max(1, place.column - before) } : place;
  };
}

/** The last expression, unless a semicolon after it says that its value is not to be shown. */
function resultOf(cell: ts.SourceFile): ts.Statement | undefined {
  const isNothing = (one: ts.Statement) =>
    ts.isExportDeclaration(one) || ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
  const last = [...cell.statements].reverse().find((one) => !isNothing(one));
  return last && ts.isExpressionStatement(last) && !last.getText().endsWith(";") ? last : undefined;
}

/** A cell's JavaScript, its source map, and what it declares: even where the compiler finds that it cannot write a type. */
function emit(program: ts.Program, cell: ts.SourceFile, rewrite: ts.TransformerFactory<ts.SourceFile>) {
  const texts = new Map<string, string>();
  const write = (path: string, text: string) => texts.set(path.slice(path.indexOf("__tslab__")), text);
  const emitAll = program.emit as (...all: unknown[]) => void;
  emitAll(cell, write, undefined, undefined, { before: [rewrite] }, true);
  const text = (ending: string) => texts.get(`__tslab__${ending}`) ?? "";
  return {
    code: text(".js").replace(/(^|\n)export \{\};\n\/\/# sourceMappingURL=.*\s*$/, ""),
    map: text(".js.map"),
    declarations: text(".d.ts"),
  };
}

/** @param before  how much longer the compiler's source is than the user's, at its beginning */
function faultsOf(
  diagnostics: readonly ts.Diagnostic[],
  source: string,
  cell: ts.SourceFile,
  before: number,
): Fault[] {
  return diagnostics.map(({ file, start = 0, length = 0, messageText, code }) => {
    const lines = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
    const isModule = file !== undefined && file !== cell;
    const folder = isModule ? dirname(file.fileName) : process.cwd();
    const message = lines.map((line) => withHint(line, folder)).join("\n");
    const [text, skipped] = isModule ? [file.text, 0] : [source, before];
    const first = Math.min(Math.max(start - skipped, 0), text.length);
    const lineEnd = text.indexOf("\n", first);
    const last = Math.min(start - skipped + length, lineEnd < 0 ? text.length : lineEnd);
    const fault = { message, code, ...placeAt(text, first), length: Math.max(1, last - first) };
    return isModule ? { ...fault, file: relative(process.cwd(), file.fileName), source: text } : fault;
  });
}
