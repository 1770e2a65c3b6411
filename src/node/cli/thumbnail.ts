import { extent } from "../../numbers/vectors.js";
import { htmlText } from "../../words/html.js";

/** A small picture of a figure for the index: its ground, lines and marks, without a text. What it is made from may be anybody's. */

type Trace = Readonly<
  Partial<Record<"type" | "mode" | "x" | "y" | "z" | "xaxis" | "colorscale" | "zmin" | "zmax", unknown>>
> & {
  readonly line?: { readonly color?: unknown; readonly width?: unknown };
  readonly marker?: { readonly color?: unknown };
};

/** As much of a figure of Plotly's as is looked at. */
export interface Pictured {
  readonly data?: readonly Trace[];
  readonly layout?: Readonly<Record<string, { readonly range?: unknown } | undefined>>;
}

const SIDE = 96; // units of the picture, which is a square
const CELLS = 32; // of a ground, along each side
const SHADES = 24; // so that neighbours often have the same one
const OVERLAP = 1; // units that a cell lies below the next, a pixel of the index: with less, white lines show between them

/** @returns an SVG element as text; undefined if nothing of the figure can be drawn */
export function thumbnail({ data, layout }: Pictured): string | undefined {
  const traces = (Array.isArray(data) ? (data as Trace[]) : []).filter(({ xaxis = "x" }) => xaxis === "x");
  const scales = (["x", "y"] as const).map((name) => scaleOf(layout?.[`${name}axis`]?.range, traces, name));
  const [across, up] = scales;
  if (!across || !up) return undefined;
  const place = (x: number, y: number) => `${short(SIDE * across(x))} ${short(SIDE * (1 - up(y)))}`;
  const parts = traces.flatMap((trace) =>
    trace.type === "contour" || trace.type === "heatmap" ? groundOf(trace) : marksOf(trace, place),
  );
  if (parts.length === 0) return undefined;
  return `<svg viewBox="0 0 ${SIDE} ${SIDE}" aria-hidden="true">${parts.join("")}</svg>`;
}

const short = (value: number): number => Number(value.toFixed(1));
const numbers = (values: unknown): number[] =>
  Array.isArray(values) ? values.map((value) => (typeof value === "number" ? value : Number.NaN)) : [];

/** Makes the function from an axis's numbers to shares of the side: of its range, or of what the traces span. */
function scaleOf(range: unknown, traces: readonly Trace[], name: "x" | "y") {
  const spanned = traces.flatMap((trace) => numbers(trace[name])).filter(Number.isFinite);
  const given = numbers(range);
  const [least, most] = extent(spanned);
  const room = 0.06 * (most - least);
  const [low, high] = given.length === 2 ? given : [least - room, most + room];
  const width = high - low;
  return Number.isFinite(width) && width !== 0 ? (value: number) => (value - low) / width : undefined;
}

const COLOUR = /^#[\da-f]{3,8}$|^rgba?\([\d.,\s]+\)$/i;
const colourOf = (colour: unknown): string => {
  const text = Array.isArray(colour) ? colour[0] : colour;
  return typeof text === "string" && COLOUR.test(text) ? htmlText(text) : "#5b6570";
};

function marksOf(
  { type = "scatter", mode = "lines", ...trace }: Trace,
  place: (x: number, y: number) => string,
) {
  if (type !== "scatter") return [];
  const [xs, ys] = [numbers(trace.x), numbers(trace.y)];
  const points = xs.map((x, i) => (Number.isFinite(x) && Number.isFinite(ys[i]) ? place(x, ys[i]) : ""));
  const parts: string[] = [];
  if (!points.some((point) => point !== "")) return parts;
  if (String(mode).includes("lines")) {
    const path = points.map((point, i) => point && `${points[i - 1] ? "L" : "M"}${point}`).join("");
    const width = Math.min(3, Math.max(1, Number(trace.line?.width) || 1.5));
    parts.push(
      `<path d="${path}" fill="none" stroke="${colourOf(trace.line?.color)}" stroke-width="${width}"/>`,
    );
  }
  if (String(mode).includes("markers")) {
    const size = points.length > 30 ? 3 : 8;
    const dots = points.map((point) => point && `M${point}h0`).join("");
    for (const [colour, width] of [
      ["#ffffff", size + 2],
      [colourOf(trace.marker?.color), size],
    ])
      parts.push(`<path d="${dots}" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`);
  }
  return parts;
}

/** Coloured cells, those of one colour that lie side by side as one. */
function groundOf({ z, zmin, zmax, colorscale }: Trace): string[] {
  const rows = Array.isArray(z) ? z.map(numbers).filter((row) => row.length > 1) : [];
  const stops = Array.isArray(colorscale) ? colorscale.flatMap(stopOf) : [];
  if (rows.length < 2 || stops.length < 2) return [];
  const all = rows.flat().filter(Number.isFinite);
  const low = typeof zmin === "number" ? zmin : Math.min(...all);
  const high = typeof zmax === "number" ? zmax : Math.max(...all);
  const side = SIDE / CELLS;
  const parts: string[] = [];
  for (let j = 0; j < CELLS; j++) {
    const row = rows[Math.round(((CELLS - 1 - j) / (CELLS - 1)) * (rows.length - 1))];
    const colours = Array.from({ length: CELLS }, (_, i) => {
      const value = row[Math.round((i / (CELLS - 1)) * (row.length - 1))];
      return mixed(stops, Math.round((SHADES * (value - low)) / (high - low || 1)) / SHADES);
    });
    for (let i = 0, end = 0; i < CELLS; i = end) {
      while (end < CELLS && colours[end] === colours[i]) end += 1;
      parts.push(
        `<path d="M${i * side} ${j * side}h${(end - i) * side + OVERLAP}v${side + OVERLAP}H${i * side}" fill="${colours[i]}"/>`,
      );
    }
  }
  return parts;
}

type Stop = ReturnType<typeof stopOf>[number];

/** A stop of a colour scale, if it is one. */
function stopOf(stop: unknown) {
  const [at, colour] = Array.isArray(stop) ? stop : [];
  if (typeof at !== "number" || !/^#[\da-f]{6}$/i.test(String(colour))) return [];
  return [{ at, rgb: [1, 3, 5].map((i) => Number.parseInt(String(colour).slice(i, i + 2), 16)) }];
}

function mixed(stops: readonly Stop[], share: number): string {
  const next = stops.findIndex(({ at }) => at >= share);
  const after = stops[next < 0 ? stops.length - 1 : next];
  const before = stops[next <= 0 ? (next < 0 ? stops.length - 1 : 0) : next - 1];
  const part = after.at > before.at ? (share - before.at) / (after.at - before.at) : 0;
  const rgb = before.rgb.map((from, i) => Math.round(from + part * (after.rgb[i] - from)));
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
