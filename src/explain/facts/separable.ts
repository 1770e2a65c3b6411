import type { Dataset } from "../../data/dataset.js";
import { inputsOf } from "../../data/rows.js";
import { hiddenLayers, type Network } from "../../engine/network.js";
import { columnsOf } from "../../numbers/columns.js";
import { dot, eigenOf, extent, lengthOf } from "../../numbers/vectors.js";
import { classOf } from "../../verdict/classes.js";
import { isYes } from "../../verdict/outcome.js";

/**
 * Whether a network, whatever its weights, can only draw one straight line (a plane, …) between the classes, for each output.
 *
 * These activations rise or stay level. A layer of one unit, or of linear units, keeps a rising function of one
 * weighted sum of the inputs what it is (or turns it round); so a network all of whose nonlinear hidden layers have a
 * single unit, or that has none, answers with such a function, and the threshold is crossed along one line. Of several
 * classes the largest weighted sum has the largest answer, behind a softmax as well.
 *
 * @param left  how many units of a hidden layer are at work; all unless given
 */
export function drawsOneLine(
  network: Network,
  left = (layer: number): number => network.layers[layer].units,
): boolean {
  return (
    network.layers.every(({ activation }) => NEVER_FALLS.has(activation)) &&
    hiddenLayers(network).every(({ activation }, layer) => activation === "linear" || left(layer) <= 1)
  );
}

const NEVER_FALLS: ReadonlySet<string> = new Set([
  ...["linear", "relu", "leakyRelu", "elu", "sigmoid", "tanh", "softplus", "softmax"],
]);

const ROUNDS = 20_000;
const MOST_WORK = 300_000_000; // numbers multiplied, some tenths of a second
const TOUCHING = 1e-7; // of the data's extent

/**
 * Whether one straight line (plane, …) can have all targets above the threshold on one side and the others on the other; with
 * several outputs, one line for each; with several classes, one weighted sum for each, of which the right one is the largest.
 *
 * @returns undefined if neither was found (classes that touch, or data so large that it would take long)
 */
export function separableByLine(data: Dataset): boolean | undefined {
  if (data.task === "classes") return classesSeparable(data);
  const found = Array.from({ length: data.outputs }, (_, j) => {
    const isAbove = (row: number): boolean => isYes(data.targets[row * data.outputs + j], data);
    return sidesSeparable(
      data,
      inputsWhere(data, isAbove),
      inputsWhere(data, (row) => !isAbove(row)),
    );
  });
  return found.includes(false) ? false : found.every((one) => one === true) ? true : undefined;
}

/** Classes that no line separates from each other alone are not separable with others besides either. */
function classesSeparable(data: Dataset): boolean | undefined {
  const classes = Array.from({ length: data.outputs }, (_, c) =>
    inputsWhere(data, (row) => data.targets[row * data.outputs + c] === 1),
  );
  const pairs = classes.flatMap((one, c) =>
    classes.slice(0, c).map((other) => sidesSeparable(data, one, other)),
  );
  return pairs.includes(false) ? false : withoutZero(classDifferences(data), extentOf(data));
}

function inputsWhere(data: Dataset, holds: (row: number) => boolean): Float32Array[] {
  const rows = Array.from({ length: data.rows }, (_, row) => row).filter(holds);
  return rows.map((row) => inputsOf(data, row));
}

/** Whether a line has these inputs on one side and those on the other. */
function sidesSeparable(
  data: Dataset,
  above: readonly Float32Array[],
  below: readonly Float32Array[],
): boolean | undefined {
  if (above.length === 0 || below.length === 0) return true;
  const lowest = (direction: Float64Array): Float64Array => {
    const [near, far] = [lowestOf(above, direction, 1), lowestOf(below, direction, -1)];
    return Float64Array.from(near, (value, i) => value - far[i]);
  };
  const start = Float64Array.from(above[0], (value, i) => value - below[0][i]);
  return withoutZero({ start, lowest, work: (above.length + below.length) * data.features }, extentOf(data));
}

function extentOf({ inputs }: Dataset): number {
  return Math.max(...extent(inputs).map(Math.abs)) || 1;
}

/** A set of points, for its convex hull: one of them, and which lies lowest along a direction. */
interface Hull {
  readonly start: Float64Array;
  readonly lowest: (direction: Float64Array) => Float64Array;
  /** Numbers multiplied to find the lowest. */
  readonly work: number;
}

/**
 * Whether all points of a convex hull lie on the positive side of some direction: true with such a direction, false if zero
 * is in the hull. Gilbert's algorithm looks for the hull's point nearest to zero.
 *
 * @see Gilbert 1966, SIAM Journal on Control 4(1):61–80
 */
function withoutZero({ start, lowest, work }: Hull, size: number): boolean | undefined {
  const nearest = Float64Array.from(start);
  const rounds = Math.min(ROUNDS, MOST_WORK / work);
  for (let round = 0; round < rounds; round++) {
    const corner = lowest(nearest);
    if (dot(corner, nearest) > 0) return true;
    if (lengthOf(nearest) <= TOUCHING * size) return false;
    const step = corner.map((value, i) => value - nearest[i]);
    const share = Math.min(1, -dot(nearest, step) / dot(step, step));
    for (let i = 0; i < nearest.length; i++) nearest[i] += share * step[i];
  }
  return undefined;
}

/** The point that lies lowest (or highest) along a direction. */
function lowestOf(points: readonly Float32Array[], direction: Float64Array, sign: 1 | -1): Float32Array {
  let best = points[0];
  let least = Infinity;
  for (const point of points) {
    const height = sign * dot(point, direction);
    if (height < least) [best, least] = [point, height];
  }
  return best;
}

/**
 * The differences between the right class's weighted sum and another's, as points: a row's inputs, and 1 for the bias, in the
 * part of the right class, the same negative in that of the other (Kesler's construction).
 */
function classDifferences(data: Dataset): Hull {
  const { rows, features, outputs } = data;
  const width = features + 1;
  const point = (row: number, other: number): Float64Array => {
    const right = classOf(data, row);
    const found = new Float64Array(outputs * width);
    const inputs = [...inputsOf(data, row), 1];
    inputs.forEach((value, i) => {
      found[right * width + i] += value;
      found[other * width + i] -= value;
    });
    return found;
  };
  const lowest = (direction: Float64Array): Float64Array => {
    let [least, bestRow, bestOther] = [Infinity, 0, 0];
    for (let row = 0; row < rows; row++) {
      const sums = Array.from({ length: outputs }, (_, c) => {
        const part = direction.subarray(c * width, (c + 1) * width);
        return dot(inputsOf(data, row), part) + part[features];
      });
      const right = classOf(data, row);
      for (let c = 0; c < outputs; c++)
        if (c !== right && sums[right] - sums[c] < least)
          [least, bestRow, bestOther] = [sums[right] - sums[c], row, c];
    }
    return point(bestRow, bestOther);
  };
  const start = point(0, (classOf(data, 0) + 1) % outputs);
  return { start, lowest, work: rows * outputs * width };
}

const MOST_FEATURES = 60;
const VANISHED = 1e-10; // of the largest eigenvalue: inputs that follow from others

/** The answers of the best linear function of the inputs, by least squares; undefined for very many inputs. */
export function bestLinearAnswers(data: Dataset): Float64Array | undefined {
  const { rows, features, outputs, targets } = data;
  if (features > MOST_FEATURES) return undefined;
  const columns = columnsOf(data.inputs, features);
  const centred = Array.from({ length: rows }, (_, row) =>
    Float64Array.from(
      inputsOf(data, row),
      (value, i) => (value - columns[i].mean) / (columns[i].deviation || 1),
    ),
  );
  const { values, vectors } = eigenOf(momentsOf(centred, features));
  const kept = values.flatMap((value, v) => (value > VANISHED * Math.max(...values) ? v : []));
  const means = columnsOf(targets, outputs).map(({ mean }) => mean);
  const fitted = new Float64Array(targets.length);
  for (let j = 0; j < outputs; j++) {
    const onto = columns.map((_, i) =>
      centred.reduce((sum, x, row) => sum + x[i] * (targets[row * outputs + j] - means[j]), 0),
    );
    const shares = kept.map((v) => dot(vectors[v], onto) / values[v]);
    centred.forEach((x, row) => {
      const along = kept.reduce((sum, v, k) => sum + shares[k] * dot(vectors[v], x), 0);
      fitted[row * outputs + j] = means[j] + along;
    });
  }
  return fitted;
}

/**
 * The answers nearest to given ones, by squared error, that are weighted sums of so few numbers a row, plus a constant each: what
 * their first principal components leave of them. Undefined for very many outputs.
 */
export function nearestOfRank(
  { rows, outputs }: Dataset,
  answers: ArrayLike<number>,
): ((rank: number) => Float64Array) | undefined {
  if (outputs > MOST_FEATURES) return undefined;
  const means = columnsOf(answers, outputs).map(({ mean }) => mean);
  const centred = Array.from({ length: rows }, (_, row) =>
    Float64Array.from(means, (mean, j) => answers[row * outputs + j] - mean),
  );
  const { values, vectors } = eigenOf(momentsOf(centred, outputs));
  const sorted = [...values.keys()].sort((a, b) => values[b] - values[a]).map((v) => vectors[v]);
  return (rank) => {
    const kept = sorted.slice(0, rank);
    const rowOf = (x: Float64Array): number[] => {
      const along = kept.map((vector) => dot(vector, x));
      return means.map((mean, j) => kept.reduce((sum, vector, k) => sum + along[k] * vector[j], mean));
    };
    return Float64Array.from(centred.flatMap(rowOf));
  };
}

/** Sums over all rows of products of two columns. */
function momentsOf(centred: readonly Float64Array[], width: number): Float64Array[] {
  const places = Array.from({ length: width }, (_, i) => i);
  return places.map((i) =>
    Float64Array.from(places, (j) => centred.reduce((sum, x) => sum + x[i] * x[j], 0)),
  );
}
