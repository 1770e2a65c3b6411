import { dot, lengthOf, mainDirection, meanOf, unit, without } from "../../numbers/vectors.js";
import type { Place } from "../parts/marks.js";
import { type Frame, frameAround } from "../parts/plane.js";
import type { HiddenPoint, HiddenState } from "./state.js";

/** A hidden layer's state as it is drawn: points of a plane, and where the output is ½ in it. */
export interface HiddenView {
  readonly points: readonly Place[];
  readonly lines: readonly (readonly Place[])[];
  /** a·x + b·y = level where the output is ½, and above ½ where it is greater; undefined where there is no flat border. */
  readonly border: { readonly a: number; readonly b: number; readonly level: number } | undefined;
}

/** A view of each state. One unit gives a line, two a plane, more are looked at along the border. */
export function hiddenViews(states: readonly HiddenState[]): HiddenView[] {
  const units = states[0].points[0].length;
  if (units === 1) return states.map((state) => viewBy({ ...state, lines: [] }, ([value]) => [value, 0])); // lines would fold up
  if (units === 2) return states.map((state) => viewBy(state, ([x, y]) => [x, y]));
  let before: Float64Array | undefined;
  return states.map((state) => {
    const { view, direction } = projected(state, before);
    before = direction;
    return view;
  });
}

function viewBy(state: HiddenState, place: (point: HiddenPoint) => Place): HiddenView {
  const { normal, level } = state.border ?? {};
  return {
    points: state.points.map(place),
    lines: state.lines.map((line) => line.map(place)),
    border: normal && level !== undefined ? { a: normal[0], b: normal[1] ?? 0, level } : undefined,
  };
}

/**
 * Across: the distance from the border, so that the border is the vertical line at 0. Upwards: that direction along
 * the border in which the points are spread most. Without a border: the two directions of largest spread.
 */
function projected(state: HiddenState, before: Float64Array | undefined) {
  const { border, points } = state;
  const length = lengthOf(border?.normal ?? []);
  const middle = meanOf(points);
  const flat = border !== undefined && length > 0;
  const across = flat ? unit(border.normal) : spreadDirection(points, [], before);
  const up = spreadDirection(points, [across], flat ? before : undefined);
  const zero = flat ? border.level / length : dot(across, middle);
  const place = (point: HiddenPoint): Place => [dot(point, across) - zero, dot(point, up) - dot(middle, up)];
  // With no weight at all the output is the same everywhere: the border is nowhere.
  const seen = border && { a: length, b: 0, level: flat ? 0 : border.level };
  return { view: { ...viewBy(state, place), border: seen }, direction: flat ? up : across };
}

/** The direction of largest spread among those at right angles to the given ones, turned like the one before. */
function spreadDirection(
  points: readonly HiddenPoint[],
  others: readonly Float64Array[],
  before: Float64Array | undefined,
): Float64Array {
  const middle = meanOf(points);
  const rest = (vector: ArrayLike<number>) => others.reduce(without, Float64Array.from(vector));
  const centred = points.map((point) => rest(point.map((value, i) => value - middle[i])));
  const any = unit(rest(middle.map((_, i) => 1 + i))); // if all points coincide
  const direction = mainDirection(centred) ?? any;
  const along = before ? dot(direction, before) : direction.reduce((sum, part) => sum + part, 0);
  return along < 0 ? direction.map((part) => -part) : direction;
}

const MARGIN = 0.14; // of the extent, for marks and their names

/** A square around everything that is drawn at any time, so that movement is seen, and around the units' bounds. */
export function frameOf(views: readonly HiddenView[], bounds: readonly number[]): Frame {
  const places = views.flatMap(({ points, lines }) => [...points, ...lines.flat()]);
  const [x, y] = [0, 1].map((axis) => [...places.map((place) => place[axis]), ...bounds]);
  return frameAround(x, y, MARGIN);
}

/** The part of the frame where the output is ½ or less (side −1), or above (side 1): a polygon, perhaps empty. */
export function sideOf(border: HiddenView["border"], side: 1 | -1, { x, y }: Frame): Place[] {
  if (!border) return [];
  const corners: Place[] = [
    [x[0], y[0]],
    [x[1], y[0]],
    [x[1], y[1]],
    [x[0], y[1]],
  ];
  const height = ([a, b]: Place) => side * (border.a * a + border.b * b - border.level);
  const inside = (place: Place) => (side > 0 ? height(place) > 0 : height(place) >= 0);
  return corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    const own = inside(corner) ? [corner] : [];
    return inside(corner) === inside(next) ? own : [...own, between(corner, next, height)];
  });
}

/** The border within the frame: its two ends, or nothing. */
export function borderIn(border: HiddenView["border"], frame: Frame): Place[] {
  const [below, above] = [sideOf(border, -1, frame), sideOf(border, 1, frame)];
  const shared = above.filter(([x, y]) => below.some((other) => other[0] === x && other[1] === y));
  return shared.length === 2 ? shared : [];
}

/** Where the border crosses an edge. */
function between(from: Place, to: Place, height: (place: Place) => number): Place {
  const share = height(from) / (height(from) - height(to));
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}
