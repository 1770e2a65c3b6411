import { activate, throughActivation } from "./functions.js";
import { type LayerPlace, layerPlaces, type Network } from "./network.js";

/**
 * One row's way through the layers, forward and back.
 *
 * For a layer with inputs a, kernel W and biases b, the units' inputs are x = aW + b and their values f(x). Going back, δ is the
 * loss's derivative with respect to x; then ∂W = aᵀδ, ∂b = δ, and the layer before receives δWᵀ, times its f′.
 *
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), algorithms 6.3 and 6.4
 */

/** What a layer remembers of the row that passes through it. */
export interface LayerState {
  readonly place: LayerPlace;
  /** The layer's inputs a. */
  below: Float64Array;
  /** The units' inputs x. */
  readonly sums: Float64Array;
  /** The units' values f(x). */
  readonly values: Float64Array;
  /** δ: the loss's derivative with respect to x. */
  readonly slopes: Float64Array;
}

/**
 * Makes the function that passes a row forward through all layers: with these weights, the inputs that begin at index
 * `start`. It returns the answers, in an array that is used again, and the layers' states remember the rest.
 */
export function forwardPass(network: Network) {
  const states = layerPlaces(network).map(layerState);
  const row = new Float64Array(network.inputs);
  const pass = (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number): Float64Array => {
    for (let i = 0; i < row.length; i++) row[i] = inputs[start + i];
    let values: Float64Array = row;
    for (const state of states) {
      forward(state, weights, values);
      values = state.values;
    }
    return values;
  };
  return { states, pass };
}

function layerState(place: LayerPlace): LayerState {
  const [sums, values, slopes] = [0, 1, 2].map(() => new Float64Array(place.units));
  return { place, below: new Float64Array(place.inputs), sums, values, slopes };
}

function forward(state: LayerState, weights: ArrayLike<number>, below: Float64Array): void {
  const { place, sums, values } = state;
  const { inputs, units, kernel, bias, end, activation } = place;
  state.below = below;
  for (let j = 0; j < units; j++) {
    let x = end > bias ? weights[bias + j] : 0;
    for (let i = 0; i < inputs; i++) x += below[i] * weights[kernel + i * units + j];
    sums[j] = x;
  }
  activate(activation, sums, values);
}

/** Adds a layer's part to the gradient, and hands δ on to the layer before. */
export function backward(
  state: LayerState,
  weights: Float64Array,
  gradient: Float64Array,
  before: LayerState | undefined,
): void {
  const { place, below, slopes } = state;
  const { inputs, units, kernel, bias, end } = place;
  for (let i = bias; i < end; i++) gradient[i] += slopes[i - bias];
  for (let i = 0; i < inputs; i++) {
    let back = 0;
    for (let j = 0; j < units; j++) {
      const index = kernel + i * units + j;
      gradient[index] += below[i] * slopes[j];
      back += slopes[j] * weights[index];
    }
    if (before) before.slopes[i] = back;
  }
  if (before) throughActivation(before.place.activation, before.sums, before.values, before.slopes);
}
