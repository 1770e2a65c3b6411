import type { Dataset } from "../data/dataset.js";
import { activationFunction, isAccurate, type Loss, lossFunction, outputSlope } from "./functions.js";
import { type LayerPlace, layerPlaces, type Network, parameterCount } from "./network.js";
import { type OptimizerSettings, optimizerStep } from "./optimizers.js";
import type { Learner } from "./trial.js";

/**
 * The plain engine: a multilayer perceptron trained row by row in double precision, written to be read.
 *
 * For a layer with inputs a, kernel W and biases b, the units' inputs are x = aW + b and their values f(x). Going
 * back, δ is the loss's derivative with respect to x; then ∂W = aᵀδ, ∂b = δ, and the layer before receives δWᵀ f′.
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
  const lossValue = lossFunction(settings.loss).value;
  const totals = { loss: 0, right: 0 };
  const learn = (order: Uint32Array, from: number, to: number): void => {
    gradient.fill(0);
    for (let k = from; k < to; k++) {
      const row = order[k];
      const target = data.targets[row];
      const prediction = rowPass(weights, data.inputs, row * data.features, target, gradient);
      totals.loss += lossValue(prediction, target);
      totals.right += isAccurate(prediction, target) ? 1 : 0;
    }
    const share = 1 / (to - from);
    for (let i = 0; i < gradient.length; i++) gradient[i] *= share;
    update(weights, gradient);
  };
  return { learn, totals, weights: () => Float32Array.from(weights), dispose: () => {}, stepsPerPause: 64 };
}

/**
 * Makes the function that adds one row's gradient to `gradient` and returns the network's prediction for it.
 * `inputs` is read from index `start`.
 */
function rowGradient(network: Network, loss: Loss) {
  const { states, pass } = forwardPass(network);
  const last = states[states.length - 1];
  const slope = outputSlope(loss, last.place.activation);
  return (
    weights: Float64Array,
    inputs: Float32Array,
    start: number,
    target: number,
    gradient: Float64Array,
  ) => {
    const prediction = pass(weights, inputs, start);
    last.slopes[0] = slope(last.sums[0], prediction, target);
    for (let l = states.length - 1; l >= 0; l--)
      backward(states[l], weights, gradient, l > 0 ? states[l - 1] : undefined);
    return prediction;
  };
}

/**
 * Makes the function that passes a row forward through all layers: with these weights, the inputs that begin at index
 * `start`. It returns the prediction, and the layers' states remember the rest.
 */
function forwardPass(network: Network) {
  const states = layerPlaces(network).map(layerState);
  const row = new Float64Array(network.inputs);
  const pass = (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number): number => {
    for (let i = 0; i < row.length; i++) row[i] = inputs[start + i];
    let values: Float64Array = row;
    for (const state of states) {
      forward(state, weights, values);
      values = state.values;
    }
    return values[0];
  };
  return { states, pass };
}

/** What a layer remembers of the row that passes through it. */
interface LayerState {
  readonly place: LayerPlace;
  readonly value: (x: number) => number;
  readonly slope: (x: number, y: number) => number;
  /** The layer's inputs a. */
  below: Float64Array;
  /** The units' inputs x. */
  readonly sums: Float64Array;
  /** The units' values f(x). */
  readonly values: Float64Array;
  /** δ: the loss's derivative with respect to x. */
  readonly slopes: Float64Array;
}

function layerState(place: LayerPlace): LayerState {
  const perUnit = () => new Float64Array(place.units);
  const { value, slope } = activationFunction(place.activation);
  return {
    place,
    value,
    slope,
    below: new Float64Array(place.inputs),
    sums: perUnit(),
    values: perUnit(),
    slopes: perUnit(),
  };
}

function forward(state: LayerState, weights: ArrayLike<number>, below: Float64Array): void {
  const { place, value, sums, values } = state;
  const { inputs, units, kernel, bias } = place;
  state.below = below;
  for (let j = 0; j < units; j++) {
    let x = weights[bias + j];
    for (let i = 0; i < inputs; i++) x += below[i] * weights[kernel + i * units + j];
    sums[j] = x;
    values[j] = value(x);
  }
}

function backward(
  state: LayerState,
  weights: Float64Array,
  gradient: Float64Array,
  before: LayerState | undefined,
): void {
  const { place, below, slopes } = state;
  const { inputs, units, kernel, bias } = place;
  for (let j = 0; j < units; j++) gradient[bias + j] += slopes[j];
  for (let i = 0; i < inputs; i++) {
    let back = 0;
    for (let j = 0; j < units; j++) {
      const index = kernel + i * units + j;
      gradient[index] += below[i] * slopes[j];
      back += slopes[j] * weights[index];
    }
    if (before) before.slopes[i] = back * before.slope(before.sums[i], before.values[i]);
  }
}

/**
 * Makes the function that gives the network's prediction for one row: with these weights, for the inputs that begin at
 * index `start`.
 */
export function rowPredictor(
  network: Network,
): (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number) => number {
  return forwardPass(network).pass;
}

/**
 * The network's predictions.
 *
 * @param inputs  rows × network.inputs numbers, row after row
 * @returns one prediction a row
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
  return Float64Array.from({ length: rows }, (_, row) => predict(weights, inputs, row * network.inputs));
}

/**
 * Mean loss over rows, in double precision.
 *
 * @param answers  one a row
 * @param counts   how often each row counts; once unless given
 */
export function meanLoss(
  answers: ArrayLike<number>,
  rows: Dataset,
  loss: Loss,
  counts?: ArrayLike<number>,
): number {
  const { value } = lossFunction(loss);
  let [sum, all] = [0, 0];
  for (let row = 0; row < rows.rows; row++) {
    const count = counts?.[row] ?? 1;
    sum += count * value(answers[row], rows.targets[row]);
    all += count;
  }
  return sum / all;
}

/**
 * Mean loss over all rows and its gradient, in double precision: what one step on one batch of everything sees.
 * Tests hold it against central differences.
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
  return { loss: total / all, gradient: gradient.map((g) => g / all) };
}

/** Makes the function that gives one row's loss and gradient; each call writes the gradient into the same array. */
export function rowLossAndGradient(network: Network, loss: Loss) {
  const gradient = new Float64Array(parameterCount(network));
  const pass = rowGradient(network, loss);
  const { value } = lossFunction(loss);
  return (weights: Float64Array, data: Dataset, row: number) => {
    gradient.fill(0);
    const answer = pass(weights, data.inputs, row * data.features, data.targets[row], gradient);
    return { loss: value(answer, data.targets[row]), gradient };
  };
}
