import { layerPlaces, type Network } from "../engine/network.js";
import type { OptimizerSettings } from "../engine/optimizers.js";
import { hasGrown } from "../verdict/course.js";
import { counted } from "../words/english.js";
import { lossText, significant } from "../words/numbers.js";
import { type LossSurface, largestCurvature } from "./curvature.js";
import type { Ended, Facts } from "./facts.js";

/** What the steps of a training come to, against the weights and against the curvature of the loss. */
export interface StepFacts {
  /** Steps that were made: batches an epoch × completed epochs. */
  readonly updates: number;
  /**
   * How far a weight can have come, about: updates × learning rate. Only for optimizers that divide by the gradient's size;
   * with SGD it depends on the gradient.
   */
  readonly reach: number | undefined;
  /** Of SGD: updates × learning rate, more with momentum: for how long the weights followed the gradient. */
  readonly time: number | undefined;
  /** How far the weight that moved most is from where it started. */
  readonly moved: number;
  /** Root mean square of the initial kernels. */
  readonly startSize: number | undefined;
  /** Of SGD: largest learning rate that does not overshoot where the training started, and where it ended. */
  readonly stable: { readonly start: number | undefined; readonly end: number | undefined } | undefined;
  /**
   * Whether the steps are large. SGD: the learning rate is above the largest stable one, at the end of the training.
   * Others: it is more than half of the initial weights' size, so that a few steps change them altogether.
   */
  readonly large: boolean;
}

/** Steps longer than this share of the initial weights change them altogether. */
const LARGE_SHARE = 0.5;

/** @param surface  the mean loss over the training data, with its gradient */
export function stepFacts(
  { network, settings, losses, data }: Ended,
  start: Float32Array,
  weights: Float32Array,
  surface: LossSurface,
): StepFacts {
  const { optimizer, batchSize } = settings;
  const updates = losses.length * Math.ceil(data.rows / batchSize);
  const startSize = network ? kernelSize(network, start) : undefined;
  const moved = weights.reduce((most, weight, i) => Math.max(most, Math.abs(weight - start[i])), 0);
  const shared = { updates, startSize, moved, reach: reachOf(optimizer, updates) };
  if (optimizer.name !== "sgd") {
    const large = startSize !== undefined && optimizer.learningRate > LARGE_SHARE * startSize;
    return { ...shared, time: undefined, stable: undefined, large };
  }
  const time = (updates * optimizer.learningRate) / (1 - optimizer.momentum);
  const stableAt = (place: Float32Array) => stableRate(optimizer, surface, place);
  const stable = { start: stableAt(start), end: stableAt(weights) };
  return { ...shared, time, stable, large: stable.end !== undefined && optimizer.learningRate > stable.end };
}

/** How far steps of one size carry in so many updates. */
function reachOf(optimizer: OptimizerSettings, updates: number): number | undefined {
  switch (optimizer.name) {
    case "sgd":
      return undefined;
    case "rmsprop":
      return (updates * optimizer.learningRate) / (1 - optimizer.momentum);
    case "adam":
      return updates * optimizer.learningRate;
    case "adagrad": // step t of a constant gradient is 1/√t of the first
      return 2 * Math.sqrt(updates) * optimizer.learningRate;
  }
}

/**
 * The largest learning rate with which gradient descent does not overshoot: 2 / largest curvature, more with momentum.
 *
 * @see Goh, Why Momentum Really Works, Distill 2017; with Nesterov's momentum the factor is (1 + μ) / (1 + 2μ)
 */
export function stableRate(
  { momentum, nesterov }: Extract<OptimizerSettings, { name: "sgd" }>,
  surface: LossSurface,
  weights: ArrayLike<number>,
): number | undefined {
  const largest = largestCurvature(surface, weights);
  if (largest === undefined || largest <= 0) return undefined;
  return (2 / largest) * (nesterov ? (1 + momentum) / (1 + 2 * momentum) : 1 + momentum);
}

/** Root mean square of the weights without the biases. */
export function kernelSize(network: Network, weights: ArrayLike<number>): number {
  let [squares, count] = [0, 0];
  for (const { kernel, bias } of layerPlaces(network)) {
    for (let i = kernel; i < bias; i++) squares += weights[i] ** 2;
    count += bias - kernel;
  }
  return Math.sqrt(squares / count);
}

/** Why steps count as too large, in numbers; undefined where only the loss shows it. */
export function largeText({ settings: { optimizer }, losses }: Ended, { steps }: Facts): string | undefined {
  const rate = significant(optimizer.learningRate);
  const { stable, startSize } = steps ?? {};
  const least = Math.min(stable?.start ?? Infinity, stable?.end ?? Infinity);
  const where = least === stable?.end ? "where it ended" : "where it started";
  const texts = [
    ...(hasGrown(losses) && losses.length > 1
      ? [
          `its loss grew from ${lossText(losses[0])} in the first epoch to ${lossText(losses[losses.length - 1])}`,
        ]
      : []),
    ...(optimizer.learningRate > least
      ? [
          `the learning rate is ${rate}, and ${where} the curvature of the loss makes steps overshoot above ${significant(least, 2)}`,
        ]
      : []),
    ...(steps?.large && !stable
      ? [
          `the learning rate, ${rate}, is large against the initial weights (${significant(startSize ?? 0, 2)}, root mean square): a few steps change them altogether`,
        ]
      : []),
  ];
  return texts.length > 0 ? texts.join("; ") : undefined;
}

/** Updates of the original question's script, each of about 0.001. */
const SCRIPT = { updates: 25_000, reach: 25 };

/** How little the steps come to. */
export function shortText({ settings: { optimizer } }: Ended, { steps, inside }: Facts): string {
  if (!steps) return "";
  const { updates, moved, reach, time } = steps;
  const how = `${optimizer.name}, learning rate ${significant(optimizer.learningRate)}`;
  const start = `It was trained too little to tell: ${counted(updates, "update")} (${how}) moved no weight by more than ${significant(moved, 2)}`;
  if (reach !== undefined)
    return `${start}, and could move none much farther than ${significant(reach, 2)}; the original question's script makes ${SCRIPT.updates} that can move one by ${SCRIPT.reach}.`;
  const down = inside?.curvature?.curvesDown ? -inside.curvature.least : 0;
  if (down === 0 || time === undefined)
    return `${start}; the original question's script makes ${SCRIPT.updates}.`;
  const growth = significant(Math.exp(down * time), 2);
  return `${start}. In the direction in which the loss curves down a small deviation grows ${growth}-fold in so many, and it takes a hundredfold or more to leave a saddle.`;
}
