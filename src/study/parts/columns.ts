import { makeOutcomes, type Outcomes } from "../outcomes.js";
import { fromBase64, toBase64 } from "./base64.js";

/** Outcomes as texts: each column in base64, of whole numbers in as few bytes as they need. About 20 letters a trial. */
export type PackedColumns = Partial<Record<keyof Outcomes, string>>;

/** Packs outcomes; columns in which nothing stands are left out. */
export function packColumns(outcomes: Outcomes): PackedColumns {
  const packed: PackedColumns = {};
  for (const name of Object.keys(outcomes) as (keyof Outcomes)[]) {
    const column = outcomes[name];
    const empty = column instanceof Float32Array ? column.every(Number.isNaN) : column.every((n) => n === 0);
    if (!empty) packed[name] = toBase64(column instanceof Uint32Array ? narrowed(column) : column);
  }
  return packed;
}

/** @throws Error if the texts are not those of so many outcomes */
export function unpackColumns(packed: PackedColumns, count: number): Outcomes {
  const outcomes = makeOutcomes(count);
  for (const name of Object.keys(outcomes) as (keyof Outcomes)[]) {
    const column = outcomes[name];
    const text = packed[name];
    if (text !== undefined) column.set(numbersIn(fromBase64(text), column, count));
    else if (column instanceof Float32Array) column.fill(Number.NaN);
  }
  if (outcomes.status.some((status) => status < 1 || status > 3)) throw new Error("a status is unknown");
  return outcomes;
}

/** The same whole numbers, in one, two or four bytes each. */
function narrowed(column: Uint32Array): Uint8Array | Uint16Array | Uint32Array {
  let largest = 0;
  for (const number of column) if (number > largest) largest = number;
  if (largest < 2 ** 8) return Uint8Array.from(column);
  return largest < 2 ** 16 ? Uint16Array.from(column) : column;
}

function numbersIn({ buffer }: Uint8Array<ArrayBuffer>, column: ArrayBufferView, count: number) {
  const width = buffer.byteLength / count;
  if (column instanceof Float32Array && width === 4) return new Float32Array(buffer);
  if (!(column instanceof Float32Array) && width === 1) return new Uint8Array(buffer);
  if (column instanceof Uint32Array && width === 2) return new Uint16Array(buffer);
  if (column instanceof Uint32Array && width === 4) return new Uint32Array(buffer);
  throw new Error(`${buffer.byteLength} bytes are not ${count} numbers`);
}
