import type { StudyRow } from "../../study/table.js";
import type { Curve } from "../parts/curves.js";
import { asText, textWidth, wrappedText } from "../parts/text.js";
import { HALO, PALETTE, SIZES } from "../parts/theme.js";
import { rounded } from "../parts/thin.js";
import { curveValues } from "./curveValues.js";
import type { Places } from "./places.js";

export const DRAWING_HEIGHT = 270; // pixels
const LABEL_HEIGHT = 16;
const WIDEST_LABEL = 96;
const MOST_LABELS = 5;
const MOST_VALUES = 6;

/** Whether the rates are written beside the points: where there is room for it. */
export function hasValues(curves: readonly Curve[]): boolean {
  return curves.length === 1 && curves[0].single.length + curves[0].layered.length <= MOST_VALUES;
}

interface Point {
  readonly x: number;
  readonly row: StudyRow;
  readonly where: string;
}

/** A trace a curve: points with intervals; a thin line joins those that are widths. */
export function curveTraces(curves: readonly Curve[], places: Places): Record<string, unknown>[] {
  return curves.map((curve, i) => {
    const points = pointsOf(curve, places, dodge(i, curves.length, places));
    const widths = points.slice(0, curve.single.length);
    const shown = [...widths, ...points.slice(widths.length).flatMap((point) => [undefined, point])];
    const values = hasValues(curves);
    const colour = PALETTE[i % PALETTE.length];
    return {
      type: "scatter",
      mode: values ? "lines+markers+text" : "lines+markers",
      name: wrappedText(curve.name, 250, SIZES.text).text,
      x: shown.map((point) => point?.x ?? null),
      y: shown.map((point) => (point ? rounded(100 * point.row.rate) : null)),
      error_y: intervalBars(shown, colour, curves.length > MOST_LABELS),
      customdata: shown.map((point) => (point ? hoverFacts(point) : ["", "", ""])),
      ...(values ? valueTexts(shown, places) : {}),
      textfont: { size: SIZES.label, color: colour, shadow: HALO },
      line: { color: colour, width: 1.4, dash: i < PALETTE.length ? "solid" : "dot" },
      marker: { color: colour, size: 8, symbol: SYMBOLS[i % SYMBOLS.length] },
      connectgaps: false,
      cliponaxis: false,
      hovertemplate:
        `<b>${wrappedText(curve.name, 280, SIZES.text).text}</b>, %{customdata[0]}<br>` +
        "%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    };
  });
}

/** Colours and symbols repeat after different numbers of curves: together they tell 35 apart. */
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "triangle-down"] as const;

/** The rates beside their points. */
function valueTexts(points: readonly (Point | undefined)[], { range: [left, right] }: Places): object {
  const named = points.flatMap((point) =>
    point ? [{ across: (point.x - left) / (right - left), row: point.row }] : [],
  );
  const { text, textposition } = curveValues(named, DRAWING_HEIGHT);
  const spread = <Value>(values: readonly Value[], none: Value) => {
    let next = 0;
    return points.map((point) => (point ? values[next++] : none));
  };
  return { text: spread(text, ""), textposition: spread(textposition, "top left") };
}

function pointsOf({ single, layered }: Curve, places: Places, shift: number): Point[] {
  return [
    ...single.map(({ width, row }) => ({
      x: rounded(places.width(width) + shift),
      row,
      where: `width ${width}`,
    })),
    ...layered.map(({ layers, row }) => ({
      x: rounded(places.layers(layers) + shift),
      row,
      where: layers === "none" ? "no hidden layer" : `layers ${layers}`,
    })),
  ];
}

/** Curves step aside a little, so that equal points do not hide each other. */
function dodge(index: number, count: number, { step }: Places): number {
  return (index - (count - 1) / 2) * Math.min(0.08, 0.4 / count) * step;
}

function intervalBars(points: readonly (Point | undefined)[], colour: string, many: boolean): object {
  const distance = (end: 0 | 1) =>
    points.map((point) => (point ? rounded(100 * Math.abs(point.row.interval[end] - point.row.rate)) : null));
  return {
    type: "data",
    symmetric: false,
    array: distance(1),
    arrayminus: distance(0),
    color: colour,
    thickness: many ? 0.7 : 1.2,
    width: many ? 0 : 4,
  };
}

function hoverFacts({ row, where }: Point): string[] {
  const [low, high] = row.interval.map((end) => (100 * end).toFixed(1));
  const diverged = row.diverged > 0 ? `, ${row.diverged} diverged` : "";
  return [
    where,
    `${row.solved} of ${row.trials} trials solved${diverged}`,
    `95 % interval: ${low} to ${high} %`,
  ];
}

/** Room at the right for the curves' names, or undefined where a key below must name them. One curve needs neither. */
export function labelRoom(curves: readonly Curve[]): number | undefined {
  if (curves.length === 1) return 0;
  const widest = Math.max(...curves.map((curve) => textWidth(curve.name, SIZES.text)));
  return curves.length <= MOST_LABELS && widest <= WIDEST_LABEL ? Math.ceil(widest) + 4 : undefined;
}

/** The names at the ends of their curves, kept apart. */
export function endLabels(curves: readonly Curve[], places: Places): object[] {
  if (curves.length === 1) return [];
  const ends = curves
    .map((curve, i) => {
      const points = pointsOf(curve, places, 0);
      const rate = points[points.length - 1].row.rate;
      return { curve, colour: PALETTE[i], rate, height: rate * DRAWING_HEIGHT };
    })
    .sort((a, b) => a.height - b.height);
  const heights = keptApart(ends.map((end) => end.height));
  return ends.map(({ curve, colour, rate, height }, i) => ({
    text: asText(curve.name),
    xref: "paper",
    x: 1,
    xanchor: "left",
    y: rounded(100 * rate),
    yanchor: "middle",
    yshift: Math.round(heights[i] - height),
    showarrow: false,
    font: { size: SIZES.text, color: colour, weight: 700 },
  }));
}

/** Ascending heights moved up as far as needed, then down again where they leave the drawing. */
function keptApart(heights: readonly number[]): number[] {
  const apart = [...heights];
  for (let i = 1; i < apart.length; i++) apart[i] = Math.max(apart[i], apart[i - 1] + LABEL_HEIGHT);
  let ceiling = DRAWING_HEIGHT + LABEL_HEIGHT / 2;
  for (let i = apart.length - 1; i >= 0; i--) {
    apart[i] = Math.min(apart[i], ceiling);
    ceiling = apart[i] - LABEL_HEIGHT;
  }
  return apart;
}
