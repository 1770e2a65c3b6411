import { DISPLAY, type MimeBundle, showing } from "../display.js";
import type { Diagnosis } from "../explain/diagnosis.js";
import { type Figure, figureBundle } from "../figures/figure.js";
import { platform } from "../platform.js";
import type { Study } from "../study/result.js";
import type { Run } from "../train/run.js";

/** Something on the screen. */
export interface Shown {
  /** Replaces it with another figure, run, study or diagnosis. */
  update(value: Showable): void;
}

/** A figure, or what shows itself as a cell's last expression: a run, a study, a diagnosis. */
export type Showable = Figure | Run | Study | Diagnosis;

/**
 * Shows a figure in the cell that runs, also where it is not the last expression: JupyterLab, VS Code and exported pages
 * draw it live, terminals print its finding. Likewise a run, a study or a diagnosis. Outside of a notebook their text is
 * printed.
 *
 * @param value  made by one of `figures`, or any `{ data, layout, config, frames }` of Plotly's; a run, a study, a diagnosis
 * @returns a handle whose `update(value)` replaces it with another
 * @throws TypeError if the value is none of these
 */
export function show(value: Showable): Shown {
  const shown = platform().host().display(bundleOf("show", value));
  const update = (next: Showable): void => {
    shown.update(bundleOf("show.update", next));
  };
  return showing({ update }, { display: () => ({}), inspect: () => "" }); // it is on the screen already: as a cell's value it shows nothing
}

function bundleOf(where: string, value: unknown): MimeBundle {
  const own = (value as { [DISPLAY]?: () => MimeBundle } | null | undefined)?.[DISPLAY];
  return typeof own === "function" ? own() : figureBundle(where, value);
}
