import { written } from "../check.js";
import { type MimeBundle, showing } from "../display.js";
import { oneLine } from "../words/english.js";

/**
 * A Plotly figure: traces, layout and configuration as plain JSON.
 *
 * `layout.title.text` states the finding; `layout.meta.description` says it in a sentence, without markup, for
 * terminals, screen readers and exported pages.
 */
export interface Figure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly meta: { readonly description: string } };
  readonly config: Readonly<Record<string, unknown>>;
  /** What a slider in the layout goes through: named changes of traces and layout. */
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
}

/** A figure that draws itself as a cell's last expression. */
export function asFigure(parts: Figure): Figure {
  return showing(parts, { display: () => figureBundle("figure", parts) });
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
