import { rounded, withDecimals } from "../../words/numbers.js";
import { asFigure, type Figure } from "../figure.js";
import { COLOURS } from "./colours.js";
import { type Fit, fitted } from "./fit.js";
import { asText, wrappedText } from "./text.js";
import { CONFIG, cardLayout, EDGE, SIZES } from "./theme.js";

/** Lines, marks and notes as Plotly wants them, and the figure that is made of them. */

/** What Plotly calls a trace. */
export type Trace = Figure["data"][number];

/** x and y in the drawing. */
export type Place = readonly [x: number, y: number];

/** The place so far along the way from one to another: 0 is the first, 1 the other. */
export function between(from: Place, to: Place, share: number): Place {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/** A place as precisely as is seen: with as many decimals as show a step. */
export function cut(place: Place, step: number): Place {
  const decimals = Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))));
  const [x, y] = place.map((value) => Number(withDecimals(value, decimals)));
  return [x, y];
}

/** Many places, in two columns; null makes a gap in a line. */
export interface Places {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
}

/** The places in two columns, with so many digits if they are given. */
export function columns(places: readonly (readonly number[])[], digits?: number): Places {
  const numbers = (axis: 0 | 1) =>
    places.map((place) => (digits === undefined ? place[axis] : rounded(place[axis], digits)));
  return { x: numbers(0), y: numbers(1) };
}

/** Several lines in two columns, with gaps between them. */
export function apart(lines: readonly (readonly Place[])[]): Places {
  const gapped = (axis: 0 | 1) =>
    lines.flatMap((line, i) => [...(i > 0 ? [null] : []), ...line.map((place) => place[axis])]);
  return { x: gapped(0), y: gapped(1) };
}

/** A line's look: `width` in pixels, `dash` as Plotly names it. */
export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash?: string;
}

/** What a trace says. */
export interface Saying {
  /** Plain text for the key; without a name the trace has no entry there. */
  readonly name?: string;
  /** What the mouse shows, a template of Plotly's; without it, nothing. */
  readonly hover?: string;
}

const HOVER_WIDTH = 280; // pixels
const KEY_WIDTH = 250; // pixels: what an entry of the key has on a telephone

/** A line through places. `more` is what else Plotly is to know: `opacity`, `customdata`, … */
export function line(places: Places, stroke: Stroke, saying: Saying = {}, more: object = {}): Trace {
  return { type: "scatter", mode: "lines", ...places, line: stroke, ...said(saying), ...more };
}

/** Marks at places; they are drawn whole at the drawing's edge. `marker` is Plotly's: `symbol`, `size`, `color`, … */
export function marks(places: Places, marker: object, saying: Saying = {}, more: object = {}): Trace {
  const trace = { type: "scatter", mode: "markers", ...places, marker, cliponaxis: false };
  return { ...trace, ...said(saying), ...more };
}

/** An entry of the key for something that is not one trace. */
export function keyEntry(name: string, stroke: Stroke): Trace {
  return line({ x: [null], y: [null] }, stroke, { name });
}

function said({ name, hover }: Saying): object {
  return {
    ...(name === undefined ? { showlegend: false } : { name: wrappedText(name, KEY_WIDTH, SIZES.text).text }),
    ...(hover === undefined ? { hoverinfo: "skip" } : { hovertemplate: `${hover}<extra></extra>` }),
  };
}

/** A name at the head of what the mouse shows. */
export function hoverName(name: string): string {
  return `<b>${wrappedText(name, HOVER_WIDTH, SIZES.text).text}</b>`;
}

/**
 * A text in the drawing, plain, in one line or several.
 *
 * @param place  Plotly's `x` and `y`, and how the text lies to them: `xref`, `xanchor`, `yshift`, …
 * @param font   what differs from a label's: `color`, `weight`, `shadow`, …
 */
export function note(text: string | readonly string[], place: object, font: object = {}): object {
  const lines = typeof text === "string" ? [text] : text;
  return {
    text: lines.map(asText).join("<br>"),
    ...{ showarrow: false, borderpad: 1 },
    font: { size: SIZES.label, color: COLOURS.ink, ...font },
    ...place,
  };
}

/** What is drawn: one picture, or the many that epochSlider() puts together. */
export interface Drawing {
  readonly traces: readonly Trace[];
  /** Texts in the drawing: note(…). */
  readonly notes?: readonly object[];
  readonly shapes?: readonly object[];
  /** Other pictures, with the slider and the buttons that show them, and the pixels below that these take. */
  readonly moving?: { readonly frames: readonly Trace[]; readonly controls: object; readonly height: number };
}

/** What a figure says besides its traces, all of it plain text, and how large it is. */
export interface Card extends Pick<Fit, "title" | "subtitle" | "square" | "spare" | "key"> {
  /** The finding in a sentence or two, for terminals and screen readers. */
  readonly description: string;
  /** Height of everything below the heading and the key, in pixels. */
  readonly height: number;
  /** Room between the heading and the drawing for what is not named in `key`, in pixels. */
  readonly room?: number;
}

/** What a figure is put together from. */
export interface FigureParts {
  readonly card: Card;
  /** By Plotly's names: `xaxis`, `yaxis2`, … */
  readonly axes: object;
  readonly drawing: Drawing;
  /** Margins that are not the card's own, in pixels. */
  readonly margin?: Partial<Record<"r" | "b" | "l", number>>;
  /** Where the key stands: LEGEND, …; without it there is none. */
  readonly key?: object;
  /** What else of Plotly's layout is needed: `barmode`, `hoverdistance`, … */
  readonly more?: object;
}

/** In pixels: as narrow as a notebook's cell is where no script of ours draws the figure for the width that it has. */
const USUAL_WIDTH = 480;

/** The figure: the card with its drawing, and below it the slider if there is one. */
export function figureOf({ card, axes, drawing, margin, key, more }: FigureParts): Figure {
  const { traces, notes, shapes, moving } = drawing;
  const below = moving?.height ?? 0;
  const { description, title, subtitle, height, room = 0, ...fitting } = card;
  const edges = { l: 56, r: EDGE, b: EDGE, ...margin };
  const fit: Fit = {
    ...{ title, subtitle, room, height: height + below },
    ...{ left: edges.l, right: edges.r, ...fitting },
  };
  const layout = {
    ...cardLayout(description),
    meta: { description, fit },
    margin: { ...edges, b: edges.b + below },
    ...axes,
    ...(notes === undefined ? {} : { annotations: notes }),
    ...(shapes === undefined ? {} : { shapes }),
    ...(key === undefined ? {} : { legend: key, showlegend: true }),
    ...{ hovermode: "closest", dragmode: false },
    ...moving?.controls,
    ...more,
  };
  const frames = moving && moving.frames.length > 0 ? { frames: moving.frames } : {};
  return asFigure(fitted({ data: traces, layout, config: CONFIG, ...frames }, { width: USUAL_WIDTH }));
}
