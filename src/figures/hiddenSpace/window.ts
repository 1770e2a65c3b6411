import type { HiddenView, Place } from "./view.js";

/** The part of the plane that is drawn, the same at all epochs so that movement is seen. */
export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

const MARGIN = 0.14; // of the extent, for marks and their names
const MOST_UNLIKE = 4; // sides more unlike than this would make a sliver of one scale

/** A square around everything that is drawn at any time; with one scale, unless one side is far longer. */
export function windowOf(views: readonly HiddenView[], inside?: readonly [number, number]): Window {
  const places = views.flatMap(({ points, lines }) => [...points, ...lines.flat()]);
  const [x, y] = [0, 1].map((axis) => {
    const values = [...places.map((place) => place[axis]), ...(inside ?? [])];
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  });
  const extents = [x, y].map(([low, high]) => high - low);
  const longest = Math.max(...extents) || 1;
  const shortest = Math.min(...extents);
  const alike = shortest === 0 || longest / shortest <= MOST_UNLIKE;
  const around = ([low, high]: number[], extent: number): [number, number] => {
    const half = (alike ? longest : extent) * (0.5 + MARGIN);
    return [(low + high) / 2 - half, (low + high) / 2 + half].map((value) =>
      Number(value.toPrecision(5)),
    ) as [number, number];
  };
  return { x: around(x, extents[0]), y: around(y, extents[1]) };
}

/** The part of the window where the output is ½ or less (side −1), or above (side 1): a polygon, perhaps empty. */
export function sideOf(border: HiddenView["border"], side: 1 | -1, { x, y }: Window): Place[] {
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

/** The border within the window: its two ends, or nothing. */
export function borderIn(border: HiddenView["border"], window: Window): Place[] {
  const above = sideOf(border, 1, window);
  const below = sideOf(border, -1, window);
  const shared = above.filter((place) =>
    below.some((other) => place[0] === other[0] && place[1] === other[1]),
  );
  return shared.length === 2 ? shared : [];
}

/** Where the border crosses an edge. */
function between(from: Place, to: Place, height: (place: Place) => number): Place {
  const share = height(from) / (height(from) - height(to));
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}
