import childProcess, { type ChildProcess } from "node:child_process";
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Alarm } from "./alarm.js";
import { type Cell, currentCell } from "./cell.js";
import { KeyboardInterrupt } from "./errors.js";
import { MARK, markOf, watchForEnd } from "./marked.js";
import type { Print, StreamName } from "./output.js";
import { patch } from "./patch.js";

/** What Node's own functions pass to the method that starts a process. */
interface SpawnOptions {
  readonly envPairs?: string[];
  readonly stdio?: unknown;
  readonly detached?: boolean;
}

/**
 * Follows the processes that cells start: what they print through inherited output appears under their cell, Stop reaches
 * them, and they end with the kernel.
 */
export function followChildren(print: Print, alarm: Alarm) {
  const running = new Map<ChildProcess, Cell>();
  let watched = false;
  let watching = false; // the process that is started is no cell's, but the kernel's own
  const watch = (): void => {
    if (watched) return;
    [watched, watching] = [true, true];
    watchForEnd(alarm.mark());
    watching = false;
  };

  // All of Node's functions that do not wait start their processes by this method.
  const starting = childProcess.ChildProcess.prototype as unknown as {
    spawn(options: SpawnOptions): unknown;
  };
  const { spawn } = starting;
  starting.spawn = function (this: ChildProcess, options) {
    const cell = currentCell();
    if (!cell || watching) return Reflect.apply(spawn, this, [options]);
    watch();
    options.envPairs?.push(`${MARK}=${markOf(alarm.mark())}`);
    const { stdio, inherited } = redirected(options.stdio, () => "pipe");
    const result = Reflect.apply(spawn, this, [{ ...options, stdio }]);
    for (const [number, name] of inherited) {
      const stream = this.stdio[number] as Readable | null;
      stream?.setEncoding("utf8").on("data", (text: string) => print(cell, name, text));
      Object.assign(this.stdio, { [number]: null }); // as where output is inherited
      Object.assign(this, { [NAMES[number]]: null });
    }
    if (this.pid !== undefined && !options.detached) {
      running.set(this, cell);
      this.once("exit", () => running.delete(this));
    }
    return result;
  };

  patch(childProcess, ["spawnSync", "execSync", "execFileSync"], (call, given) => {
    const cell = currentCell();
    if (!cell) return call(...given);
    watch();
    return waitFor(cell, given, call);
  });
  /** Does a call that waits for a process; what that has printed in our place is printed when it has ended. */
  const waitFor = (cell: Cell, given: unknown[], call: (...given: unknown[]) => unknown): unknown => {
    const at = given.findIndex((one, i) => i > 0 && typeof one === "object" && one && !Array.isArray(one));
    const options = { ...(given[at] as { stdio?: unknown; env?: object } | undefined) };
    const files = temporaryFiles();
    const { stdio, inherited } = redirected(options.stdio, files.open);
    let result: unknown;
    try {
      if (alarm.rings()) throw new KeyboardInterrupt();
      result = alarm.spawn((number) => {
        const env = { ...(options.env ?? process.env), [MARK]: markOf(alarm.mark(), number) };
        const changed = { ...options, ...(options.stdio === undefined ? {} : { stdio }), env };
        return call(
          ...given.slice(0, at < 0 ? undefined : at),
          changed,
          ...(at < 0 ? [] : given.slice(at + 1)),
        );
      });
    } catch (error) {
      throw alarm.rings() ? new KeyboardInterrupt() : error; // not what the process says of its early end
    } finally {
      for (const [number, name] of inherited) print(cell, name, files.text(number));
      files.close();
    }
    if (alarm.rings()) throw new KeyboardInterrupt();
    return result;
  };
  process.once("exit", () => {
    for (const child of running.keys()) child.kill(); // where nobody watches: on Windows
  });
  return {
    /** Stop has ended a cell: what it started and still runs gets SIGINT, as Ctrl-C does it in a terminal. */
    interrupt(cell: Cell): void {
      for (const [child, of] of running) if (of === cell) child.kill("SIGINT");
    },
  };
}

const NAMES = ["stdin", "stdout", "stderr"] as const;

/** Which stream of ours an entry of `stdio` means. */
function ours(entry: unknown, number: number): StreamName | undefined {
  if (entry === 1 || entry === process.stdout) return "stdout";
  if (entry === 2 || entry === process.stderr) return "stderr";
  return entry === "inherit" && number > 0 ? (NAMES[number] as StreamName) : undefined;
}

/** `stdio` with something else in place of our own output, and where that was. */
function redirected(
  stdio: unknown,
  open: (number: number) => unknown,
): { readonly stdio: unknown; readonly inherited: readonly (readonly [number: number, name: StreamName])[] } {
  if (typeof stdio !== "string" && !Array.isArray(stdio)) return { stdio, inherited: [] };
  const list: unknown[] = typeof stdio === "string" ? [stdio, stdio, stdio] : [...stdio];
  const inherited: [number, StreamName][] = [];
  for (const number of [1, 2]) {
    const name = ours(list[number], number);
    if (!name) continue;
    list[number] = open(number);
    inherited.push([number, name]);
  }
  return { stdio: inherited.length > 0 ? list : stdio, inherited };
}

const MOST = 4_000_000; // bytes of a process's output: more than a cell shows

/** Files for what a process prints while we wait for it. */
function temporaryFiles() {
  const files = new Map<number, number>();
  let folder: string | undefined;
  return {
    open(number: number): number {
      folder ??= mkdtempSync(join(tmpdir(), "xorlab-output-"));
      const file = openSync(join(folder, String(number)), "w+");
      files.set(number, file);
      return file;
    },
    text(number: number): string {
      const file = files.get(number) as number;
      const bytes = Buffer.alloc(Math.min(MOST, fstatSync(file).size));
      return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
    },
    close(): void {
      for (const file of files.values()) closeSync(file);
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
