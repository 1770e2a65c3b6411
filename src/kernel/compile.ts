import { dirname, relative } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import type { ConvertResult, Diagnostic } from "tslab/dist/converter.js";
import type { DiagnosticMessageChain, Diagnostic as FileDiagnostic } from "typescript-for-cells";
import { importHint } from "./modules/hints.js";
import { importsAtTop } from "./modules/translate.js";
import { type CellPlace, type Locate, lineIndex, takeMaps } from "./places.js";
import { awaitsAtTop, expandShorthand } from "./rewrite.js";
import type { Tslab } from "./tslab.js";

/** A fault that the compiler found in a cell. */
export interface Fault extends CellPlace {
  /** One line, or several where TypeScript explains itself. */
  readonly message: string;
  readonly code: number;
  /** How many characters of the line are concerned; at least 1. */
  readonly length: number;
  /** The module of one's own in which it is; undefined: the cell itself. */
  readonly file?: string;
  /** That module's text. */
  readonly source?: string;
}

/** What an import statement of a cell names. */
export interface CellImport {
  readonly specifier: string;
  readonly place?: CellPlace;
}

/** A cell ready to run, or what is wrong with it. */
export interface Compiled extends Omit<ConvertResult, "diagnostics" | "output"> {
  readonly faults: readonly Fault[];
  readonly code: string;
  readonly locate: Locate;
  readonly hasToplevelAwait: boolean;
  /** What its import statements name and load, in order. */
  readonly imports: readonly CellImport[];
}

/** Checks a cell's types against the declarations of those before, and turns it into JavaScript. */
export function compileCell(tslab: Tslab, declarations: string, source: string): Compiled {
  const { source: expanded, original } = expandShorthand(tslab.ts, source);
  const [inSource, inExpanded] = [lineIndex(source), lineIndex(expanded)];
  const placeOf = (offset: number): CellPlace => {
    const { line, column } = inSource.place(original(offset));
    return { line: line + 1, column: column + 1 };
  };
  const faultOf = ({ messageText, code, start, end }: Diagnostic): Fault => {
    const message = withHint(messageText);
    const first = original(start.offset);
    const lineEnd = source.indexOf("\n", first);
    const last = Math.min(original(end.offset), lineEnd < 0 ? source.length : lineEnd);
    return { message, code, ...placeOf(start.offset), length: Math.max(1, last - first) };
  };
  tslab.types.refresh();
  const converted = tslab.converter.convert(declarations, expanded);
  const { code, locate } = takeMaps(converted.output ?? "", (line, column) =>
    placeOf(inExpanded.offset(line, column)),
  );
  const faults = merged([
    ...converted.diagnostics.map(faultOf),
    ...tslab.faultsInModules().flatMap(moduleFaults),
  ]);
  const imports = importsAtTop(tslab.ts, source, code).map(({ specifier, at }): CellImport => {
    const { line, column } = inSource.place(at ?? 0);
    return at === undefined ? { specifier } : { specifier, place: { line: line + 1, column: column + 1 } };
  });
  return { ...converted, hasToplevelAwait: awaitsAtTop(tslab.ts, source), code, locate, faults, imports };
}

/** The faults of one's own modules, as messages of the compiler. */
function moduleFaults({ file, start = 0, length = 1, messageText, code }: FileDiagnostic): Fault[] {
  if (!file) return [];
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const place = { line: line + 1, column: character + 1, length };
  const shown = { file: relative(process.cwd(), file.fileName), source: file.text };
  const fault = (text: string) => ({
    message: withHint(text, dirname(file.fileName)),
    code,
    ...place,
    ...shown,
  });
  const all = (chain: DiagnosticMessageChain): string[] => [
    chain.messageText,
    ...(chain.next ?? []).flatMap(all),
  ];
  return (typeof messageText === "string" ? [messageText] : all(messageText)).map(fault);
}

/** TypeScript explains one fault in several messages: these become one, each line further in. */
function merged(faults: readonly Fault[]): Fault[] {
  const kept: Fault[] = [];
  for (const fault of faults) {
    const before = kept.at(-1);
    const same =
      before?.line === fault.line && before.column === fault.column && before.length === fault.length;
    if (before && same && before.file === fault.file)
      kept[kept.length - 1] = { ...before, message: `${before.message}\n  ${fault.message}` };
    else kept.push(fault);
  }
  return kept;
}

const NO_MODULE = /^Cannot find module (?:or type declarations for side-effect import of )?'([^']+)'/;
const REFUSED = /^Type '"([^'"]{1,100})"' is not assignable to type '("[^']*)'\.$/;

/**
 * A compiler's message with what was probably meant: the closest of the allowed texts (TypeScript suggests one only where
 * the two are closer still), a forgotten await, or where an unknown name or module comes from.
 *
 * @param folder  that of the file that the message is about
 */
export function withHint(message: string, folder = process.cwd()): string {
  if (/type 'Promise</.test(message)) return `${message} Did you forget "await"?`;
  const [, module] = NO_MODULE.exec(message) ?? [];
  if (module !== undefined) return `Cannot find module "${module}". ${importHint(module, folder)}`.trimEnd();
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
