import type { CellPlace, Locate } from "./positions.js";

/** One frame of a stack that lies in a cell. */
export interface CellFrame {
  /** The function's name; empty at the top of a cell. */
  readonly name: string;
  readonly count: number;
  readonly place: CellPlace;
  readonly source: string;
}

/** The cells that have run, so that a stack can be told in their users' lines. */
export interface Scripts {
  /** Notes a cell; returns the file name to run it under. */
  add(count: number, source: string, locate: Locate): string;
  framesOf(stack: string): CellFrame[];
}

const FRAME = /^\s+at (?:async (?=xorlab))?(?:(.*?) \()?xorlab-cell-(\d+)\.js:(\d+):(\d+)\)?$/;

export function scriptRegister(): Scripts {
  const known: { readonly count: number; readonly source: string; readonly locate: Locate }[] = [];
  return {
    add(count, source, locate) {
      known.push({ count, source, locate });
      return `xorlab-cell-${known.length - 1}.js`;
    },
    framesOf(stack) {
      return stack.split("\n").flatMap((text) => {
        const match = FRAME.exec(text);
        const script = match && known[Number(match[2])];
        const place = script?.locate(Number(match?.[3]), Number(match?.[4]));
        return script && place ? [{ ...script, place, name: functionName(match?.[1]) }] : [];
      });
    },
  };
}

/** V8's name for a frame as users know it: without the objects that are tslab's or Node's, without "async". */
function functionName(text = ""): string {
  const name = text
    .replace(/^async /, "")
    .replace(/^(exports|Proxy|Object|Module)\./, "")
    .replace(/ \[as .*\]$/, "");
  return /^eval$|^<anonymous>$|^(Timeout|Immediate)\./.test(name) ? "" : name;
}
