import type { Dataset } from "../data/dataset.js";
import { accurateRow } from "./accuracy.js";
import { backward, forwardPass } from "./layerPass.js";
import { type Loss, outputSlopes, rowLoss } from "./losses.js";
import { layerPlaces, type Network, outputCount, parameterCount } from "./network.js";
import { type OptimizerSettings, optimizerStep } from "./optimizers.js";
import type { Learner } from "./trial.js";

/**
 * The plain engine: a multilayer perceptron trained row by row in double precision, written to be read.
 *
 * A step takes a batch's mean gradient, adds that of the penalties, and hands it to the optimizer. The loss of each step counts
 * once for each of its rows, penalties included, as in Keras.
 */
export function plainLearner(
  network: Network,
  initialWeights: Float32Array,
  data: Dataset,
  settings: { readonly loss: Loss; readonly optimizer: OptimizerSettings },
): Learner {
  const weights = Float64Array.from(initialWeights);
  const gradient = new Float64Array(weights.length);
  const update = optimizerStep(settings.optimizer, weights.length);
  const rowPass = rowGradient(network, settings.loss);
  const lossValue = rowLoss(settings.loss, data.outputs).value;
  const penalty = penaltyOf(network);
  const isAccurate = accurateRow(data);
  const totals = { loss: 0, right: 0 };
  const learn = (order: Uint32Array, from: number, to: number): void => {
    gradient.fill(0);
    for (let k = from; k < to; k++) {
      const row = order[k];
      const answers = rowPass(weights, data, row, gradient);
      totals.loss += lossValue(answers, 0, data.targets, row * data.outputs);
      totals.right += isAccurate(answers, 0, data.targets, row * data.outputs) ? 1 : 0;
    }
    const share = 1 / (to - from);
    for (let i = 0; i < gradient.length; i++) gradient[i] *= share;
    totals.loss += (to - from) * penalty.value(weights);
    penalty.addSlopes(weights, gradient);
    update(weights, gradient);
  };
  return { learn, totals, weights: () => Float32Array.from(weights), dispose: () => {}, stepsPerPause: 64 };
}

/**
 * The penalties on a network's kernels: l1 · Σ|w| + l2 · Σw², which are added to the loss of every batch, and their
 * derivatives. That of |w| at 0 is 0.
 */
export function penaltyOf(network: Network) {
  const places = layerPlaces(network).filter(({ l1 = 0, l2 = 0 }) => l1 > 0 || l2 > 0);
  const value = (weights: ArrayLike<number>): number => {
    let sum = 0;
    for (const { l1 = 0, l2 = 0, kernel, bias } of places)
      for (let i = kernel; i < bias; i++) sum += l1 * Math.abs(weights[i]) + l2 * weights[i] * weights[i];
    return sum;
  };
  const addSlopes = (weights: ArrayLike<number>, gradient: Float64Array): void => {
    for (const { l1 = 0, l2 = 0, kernel, bias } of places)
      for (let i = kernel; i < bias; i++) gradient[i] += l1 * Math.sign(weights[i]) + 2 * l2 * weights[i];
  };
  return { value, addSlopes };
}

/** Makes the function that adds one row's gradient to `gradient` and returns the network's answers to it. */
function rowGradient(network: Network, loss: Loss) {
  const { states, pass } = forwardPass(network);
  const last = states[states.length - 1];
  const { activation, units } = last.place;
  const slopes = outputSlopes(loss, activation, units);
  return (weights: Float64Array, data: Dataset, row: number, gradient: Float64Array): Float64Array => {
    const answers = pass(weights, data.inputs, row * data.features);
    slopes(last.sums, answers, data.targets, row * units, last.slopes);
    for (let l = states.length - 1; l >= 0; l--)
      backward(states[l], weights, gradient, l > 0 ? states[l - 1] : undefined);
    return answers;
  };
}

/**
 * Makes the function that gives the network's answers to one row: with these weights, for the inputs that begin at index
 * `start`. The array of the answers is used again.
 */
export function rowPredictor(
  network: Network,
): (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number) => Float64Array {
  return forwardPass(network).pass;
}

/**
 * The network's answers.
 *
 * @param inputs  rows × network.inputs numbers, row after row
 * @returns rows × outputs numbers, row after row
 */
export function predictions(
  network: Network,
  weights: ArrayLike<number>,
  inputs: ArrayLike<number>,
): Float64Array {
  if (weights.length !== parameterCount(network))
    throw new RangeError(`predictions: ${weights.length} weights do not fit the network`);
  const predict = rowPredictor(network);
  const rows = inputs.length / network.inputs;
  const outputs = outputCount(network);
  const answers = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++)
    answers.set(predict(weights, inputs, row * network.inputs), row * outputs);
  return answers;
}

/**
 * Mean loss over rows, in double precision, without penalties.
 *
 * @param answers  rows × outputs numbers, row after row
 * @param counts   how often each row counts; once unless given
 */
export function meanLoss(
  answers: ArrayLike<number>,
  rows: Dataset,
  loss: Loss,
  counts?: ArrayLike<number>,
): number {
  const { outputs, targets } = rows;
  const { value } = rowLoss(loss, outputs);
  let [sum, all] = [0, 0];
  for (let row = 0; row < rows.rows; row++) {
    const count = counts?.[row] ?? 1;
    sum += count * value(answers, row * outputs, targets, row * outputs);
    all += count;
  }
  return sum / all;
}

/**
 * Mean loss over all rows, penalties included, and its gradient, in double precision: what one step on one batch of everything
 * sees. Tests hold it against central differences.
 *
 * @param counts  how often each row counts; once unless given
 */
export function lossAndGradient(
  network: Network,
  weights: Float64Array,
  data: Dataset,
  loss: Loss,
  counts?: ArrayLike<number>,
) {
  const gradient = new Float64Array(weights.length);
  const ofRow = rowLossAndGradient(network, loss);
  let [total, all] = [0, 0];
  for (let row = 0; row < data.rows; row++) {
    const count = counts?.[row] ?? 1;
    const single = ofRow(weights, data, row);
    total += count * single.loss;
    for (let i = 0; i < gradient.length; i++) gradient[i] += count * single.gradient[i];
    all += count;
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] /= all;
  const penalty = penaltyOf(network);
  penalty.addSlopes(weights, gradient);
  return { loss: total / all + penalty.value(weights), gradient };
}

/**
 * Makes the function that gives one row's loss and gradient, without penalties; each call writes the gradient into the same
 * array.
 */
export function rowLossAndGradient(network: Network, loss: Loss) {
  const gradient = new Float64Array(parameterCount(network));
  const pass = rowGradient(network, loss);
  const outputs = outputCount(network);
  const { value } = rowLoss(loss, outputs);
  return (weights: Float64Array, data: Dataset, row: number) => {
    gradient.fill(0);
    const answers = pass(weights, data, row, gradient);
    return { loss: value(answers, 0, data.targets, row * outputs), gradient };
  };
}
