import { nearMiss } from "./nearMiss.js";
import { type CellPlace, type Locate, lineIndex, takeMaps } from "./positions.js";
import { expandShorthand } from "./shorthand.js";
import { awaitsAtTop } from "./topLevelAwait.js";
import type { Converted, Tslab } from "./tslab.js";

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

/** A cell ready to run, or what is wrong with it. */
export interface Compiled extends Omit<Converted, "diagnostics" | "output"> {
  readonly faults: readonly Fault[];
  readonly code: string;
  readonly locate: Locate;
  readonly hasToplevelAwait: boolean;
}

/** Checks a cell's types against the declarations of those before, and turns it into JavaScript. */
export function compileCell(tslab: Tslab, declarations: string, source: string): Compiled {
  const { source: expanded, original } = expandShorthand(tslab.ts, source);
  const [user, put] = [lineIndex(source), lineIndex(expanded)];
  const placeOf = (offset: number): CellPlace => {
    const { line, column } = user.place(original(offset));
    return { line: line + 1, column: column + 1 };
  };
  const converted = tslab.converter.convert(declarations, expanded);
  const { code, locate } = takeMaps(converted.output ?? "", (line, column) =>
    placeOf(put.offset(line, column)),
  );
  const faults = converted.diagnostics.map((found) => {
    const { code, fileName: file } = found;
    const message = nearMiss(found.messageText);
    if (file)
      return {
        message,
        code,
        file,
        line: found.start.line + 1,
        column: found.start.character + 1,
        length: 1,
      };
    const [start, end] = [original(found.start.offset), original(found.end.offset)];
    const lineEnd = source.indexOf("\n", start);
    const last = Math.min(end, lineEnd < 0 ? source.length : lineEnd);
    return { message, code, ...placeOf(found.start.offset), length: Math.max(1, last - start) };
  });
  const hasToplevelAwait = awaitsAtTop(tslab.ts, source);
  return { ...converted, hasToplevelAwait, code, locate, faults: merged(faults) };
}

/** TypeScript's explanations of one fault come one by one: put together again, each further in. */
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
