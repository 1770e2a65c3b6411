import { written } from "../check.js";
import { type MimeBundle, showing } from "../display.js";
import { oneLine } from "../words/english.js";
import { type DrawnFigure, type FigurePageOptions, figurePage } from "./page.js";

/** A figure of Plotly's: traces, layout and configuration as plain JSON. */
export interface PlotlyFigure {
  readonly data: readonly object[];
  readonly layout?: object;
  readonly config?: object;
  /** What a slider in the layout goes through: named changes of traces and layout. */
  readonly frames?: readonly object[];
}

/**
 * One of this library's figures: plain JSON for Plotly that knows how it is shown.
 *
 * `layout.title.text` states the finding; `layout.meta.description` says it in a sentence, without markup, for
 * terminals, screen readers and exported pages. A copy, made by `{ ...figure }` or from JSON, is a figure of Plotly's
 * like any other: show() takes it, but it has no methods.
 */
export interface Figure extends PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly meta: { readonly description: string } };
  readonly config: Readonly<Record<string, unknown>>;
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
  /**
   * The figure as a page of its own: one HTML file of about 0.7 MB that needs no network, with the finding as text. No
   * title, name or value in it is treated as markup, and the page can neither load nor send anything.
   *
   * @param options  `title`: a heading above the figure
   * @returns HTML, to be written to a file in UTF-8
   * @throws TypeError, RangeError that name the option; Error in a page, which has no files to make a page from
   * @example figures.loss(await train(mlp(), xor(), { epochs: 2 })).toHTML().slice(0, 15) // "<!DOCTYPE html>"
   */
  toHTML(options?: FigurePageOptions): string;
}

/** A figure that draws itself as a cell's last expression. Its methods are hidden: it stays plain JSON. */
export function asFigure(parts: Omit<Figure, "toHTML">): Figure {
  const toHTML: Figure["toHTML"] = (options) => bundlePage("toHTML", figureBundle("toHTML", parts), options);
  Object.defineProperty(parts, "toHTML", { value: toHTML });
  return showing(parts as Figure, { display: () => figureBundle("figure", parts) });
}

/** The page of a figure that was made into a display message. */
export function bundlePage(where: string, bundle: MimeBundle, options?: FigurePageOptions): string {
  return figurePage(where, bundle[PLOTLY_TYPE] as DrawnFigure, String(bundle["text/plain"]), options);
}

export const PLOTLY_TYPE = "application/vnd.plotly.v1+json";

/** Plotly has a button that sends a figure to a server: never here. */
const AT_HOME = { showSendToCloud: false, plotlyServerURL: "" };

/**
 * A figure as one display message: live JSON, and its finding as plain text. None of it is script.
 *
 * @param figure  of ours, or any `{ data, layout, config, frames }` of Plotly's
 * @throws TypeError if it is none, or cannot be written as JSON
 */
export function figureBundle(where: string, figure: unknown): MimeBundle {
  const { data, layout, config, frames } = plainJson(where, checkFigure(where, figure));
  const { description } = (layout as Partial<Figure["layout"]>).meta ?? {};
  const text = typeof description === "string" ? description : "a Plotly figure";
  const drawn = { data, layout, config: { ...config, ...AT_HOME }, ...(frames ? { frames } : {}) };
  return { [PLOTLY_TYPE]: drawn, "text/plain": text };
}

function checkFigure(where: string, value: unknown): PlotlyFigure {
  const { data, layout = {}, config = {}, frames } = (value ?? {}) as Partial<PlotlyFigure>;
  const record = (part: unknown) => typeof part === "object" && part !== null && !Array.isArray(part);
  const listed = frames === undefined || Array.isArray(frames);
  if (!Array.isArray(data) || !record(layout) || !record(config) || !listed)
    throw new TypeError(
      `${where}: figure must be { data, layout, config } (made by figures.loss, …), got ${written(value)}`,
    );
  return { data, layout, config, ...(frames ? { frames } : {}) };
}

/** A copy of a figure as it travels: typed arrays become arrays, what JSON does not know is an error. */
function plainJson(where: string, figure: PlotlyFigure): PlotlyFigure {
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
