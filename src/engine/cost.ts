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
  /** Rows by which it is judged. */
  readonly judged: number;
  /** How many of these are looked at to see that a network is not good enough: about so many. */
  readonly judgedAtOnce?: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
}

/** Milliseconds for one of each of the quantities below, fitted to the CPU time of some kinds of trials on one machine. */
const MILLISECONDS = {
  compile: 0.6,
  compiledWeight: 0.1,
  number: 1.8e-5,
  epoch: 0.00043,
  row: 9.3e-6,
  rowWeight: 5.8e-7,
  loopedRowWeight: 1.3e-6,
  rowExponential: 6e-6,
  stepWeight: 3.9e-6,
  test: 3.4e-5,
  answer: 0.00028,
  answerWeight: 3e-6,
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

/** What is known of trials that are over. */
interface Tested {
  /** How many solved the data. */
  readonly solving: number;
  /** How often it was tested whether one does: after each epoch, until it does. */
  readonly tests: number;
}

/** Estimated milliseconds for some trials: unless it is known, none solves the data before its end, and all do then. */
export function trialsMilliseconds(
  work: Work,
  trials: number,
  tested: Tested = { solving: trials, tests: trials * work.epochs },
): number {
  return total(trialQuantities(work, trials, tested));
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
export function trialQuantities(work: Work, trials: number, { solving, tests }: Tested): Quantities {
  const { network, rows, judged, judgedAtOnce = 1, epochs, batchSize, optimizer } = work;
  const weights = parameterCount(network);
  const outputs = network.layers[network.layers.length - 1].units;
  const exponentials = network.layers.reduce(
    (sum, layer) => sum + layer.units * EXPONENTIALS[layer.activation],
    0,
  );
  const groups = Math.ceil(trials / STUDY_LANES);
  const passes = groups * vectorsFor(trials) * epochs; // of four networks through the data
  const answers = 2 * judged * solving + tests * Math.min(judged, judgedAtOnce); // all when solved, and at the end
  const looped = weights > UNROLLED_WEIGHTS;
  return {
    number: trials * (rows * (network.inputs + outputs) + weights),
    epoch: groups * epochs,
    row: passes * rows,
    [looped ? "loopedRowWeight" : "rowWeight"]: passes * rows * weights,
    rowExponential: passes * rows * exponentials,
    stepWeight: optimizer.name === "sgd" ? 0 : passes * Math.ceil(rows / batchSize) * weights,
    test: tests,
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
