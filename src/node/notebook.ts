import type { MimeBundle } from "../display.js";
import { PLOTLY_TYPE } from "../figures/figure.js";
import type { Display, Host } from "../platform.js";
import { liveReporter } from "../show/live.js";
import { interruptHearer, onInterrupt } from "./interrupt.js";
import { liveCell } from "./liveCell.js";

/** Jupyter: display messages go through the tslab kernel in which we run, if we run in one. */

/** The part of `tslab/dist/jupyter.js` that we need. */
interface KernelModule {
  lastWriteDisplayData?: ((content: object, update: boolean) => void) | null;
}

/**
 * The running kernel's copy of tslab, if there is one. Looked up at every call: the kernel sets the function anew for
 * every cell, and a copy of tslab of our own would never see it.
 */
function runningKernel(): KernelModule | undefined {
  return Object.entries(require.cache)
    .filter(([path]) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path))
    .map(([, module]) => module?.exports as KernelModule | undefined)
    .find((kernel) => kernel?.lastWriteDisplayData);
}

/** Whether a notebook's kernel runs us. */
export function inNotebook(): boolean {
  return runningKernel() !== undefined;
}

let displays = 0;

/** Shows a bundle in the cell that runs now; undefined outside of notebooks. */
export function display(bundle: MimeBundle): Display | undefined {
  const kernel = runningKernel();
  if (!kernel?.lastWriteDisplayData) return undefined;
  displays += 1;
  const id = `xorlab-${process.pid}-${Date.now()}-${displays}`;
  const write = kernel.lastWriteDisplayData; // this cell's, also if a later cell runs when we update
  const send = (data: MimeBundle, update: boolean) =>
    write({ data, metadata: {}, transient: { display_id: id } }, update);
  send(bundle, false);
  return { update: (data) => send(data, true) };
}

/** A cell: progress is a live picture there, and the notebook's stop button stops. */
export const notebookHost: Host = {
  reporter: () => liveReporter(display),
  onStop: onInterrupt,
  get hearStop() {
    return interruptHearer();
  },
  display: (bundle) => {
    const shown = display(bundle);
    let last = bundle;
    const update = (next: MimeBundle): void => {
      if (PLOTLY_TYPE in last && PLOTLY_TYPE in next) shown?.update(SWEEP);
      shown?.update(next);
      last = next;
    };
    return { update };
  },
  get live() {
    return liveCell();
  },
};

/** Shown for a moment between two figures: JupyterLab's Plotly renderer does not redraw a figure in place. */
const SWEEP: MimeBundle = { "text/plain": "" };
