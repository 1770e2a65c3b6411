import { Session } from "node:inspector";

const PAUSE = 2000; // milliseconds without work after which nobody is kept waiting
const GROWTH = 48e6; // bytes that are worth it: the next cells take a little longer, since V8 also forgets code it has compiled

/**
 * V8 collects garbage when it needs room, and so a kernel that waits for its user would keep that of its start and of its first cells.
 *
 * @param isBusy  whether a cell runs, even if it only waits: for a study's workers, a server
 * @returns what is to be called after each piece of work: when none has followed for a while, garbage is collected, the first time and
 *          whenever there is much of it
 */
export function collectWhenIdle(isBusy: () => boolean): () => void {
  let least = 0; // bytes of memory after the last collection
  let hasWorked = false;
  const collect = (): void => {
    if (!hasWorked || isBusy() || process.memoryUsage.rss() < least + GROWTH) return;
    const session = new Session();
    session.connect();
    session.post("HeapProfiler.collectGarbage", () => {
      least = process.memoryUsage.rss();
      setImmediate(() => session.disconnect()); // in here it would wait for itself
    });
  };
  const timer = setTimeout(collect, PAUSE).unref();
  return () => {
    hasWorked = true;
    timer.refresh();
  };
}
