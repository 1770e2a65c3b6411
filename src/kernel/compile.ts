import { relative } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import type { Diagnostic, Program, SourceFile, Statement } from "typescript-for-cells";
import { modulesOf, PREFIX } from "./compiler.js";
import { type Declaration, declarationsIn, textOfDeclarations } from "./declarations.js";
import type { TypeScript } from "./edition.js";
import { type CellPlace, type Locate, locator } from "./places.js";
import { exportOf, readCell } from "./read.js";
import { rewriteCell } from "./rewrite.js";
import type { Scope } from "./scope.js";
import type { Tslab } from "./tslab.js";
import { variablesOf } from "./variables.js";

/** A fault that the compiler found in a cell. */
export interface Fault extends CellPlace {
  /** One line, or several where TypeScript explains itself. */
  readonly message: string;
  readonly code: number;
  /** How many characters of the line are concerned; at least 1. */
  readonly length: number;
  /** The module beside the notebook in which it is; undefined: the cell itself. */
  readonly file?: string;
}

/** A module beside the notebook as JavaScript. */
export interface SideOutput {
  /** Its file's path, as if that were JavaScript. */
  readonly path: string;
  readonly data: string;
  /** The source map of `data`, as JSON. */
  readonly map: string;
}

/** A cell ready to run. */
export interface Compiled {
  /** The body of a function, which returns { value } if the cell has a result. */
  readonly code: string;
  readonly locate: Locate;
  readonly isAsync: boolean;
  /** The pages of the scope to which the code refers. */
  readonly pages: readonly number[];
  /** What the cell declares. */
  readonly declarations: readonly Declaration[];
  readonly sideOutputs: readonly SideOutput[];
}

/** Checks a cell's types against the declarations of those before, and turns it into JavaScript, unless it has faults. */
export function compileCell(
  tslab: Tslab,
  scope: Pick<Scope, "pageOf">,
  earlier: readonly Declaration[],
  source: string,
): Compiled | readonly Fault[] {
  const { ts } = tslab;
  const read = readCell(ts, source);
  if (read.diagnostics.length > 0) return faultsOf(ts, read.diagnostics, source, read.file, 0);
  const opened = tslab.open(textOfDeclarations(earlier), read.source + exportOf(read.names));
  const { program, cell } = opened;
  const modules = modulesOf(program, cell);
  const diagnostics = ts.sortAndDeduplicateDiagnostics(
    [cell, ...modules].flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  );
  if (diagnostics.length > 0) return faultsOf(ts, diagnostics, source, cell, PREFIX.length);

  const checker = program.getTypeChecker();
  const variables = variablesOf(ts, { ...opened, checker, pageOf: scope.pageOf });
  const written = emit(program, cell, {
    before: [rewriteCell(ts, checker, variables, resultOf(ts, cell))],
    after: [withoutExports(ts)],
  });
  return {
    code: written.code,
    locate: locator(written.map, written.code),
    isAsync: read.isAsync,
    pages: [...variables.pages],
    declarations: declarationsIn(ts, written.declarations, read.names, checker, cell),
    sideOutputs: modules.flatMap((file) => sideOutput(ts, program, file)),
  };
}

/** The last expression, unless a semicolon after it says that its value is not to be shown. */
function resultOf(ts: TypeScript, cell: SourceFile): Statement | undefined {
  const isNothing = (one: Statement) =>
    ts.isExportDeclaration(one) || ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
  const last = [...cell.statements].reverse().find((one) => !isNothing(one));
  return last && ts.isExpressionStatement(last) && !last.getText().endsWith(";") ? last : undefined;
}

type Transformers = Parameters<Program["emit"]>[4];

/** A cell's JavaScript, its source map, and what it declares: even where the compiler finds that it cannot write a type. */
function emit(program: Program, cell: SourceFile, transformers: Transformers) {
  const texts = new Map<string, string>();
  const write = (path: string, text: string) => texts.set(path.slice(path.indexOf("__tslab__")), text);
  (program.emit as (...all: unknown[]) => void)(cell, write, undefined, undefined, transformers, true);
  const text = (ending: string) => texts.get(`__tslab__${ending}`) ?? "";
  return {
    code: text(".js").replace(/\n\/\/# sourceMappingURL=.*\s*$/, ""),
    map: text(".js.map"),
    declarations: text(".d.ts"),
  };
}

const withoutExports = (ts: TypeScript) => () => (file: SourceFile) =>
  ts.factory.updateSourceFile(
    file,
    file.statements.filter((one) => !ts.isExportDeclaration(one)),
  );

const compiledModules = new WeakSet<SourceFile>(); // a module that changes is another SourceFile

/** A module beside the notebook, if it has not been compiled in its present form. */
function sideOutput(ts: TypeScript, program: Program, file: SourceFile): SideOutput[] {
  if (compiledModules.has(file)) return [];
  compiledModules.add(file);
  const { fileName, text } = file;
  const { target, jsx, esModuleInterop, experimentalDecorators } = program.getCompilerOptions();
  const compilerOptions = {
    ...{ target, jsx, esModuleInterop, experimentalDecorators },
    module: ts.ModuleKind.CommonJS,
    sourceMap: true,
  };
  const { outputText, sourceMapText = "" } = ts.transpileModule(text, { fileName, compilerOptions });
  return [
    {
      path: fileName.replace(/\.[cm]?[jt]sx?$/, ".js"),
      data: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ""),
      map: sourceMapText,
    },
  ];
}

/** @param before  how much longer the compiler's source is than the user's, at its beginning */
function faultsOf(
  ts: TypeScript,
  diagnostics: readonly Diagnostic[],
  source: string,
  cell: SourceFile,
  before: number,
): Fault[] {
  return diagnostics.map(({ file, start = 0, length = 0, messageText, code }) => {
    const lines = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
    const message = lines.map(withHint).join("\n");
    if (file && file !== cell) {
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      const path = relative(process.cwd(), file.fileName);
      return { message, code, file: path, line: line + 1, column: character + 1, length: 1 };
    }
    const first = Math.min(Math.max(start - before, 0), source.length);
    const lineStart = source.lastIndexOf("\n", first - 1) + 1;
    const lineEnd = source.indexOf("\n", first);
    const last = Math.min(start - before + length, lineEnd < 0 ? source.length : lineEnd);
    const line = source.slice(0, first).split("\n").length;
    return { message, code, line, column: first - lineStart + 1, length: Math.max(1, last - first) };
  });
}

const REFUSED = /^Type '"([^'"]{1,100})"' is not assignable to type '("[^']*)'\.$/;

/**
 * A compiler's message with what was probably meant: the closest of the allowed texts (TypeScript suggests one only where
 * the two are closer still), a forgotten await, or where an unknown name comes from.
 */
export function withHint(message: string): string {
  if (/type 'Promise</.test(message)) return `${message} Did you forget "await"?`;
  const unknown = /^Cannot find name '([^']+)'\.$/.exec(message)?.[1];
  if (unknown !== undefined) return `${message} ${whereFrom(unknown)}`;
  const [, came, type] = REFUSED.exec(message) ?? [];
  const allowed = type ? [...type.matchAll(/"([^"]+)"/g)].map(([, name]) => name) : [];
  if (allowed.length === 0) return message;
  const nearest = closest(came, allowed);
  const near = distance(came.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, came.length / 3);
  return near ? `${message} Did you mean "${nearest}"?` : message;
}

/** Where an unknown name should probably have come from. */
function whereFrom(name: string): string {
  if (exportedNames().includes(name))
    return `xorlab exports it: import { ${name} } from "xorlab"; or run the cell that imports it.`;
  return "If an earlier cell declares it, run that cell first.";
}

/** What the library exports; loaded only when somebody misses a name. */
function exportedNames(): readonly string[] {
  return Object.keys(require("../index.js"));
}
