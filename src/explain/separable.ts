import type { Dataset } from "../data/dataset.js";
import { inputsOf } from "../data/rows.js";
import type { Network } from "../engine/network.js";
import { dot, extent, lengthOf } from "../numbers/vectors.js";
import { isYes } from "../verdict/outcome.js";

/**
 * Whether a network, whatever its weights, can only draw one straight line (a plane, …) between the classes.
 *
 * These activations rise or stay level. A layer of one unit, or of linear units, keeps a rising function of one
 * weighted sum of the inputs what it is (or turns it round); so a network all of whose nonlinear hidden layers have a
 * single unit, or that has none, answers with such a function, and ½ is crossed along one line.
 */
export function drawsOneLine(network: Network): boolean {
  const hidden = network.layers.slice(0, -1);
  return (
    network.layers.every(({ activation }) => NEVER_FALLS.has(activation)) &&
    hidden.every(({ units, activation }) => units === 1 || activation === "linear")
  );
}

const NEVER_FALLS: ReadonlySet<string> = new Set([
  ...["linear", "relu", "leakyRelu", "elu", "sigmoid", "tanh", "softplus"],
]);

const ROUNDS = 20_000;
const TOUCHING = 1e-7; // of the data's extent

/**
 * Whether one straight line (plane, …) can have all targets above ½ on one side and the others on the other.
 *
 * Gilbert's algorithm: looks for the shortest vector from a mean of rows of one class to a mean of rows of the other. If
 * some vector has all differences on its positive side, it is the normal of such a line; if its length falls to 0, a
 * point lies among both classes, and there is none.
 *
 * @returns undefined if neither was found (classes that touch)
 * @see Gilbert 1966, SIAM Journal on Control 4(1):61–80
 */
export function separableByLine(data: Dataset): boolean | undefined {
  const rows = Array.from({ length: data.rows }, (_, row) => row);
  const above = rows.filter((row) => isYes(data.targets[row], data)).map((row) => inputsOf(data, row));
  const below = rows.filter((row) => !isYes(data.targets[row], data)).map((row) => inputsOf(data, row));
  if (above.length === 0 || below.length === 0) return true;
  const size = Math.max(...extent(data.inputs).map(Math.abs)) || 1;
  const between = Float64Array.from(above[0], (value, i) => value - below[0][i]);
  for (let round = 0; round < ROUNDS; round++) {
    const near = lowest(above, between, 1);
    const far = lowest(below, between, -1);
    const corner = Float64Array.from(near, (value, i) => value - far[i]);
    if (dot(corner, between) > 0) return true;
    if (lengthOf(between) <= TOUCHING * size) return false;
    const step = corner.map((value, i) => value - between[i]);
    const share = Math.min(1, -dot(between, step) / dot(step, step));
    for (let i = 0; i < between.length; i++) between[i] += share * step[i];
  }
  return undefined;
}

/** The point that lies lowest (or highest) along a direction. */
function lowest(points: readonly Float32Array[], direction: Float64Array, sign: 1 | -1): Float32Array {
  let best = points[0];
  let least = Infinity;
  for (const point of points) {
    const height = sign * dot(point, direction);
    if (height < least) [best, least] = [point, height];
  }
  return best;
}
