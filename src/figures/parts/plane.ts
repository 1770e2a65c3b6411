import { extent, ticks } from "../../numbers/vectors.js";
import { rounded } from "../../words/numbers.js";
import { COLOURS, colourScale } from "./colours.js";
import { BAR_BELOW } from "./fit.js";
import type { Place, Trace } from "./marks.js";
import { asText } from "./text.js";
import { axis, SIZES } from "./theme.js";

/** A plane: which part of it is drawn, its axes, and the bar that says what its colours mean. */

/** The part that is drawn. */
export interface Frame {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  /** Whether both axes have one scale. */
  readonly alike: boolean;
}

const MOST_UNLIKE = 4; // sides more unlike than this would make a sliver of one scale
const DIGITS = 5; // of the frame's ends
const FINEST = 1e-4; // of the largest number: sides shorter than this have none, since their ends would read alike

/**
 * A frame around places: a square of one scale, unless one side of the places is far longer than the other.
 *
 * @param margin  on every side, in parts of the extent
 */
export function frameAround(places: readonly (readonly number[])[], margin: number): Frame {
  const sides = [0, 1].map((axis) => extent(places.map((place) => place[axis])));
  const size = Math.max(...sides.flat().map(Math.abs));
  const lengths = sides.map(([low, high]) => (high - low > FINEST * size ? high - low : 0));
  const longest = Math.max(...lengths) || Math.max(1, size);
  const shortest = Math.min(...lengths);
  const alike = shortest === 0 || longest / shortest <= MOST_UNLIKE;
  const around = ([low, high]: readonly [number, number], length: number): [number, number] => {
    const [middle, half] = [(low + high) / 2, (alike ? longest : length) * (0.5 + margin)];
    return [rounded(middle - half, DIGITS), rounded(middle + half, DIGITS)];
  };
  return { x: around(sides[0], lengths[0]), y: around(sides[1], lengths[1]), alike };
}

/** The axes; `square` makes the drawing one, as large as there is room for, at the top of it. */
export function planeAxes({ x, y }: Omit<Frame, "alike">, titles: readonly string[], square: boolean) {
  const shared = { showgrid: false, nticks: 6, fixedrange: true };
  const constrain = square ? { constrain: "domain" } : {};
  const ratio = rounded((x[1] - x[0]) / (y[1] - y[0]), 4);
  const tied = square ? { scaleanchor: "x", scaleratio: ratio, constraintoward: "top" } : {};
  return {
    xaxis: axis(titles[0], { range: x, ...shared, ...constrain }),
    yaxis: axis(titles[1], { range: y, ...shared, ...constrain, ...tied }),
  };
}

/** Points along each side of a plane of colours that stays: fine enough for a straight edge, and 20 kB in a notebook. */
export const FINE = 61;
/** Of one among many pictures of a training: 2 kB. */
export const COARSE = 20;

/** A grid of so many points each way over a frame: its places line by line, from below, and numbers of places by lines. */
export function gridOver(frame: Omit<Frame, "alike">, points: number) {
  const [x, y] = [frame.x, frame.y].map(([from, to]) =>
    ticks(from, to, points).map((value) => rounded(value, 5)),
  );
  const places = y.flatMap((up) => x.map((across): Place => [across, up]));
  const lines = (values: readonly number[]) =>
    y.map((_, row) => values.slice(row * points, (row + 1) * points));
  return { points, x, y, places, lines };
}

export type Grid = ReturnType<typeof gridOver>;

/** A network's output over a grid as colours, from low to high. Where it is no number there is none. */
export function groundTrace(
  { x, y, lines }: Grid,
  outputs: readonly number[],
  scale: { readonly low: number; readonly high: number; readonly colours: readonly string[] },
  more: object,
): Trace {
  const { low, high, colours } = scale;
  return {
    ...{ type: "contour", name: "output", x, y },
    z: lines(outputs).map((line) => line.map((output) => (Number.isFinite(output) ? output : null))),
    ...{ zmin: low, zmax: high, colorscale: colourScale(colours) },
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>output %{z:.4~g}<extra></extra>",
    ...more,
  };
}

/** Pixels of a plane of colours, about as high as a telephone has width for it, of its axis and of its colour bar. */
export const PLANE = { height: 290, axis: BAR_BELOW, bar: 64 } as const;

/** The colour bar below such a plane. */
export function colourBar(
  title: string,
  ticks: { tickvals: readonly number[]; ticktext: readonly string[] } | { nticks: number },
) {
  return {
    orientation: "h",
    ...{ x: 0.5, xanchor: "center", y: -BAR_BELOW / PLANE.height, yanchor: "top", ypad: 0 },
    ...{ lenmode: "pixels", len: 240, thickness: 12, outlinewidth: 0 },
    ...ticks,
    tickfont: { size: SIZES.label, color: COLOURS.quiet },
    title: { text: asText(title), side: "top", font: { size: SIZES.label, color: COLOURS.quiet } },
  };
}
