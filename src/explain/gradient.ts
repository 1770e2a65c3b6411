import { makeDataset } from "../data/dataset.js";
import { type DistinctRows, MOST_ENUMERATED, rowsAt } from "../data/rows.js";
import type { Loss } from "../engine/functions.js";
import { layerPlaces, type Network } from "../engine/network.js";
import { lossAndGradient } from "../engine/plain.js";

/** A function that gives the data's mean loss and its gradient for weights, in double precision. */
export type LossSurface = (weights: Float64Array) => {
  readonly loss: number;
  readonly gradient: Float64Array;
};

/** The loss over data whose rows count as often as they stand there. */
export function lossSurface(network: Network, { rows, counts }: DistinctRows, loss: Loss): LossSurface {
  if (counts.every((count) => count === counts[0]))
    return (weights) => lossAndGradient(network, weights, rows, loss);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const single = counts.map((_, row) => rowsAt(rows, [row]));
  return (weights) => {
    const gradient = new Float64Array(weights.length);
    let total = 0;
    single.forEach((row, r) => {
      const one = lossAndGradient(network, weights, row, loss);
      total += (one.loss * counts[r]) / all;
      for (let i = 0; i < gradient.length; i++) gradient[i] += (one.gradient[i] * counts[r]) / all;
    });
    return { loss: total, gradient };
  };
}

/** The gradient of the mean loss over all data at the final weights, and how the rows' own gradients make it up. */
export interface GradientFacts {
  /** Length of the gradient. */
  readonly norm: number;
  /** Root mean square length of the single rows' gradients: how hard a row pulls by itself. */
  readonly rowNorm: number;
  /** norm / rowNorm: 1 if all rows pull the same way, 0 if their pulls cancel out; 0 where none pulls. */
  readonly ratio: number;
  /**
   * "zero": exactly 0, every component; "nearly zero": the rows' pulls cancel to a tenth, or no row pulls by more than
   * a thousandth; else "not zero".
   */
  readonly size: "zero" | "nearly zero" | "not zero";
  /** Layer by layer, hidden layers first, the output last. */
  readonly layers: readonly { readonly norm: number; readonly zero: boolean }[];
}

export const CANCELLED = 0.1;
export const NO_PULL = 1e-3;

export function gradientFacts(
  network: Network,
  weights: ArrayLike<number>,
  data: DistinctRows,
  loss: Loss,
): GradientFacts {
  const place = Float64Array.from(weights);
  const { gradient } = lossSurface(network, data, loss)(place);
  const norm = length(gradient);
  const rowNorm = rootMeanSquarePull(network, place, data, loss);
  const ratio = rowNorm === 0 ? 0 : Math.min(1, norm / rowNorm);
  const zero = gradient.every((value) => value === 0);
  return {
    ...{ norm, rowNorm, ratio },
    size: zero ? "zero" : ratio <= CANCELLED || rowNorm <= NO_PULL ? "nearly zero" : "not zero",
    layers: layerPlaces(network).map(({ kernel, bias, units }) => {
      const part = gradient.subarray(kernel, bias + units);
      return { norm: length(part), zero: part.every((value) => value === 0) };
    }),
  };
}

function rootMeanSquarePull(
  network: Network,
  weights: Float64Array,
  { rows, counts }: DistinctRows,
  loss: Loss,
): number {
  const every = Math.ceil(rows.rows / (4 * MOST_ENUMERATED)); // some hundred rows tell a mean well enough
  let squares = 0;
  let all = 0;
  for (let row = 0; row < rows.rows; row += every) {
    const inputs = rows.inputs.subarray(row * rows.features, (row + 1) * rows.features);
    const single = makeDataset(rows.name, rows.features, inputs, rows.targets.subarray(row, row + 1));
    squares += counts[row] * length(lossAndGradient(network, weights, single, loss).gradient) ** 2;
    all += counts[row];
  }
  return Math.sqrt(squares / all);
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
