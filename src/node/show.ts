import { oneLine, written } from "../check.js";
import type { Diagnosis } from "../explain/explain.js";
import type { Figure } from "../figures/figure.js";
import { DISPLAY, displayed } from "../show/display.js";
import type { Study } from "../study/result.js";
import type { Run } from "../train/run.js";
import { display, type MimeBundle } from "./notebook.js";

/** Something on the screen. */
export interface Shown {
  /** Shows another figure, run, study … in its place. */
  update(value: Showable): void;
}

/** A figure, or what shows itself as a cell's last expression: a run, a study, a diagnosis. */
export type Showable = Figure | Run | Study | Diagnosis;

export const PLOTLY_TYPE = "application/vnd.plotly.v1+json";

/**
 * Shows a figure in the cell that runs, also where it is not the last expression: JupyterLab and VS Code draw it live,
 * terminals print its finding. Likewise a run, a study or a diagnosis. Outside of a notebook their text is printed.
 *
 * @param value  made by one of `figures`, or any `{ data, layout, config, frames }` of Plotly's; a run, a study, a diagnosis
 * @returns a handle whose `update(value)` shows another in its place
 * @throws TypeError if it is nothing of that
 */
export function show(value: Showable): Shown {
  const bundle = bundleOf("show", value);
  const shown = display(bundle);
  if (!shown) console.log(bundle["text/plain"]);
  const update = (next: Showable): void => {
    const replacement = bundleOf("show.update", next);
    if (!shown) console.log(replacement["text/plain"]);
    shown?.update(SWEEP);
    shown?.update(replacement);
  };
  const handle = displayed({ update }, () => ({})); // as a cell's value: shown already, so nothing more
  return Object.defineProperty(handle, INSPECT, { value: () => "", enumerable: false });
}

function bundleOf(where: string, value: unknown): MimeBundle {
  const own = (value as { [DISPLAY]?: () => MimeBundle } | null | undefined)?.[DISPLAY];
  return typeof own === "function" ? own() : figureBundle(where, value);
}

/** How a stock tslab prints a cell's value: as nothing too. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Something else for a moment: JupyterLab's Plotly renderer draws a figure only when it is new in its place. */
const SWEEP: MimeBundle = { "text/plain": "" };

/** Plotly has a button that sends a figure to a server: never here. */
const AT_HOME = { showSendToCloud: false, plotlyServerURL: "" };

/** A figure as one display message: live JSON, and its finding as plain text. None of it is script. */
export function figureBundle(where: string, figure: unknown): MimeBundle {
  const { data, layout = {}, config, frames } = plainJson(where, checkFigure(where, figure));
  const description = layout.meta?.description;
  const text = typeof description === "string" ? description : "a Plotly figure";
  const drawn = { data, layout, config: { ...config, ...AT_HOME }, ...(frames ? { frames } : {}) };
  return { [PLOTLY_TYPE]: drawn, "text/plain": text };
}

interface FigureParts {
  readonly data: readonly unknown[];
  readonly layout?: { readonly meta?: { readonly description?: unknown } | null };
  readonly config?: object;
  readonly frames?: readonly unknown[];
}

function checkFigure(where: string, value: unknown): FigureParts {
  const { data, layout = {}, config = {}, frames } = (value ?? {}) as Partial<FigureParts>;
  const record = (part: unknown) => typeof part === "object" && part !== null && !Array.isArray(part);
  const listed = frames === undefined || Array.isArray(frames);
  if (!Array.isArray(data) || !record(layout) || !record(config) || !listed)
    throw new TypeError(
      `${where}: figure must be { data, layout, config } (made by figures.loss, …), got ${written(value)}`,
    );
  return { data, layout, config, ...(frames ? { frames } : {}) };
}

/** A copy of a figure as it travels: typed arrays become arrays, what JSON does not know is an error. */
function plainJson(where: string, figure: FigureParts): FigureParts {
  try {
    return JSON.parse(
      JSON.stringify(figure, (_, value) =>
        ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
      ),
    );
  } catch (cause) {
    throw new TypeError(`${where}: figure must be plain JSON: ${oneLine((cause as Error).message)}`, {
      cause,
    });
  }
}
