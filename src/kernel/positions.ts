import { SourceMap } from "node:module";
import { MAPS } from "./tslab.js";

/** A place in a cell as its user sees it: both counted from 1. */
export interface CellPlace {
  readonly line: number;
  readonly column: number;
}

/** The cell's place for one in the code that runs (line and column as stacks count them: from 1). */
export type Locate = (line: number, column: number) => CellPlace | undefined;

const COMMENT = new RegExp(`\\n//# ${MAPS}([\\w+/=]*)\\s*$`);
const PREFIX_LINES = 1; // tslab puts "export {};" before a cell
const WRAPPER_LINES = 1; // and we the head of a function

/** Takes the source maps off the end of converted code. */
export function takeMaps(output: string, userOffset: (line: number, column: number) => CellPlace) {
  const encoded = COMMENT.exec(output)?.[1];
  const code = output.replace(COMMENT, "");
  if (encoded === undefined) return { code, locate: (() => undefined) as Locate };
  const [toModule, toScript] = (JSON.parse(Buffer.from(encoded, "base64").toString()) as string[]).map(
    (map) => new SourceMap(JSON.parse(map)),
  );
  const lines = code.split("\n").length;
  const locate: Locate = (line, column) => {
    if (line <= WRAPPER_LINES || line > WRAPPER_LINES + lines) return undefined; // the function around the cell
    const module = entry(toScript, line - 1 - WRAPPER_LINES, column - 1);
    const source = module && entry(toModule, module.line, module.column);
    return source && source.line >= PREFIX_LINES
      ? userOffset(source.line - PREFIX_LINES, source.column)
      : undefined;
  };
  return { code, locate };
}

function entry(map: SourceMap, line: number, column: number) {
  const found = map.findEntry(line, column);
  if (!("originalLine" in found)) return undefined;
  return { line: found.originalLine, column: found.originalColumn };
}

/** Offsets of a text as lines and columns, and back; both counted from 0. */
export function lineIndex(text: string) {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return {
    offset: (line: number, column: number) =>
      Math.min((starts[Math.min(line, starts.length - 1)] ?? 0) + column, text.length),
    place(offset: number) {
      let line = starts.length - 1;
      while (starts[line] > offset) line--;
      return { line, column: offset - starts[line] };
    },
  };
}
