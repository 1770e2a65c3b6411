import { asText } from "../parts/text.js";
import { COLOURS, HALO, SIZES } from "../parts/theme.js";
import type { PathPlane } from "./plane.js";
import type { Landscape } from "./surface.js";

type Point = readonly [number, number];

/** A line's name, and the points where it could stand. */
export interface LineLabel {
  readonly text: string;
  readonly points: readonly Point[];
}

/** The names of the path's ends, and of the lines as far as they have room. */
export function landscapeLabels({ path }: PathPlane, land: Landscape, lines: readonly LineLabel[]): object[] {
  const [start, end] = [path[0], path[path.length - 1]];
  const ends = endLabels(start, end, land.half);
  const taken: Point[] = [];
  const names = lines.flatMap(({ text, points }) => {
    const place = freePlace(land, [...path, ...taken], points);
    if (!place) return [];
    taken.push(place);
    return [label(text, place, {})];
  });
  return [...ends, ...names];
}

const ONE_PLACE = 0.2; // of half a side: nearer, the ends share a label

function endLabels(start: Point, end: Point, half: number): object[] {
  const rightward = end[0] >= start[0];
  const after = { xanchor: rightward ? "left" : "right", xshift: rightward ? 10 : -10 };
  if (Math.hypot(end[0] - start[0], end[1] - start[1]) < ONE_PLACE * half)
    return [label("start and end", end, { ...after, xanchor: "left", xshift: 10 })];
  const before = { xanchor: rightward ? "right" : "left", xshift: rightward ? -8 : 8 };
  return [label("start", start, before), label("end", end, after)];
}

const INSIDE = [0.82, 0.92] as const; // of half a side: room for half a label
const LONG = 3; // times as long as high is a label

/** The point of a line that lies farthest from all that is there already, and well within the square. */
function freePlace({ x, y, half }: Landscape, taken: readonly Point[], points: readonly Point[]) {
  const middle = [x, y].map((values) => (values[0] + values[values.length - 1]) / 2);
  let best: Point | undefined;
  let most = 0.13 * half; // nearer than a label's height, it would hide what is there
  for (const point of points) {
    if (INSIDE.some((part, axis) => Math.abs(point[axis] - middle[axis]) > part * half)) continue;
    const apart = taken.map((at) => Math.max(Math.abs(at[0] - point[0]) / LONG, Math.abs(at[1] - point[1])));
    const room = Math.min(...apart);
    if (room > most) [best, most] = [point, room];
  }
  return best;
}

function label(text: string, [x, y]: Point, more: object): object {
  const font = { size: SIZES.label, color: COLOURS.ink, shadow: HALO, weight: 700 };
  return { text: asText(text), x, y, showarrow: false, borderpad: 1, font, ...more };
}
