import { eigenOf, lengthOf } from "../numbers/vectors.js";

/** A function that gives the data's mean loss and its gradient for weights, in double precision. */
export type LossSurface = (weights: Float64Array) => {
  readonly loss: number;
  readonly gradient: Float64Array;
};

/** How the loss curves at the final weights: the least and the largest second derivative along any direction. */
export interface Curvature {
  readonly least: number;
  readonly largest: number;
  /** Whether there is a direction in which the loss curves down: least < −1e-4 and < −1e-3 of the largest. */
  readonly curvesDown: boolean;
  /**
   * Whether that outweighs the slope: at a distance of 0.1, 0.3 or 1 to either side in that direction, the loss is lower
   * on average than here, by more than the gradient could lower it over the same distance. Else it is no saddle.
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
  const curvesDown = least < -DOWN && least < -DOWN_SHARE * largest;
  const direction = vectors[values.indexOf(least)];
  return { least, largest, curvesDown, outweighsSlope: curvesDown && outweighs(surface, place, direction) };
}

function outweighs(surface: LossSurface, place: Float64Array, direction: Float64Array): boolean {
  const { loss, gradient } = surface(place);
  const slope = lengthOf(gradient);
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
