import type { Activation } from "./functions.js";

/** A layer of units that are each connected to everything in the layer before. */
export interface Layer {
  readonly units: number;
  readonly activation: Activation;
}

/** A multilayer perceptron with one output: the last layer has one unit. */
export interface Network {
  readonly inputs: number;
  readonly layers: readonly Layer[];
}

/**
 * Where a layer's weights lie in the flat array of all weights. The order is that of Keras's `get_weights()`:
 * layer by layer the kernel, inputs × units, row-major, then the biases.
 */
export interface LayerPlace extends Layer {
  readonly inputs: number;
  /** Index of the kernel's first number. */
  readonly kernel: number;
  /** Index of the first bias. */
  readonly bias: number;
}

/** The places of a network's layers, first to last. */
export function layerPlaces(network: Network): LayerPlace[] {
  let next = 0;
  let inputs = network.inputs;
  return network.layers.map(({ units, activation }) => {
    const place = { units, activation, inputs, kernel: next, bias: next + inputs * units };
    next = place.bias + units;
    inputs = units;
    return place;
  });
}

/** How many weights and biases a network has. */
export function parameterCount(network: Network): number {
  const last = layerPlaces(network).at(-1);
  return last ? last.bias + last.units : 0;
}

/** Whether all weights are finite numbers. */
export function areFinite(weights: Float32Array): boolean {
  return weights.every(Number.isFinite);
}

/** One layer's weights as nested arrays, as one would print them. */
export interface LayerWeights {
  /** kernel[i][j]: from input i to unit j. */
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

/** The flat weights, layer by layer. */
export function layerWeights(network: Network, weights: Float32Array): LayerWeights[] {
  return layerPlaces(network).map(({ inputs, units, kernel, bias }) => ({
    kernel: Array.from({ length: inputs }, (_, i) =>
      Array.from(weights.subarray(kernel + i * units, kernel + (i + 1) * units)),
    ),
    bias: Array.from(weights.subarray(bias, bias + units)),
  }));
}
