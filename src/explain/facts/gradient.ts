import { type DistinctRows, MOST_ENUMERATED } from "../../data/rows.js";
import type { Loss } from "../../engine/losses.js";
import { isPenalized, layerPlaces, type Network } from "../../engine/network.js";
import { lossAndGradient, penaltyOf, rowLossAndGradient } from "../../engine/plain.js";
import { lengthOf } from "../../numbers/vectors.js";
import { toleranceUnit } from "../../verdict/ties.js";
import type { Ended } from "../ended.js";

/**
 * The gradient of the mean loss over all data at the final weights, penalties included, and how the rows' own gradients make
 * it up.
 */
export interface GradientFacts {
  /** Length of the gradient. */
  readonly norm: number;
  /** Where there are penalties on weights: the length of the gradient without them. */
  readonly dataNorm: number | undefined;
  /** Root mean square length of the single rows' gradients. */
  readonly rowNorm: number;
  /** norm / rowNorm: 1 if the gradients of all rows are the same, 0 if they cancel out; 0 where all are zero. */
  readonly ratio: number;
  /**
   * "zero": exactly 0, every component; "small": the rows' gradients cancel to a tenth, or there are none to speak of; else
   * "not small".
   */
  readonly size: "zero" | "small" | "not small";
  /**
   * Whether the rows' gradients are no longer than a thousandth; of the squared error of a regression, whose gradients are as
   * small as its targets, a thousandth of the targets' deviation, if that is less than 1.
   */
  readonly none: boolean;
  /** Layer by layer, hidden layers first, the output last; `rowNorm` of the single rows' gradients, as above. */
  readonly layers: readonly { readonly norm: number; readonly rowNorm: number; readonly zero: boolean }[];
}

const CANCELLED = 0.1;
/** Rows' gradients no longer than this change nothing within any usual training. */
const NO_GRADIENT = 1e-3;

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
  const rowNorms = rootMeanSquares(network, place, data, loss);
  const rowNorm = lengthOf(rowNorms);
  const ratio = rowNorm === 0 ? 0 : Math.min(1, norm / rowNorm);
  const small = data.rows.task === "regression" && loss === "meanSquaredError";
  const none = rowNorm <= NO_GRADIENT * (small ? Math.min(1, Math.sqrt(toleranceUnit(data.rows, loss))) : 1);
  const zero = gradient.every((value) => value === 0);
  const slopes = new Float64Array(place.length);
  penaltyOf(network).addSlopes(place, slopes);
  const dataNorm = isPenalized(network) ? lengthOf(gradient.map((g, i) => g - slopes[i])) : undefined;
  return {
    ...{ norm, dataNorm, rowNorm, ratio, none },
    size: zero ? "zero" : ratio <= CANCELLED || none ? "small" : "not small",
    layers: layerPlaces(network).map(({ kernel, end }, l) => {
      const part = gradient.subarray(kernel, end);
      return { norm: lengthOf(part), rowNorm: rowNorms[l], zero: part.every((value) => value === 0) };
    }),
  };
}

/** Of the lengths of single rows' gradients, for each layer. */
function rootMeanSquares(
  network: Network,
  weights: Float64Array,
  { rows, counts }: DistinctRows,
  loss: Loss,
): number[] {
  const every = Math.ceil(rows.rows / (4 * MOST_ENUMERATED)); // some hundred rows tell a mean well enough
  const ofRow = rowLossAndGradient(network, loss);
  const places = layerPlaces(network);
  const squares = places.map(() => 0);
  let all = 0;
  for (let row = 0; row < rows.rows; row += every) {
    const { gradient } = ofRow(weights, rows, row);
    for (const [l, { kernel, end }] of places.entries())
      squares[l] += counts[row] * lengthOf(gradient.subarray(kernel, end)) ** 2;
    all += counts[row];
  }
  return squares.map((sum) => Math.sqrt(sum / all));
}

/** The part of a batch's gradient that all rows share, against its scatter from batch to batch. */
export function commonPart({ ratio }: GradientFacts, { settings, data }: Ended): number {
  const size = Math.min(settings.batchSize, data.rows);
  const scatter = Math.sqrt(Math.max(0, 1 - ratio ** 2) / size) * Math.sqrt(1 - size / data.rows);
  return scatter > 0 ? ratio / scatter : Infinity;
}
