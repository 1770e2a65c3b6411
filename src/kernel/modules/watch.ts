import { statSync } from "node:fs";
import type { FileWatcher, FileWatcherCallback, System } from "typescript-for-cells";
import type { TypeScript } from "../typescript.js";

/** The files that the compiler has read, looked at again before each cell. */
export interface Watch {
  /** Stands in for the system's watchers. */
  readonly watchFile: NonNullable<System["watchFile"]>;
  readonly watchDirectory: NonNullable<System["watchDirectory"]>;
  /** Tells the compiler what has been written, made or removed since the last call. */
  look(): void;
}

/**
 * Watches files by looking at them when a cell begins. The system's own watchers would tell later than the cell that is run
 * right after a file was saved, and there is a limit to their number.
 */
export function watchByLooking({ FileWatcherEventKind }: TypeScript): Watch {
  const watched = new Map<string, { seen: string; readonly callbacks: Set<FileWatcherCallback> }>();
  const nothing: FileWatcher = { close() {} };
  return {
    watchDirectory: () => nothing, // what imports lead to is looked up anew for each cell
    watchFile(path, callback) {
      const entry = watched.get(path) ?? { seen: stateOf(path), callbacks: new Set() };
      watched.set(path, entry);
      entry.callbacks.add(callback);
      return {
        close() {
          entry.callbacks.delete(callback);
          if (entry.callbacks.size === 0 && watched.get(path) === entry) watched.delete(path);
        },
      };
    },
    look() {
      for (const [path, entry] of [...watched]) {
        const { seen, callbacks } = entry;
        const now = stateOf(path);
        if (now === seen) continue;
        entry.seen = now;
        const { Created, Changed, Deleted } = FileWatcherEventKind;
        const kind = seen === "" ? Created : now === "" ? Deleted : Changed;
        for (const callback of [...callbacks]) callback(path, kind);
      }
    },
  };
}

/** When a file was written and how long it is; empty if there is none. */
function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : "";
}
