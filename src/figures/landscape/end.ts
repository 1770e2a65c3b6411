import type { Landscape } from "./surface.js";

/** What surrounds the end of a path in its plane. */
export interface Surroundings {
  /** The loss there. */
  readonly loss: number;
  /** The radius within which was looked, in weights. */
  readonly radius: number;
  /** Smaller changes count as none. */
  readonly level: number;
  /**
   * plateau: level all around; hollow: the loss rises all around; valley: level to two opposite sides, rising between
   * them; edge: level on one side, rising on the other; slope: somewhere the loss falls.
   */
  readonly shape: "plateau" | "hollow" | "valley" | "edge" | "slope";
  /** The largest rise and the largest fall within the radius, ≥ 0. */
  readonly rise: number;
  readonly fall: number;
}

const RADIUS = 1 / 6; // of half a side of the square
const RINGS = [1 / 3, 2 / 3, 1]; // of the radius
const DIRECTIONS = 48;
/** A change is level below this share of the higher of the losses at the path's start and end. */
const LEVEL = 0.01;
const LEAST_LEVEL = 0.001; // of a run that began with next to no loss

/** Looks around the end of the path: in 48 directions, at three distances. */
export function surroundings(
  { at, half }: Landscape,
  path: readonly (readonly [number, number])[],
): Surroundings {
  const [start, end] = [path[0], path[path.length - 1]];
  const loss = at(...end);
  const radius = RADIUS * half;
  const level = Math.max(LEVEL * at(...start), LEVEL * loss, LEAST_LEVEL);
  const directions = Array.from({ length: DIRECTIONS }, (_, i) => (2 * Math.PI * i) / DIRECTIONS);
  const changes = directions.map((angle) =>
    RINGS.map((ring) => {
      const [x, y] = [end[0] + ring * radius * Math.cos(angle), end[1] + ring * radius * Math.sin(angle)];
      return at(x, y) - loss;
    }),
  );
  const all = changes.flat().map((change) => (Number.isFinite(change) ? change : Infinity));
  const rise = Math.max(0, ...all);
  const fall = Math.max(0, ...all.map((change) => -change));
  const flat = changes.map((along) => along.every((change) => Math.abs(change) <= level));
  return { loss, radius, level, rise, fall, shape: fall > level ? "slope" : shapeOf(flat) };
}

function shapeOf(flat: readonly boolean[]): Surroundings["shape"] {
  if (flat.every(Boolean)) return "plateau";
  if (!flat.some(Boolean)) return "hollow";
  const opposite = flat.some((level, i) => level && flat[(i + flat.length / 2) % flat.length]);
  if (!opposite) return "edge";
  const turns = flat.filter((level, i) => level !== flat[(i + 1) % flat.length]).length;
  return turns >= 4 ? "valley" : "edge";
}
