import { random } from "../../numbers/random.js";
import type { WeightPath } from "./path.js";

/** A plane in the space of all weights, through the start and the end of a path. */
export interface PathPlane {
  /** The path's start: the plane's origin. */
  readonly origin: Float64Array;
  /** Two directions of length 1, at right angles. */
  readonly across: Float64Array;
  readonly up: Float64Array;
  /** Where each point of the path lies, or is nearest to, in the plane. */
  readonly path: readonly (readonly [number, number])[];
  /** Share of the path's variance that the plane holds, 0 to 1; 1 of a path without length. */
  readonly share: number;
  /** Whether a direction had to be drawn at random, since the path goes no second way, or no way at all. */
  readonly drawn: "none" | "up" | "both";
}

/** Snapshots are single precision: what is below this share of the path is rounding. */
const ROUNDING = 1e-10; // of squared lengths

/**
 * The plane that best holds a path: across from its start to its end, and up in the direction in which it strays
 * most from that line (its first principal component, found from the points' inner products).
 *
 * @param seed  of the random direction that stands in where the path is straight, or does not move
 */
export function pathPlane({ points }: WeightPath, seed: number): PathPlane {
  const [origin] = points;
  const steps = points.map((point) => point.map((value, i) => value - origin[i]));
  const far = Math.max(...steps.map((step) => dot(step, step)));
  const end = steps[steps.length - 1];
  const draw = randomDirections(seed, origin.length);
  const closed = dot(end, end) <= ROUNDING * far; // back where it began: its main direction instead
  const moves = far > ROUNDING * dot(origin, origin);
  const across = unit(moves ? (closed ? mainDirection(steps) : end) : draw());
  const strays = steps.map((step) => without(step, across));
  const strayed = moves && Math.max(...strays.map((stray) => dot(stray, stray))) > ROUNDING * far;
  const up = strayed ? unit(without(mainDirection(strays), across)) : unit(without(draw(), across));
  const path = steps.map((step) => [dot(step, across), dot(step, up)] as const);
  const drawn = strayed ? "none" : moves ? "up" : "both";
  return { origin, across, up, path, share: moves ? heldShare(steps, path) : 1, drawn };
}

/** The weights at a place of the plane. */
export function weightsAt({ origin, across, up }: PathPlane, x: number, y: number): Float64Array {
  return origin.map((value, i) => value + x * across[i] + y * up[i]);
}

/**
 * The direction in which rows vary most about 0: the rows weighted by the first eigenvector of the matrix of their
 * inner products, found by repeated multiplication. It points to the side of the row that lies farthest along it.
 */
function mainDirection(rows: readonly Float64Array[]): Float64Array {
  const products = rows.map((one) => Float64Array.from(rows, (other) => dot(one, other)));
  const norms = products.map((row, i) => row[i]);
  let weights: Float64Array = products[norms.indexOf(Math.max(...norms))];
  for (let round = 0; round < 200; round++) {
    weights = unit(weights);
    weights = Float64Array.from(products, (row) => dot(row, weights));
  }
  const direction = unit(sumOf(rows, unit(weights)));
  const along = rows.map((row) => dot(row, direction));
  const farthest = along.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return farthest < 0 ? direction.map((value) => -value) : direction;
}

function sumOf(rows: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(rows[0].length);
  rows.forEach((row, r) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[r] * row[i];
  });
  return sum;
}

/** The part of the path's variance about its middle that its picture in the plane has. */
function heldShare(steps: readonly Float64Array[], path: PathPlane["path"]): number {
  const middle = sumOf(steps, new Float64Array(steps.length).fill(1 / steps.length));
  const centred = steps.map((step) => step.map((value, i) => value - middle[i]));
  const all = centred.reduce((sum, step) => sum + dot(step, step), 0);
  const [x, y] = [0, 1].map((axis) => path.reduce((sum, at) => sum + at[axis], 0) / path.length);
  const held = path.reduce((sum, at) => sum + (at[0] - x) ** 2 + (at[1] - y) ** 2, 0);
  return Math.min(1, held / all);
}

function randomDirections(seed: number, length: number): () => Float64Array {
  const source = random(seed, "landscape");
  return () => Float64Array.from({ length }, () => source.normal());
}

function without(vector: Float64Array, direction: Float64Array): Float64Array {
  const along = dot(vector, direction);
  return vector.map((value, i) => value - along * direction[i]);
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
