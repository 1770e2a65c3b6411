import type { MimeBundle } from "../display.js";
import { CONTROLS_TYPE } from "../interact/controls.js";
import type { CellError } from "../page/cells/errors.js";
import { isControls } from "./controls.js";
import { make } from "./elements.js";
import { typeset } from "./equations.js";
import { drawFigure, figurePlace } from "./figures.js";
import type { Figure } from "./fitting.js";
import { liveControls } from "./liveControls.js";
import { cleaned, markdown, terminalText } from "./markup.js";

/** An output as an element, and what is to be done once it stands in the page. */
export interface Output {
  readonly element: HTMLElement;
  readonly finish?: () => Promise<unknown>;
  /** Shows another bundle in the same element; false if it cannot. */
  readonly renew?: (bundle: MimeBundle) => boolean;
}

/** The formats that a page shows, the best first: as in templates/exporter_config.py. */
const FORMATS: Readonly<Record<string, (value: unknown, bundle: MimeBundle) => Output>> = {
  [CONTROLS_TYPE]: controlsOutput,
  "application/vnd.plotly.v1+json": figureOutput,
  "text/html": (value) => ({ element: box("jp-RenderedHTMLCommon jp-RenderedHTML", cleaned(lines(value))) }),
  "text/markdown": (value) =>
    equations(box("jp-RenderedHTMLCommon jp-RenderedMarkdown", markdown(lines(value)))),
  "image/svg+xml": (value) => picture("SVG", `data:image/svg+xml,${encodeURIComponent(lines(value))}`),
  "text/latex": (value) => equations(box("jp-RenderedLatex", lines(value))),
  "image/png": (value) => picture("Image", `data:image/png;base64,${lines(value)}`),
  "image/jpeg": (value) => picture("Image", `data:image/jpeg;base64,${lines(value)}`),
  "text/plain": (value) => ({ element: printed("text/plain", lines(value)) }),
};

/** The best format of a bundle that a page shows; undefined if there is none. */
export function bundleOutput(bundle: MimeBundle): Output | undefined {
  const format = Object.keys(FORMATS).find((name) => name in bundle);
  return format === undefined ? undefined : FORMATS[format](bundle[format], bundle);
}

/** A text of a notebook's file, which may be kept as its lines. */
function lines(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value);
}

function box(classes: string, ...content: (Node | string)[]): HTMLElement {
  return make("div", { class: `jp-OutputArea-output ${classes}` }, ...content);
}

function equations(element: HTMLElement): Output {
  return { element, finish: () => typeset(element) };
}

function picture(kind: string, address: string): Output {
  const image = new Image();
  image.src = address;
  image.alt = "";
  return { element: box(`jp-Rendered${kind}`, image) };
}

function controlsOutput(value: unknown, bundle: MimeBundle): Output {
  const view = liveControls(value);
  if (!view) return { element: printed("text/plain", lines(bundle["text/plain"])) };
  const renew = ({ [CONTROLS_TYPE]: next }: MimeBundle) => isControls(next) && view.show(next);
  return { element: box("", view.element), renew };
}

function figureOutput(value: unknown, bundle: MimeBundle): Output {
  const figure = value as Figure;
  const place = figurePlace(figure, bundle["text/plain"]);
  return { element: box("xorlab-card", place), finish: () => drawFigure(place, figure) };
}

/** What a cell printed. */
export function printed(format: "text/plain" | "application/vnd.jupyter.stderr", text: string): HTMLElement {
  const pre = make("pre");
  addPrinted(pre, text);
  const element = box("jp-RenderedText", pre);
  element.dataset.mimeType = format;
  return element;
}

/** Prints on. */
export function addPrinted(pre: Element, text: string): void {
  pre.append(terminalText(text));
  markColumns(pre);
}

const COLUMNS = /\S {3,}\S|[_=─-]{20}/; // words far apart, or a ruled line

/** Sentences wrap; columns, which lines that wrap would tear apart, can be scrolled. */
export function markColumns(pre: Element): void {
  if (COLUMNS.test(pre.textContent ?? "")) pre.classList.add("xorlab-columns");
}

/** An error: its name and message, and below the place with a caret. */
export function errorOutput({ name, message, line, details }: CellError): HTMLElement {
  const element = printed("application/vnd.jupyter.stderr", details.join("\n"));
  const bold = make("strong", { class: "ansi-red-fg" }, name);
  const said = `: ${message}${line === undefined ? "" : ` (line ${line})`}`;
  const heading = make("p", { class: "xorlab-error" }, bold, said);
  element.prepend(heading);
  if (details.length === 0) heading.nextElementSibling?.remove();
  element.role = "alert";
  return element;
}
