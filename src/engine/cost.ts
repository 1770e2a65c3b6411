import type { LayerActivation } from "./functions.js";
import { STUDY_LANES } from "./fused.js";
import { type Network, parameterCount } from "./network.js";
import type { OptimizerSettings } from "./optimizers.js";

/**
 * How long trials take in the fused engine, estimated from shapes alone, so that the result is the same on every machine.
 * Fitted to the CPU time of 74 kinds of trials on one machine: most estimates are within a third of it, the worst is half.
 */

// Milliseconds for one trial, when eight run side by side.
const EPOCH = 4.3e-4; // shuffling, and turning to the next epoch
const ROW = 4e-6;
const ROW_WEIGHT = 2.5e-7; // forward and backward through one weight
const ROW_EXPONENTIAL = 1.1e-6; // one unit whose activation needs exponentials
const STEP_WEIGHT = 7e-7; // an optimizer with a scale for each weight: a root and a division; others next to nothing

/** How many exponentials and logarithms a unit takes. */
const EXPONENTIALS: Readonly<Record<LayerActivation, number>> = {
  ...{ linear: 0, relu: 0, leakyRelu: 0 },
  ...{ elu: 1, sigmoid: 1, tanh: 1, softplus: 3, softmax: 1 },
};

/** As much of a training's settings as its cost depends on. */
interface Schedule {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
}

/** Estimated milliseconds for some trials: a group that is not full costs as much as a full one. */
export function roughMilliseconds(
  network: Network,
  rows: number,
  settings: Schedule,
  trials: number,
): number {
  const { epochs, batchSize, optimizer } = settings;
  const weights = parameterCount(network);
  const hidden = network.layers.slice(0, -1);
  const exponentials = hidden.reduce(
    (sum, { units, activation }) => sum + units * EXPONENTIALS[activation],
    0,
  );
  const row = ROW + ROW_WEIGHT * weights + ROW_EXPONENTIAL * exponentials;
  const step = optimizer.name === "sgd" ? 0 : STEP_WEIGHT * weights;
  const epoch = EPOCH + rows * row + Math.ceil(rows / batchSize) * step;
  return wholeGroups(trials) * epochs * epoch;
}

/** A number of trials, rounded up to whole groups, which take no longer. */
export function wholeGroups(trials: number): number {
  return STUDY_LANES * Math.ceil(trials / STUDY_LANES);
}
