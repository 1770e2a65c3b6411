import { dot, lengthOf, mainDirection, meanOf, unit, without } from "../../numbers/vectors.js";
import { between, type Place } from "../parts/marks.js";
import { type Frame, frameAround } from "../parts/plane.js";
import type { HiddenPoint, HiddenState, Score } from "./state.js";

/** A hidden layer's state as it is drawn: points of a plane, and which class is answered where in it. */
export type HiddenView = ReturnType<typeof viewBy>;

/** A class's score a·x + b·y + level in the plane. */
export type PlaneScore = Readonly<Record<"a" | "b" | "level", number>>;

/** A view of each state. One unit gives a line, two a plane, more are looked at so that as many borders as possible are lines. */
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

function viewBy({ points, lines, scores }: HiddenState, place: (point: HiddenPoint) => Place) {
  return {
    points: points.map(place),
    lines: lines.map((line) => line.map(place)),
    /** Undefined where the plane does not show the borders. */
    scores: scores?.map(({ normal, level }) => ({ a: normal[0], b: normal[1] ?? 0, level })),
  };
}

/** In a plane, the borders between so many classes are lines: all their normals lie in it. */
export const MOST_SEEN = 3;

/**
 * Across: the distance from the border of the first two classes, so that it is the vertical line at 0. Upwards: of two
 * classes that direction along the border in which the points are spread most; of three the one in which the third
 * class's score differs. Without borders, or with more: the two directions of largest spread.
 */
function projected(state: HiddenState, before: Float64Array | undefined) {
  const { points, scores } = state;
  const seen = scores && scores.length <= MOST_SEEN ? scores : undefined;
  const [border, third] = (seen ?? []).slice(1).map((score) => apart(score, seen?.[0]));
  const length = lengthOf(border?.normal ?? []);
  const middle = meanOf(points);
  const flat = border !== undefined && length > 0 && Number.isFinite(border.level);
  const across = flat ? unit(border.normal) : spreadDirection(points, [], before);
  const rest = without(third?.normal ?? [], across);
  const up = lengthOf(rest) > 0 ? unit(rest) : spreadDirection(points, [across], flat ? before : undefined);
  const zero: Place = [flat ? -border.level / length : dot(across, middle), dot(up, middle)];
  const place = (point: HiddenPoint): Place => [dot(point, across) - zero[0], dot(point, up) - zero[1]];
  // What lies at right angles to the plane adds the same to all scores, since their differences lie in it.
  const inPlane = ({ normal, level }: Score): PlaneScore => {
    const [a, b] = [dot(normal, across), dot(normal, up)];
    return { a, b, level: level + a * zero[0] + b * zero[1] };
  };
  return { view: { ...viewBy(state, place), scores: seen?.map(inPlane) }, direction: flat ? up : across };
}

/** How much more a class's score is than another one's. */
function apart({ normal, level }: Score, other: Score = { normal: [], level: 0 }): Score {
  return { normal: normal.map((weight, i) => weight - other.normal[i]), level: level - other.level };
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
  return frameAround([...places, ...bounds.map((bound) => [bound, bound])], MARGIN);
}

/** A corner of a region, and which class lies beyond the edge that begins there; undefined at the frame's own edges. */
export interface Corner {
  readonly at: Place;
  readonly beyond: number | undefined;
}

/** The part of the frame where a class has the largest score, the first of equal ones: a polygon, perhaps empty. */
export function regionOf(scores: readonly PlaneScore[], place: number, { x, y }: Frame): Corner[] {
  const corners: readonly Place[] = [
    [x[0], y[0]],
    [x[1], y[0]],
    [x[1], y[1]],
    [x[0], y[1]],
  ];
  const whole = corners.map((at): Corner => ({ at, beyond: undefined }));
  return scores.reduce((region, other, beyond) => {
    if (beyond === place) return region;
    const lead = (at: Place) => scoreAt(scores[place], at) - scoreAt(other, at);
    return cutOff(region, lead, beyond, beyond < place);
  }, whole);
}

function scoreAt({ a, b, level }: PlaneScore, [x, y]: Place): number {
  return a * x + b * y + level;
}

/** What is left of a polygon where a class leads another one (Sutherland and Hodgman's algorithm). */
function cutOff(
  region: readonly Corner[],
  lead: (at: Place) => number,
  beyond: number,
  strictly: boolean,
): Corner[] {
  const inside = ({ at }: Corner) => (strictly ? lead(at) > 0 : lead(at) >= 0);
  return region.flatMap((corner, i) => {
    const next = region[(i + 1) % region.length];
    const own = inside(corner) ? [corner] : [];
    if (inside(corner) === inside(next)) return own;
    const share = lead(corner.at) / (lead(corner.at) - lead(next.at));
    const crossing = between(corner.at, next.at, share);
    return [...own, { at: crossing, beyond: inside(corner) ? beyond : corner.beyond }];
  });
}

/** The borders between these regions, each once: two ends each. */
export function bordersOf(regions: readonly (readonly Corner[])[]): (readonly [Place, Place])[] {
  return regions.flatMap((region, place) =>
    region.flatMap(({ at, beyond }, i) =>
      beyond !== undefined && beyond > place ? [[at, region[(i + 1) % region.length].at] as const] : [],
    ),
  );
}
