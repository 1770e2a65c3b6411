import { type DistinctRows, MOST_ENUMERATED } from "../data/rows.js";
import type { Loss } from "../engine/losses.js";
import { layerPlaces, type Network } from "../engine/network.js";
import { lossAndGradient, rowLossAndGradient } from "../engine/plain.js";
import { lengthOf } from "../numbers/vectors.js";

/** The gradient of the mean loss over all data at the final weights, and how the rows' own gradients make it up. */
export interface GradientFacts {
  /** Length of the gradient. */
  readonly norm: number;
  /** Root mean square length of the single rows' gradients. */
  readonly rowNorm: number;
  /** norm / rowNorm: 1 if the gradients of all rows are the same, 0 if they cancel out; 0 where all are zero. */
  readonly ratio: number;
  /**
   * "zero": exactly 0, every component; "small": the rows' gradients cancel to a tenth, or are no longer than a
   * thousandth; else "not small".
   */
  readonly size: "zero" | "small" | "not small";
  /** Layer by layer, hidden layers first, the output last. */
  readonly layers: readonly { readonly norm: number; readonly zero: boolean }[];
}

const CANCELLED = 0.1;
/** Rows' gradients no longer than this change nothing within any usual training. */
export const NO_GRADIENT = 1e-3;

/** The gradient at these weights, over data whose rows count as often as they stand there. */
export function gradientFacts(
  network: Network,
  weights: ArrayLike<number>,
  data: DistinctRows,
  loss: Loss,
): GradientFacts {
  const place = Float64Array.from(weights);
  const { gradient } = lossAndGradient(network, place, data.rows, loss, data.counts);
  const norm = lengthOf(gradient);
  const rowNorm = rootMeanSquare(network, place, data, loss);
  const ratio = rowNorm === 0 ? 0 : Math.min(1, norm / rowNorm);
  const zero = gradient.every((value) => value === 0);
  return {
    ...{ norm, rowNorm, ratio },
    size: zero ? "zero" : ratio <= CANCELLED || rowNorm <= NO_GRADIENT ? "small" : "not small",
    layers: layerPlaces(network).map(({ kernel, bias, units }) => {
      const part = gradient.subarray(kernel, bias + units);
      return { norm: lengthOf(part), zero: part.every((value) => value === 0) };
    }),
  };
}

/** Of the lengths of single rows' gradients. */
function rootMeanSquare(
  network: Network,
  weights: Float64Array,
  { rows, counts }: DistinctRows,
  loss: Loss,
): number {
  const every = Math.ceil(rows.rows / (4 * MOST_ENUMERATED)); // some hundred rows tell a mean well enough
  const ofRow = rowLossAndGradient(network, loss);
  let [squares, all] = [0, 0];
  for (let row = 0; row < rows.rows; row += every) {
    squares += counts[row] * lengthOf(ofRow(weights, rows, row).gradient) ** 2;
    all += counts[row];
  }
  return Math.sqrt(squares / all);
}
