import { type DistinctRows, rowsAt } from "../../data/rows.js";
import type { Loss } from "../../engine/losses.js";
import { type Network, parameterCount } from "../../engine/network.js";
import { lossAndGradient } from "../../engine/plain.js";
import { extremeEigen } from "../../numbers/lanczos.js";
import { evenly, lengthOf, scattered } from "../../numbers/vectors.js";

/** A function that gives the mean loss and its gradient for weights, in double precision. */
export type LossSurface = (weights: Float64Array) => ReturnType<typeof lossAndGradient>;

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
  /** Whether all directions were looked at; of networks with more than 80 weights only the most promising are. */
  readonly complete: boolean;
}

/** Networks of up to so many weights are examined in all directions. */
const MOST_WEIGHTS = 80;
/** Products for larger ones: enough for the extremes, which Lanczos's method finds first. */
const PRODUCTS = 30;
const STEP = 1e-6;
const DOWN = 1e-4;
const DOWN_SHARE = 1e-3;
const DISTANCES = [0.1, 0.3, 1]; // weights of tiny networks are of size 1 to 10

/**
 * The extreme eigenvalues of the matrix of second derivatives, whose products with a direction are differences of the
 * gradient; undefined where it is not finite.
 *
 * Across the kink of a ReLU there is no second derivative, and with biases of zero, as training starts, rows of zeros lie
 * exactly on it: in networks with kinks the second derivatives are taken a thousandth beside the weights. With many rows some
 * kinks lie there as well, see awayFromKinks().
 */
export function curvatureAt(
  surface: LossSurface,
  weights: ArrayLike<number>,
  kinks: boolean,
): Curvature | undefined {
  const place = Float64Array.from(weights);
  const found = extremesAt(surface, kinks ? beside(place) : place);
  if (!found) return undefined;
  const [least, largest] = [found.least.value, found.largest.value];
  const curvesDown = least < -DOWN && least < -DOWN_SHARE * largest;
  const outweighsSlope = curvesDown && outweighs(surface, place, found.least.vector);
  return { least, largest, curvesDown, outweighsSlope, complete: place.length <= MOST_WEIGHTS };
}

const MOST_WORK = 5_000_000; // weights × rows × gradients, some tenths of a second
const LEAST_ROWS = 64;

/** The mean loss over data as a function of the weights; of data so large that curvature would take long, over a part. */
export function surfaceOf(network: Network, loss: Loss, { rows, counts }: DistinctRows): LossSurface {
  const weights = parameterCount(network);
  const most = Math.max(LEAST_ROWS, Math.floor(MOST_WORK / (2 * productsFor(weights) * weights)));
  if (rows.rows <= most) return (place) => lossAndGradient(network, place, rows, loss, counts);
  const some = evenly(rows.rows, most);
  const [part, theirs] = [rowsAt(rows, some), some.map((row) => counts[row])];
  return (place) => lossAndGradient(network, place, part, loss, theirs);
}

function productsFor(weights: number): number {
  return weights <= MOST_WEIGHTS ? weights : PRODUCTS;
}

/** The largest second derivative near these weights: steps of gradient descent longer than 2 / largest overshoot. */
export function largestCurvature(surface: LossSurface, weights: ArrayLike<number>): number | undefined {
  return extremesAt(surface, beside(weights))?.largest.value;
}

/** Whether units bend sharply. */
export function hasKinks({ layers }: Network): boolean {
  return layers.some(({ activation }) => activation === "relu" || activation === "leakyRelu");
}

/** Weights a thousandth beside others, each by another amount. */
function beside(weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(weights, (weight, i) => weight + BESIDE * scattered(i));
}
const BESIDE = 1e-3;

function extremesAt(surface: LossSurface, place: Float64Array) {
  const { gradient } = surface(place);
  const products = (direction: Float64Array): Float64Array => {
    const difference = (step: number): Float64Array => {
      const moved = surface(place.map((weight, i) => weight + step * direction[i])).gradient;
      return moved.map((value, i) => (value - gradient[i]) / step);
    };
    return awayFromKinks(difference(STEP), difference(-STEP));
  };
  return extremeEigen(products, place.length, productsFor(place.length));
}

/** Differences to both sides that differ by more than this share are no two measurements of the same derivative. */
const ALIKE = 0.1;

/**
 * A product, from the differences to either side: their mean, or where they differ the shorter one. Over so short a way only a kink
 * between makes them differ, and that difference, a jump divided by the step, says nothing of the second derivative.
 */
function awayFromKinks(above: Float64Array, below: Float64Array): Float64Array {
  const [one, other] = [lengthOf(above), lengthOf(below)];
  const apart = lengthOf(above.map((value, i) => value - below[i]));
  if (apart > ALIKE * Math.max(one, other)) return one < other ? above : below;
  return above.map((value, i) => (value + below[i]) / 2);
}

function outweighs(surface: LossSurface, place: Float64Array, direction: Float64Array): boolean {
  const { loss, gradient } = surface(place);
  const slope = lengthOf(gradient);
  const lossAt = (distance: number): number =>
    surface(place.map((weight, i) => weight + distance * direction[i])).loss;
  return DISTANCES.some((distance) => loss - (lossAt(distance) + lossAt(-distance)) / 2 > slope * distance);
}
