import type { LossSurface } from "./gradient.js";

/** How the loss bends at the final weights: the least and the largest second derivative along any direction. */
export interface Curvature {
  readonly least: number;
  readonly largest: number;
  /** Whether there is a direction in which the loss bends down: least < −1e-4 and < −1e-3 of the largest. */
  readonly bendsDown: boolean;
  /**
   * Whether the bend outweighs the slope: at a distance of 0.1, 0.3 or 1 to either side in that direction, the loss is
   * lower on average than here, by more than the gradient could bring over as much. Else a way down is a slope, no saddle.
   */
  readonly outweighsSlope: boolean;
}

const MOST_WEIGHTS = 80;
const MOST_WORK = 2_000_000; // rows × weights², some tenths of a second
const STEP = 1e-5;
const DOWN = 1e-4;
const DOWN_SHARE = 1e-3;
const DISTANCES = [0.1, 0.3, 1]; // weights of tiny networks are of size 1 to 10

/**
 * The extreme eigenvalues of the matrix of second derivatives, from central differences of the gradient; undefined for
 * networks or data so large that it would take long, and where it is not finite.
 *
 * Across the kink of a ReLU there is no second derivative: a kink within 1e-5 of a row counts as part of the loss.
 */
export function curvatureAt(
  surface: LossSurface,
  weights: ArrayLike<number>,
  rows: number,
): Curvature | undefined {
  const count = weights.length;
  if (count > MOST_WEIGHTS || rows * count * count > MOST_WORK) return undefined;
  const place = Float64Array.from(weights);
  const matrix = Array.from(place, (_, i) => secondDerivatives(surface, place, i));
  const symmetric = matrix.map((row, i) => row.map((value, j) => (value + matrix[j][i]) / 2));
  if (!symmetric.every((row) => row.every(Number.isFinite))) return undefined;
  const { values, vectors } = eigenOf(symmetric);
  const least = Math.min(...values);
  const largest = Math.max(...values);
  const bendsDown = least < -DOWN && least < -DOWN_SHARE * largest;
  const direction = vectors[values.indexOf(least)];
  return {
    least,
    largest,
    bendsDown,
    outweighsSlope: bendsDown && outweighsSlope(surface, place, direction),
  };
}

function outweighsSlope(surface: LossSurface, place: Float64Array, direction: Float64Array): boolean {
  const { loss, gradient } = surface(place);
  const slope = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  const lossAt = (distance: number): number =>
    surface(place.map((weight, i) => weight + distance * direction[i])).loss;
  return DISTANCES.some((distance) => loss - (lossAt(distance) + lossAt(-distance)) / 2 > slope * distance);
}

function secondDerivatives(surface: LossSurface, place: Float64Array, i: number): Float64Array {
  const at = (shift: number): Float64Array => {
    const moved = Float64Array.from(place);
    moved[i] += shift;
    return surface(moved).gradient;
  };
  const [above, below] = [at(STEP), at(-STEP)];
  return above.map((value, j) => (value - below[j]) / (2 * STEP));
}

/** Jacobi's method: turns of coordinate pairs until nothing is left beside the diagonal; each vector of length 1. */
function eigenOf(symmetric: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const a = symmetric.map((row) => Float64Array.from(row));
  const vectors = symmetric.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  const size = a.length;
  const scale = Math.max(...a.map((row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    let beside = 0;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        beside = Math.max(beside, Math.abs(a[p][q]));
        if (a[p][q] !== 0) turn(a, vectors, p, q);
      }
    if (beside <= 1e-9 * scale) break;
  }
  return { values: a.map((row, i) => row[i]), vectors };
}

function turn(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const half = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const tangent = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of a) {
    const [x, y] = [row[p], row[q]];
    row[p] = cosine * x - sine * y;
    row[q] = sine * x + cosine * y;
  }
  for (const rows of [a, vectors])
    for (let j = 0; j < a.length; j++) {
      const [x, y] = [rows[p][j], rows[q][j]];
      rows[p][j] = cosine * x - sine * y;
      rows[q][j] = sine * x + cosine * y;
    }
}
