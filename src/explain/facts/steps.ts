import { layerPlaces, type Network } from "../../engine/network.js";
import type { OptimizerSettings } from "../../engine/optimizers.js";
import { dot } from "../../numbers/vectors.js";
import type { Ended } from "../ended.js";
import { type LossSurface, largestCurvature } from "./curvature.js";
import { commonPart, type GradientFacts } from "./gradient.js";

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
  /** Root mean square of the initial kernels, and of the final ones. */
  readonly startSize: number;
  /** That of the initial kernels, or of such as Glorot draws, if they are larger. */
  readonly usualSize: number;
  readonly endSize: number;
  /** Of SGD: largest learning rate that does not overshoot where the training started, and where it ended. */
  readonly stable: { readonly start: number | undefined; readonly end: number | undefined } | undefined;
  /** The loss over all rows, and the same after one more step along the gradient over all rows (of others than SGD: its sign). */
  readonly before: number;
  readonly after: number;
  /**
   * Whether the steps are large. SGD: the learning rate is above the largest stable one at the end of the training, or more
   * than twice that at its start.
   * Others: it is more than half of the initial weights' size, so that a few steps change them altogether.
   */
  readonly large: boolean;
}

/** Steps longer than this share of the initial weights change them altogether. */
const LARGE_SHARE = 0.5;

/** @param surface  the mean loss over the training data, with its gradient */
export function stepFacts(
  { settings, losses, data }: Ended,
  network: Network,
  start: Float32Array,
  weights: Float32Array,
  surface: LossSurface,
): StepFacts {
  const { optimizer, batchSize } = settings;
  const updates = losses.length * Math.ceil(data.rows / batchSize);
  const { learningRate: rate } = optimizer;
  const [startSize, endSize] = [start, weights].map((place) => kernelSize(network, place));
  const moved = weights.reduce((most, weight, i) => Math.max(most, Math.abs(weight - start[i])), 0);
  const usualSize = Math.max(startSize, kernelSize(network));
  const shared = {
    ...{ updates, startSize, usualSize, endSize, moved, reach: reachOf(optimizer, updates) },
    ...oneStep(optimizer, surface, weights),
  };
  if (optimizer.name !== "sgd")
    return { ...shared, time: undefined, stable: undefined, large: rate > LARGE_SHARE * usualSize };
  const time = (updates * rate) / (1 - optimizer.momentum);
  const [first, last] = [start, weights].map((place) => stableRate(optimizer, surface, place));
  const large = rate > (last ?? Infinity) || rate > 2 * (first ?? Infinity); // a little above, the network gets used to it
  return { ...shared, time, stable: { start: first, end: last }, large };
}

/** What one more step on all rows does to the loss. */
function oneStep({ name, learningRate }: OptimizerSettings, surface: LossSurface, weights: Float32Array) {
  const place = Float64Array.from(weights);
  const { loss, gradient } = surface(place);
  const step = (slope: number): number => learningRate * (name === "sgd" ? slope : Math.sign(slope));
  return { before: loss, after: surface(place.map((weight, i) => weight - step(gradient[i]))).loss };
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

/** Root mean square of the weights without the biases; without any, of kernels as Glorot draws them. */
function kernelSize(network: Network, weights?: Float32Array): number {
  let [squares, count] = [0, 0];
  for (const { kernel, bias, inputs, units } of layerPlaces(network)) {
    const own = weights?.subarray(kernel, bias);
    squares += own ? dot(own, own) : ((bias - kernel) * 2) / (inputs + units);
    count += bias - kernel;
  }
  return Math.sqrt(squares / count);
}

/**
 * Whether the gradient is not small, so that short steps along it lower the loss, and yet one more step as long as the
 * training's raises it; or the batches' gradients agree, and the weights are far from where they started.
 */
export function overshoots(steps: StepFacts, gradient: GradientFacts, ended: Ended): boolean {
  if (gradient.size !== "not small") return false;
  return steps.after > steps.before || (commonPart(gradient, ended) >= 1 && steps.moved > SHORT_WAY);
}

/** While the weights move, the loss is so many times that of the final ones, and of the best constant answer. */
const SWING = 1.2;

/** Whether steps undo each other within an epoch, so that the loss is far above what the weights at its end make of it. */
export function swings(loss: { reported: number | undefined; now: number; constant: number }): boolean {
  const { reported = 0, now, constant } = loss;
  return reported > SWING * Math.max(now, constant);
}

/** Weights of networks that solve small tables are of size 3 to 10. */
export const SHORT_WAY = 1.5;
