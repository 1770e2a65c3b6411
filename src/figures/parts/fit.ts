import { rounded } from "../../words/numbers.js";
import { inDark } from "./colours.js";
import { textWidth, wrappedHeading, wrappedText } from "./text.js";
import { EDGE, LEGEND_ABOVE, SIZES } from "./theme.js";

/**
 * What of a figure depends on its width. Plotly never breaks a line, nor does it give a square drawing another height: so
 * whatever draws a figure measures the place for it, and fits it in.
 */

/** What a figure's layout is made from for a width; it travels with the figure, in `layout.meta.fit`. Lengths are in pixels. */
export interface Fit {
  /** The finding, plain text. */
  readonly title: string;
  /** What is shown, and of what, a paragraph each. */
  readonly subtitle: readonly string[];
  /** Of everything below the heading and the key. */
  readonly height: number;
  /** The part of this height that the drawing has, where it is a square. */
  readonly square?: number;
  /** The part of this height that can go on paper. */
  readonly spare?: number;
  /** Between the heading and the drawing, besides the key. */
  readonly room: number;
  /** The entries of a key above the drawing. */
  readonly key?: readonly string[];
  /** Margins at the drawing's sides. */
  readonly left: number;
  readonly right: number;
}

/** Where a figure is drawn. */
export interface Surroundings {
  /** In pixels. */
  readonly width: number;
  /** Whether on a dark page; on a light one unless said. */
  readonly dark?: boolean;
  /** Whether on paper, where nothing moves and half a page is much; on a screen unless said. */
  readonly paper?: boolean;
}

/** As much of a figure as is changed here. */
interface Fittable {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly meta?: unknown };
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
}

/** A figure as it was made, for a place on a page. What is not one of ours comes back as it is. */
export function fitted<Given extends Fittable>(
  given: Given,
  { width, dark = false, paper = false }: Surroundings,
): Given {
  const made = (given.layout.meta as { readonly fit?: Fit } | undefined)?.fit;
  if (!made) return given;
  const still = paper && "sliders" in given.layout;
  const gone = (still ? TRACK : 0) + (paper ? (made.spare ?? 0) : 0);
  const fit = { ...made, height: made.height - gone };
  const figure = still ? { ...given, layout: withoutSlider(given.layout) } : given;
  const { title, margin, legend } = figure.layout as Record<string, object>;
  const { heading, key, sides, side, top, height } = measured(fit, width, paper);
  const below = height - top - (side ?? fit.height);
  const layout = {
    ...figure.layout,
    title: { ...title, ...heading.title, subtitle: { ...subtitleOf(title), text: heading.subtitle } },
    height,
    margin: { ...margin, ...sides, t: top, ...(side === undefined ? {} : { b: below }) },
    ...(key === undefined ? {} : { showlegend: true, legend: { ...legend, ...LEGEND_ABOVE, ...key } }),
  };
  const data = side === undefined ? figure.data : figure.data.map((trace) => withBar(trace, side));
  if (!dark) return { ...figure, data, layout };
  const { meta } = figure.layout;
  const frames = figure.frames ? { frames: inDark(figure.frames) } : {};
  return {
    ...figure,
    data: inDark(data),
    layout: { ...inDark({ ...layout, meta: undefined }), meta },
    ...frames,
  };
}

/** Pixels that a slider takes, which is the last of what is below a drawing. */
export const TRACK = 44;
/** The name of its numbers among the annotations. */
export const TRACK_NUMBER = "epoch";

/** Plotly keeps the slider's place. */
function withoutSlider(layout: Fittable["layout"]): Fittable["layout"] {
  const parts = layout as unknown as Record<string, readonly { readonly name?: string }[]>;
  const { sliders, updatemenus, annotations, margin } = parts;
  const gone = (part: object) => ({ ...part, visible: false });
  return {
    ...layout,
    sliders: sliders.map(gone),
    updatemenus: updatemenus.map(gone),
    annotations: annotations.map((one) => (one.name === TRACK_NUMBER ? gone(one) : one)),
    margin: { ...margin, b: (margin as unknown as { readonly b: number }).b - TRACK },
  };
}

const LARGEST = 560; // pixels, of a square: with what is below it, it is as high as a laptop's window
const ON_PAPER = 250; // with room for the texts in it, and still low
const COLUMN = { part: 0.3, least: 240, most: 360, gap: 24 }; // of the width, of a heading beside a square
const LEAST_BESIDE = 360; // a square that has less room beside a heading stands below it; on paper, where height is dear, nothing does
const LONGEST_LINE = 960; // longer ones are hard to read
const BUTTONS = 64; // pixels of Plotly's two in the upper right corner, which stay in sight where there is no mouse

function measured(fit: Fit, width: number, paper: boolean) {
  const { left, right, room, square } = fit;
  const largest = paper ? ON_PAPER : LARGEST;
  const below = square === undefined ? fit.height : fit.height - square;
  const column = Math.round(Math.min(COLUMN.most, Math.max(COLUMN.least, COLUMN.part * width)));
  const beside = width - EDGE - column - COLUMN.gap - left - right;
  if (paper || (square !== undefined && beside >= LEAST_BESIDE)) {
    const heading = headingFor(fit, column);
    const side = square === undefined ? undefined : Math.min(largest, beside);
    const key = keyFor(fit.key, side ?? beside);
    const top = EDGE + room + key.height;
    const l = EDGE + column + COLUMN.gap + left;
    const sides = { l, r: side === undefined ? right : width - l - side };
    const height = Math.max(top + (side ?? 0) + below, heading.height);
    return { heading, key: key.look, sides, side, top, height };
  }
  const lines = square === undefined ? LONGEST_LINE : Number.POSITIVE_INFINITY;
  const heading = headingFor(fit, Math.min(lines, width - 2 * EDGE), BUTTONS);
  const side = square === undefined ? undefined : Math.max(1, Math.min(largest, width - left - right));
  const key = keyFor(fit.key, side === undefined ? width - left - right : side + left);
  const top = heading.height + room + key.height;
  const sides = side === undefined ? {} : { l: left, r: Math.max(right, width - left - side) };
  return { heading, key: key.look, sides, side, top, height: top + (side ?? 0) + below };
}

const LINE_HEIGHT = 1.3; // Plotly's
/** Plotly hangs a title of one line by its letters' top, one of several lines by the first line's foot. */
const FIRST_BASELINE = EDGE + 12;

/** The heading's lines, and where the drawing may begin: below the title's and, 1.6 of its sizes further down, the subtitle's. */
function headingFor({ title, subtitle }: Fit, width: number, buttons = 0) {
  const head = wrappedHeading(title, width - buttons, SIZES.title * 1.06); // bold letters are wider
  const parts = subtitle.map((line) => wrappedText(line, width, SIZES.subtitle));
  const lines = parts.reduce((sum, part) => sum + part.lines, 0);
  const above = FIRST_BASELINE + (head.lines - 1) * SIZES.title * LINE_HEIGHT + 4;
  const under = (1.6 + (lines - 1) * LINE_HEIGHT) * SIZES.subtitle + 4;
  const pad = { t: head.lines > 1 ? FIRST_BASELINE : EDGE, l: EDGE, r: EDGE, b: 0 };
  return {
    title: { text: head.text, pad },
    subtitle: parts.map((part) => part.text).join("<br>"),
    height: Math.round(above + under + EDGE),
  };
}

function subtitleOf(title: object | undefined): object {
  return (title as { readonly subtitle?: object } | undefined)?.subtitle ?? {};
}

const KEY = { narrowest: 72, widest: 240, symbol: 40 }; // pixels, of an entry's text and of what stands before it

/** A key above the drawing, and the height that its rows need. */
function keyFor(names: readonly string[] | undefined, width: number) {
  if (names === undefined) return { look: undefined, height: 0 };
  const widest = Math.ceil(Math.max(KEY.narrowest, ...names.map((name) => textWidth(name, SIZES.text) + 10)));
  const entrywidth = Math.min(KEY.widest, widest);
  const perRow = Math.max(1, Math.floor(width / (entrywidth + KEY.symbol)));
  return {
    look: { entrywidthmode: "pixels", entrywidth },
    height: 6 + 20 * Math.ceil(names.length / perRow),
  };
}

/** From a drawing's lower edge to the colour bar below its axis. */
export const BAR_BELOW = 56;

/** A trace whose colour bar, if it has one, stands so far below a drawing of this height. */
function withBar(trace: Fittable["data"][number], side: number): Fittable["data"][number] {
  if (typeof trace.colorbar !== "object") return trace;
  return { ...trace, colorbar: { ...trace.colorbar, y: -rounded(BAR_BELOW / side, 5) } };
}
