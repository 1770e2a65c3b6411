import Module from "node:module";
import type ts from "typescript-for-cells";
import { loadCompiled } from "./compiledCode.js";
import { statsOf } from "./modules/packages.js";

/** What a kernel finds loaded if it was started from the snapshot that set-up makes: jupyter/kernel/snapshot.cjs. */
export interface Kept {
  readonly ts: typeof ts;
  /** What `console` lacks in a kernel that was started from a snapshot. */
  readonly Console: typeof console.Console;
  /** The declaration files that every kernel reads, by path, as they were when they were parsed. */
  readonly files: ReadonlyMap<string, KeptFile>;
}

interface KeptFile {
  readonly source: ts.SourceFile;
  /** When the file was written, in milliseconds. */
  readonly modified: number;
  /** In bytes. */
  readonly size: number;
}

const KEPT = Symbol.for("xorlab.kept");

/**
 * Takes what the snapshot holds out of the cells' sight; undefined in a kernel that was started without one. Processes that cells fork
 * have the same options, but do not start from it.
 */
export function takeKept(): Kept | undefined {
  const isOther = (option: string, i: number, all: readonly string[]) =>
    ![option, all[i - 1]].includes("--snapshot-blob");
  process.execArgv = process.execArgv.filter(isOther);
  const place = globalThis as { [KEPT]?: Kept };
  const kept = place[KEPT];
  delete place[KEPT];
  if (kept) console.Console = kept.Console;
  return kept;
}

/** Has all that import TypeScript later get that of the snapshot, or else what V8 has kept of it. */
export function provideTypeScript(kept: Kept | undefined): void {
  const path = require.resolve("typescript-for-cells");
  if (kept) require.cache[path] = Object.assign(new Module(path), { exports: kept.ts, loaded: true });
  else loadCompiled(path);
}

/** The kept files that have not changed on disk since they were parsed. */
export function unchanged(kept: Kept | undefined): ReadonlyMap<string, ts.SourceFile> {
  const sources = new Map<string, ts.SourceFile>();
  for (const [path, { source, modified, size }] of kept?.files ?? []) {
    const now = statsOf(path);
    if (now?.mtimeMs === modified && now.size === size) sources.set(path, source);
  }
  return sources;
}
