import { logarithm } from "../numbers/elementary.js";
import { type LayerActivation, throughActivation } from "./functions.js";

/** Losses, each with its derivative beside it. Definitions and constants are those of Keras 3. */

/** A loss of one answer p for one target y, and its derivative with respect to p. */
interface LossFunction {
  readonly value: (p: number, y: number) => number;
  readonly slope: (p: number, y: number) => number;
}

/** Probabilities are kept this far from 0 and 1, as in Keras, so that no logarithm is infinite. */
export const CLIP = 1e-7;

/** Losses that are taken of each output alone; of several outputs the mean counts, as in Keras. */
const SINGLE_LOSSES = {
  /** Log loss in nats: −y ln p − (1 − y) ln(1 − p). */
  binaryCrossentropy: {
    value: (p, y) =>
      y === 1 ? -logarithm(clipped(p)) : y === 0 ? -logarithm(1 - clipped(p)) : mixedLogLoss(p, y),
    slope: (p, y) => (p < CLIP || p > 1 - CLIP ? 0 : (p - y) / (p * (1 - p))),
  },
  meanSquaredError: { value: (p, y) => (p - y) * (p - y), slope: (p, y) => 2 * (p - y) },
  meanAbsoluteError: { value: (p, y) => Math.abs(p - y), slope: (p, y) => Math.sign(p - y) },
} satisfies Record<string, LossFunction>;

/** The name of a loss. */
export type Loss = keyof typeof SINGLE_LOSSES | "categoricalCrossentropy";
export const LOSS_NAMES: readonly Loss[] = [
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "meanSquaredError",
  "meanAbsoluteError",
];

/** The outputs of rows, one after the other, of which those from `start` on are one row's. */
type Outputs = ArrayLike<number>;

/** A loss of one row: its value, and its derivatives with respect to the row's answers, written into `slopes`. */
export interface RowLoss {
  /** @param at  where the row's answers begin; its targets begin at `from` */
  readonly value: (answers: Outputs, at: number, targets: Outputs, from: number) => number;
  readonly slopes: (answers: Outputs, targets: Outputs, from: number, slopes: Float64Array) => void;
}

/** The loss of rows of this many outputs. */
export function rowLoss(name: Loss, outputs: number): RowLoss {
  if (name === "categoricalCrossentropy") return categoricalCrossentropy(outputs);
  const { value, slope } = SINGLE_LOSSES[name];
  return {
    value: (answers, at, targets, from) => {
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += value(answers[at + j], targets[from + j]);
      return sum / outputs;
    },
    slopes: (answers, targets, from, slopes) => {
      for (let j = 0; j < outputs; j++) slopes[j] = slope(answers[j], targets[from + j]) / outputs;
    },
  };
}

/**
 * −Σ y ln q, in nats, where q are the answers divided by their sum s, so that they add up to 1, and clipped.
 * Its derivative with respect to answer p is (Σ y − y / q) / s, of the targets y whose q is not clipped.
 */
function categoricalCrossentropy(outputs: number): RowLoss {
  const sumOf = (answers: Outputs, at: number): number => {
    let sum = 0;
    for (let j = 0; j < outputs; j++) sum += answers[at + j];
    return sum;
  };
  return {
    value: (answers, at, targets, from) => {
      const sum = sumOf(answers, at);
      let loss = 0;
      for (let j = 0; j < outputs; j++)
        if (targets[from + j] !== 0) loss -= targets[from + j] * logarithm(clipped(answers[at + j] / sum));
      return loss;
    },
    slopes: (answers, targets, from, slopes) => {
      const sum = sumOf(answers, 0);
      let all = 0;
      for (let j = 0; j < outputs; j++) {
        const q = answers[j] / sum;
        const y = q < CLIP || q > 1 - CLIP ? 0 : targets[from + j];
        all += y;
        slopes[j] = y === 0 ? 0 : -y / q;
      }
      for (let j = 0; j < outputs; j++) slopes[j] = (all + slopes[j]) / sum;
    },
  };
}

function mixedLogLoss(p: number, y: number): number {
  return -y * logarithm(clipped(p)) - (1 - y) * logarithm(1 - clipped(p));
}

function clipped(p: number): number {
  return p < CLIP ? CLIP : Math.min(p, 1 - CLIP);
}

/** Writes the loss's derivatives with respect to the output units' *inputs* into `slopes`. */
type OutputSlopes = (
  sums: Float64Array,
  answers: Float64Array,
  targets: Outputs,
  from: number,
  slopes: Float64Array,
) => void;

/**
 * The derivatives of the loss with respect to the inputs of the output units.
 *
 * For log loss behind a sigmoid, and for categorical cross-entropy behind a softmax, they are simply p − y
 * (Goodfellow, Bengio, Courville, Deep Learning, 6.2.2), which stays exact where p rounds to 0 or 1.
 */
export function outputSlopes(loss: Loss, activation: LayerActivation, outputs: number): OutputSlopes {
  if (loss === "binaryCrossentropy" && activation === "sigmoid")
    return (_, answers, targets, from, slopes) => {
      for (let j = 0; j < outputs; j++) slopes[j] = (answers[j] - targets[from + j]) / outputs;
    };
  if (loss === "categoricalCrossentropy" && activation === "softmax")
    return (_, answers, targets, from, slopes) => {
      let all = 0;
      for (let j = 0; j < outputs; j++) all += targets[from + j];
      for (let j = 0; j < outputs; j++) slopes[j] = all * answers[j] - targets[from + j];
    };
  const outer = rowLoss(loss, outputs).slopes;
  return (sums, answers, targets, from, slopes) => {
    outer(answers, targets, from, slopes);
    throughActivation(activation, sums, answers, slopes);
  };
}
