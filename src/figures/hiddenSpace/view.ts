import type { HiddenPoint, HiddenState } from "./state.js";

/** A hidden layer's state as it is drawn: points of a plane, and where the output is ½ in it. */
export interface HiddenView {
  readonly points: readonly Place[];
  readonly lines: readonly (readonly Place[])[];
  /** a·x + b·y = level where the output is ½, and above ½ where it is greater; undefined where there is no flat border. */
  readonly border: { readonly a: number; readonly b: number; readonly level: number } | undefined;
}

/** x and y in the drawing. */
export type Place = readonly [x: number, y: number];

/** A view of each state. One unit gives a line, two a plane, more are looked at along the border. */
export function hiddenViews(states: readonly HiddenState[]): HiddenView[] {
  const units = states[0].points[0].length;
  if (units === 1) return states.map((state) => viewBy({ ...state, lines: [] }, ([value]) => [value, 0])); // lines would fold up
  if (units === 2) return states.map((state) => viewBy(state, ([x, y]) => [x, y]));
  let before: readonly number[] | undefined;
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
function projected(state: HiddenState, before: readonly number[] | undefined) {
  const normal = state.border?.normal ?? [];
  const length = Math.hypot(...normal);
  const flat = state.border !== undefined && length > 0;
  const middle = mean(state.points);
  const across = flat ? normal.map((weight) => weight / length) : spreadDirection(state.points, [], before);
  const up = spreadDirection(state.points, [across], flat ? before : undefined);
  const zero = flat ? (state.border?.level ?? 0) / length : dot(across, middle);
  const place = (point: HiddenPoint): Place => [dot(point, across) - zero, dot(point, up) - dot(middle, up)];
  const view = {
    ...viewBy(state, place),
    // With no weight at all the output is the same everywhere: the border is nowhere.
    border: state.border ? { a: length, b: 0, level: flat ? 0 : state.border.level } : undefined,
  };
  return { view, direction: flat ? up : across };
}

const ROUNDS = 60;

/** The direction of largest spread among those at right angles to the given ones, turned like the one before. */
function spreadDirection(
  points: readonly HiddenPoint[],
  without: readonly (readonly number[])[],
  before: readonly number[] | undefined,
): number[] {
  const middle = mean(points);
  const centred = points.map((point) =>
    remainder(
      point.map((value, i) => value - middle[i]),
      without,
    ),
  );
  const farthest = centred.reduce((best, one) => (dot(one, one) > dot(best, best) ? one : best));
  const free = unit(
    remainder(
      middle.map((_, i) => 1 + i),
      without,
    ),
  ); // any direction, if all points coincide
  let direction = dot(farthest, farthest) > 0 ? unit(farthest) : free;
  for (let round = 0; round < ROUNDS; round++) {
    const next = middle.map((_, i) =>
      centred.reduce((sum, point) => sum + dot(point, direction) * point[i], 0),
    );
    if (dot(next, next) > 0) direction = unit(next);
  }
  const turned = before ? dot(direction, before) < 0 : direction.reduce((sum, part) => sum + part, 0) < 0;
  return turned ? direction.map((part) => -part) : direction;
}

function remainder(vector: readonly number[], without: readonly (readonly number[])[]): number[] {
  return without.reduce<number[]>(
    (rest, direction) => {
      const share = dot(rest, direction);
      return rest.map((value, i) => value - share * direction[i]);
    },
    [...vector],
  );
}

function mean(points: readonly HiddenPoint[]): number[] {
  return points[0].map((_, i) => points.reduce((sum, point) => sum + point[i], 0) / points.length);
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
