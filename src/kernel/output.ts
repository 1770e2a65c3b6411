import fs from "node:fs";
import { type Cell, currentCell, inTurn } from "./cell.js";
import type { Content } from "./message.js";
import { patch } from "./patch.js";
import type { Wire } from "./wire.js";

/** Prints into a cell. */
export type Print = (cell: Cell, name: StreamName, text: string) => void;

const STREAMS = ["stdout", "stderr"] as const; // their descriptors are 1 and 2

export type StreamName = (typeof STREAMS)[number];

// What is printed is sent at once, since long work may come right after it: a hundred messages, and one more for every 10 ms that have
// passed. Jupyter's server drops messages beyond 1000 a second.
const EACH = 10; // milliseconds
const SAVED = 100 * EACH;
const ENOUGH = 16_384; // characters that are sent in any case
const MOST = 1_000_000; // characters of a cell that are shown: more makes a browser's page freeze

/** Where cells' outputs go. */
export type Output = ReturnType<typeof captureOutput>;

/** Sends what cells print as messages, each for the cell that printed it. Much printing in little time becomes few messages. */
export function captureOutput(wire: Wire) {
  let waiting: { readonly cell: Cell; readonly name: StreamName; text: string } | undefined;
  let spent = -SAVED; // up to when the time's messages are sent
  const printed = new WeakMap<Cell, number>();
  /** Sends what has been printed so far. */
  const flush = (): void => {
    if (!waiting) return;
    const { cell, name, text } = waiting;
    waiting = undefined;
    wire.send(cell.request, "iopub", "stream", { name, text });
  };
  const print: Print = (cell, name, whole) => {
    if (whole === "") return; // front ends would show an empty line
    if (cell.exited && cell.running) return; // what catches the exit would take it for an error
    if (cell.sink) return cell.sink("stream", { name, text: whole });
    const before = printed.get(cell) ?? 0;
    if (before > MOST) return;
    printed.set(cell, before + whole.length);
    const text = before + whole.length > MOST ? `${whole.slice(0, MOST - before)}${CUT}` : whole;
    if (waiting && (waiting.cell !== cell || waiting.name !== name)) flush();
    if (!waiting) {
      waiting = { cell, name, text: "" };
      inTurn(flush);
    }
    waiting.text += text;
    const now = performance.now();
    const next = Math.max(spent, now - SAVED) + EACH;
    if (next > now && waiting.text.length <= ENOUGH) return;
    spent = next;
    flush();
  };
  /** Sends a message about a cell to all clients, after what the cell has printed so far. */
  const publish = (cell: Cell, type: string, content: Content) => {
    if (cell.sink && SUNK.has(type)) return cell.sink(type, content);
    flush();
    wire.send(cell.request, "iopub", type, content);
  };
  for (const name of STREAMS) process[name].write = writer(process[name], name, print);
  captureDescriptors();
  console.clear = () => {
    const cell = currentCell();
    if (cell) publish(cell, "clear_output", { wait: false });
  };
  let groups = 0;
  const { group, groupEnd } = console;
  console.group = (...label) => {
    groups += 1;
    group(...label);
  };
  console.groupCollapsed = console.group;
  const endGroup = (): void => {
    groups = Math.max(0, groups - 1);
    groupEnd();
  };
  console.groupEnd = endGroup;
  /** Ends what console.group() has begun: its indentation ends with the cell. */
  const endGroups = (): void => {
    while (groups > 0) endGroup();
  };
  return { publish, print, flush, endGroups };
}

/** What a cell's sink takes in place of the front end. */
const SUNK = new Set(["display_data", "update_display_data", "clear_output"]);

const CUT = `\n… This cell prints too much: nothing beyond ${MOST.toLocaleString("en")} characters is shown.\n`;

/** What loggers write to the descriptors 1 and 2 by `node:fs`, past the streams, is printed as well. */
function captureDescriptors(): void {
  const streamOf = (file: unknown) =>
    typeof file === "number" && currentCell() ? STREAMS[file - 1] : undefined;
  const printed = (name: StreamName, data: unknown, range: unknown, length?: unknown): number => {
    const { offset = 0, length: count = length } = (
      Object(range) === range ? range : { offset: range }
    ) as Range;
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : undefined;
    const part =
      bytes?.subarray(Number(offset), Number(offset) + Number(count ?? bytes.length)) ?? String(data);
    process[name].write(part);
    return Buffer.byteLength(part);
  };
  patch(fs, ["writeSync"], (write, given) => {
    const [file, data, range, length] = given;
    const name = streamOf(file);
    return name ? printed(name, data, range, length) : write(...given);
  });
  patch(fs, ["write"], (write, given) => {
    const [file, data, ...rest] = given;
    const [name, done] = [streamOf(file), given.at(-1)];
    if (!name || typeof done !== "function") return write(...given);
    const [range, length] = rest.slice(0, -1);
    return void process.nextTick(done as () => void, null, printed(name, data, range, length), data);
  });
  patch(fs, ["writeFileSync", "appendFileSync"], (write, given) => {
    const name = streamOf(given[0]);
    return name ? void printed(name, given[1], {}) : write(...given);
  });
}

interface Range {
  readonly offset?: unknown;
  readonly length?: unknown;
}

/** A stream's `write` that prints into the cell; before the first cell, into the server's log. */
function writer(stream: NodeJS.WriteStream, name: StreamName, print: Print) {
  const toServer = stream.write.bind(stream) as (...all: unknown[]) => boolean;
  const decoder = new TextDecoder();
  return ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const cell = currentCell();
    if (!cell) return toServer(chunk, ...rest);
    print(cell, name, typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
    const done = rest.at(-1);
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  }) as typeof stream.write;
}
