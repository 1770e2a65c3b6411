/**
 * The notebook's stop button.
 *
 * Jupyter presses it as SIGINT, on which tslab abandons the cell's result while our work would go on. So, for as long as
 * we work, tslab's listeners are set aside and ours decides: the work ends, and the cell ends normally with what
 * was done. Works that overlap share one listener.
 */
const working = new Set<() => void>();
let setAside: NodeJS.SignalsListener[] = [];

/** Calls back on SIGINT until the returned function is called. */
export function onInterrupt(stop: () => void): () => void {
  if (!process.listeners("SIGINT").includes(stopAll)) {
    working.clear(); // of works that a kernel broke off
    takeOver();
  }
  working.add(stop);
  return () => {
    if (working.delete(stop) && working.size === 0) giveBack();
  };
}

function stopAll(): void {
  for (const stop of working) stop();
}

function takeOver(): void {
  const before = standing();
  process.on("SIGINT", stopAll); // a kernel may refuse it here, where the cell was stopped: then all stays as it was
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

/** The listeners as they stand: those for one signal only in their wrappers, so that they stay such. */
function standing(): NodeJS.SignalsListener[] {
  return process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
}
