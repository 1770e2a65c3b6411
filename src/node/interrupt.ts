/**
 * The notebook's stop button.
 *
 * Jupyter sends SIGINT. On it, tslab drops the cell's result, while our work would continue. Therefore, while we work,
 * tslab's listeners are replaced by ours: the work stops, and the cell ends normally with what was done. Works that
 * overlap share one listener.
 */
const working = new Set<() => void>();
let setAside: NodeJS.SignalsListener[] = [];

/** Calls back on SIGINT until the returned function is called. */
export function onInterrupt(stop: () => void): () => void {
  if (!process.listeners("SIGINT").includes(stopAll)) {
    working.clear(); // left by work that a kernel broke off
    takeOver();
  }
  working.add(stop);
  return () => {
    if (working.delete(stop) && working.size === 0) giveBack();
  };
}

/** What the kernel listens to: it passes on, as SIGINT, an interrupt that came while the event loop had no turn. */
const HEAR = "hearInterrupt";
const events: NodeJS.EventEmitter = process;

/** Lets an interrupt arrive in the midst of work that does not return to the event loop; undefined where none can. */
export function interruptHearer(): (() => void) | undefined {
  return events.listenerCount(HEAR) > 0 ? () => void events.emit(HEAR) : undefined;
}

function stopAll(): void {
  for (const stop of working) stop();
}

function takeOver(): void {
  const before = standing();
  process.on("SIGINT", stopAll); // throws if the kernel has stopped the cell: then nothing has changed yet
  for (const listener of before) process.off("SIGINT", listener);
  setAside = before;
}

function giveBack(): void {
  process.off("SIGINT", stopAll);
  const since = standing();
  process.removeAllListeners("SIGINT");
  for (const listener of [...setAside, ...since]) process.on("SIGINT", listener);
  setAside = [];
}

/** The present listeners; those of `once` in their wrappers, so that they remain such. */
function standing(): NodeJS.SignalsListener[] {
  return process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
}
