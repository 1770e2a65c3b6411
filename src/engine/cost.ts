import type { LayerActivation } from "./functions.js";
import { STUDY_LANES } from "./fused.js";
import { type Network, outputCount, parameterCount } from "./network.js";
import type { OptimizerSettings } from "./optimizers.js";
import { UNROLLED_WEIGHTS } from "./simd/layout.js";

/**
 * How long trials take in the fused engine, estimated from shapes alone, so that the result is the same on every machine.
 */

/** As much of a training as its cost depends on. */
export interface Work {
  readonly network: Network;
  readonly rows: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
}

/**
 * Milliseconds for one of each of the quantities below. Fitted to the CPU time of 85 kinds of trials on one machine (least squares
 * of the relative errors): most estimates are within a third of it, the worst are off by a factor of two.
 */
const MILLISECONDS = {
  compile: 0.9,
  compiledWeight: 0.092,
  number: 1.2e-5,
  epoch: 3.4e-4,
  row: 1e-5,
  rowWeight: 6.6e-7,
  loopedRowWeight: 1.3e-6,
  rowExponential: 6.1e-6,
  stepWeight: 3.5e-6,
  answer: 3e-4,
  answerWeight: 2.6e-6,
};

/** How many exponentials and logarithms a unit takes. */
const EXPONENTIALS: Readonly<Record<LayerActivation, number>> = {
  ...{ linear: 0, relu: 0, leakyRelu: 0 },
  ...{ elu: 1, sigmoid: 1, tanh: 1, softplus: 3, softmax: 1 },
};

/** Estimated milliseconds for compiling the kernel of a plan that was not met before. */
export function compileMilliseconds(network: Network, trials: number): number {
  const weights = parameterCount(network);
  return total({
    compile: 1,
    compiledWeight: weights <= UNROLLED_WEIGHTS ? weights * vectorsFor(trials) : 0,
  });
}

/**
 * Estimated milliseconds for some trials.
 *
 * @param answers  how many are computed to judge them: one for each row that is looked at
 */
export function trialsMilliseconds(work: Work, trials: number, answers: number): number {
  const { network, rows, epochs, batchSize, optimizer } = work;
  const weights = parameterCount(network);
  const outputs = outputCount(network);
  const exponentials = network.layers.reduce(
    (sum, layer) => sum + layer.units * EXPONENTIALS[layer.activation],
    0,
  );
  const groups = Math.ceil(trials / STUDY_LANES);
  const passes = groups * vectorsFor(trials) * epochs; // of four networks through the data
  return total({
    number: trials * (rows * (network.inputs + outputs) + weights),
    epoch: groups * epochs,
    row: passes * rows,
    [weights > UNROLLED_WEIGHTS ? "loopedRowWeight" : "rowWeight"]: passes * rows * weights,
    rowExponential: passes * rows * exponentials,
    stepWeight: optimizer.name === "sgd" ? 0 : passes * Math.ceil(rows / batchSize) * weights,
    answer: answers,
    answerWeight: answers * weights,
  });
}

function total(quantities: Readonly<Partial<Record<keyof typeof MILLISECONDS, number>>>): number {
  let sum = 0;
  for (const name of Object.keys(quantities) as (keyof typeof quantities)[])
    sum += (quantities[name] ?? 0) * MILLISECONDS[name];
  return sum;
}

/** Four trials or fewer are trained with one vector of lanes, more with two. */
export function vectorsFor(trials: number): 1 | 2 {
  return trials <= STUDY_LANES / 2 ? 1 : 2;
}

/** A number of trials, rounded up to whole groups, which take no longer. */
export function wholeGroups(trials: number): number {
  return STUDY_LANES * Math.ceil(trials / STUDY_LANES);
}
