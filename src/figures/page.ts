import { optionsObject, plainText } from "../check.js";
import { platform } from "../platform.js";
import { oneLine, unbroken } from "../words/english.js";
import { filled, htmlJson, htmlText } from "../words/html.js";

/** A figure as a page of its own, drawn by the script that draws the figures of exported pages. */

/** How a page of a figure is made. */
export interface FigurePageOptions {
  /** A heading above the figure, plain text. Without it the page is called what the figure's own title says. */
  readonly title?: string | undefined;
}

/** A figure as display messages carry it. */
export interface DrawnFigure {
  readonly data: readonly { readonly type?: unknown }[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** What Plotly's smaller bundle draws, as in templates/exporter_config.py; for others a page carries all of Plotly. */
export const USUAL_TRACES: readonly unknown[] =
  "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin".split(
    " ",
  );

const HEIGHT = 450; // pixels: Plotly's own

/**
 * The page, as HTML.
 *
 * @param text  the finding in words
 * @throws TypeError, RangeError that name the option
 */
export function figurePage(
  where: string,
  { data, layout, ...more }: DrawnFigure,
  text: string,
  options?: FigurePageOptions,
): string {
  const { title } = optionsObject<FigurePageOptions>(where, options, ["title"]);
  const heading = title === undefined ? "" : oneLine(plainText(where, "title", title)).trim();
  const usual = data.every((trace) => USUAL_TRACES.includes(trace?.type ?? "scatter"));
  return filled(platform().figurePage(where, usual ? "plotly" : "plotly-full"), {
    title: htmlText(heading || headline(layout.title) || "Figure"),
    headingClass: heading ? "" : "unseen", // the figure has its own
    description: htmlText(unbroken(oneLine(text))),
    height: String(Math.trunc(Number(layout.height)) || HEIGHT),
    figure: `<script type="application/json" class="xorlab-figure-data">${htmlJson({ data, layout, ...more })}</script>`,
  });
}

/** A title of Plotly's as plain text: without its lines' ends, its tags and its codes for letters. */
function headline(title: unknown): string {
  const text = typeof title === "string" ? title : (title as { text?: unknown } | null | undefined)?.text;
  if (typeof text !== "string") return "";
  const plain = text.replace(/<br\s*\/?>/gi, " ").replace(/<[^>]*>/g, "");
  return oneLine(plain.replace(/&#(\d{1,7});/g, (_, code) => letter(Number(code)))).trim();
}

function letter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
