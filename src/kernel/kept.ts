import { statSync } from "node:fs";
import type { CompilerHost, SourceFile } from "typescript-for-cells";
import type { TypeScript } from "./edition.js";

/** What a kernel finds loaded if it was started from the snapshot that set-up makes: jupyter/kernel/snapshot.cjs. */
export interface Kept {
  readonly ts: TypeScript;
  /** The declaration files that every kernel reads, by path, as they were when they were parsed. */
  readonly files: ReadonlyMap<string, KeptFile>;
}

interface KeptFile {
  readonly source: SourceFile;
  /** When the file was written, in milliseconds. */
  readonly modified: number;
  /** In bytes. */
  readonly size: number;
}

const KEPT = Symbol.for("xorlab.kept");

/** Takes what the snapshot holds out of the cells' sight; undefined in a kernel that was started without one. */
export function takeKept(): Kept | undefined {
  const place = globalThis as { [KEPT]?: Kept };
  const kept = place[KEPT];
  delete place[KEPT];
  return kept;
}

/** Gives the compiler kept files in place of those on disk, where these have not changed. */
export function keptReader({ files }: Kept): (host: CompilerHost) => void {
  const sources = new Map<string, SourceFile>();
  for (const [path, { source, modified, size }] of files) {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.mtimeMs === modified && now.size === size) sources.set(path, source);
  }
  const prepared = new WeakSet<CompilerHost>();
  return (host) => {
    if (prepared.has(host)) return;
    prepared.add(host);
    const { getSourceFile, getSourceFileByPath } = host;
    host.getSourceFile = (name, ...rest) => sources.get(name) ?? getSourceFile(name, ...rest);
    host.getSourceFileByPath =
      getSourceFileByPath && ((name, ...rest) => sources.get(name) ?? getSourceFileByPath(name, ...rest));
  };
}
