import type { LayerActivation } from "./functions.js";
import { STUDY_LANES } from "./fused.js";
import { type Network, parameterCount } from "./network.js";
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

/** Milliseconds for one of each of the quantities below, fitted to the CPU time of some kinds of trials on one machine. */
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
type Quantities = Readonly<Partial<Record<keyof typeof MILLISECONDS, number>>>;

/** How many exponentials and logarithms a unit takes. */
const EXPONENTIALS: Readonly<Record<LayerActivation, number>> = {
  ...{ linear: 0, relu: 0, leakyRelu: 0 },
  ...{ elu: 1, sigmoid: 1, tanh: 1, softplus: 3, softmax: 1 },
};

/** Estimated milliseconds for compiling the kernel of a plan that was not met before. */
export function compileMilliseconds(network: Network, trials: number): number {
  return total(compileQuantities(network, trials));
}

/** Estimated milliseconds for some trials that are judged by so many answers, one a row that is looked at. */
export function trialsMilliseconds(work: Work, trials: number, answers: number): number {
  return total(trialQuantities(work, trials, answers));
}

function total(quantities: Quantities): number {
  let sum = 0;
  for (const name of Object.keys(quantities) as (keyof Quantities)[])
    sum += (quantities[name] ?? 0) * MILLISECONDS[name];
  return sum;
}

/** Exported for the fit. */
export function compileQuantities(network: Network, trials: number): Quantities {
  const weights = parameterCount(network);
  return { compile: 1, compiledWeight: weights <= UNROLLED_WEIGHTS ? weights * vectorsFor(trials) : 0 };
}

/** Exported for the fit. */
export function trialQuantities(work: Work, trials: number, answers: number): Quantities {
  const { network, rows, epochs, batchSize, optimizer } = work;
  const weights = parameterCount(network);
  const outputs = network.layers[network.layers.length - 1].units;
  const exponentials = network.layers.reduce(
    (sum, layer) => sum + layer.units * EXPONENTIALS[layer.activation],
    0,
  );
  const groups = Math.ceil(trials / STUDY_LANES);
  const passes = groups * vectorsFor(trials) * epochs; // of four networks through the data
  const looped = weights > UNROLLED_WEIGHTS;
  return {
    number: trials * (rows * (network.inputs + outputs) + weights),
    epoch: groups * epochs,
    row: passes * rows,
    [looped ? "loopedRowWeight" : "rowWeight"]: passes * rows * weights,
    rowExponential: passes * rows * exponentials,
    stepWeight: optimizer.name === "sgd" ? 0 : passes * Math.ceil(rows / batchSize) * weights,
    answer: answers,
    answerWeight: answers * weights,
  };
}

/** Four trials or fewer are trained with one vector of lanes, more with two. */
export function vectorsFor(trials: number): 1 | 2 {
  return trials <= STUDY_LANES / 2 ? 1 : 2;
}

/** A number of trials, rounded up to whole groups, which take no longer. */
export function wholeGroups(trials: number): number {
  return STUDY_LANES * Math.ceil(trials / STUDY_LANES);
}
