import { came, optionsObject } from "../check.js";
import { DISPLAY, type MimeBundle, showing } from "../display.js";
import type { Diagnosis } from "../explain/diagnosis.js";
import { bundlePage, figureBundle, PLOTLY_TYPE, type PlotlyFigure } from "../figures/figure.js";
import { platform } from "../platform.js";
import type { Study } from "../study/result.js";
import type { Run } from "../train/run.js";

/** Something on the screen. */
export interface Shown {
  /** Replaces it with another figure, run, study or diagnosis. */
  update(value: Showable): void;
}

/** A figure, or what shows itself as a cell's last expression: a run, a study, a diagnosis. */
export type Showable = PlotlyFigure | Run | Study | Diagnosis;

/** How something is shown. */
export interface ShowOptions {
  /** The file to which a figure is written as a page of its own, HTML; one that is there is replaced. */
  readonly path?: string | undefined;
}

/**
 * Shows a figure in the cell that runs, also where it is not the last expression: JupyterLab, VS Code and exported pages
 * draw it live. Likewise a run, a study or a diagnosis.
 *
 * A program on Node prints what is shown as text on standard output, of a figure its finding. The figure itself is written as
 * a page, to `path` or into a new temporary folder that only its owner can read, and a line on standard error says where. The
 * page opens in the browser if standard output is a terminal on this computer's own screen: not over SSH, not in CI, and not
 * if the environment has `BROWSER=none`.
 *
 * @param value    made by one of `figures`, or any `{ data, layout, config, frames }` of Plotly's; a run, a study, a diagnosis
 * @param options  `path`: where the figure's page is written, in a notebook as well
 * @returns a handle whose `update(value)` replaces it with another, also in the file
 * @throws TypeError if the value is none of these, or there is a path for something that is no figure; RangeError if the
 *   file cannot be written
 * @example const run = await train(mlp({ seed: 1 }), xor({ rows: 8, seed: 1 }), { epochs: 1, seed: 1 });
 * const shown = show(run);
 * typeof shown.update // "function"
 */
export function show(value: Showable, options?: ShowOptions): Shown {
  const { path } = optionsObject<ShowOptions>("show", options, ["path"]);
  if (path !== undefined && (typeof path !== "string" || path === ""))
    throw new TypeError(`show: path must be the name of a file, got ${came(path)}`);
  const made = (where: string, next: unknown): MimeBundle => {
    const bundle = bundleOf(where, next);
    if (path !== undefined) writePage(where, bundle, path);
    return bundle;
  };
  const shown = platform().host().display(made("show", value), path);
  const update = (next: Showable): void => {
    shown.update(made("show.update", next));
  };
  return showing({ update }, { display: () => ({}), inspect: () => "" }); // it is on the screen already: as a cell's value it shows nothing
}

function bundleOf(where: string, value: unknown): MimeBundle {
  const own = (value as { [DISPLAY]?: () => MimeBundle } | null | undefined)?.[DISPLAY];
  return typeof own === "function" ? own() : figureBundle(where, value);
}

function writePage(where: string, bundle: MimeBundle, path: string): void {
  if (!(PLOTLY_TYPE in bundle)) throw new TypeError(`${where}: path is for figures; this is shown as text`);
  platform().writeText(where, path, bundlePage(where, bundle));
}
