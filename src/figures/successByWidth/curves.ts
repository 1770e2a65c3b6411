import type { StudyRow } from "../../study/table.js";
import { counted } from "../../words/english.js";
import { widthsText } from "../../words/names.js";
import { intervalText, rounded, shortPercentText } from "../../words/numbers.js";
import { hoverName, line, note, type Trace } from "../parts/marks.js";
import { type Curve, layersText } from "../parts/settings.js";
import { textWidth } from "../parts/text.js";
import { HALO, SIZES } from "../parts/theme.js";

const LOGARITHMIC_FROM = 16; // times the smallest width: 1 to 16 still fit side by side

export type Places = ReturnType<typeof placesOf>;

/**
 * Where the settings of a study stand on the width axis: widths at their place, as logarithms where they grow too far; networks of
 * several layers after them.
 */
export function placesOf(curves: readonly Curve[]) {
  const widths = [...new Set(curves.flatMap((curve) => curve.single.map((point) => point.width)))].sort(
    (a, b) => a - b,
  );
  const layered = [...new Set(curves.flatMap((curve) => curve.layered.map((row) => widthsText(row.hidden))))];
  const logarithmic = widths.length > 2 && widths[widths.length - 1] > LOGARITHMIC_FROM * widths[0];
  const width = (units: number) => (logarithmic ? Math.log2(units) : units);
  const at = widths.map(width);
  const last = at.at(-1) ?? 0;
  /** The distance of two neighbours, about. */
  const step = at.length > 1 ? (last - at[0]) / (at.length - 1) : 1;
  const layersAt = (text: string) => last + step * (1.2 + layered.indexOf(text));
  const ticks = [
    ...widths.map((units) => ({ at: width(units), text: String(units) })),
    ...layered.map((text) => ({ at: layersAt(text), text })),
  ];
  return {
    width,
    layers: (row: StudyRow) => layersAt(widthsText(row.hidden)),
    ticks,
    range: [ticks[0].at - 0.4 * step, ticks[ticks.length - 1].at + 0.25 * step],
    step,
    /** Between the widths and the networks of several layers, if there are both. */
    divider: widths.length > 0 && layered.length > 0 ? last + 0.6 * step : undefined,
  };
}

export const DRAWING_HEIGHT = 270; // pixels
const LABEL_HEIGHT = 16;
const WIDEST_LABEL = 96;
const MOST_LABELS = 5;
const MOST_VALUES = 6;

/** Whether the rates are written beside the points: where there is room for it. */
export function hasValues(curves: readonly Curve[]): boolean {
  return curves.length === 1 && curves[0].rows.length <= MOST_VALUES;
}

/** A trace a curve: points with intervals; a thin line joins those that are widths. */
export function curveTraces(curves: readonly Curve[], places: Places): Trace[] {
  return curves.map((curve, i) => {
    const points = pointsOf(curve, places, dodge(i, curves.length, places));
    const widths = points.slice(0, curve.single.length);
    const shown = [...widths, ...points.slice(widths.length).flatMap((point) => [undefined, point])];
    const { colour: color, dash, symbol } = curve.look;
    const xy = {
      x: shown.map((point) => point?.x ?? null),
      y: shown.map((point) => (point ? rounded(100 * point.row.rate) : null)),
    };
    const stroke = { color, width: 1.6, dash };
    const hover = `${hoverName(curve.name)}, %{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}`;
    return line(
      xy,
      stroke,
      { name: curve.name, hover },
      {
        mode: "lines+markers",
        marker: { color, size: 9, symbol, line: { width: 2 } },
        error_y: intervalBars(shown, color, curves.length > MOST_LABELS),
        customdata: shown.map((point) => (point ? hoverFacts(point) : ["", "", ""])),
        cliponaxis: false,
        ...(hasValues(curves) ? valueTexts(shown, color) : {}),
      },
    );
  });
}

const LEVEL = 0.06; // of all trials: rates that are nearer to each other have their texts at one height

/**
 * The rates, at the left of their points: above a line that comes from below, below one that comes from above, and on the
 * other side than the neighbour's where the line is level.
 */
function valueTexts(points: readonly (Point | undefined)[], color: string): object {
  const above: boolean[] = [];
  for (const [i, point] of points.entries()) {
    const rise = (point?.row.rate ?? 0) - (points[i - 1]?.row.rate ?? 0);
    above.push(points[i - 1] !== undefined && Math.abs(rise) < LEVEL ? !above[i - 1] : rise >= 0);
  }
  return {
    mode: "lines+markers+text",
    text: points.map((point) => (point ? shortPercentText(point.row.rate) : "")),
    textposition: above.map((is) => (is ? "top left" : "bottom left")),
    textfont: { size: SIZES.label, color, shadow: HALO },
  };
}

type Point = ReturnType<typeof pointsOf>[number];

function pointsOf({ single, layered }: Curve, places: Places, shift: number) {
  return [
    ...single.map(({ width, row }) => ({
      x: rounded(places.width(width) + shift),
      row,
      where: `width ${width}`,
    })),
    ...layered.map((row) => ({ x: rounded(places.layers(row) + shift), row, where: layersText(row) })),
  ];
}

/** Curves step aside a little, so that equal points do not hide each other. */
function dodge(index: number, count: number, { step }: Places): number {
  return (index - (count - 1) / 2) * Math.min(0.08, 0.4 / count) * step;
}

function intervalBars(points: readonly (Point | undefined)[], color: string, many: boolean): object {
  const distance = (end: 0 | 1) =>
    points.map((point) => (point ? rounded(100 * Math.abs(point.row.interval[end] - point.row.rate)) : null));
  return {
    ...{ type: "data", symmetric: false, array: distance(1), arrayminus: distance(0) },
    ...{ color, thickness: many ? 0.7 : 1.2, width: many ? 0 : 4 },
  };
}

function hoverFacts({ row, where }: Point): string[] {
  const diverged = row.diverged > 0 ? `, ${row.diverged} diverged` : "";
  return [
    where,
    `${row.solved} of ${counted(row.trials, "trial")} solved${diverged}`,
    `95 % interval: ${intervalText(row.interval, 1)}`,
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
    .map((curve) => {
      const { rate } = pointsOf(curve, places, 0)[curve.rows.length - 1].row;
      return { curve, color: curve.look.colour, rate, height: rate * DRAWING_HEIGHT };
    })
    .sort((a, b) => a.height - b.height);
  const heights = keptApart(ends.map((end) => end.height));
  return ends.map(({ curve, color, rate, height }, i) => {
    const across = { xref: "paper", x: 1, xanchor: "left" };
    const up = { y: rounded(100 * rate), yanchor: "middle", yshift: Math.round(heights[i] - height) };
    return note(curve.name, { ...across, ...up }, { size: SIZES.text, color, weight: 700 });
  });
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
