import type { LayerActivation } from "./functions.js";

/** A layer of units that are each connected to everything in the layer before. What is at its default is left out. */
export interface Layer {
  readonly units: number;
  readonly activation: LayerActivation;
  /** Whether the units have biases; true unless given. */
  readonly useBias?: false;
  /** Penalties on the kernel that are added to the loss: l1 · Σ|w| and l2 · Σw²; none unless given. */
  readonly l1?: number;
  readonly l2?: number;
}

/** A multilayer perceptron; the last layer is the output. */
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
  /** Index of the first bias, one behind the kernel's last number. */
  readonly bias: number;
  /** One behind the index of the last bias; the same as `bias` where there are none. */
  readonly end: number;
}

/** Every trial of a study asks for them several times. */
const known = new WeakMap<Network, readonly LayerPlace[]>();

/** The places of a network's layers, first to last. */
export function layerPlaces(network: Network): readonly LayerPlace[] {
  const places = known.get(network) ?? placesOf(network);
  known.set(network, places);
  return places;
}

function placesOf({ inputs: first, layers }: Network): readonly LayerPlace[] {
  let kernel = 0;
  let inputs = first;
  return layers.map((layer) => {
    const bias = kernel + inputs * layer.units;
    const end = layer.useBias === false ? bias : bias + layer.units;
    const place = { ...layer, inputs, kernel, bias, end };
    kernel = end;
    inputs = layer.units;
    return place;
  });
}

/** How many weights and biases a network has. */
export function parameterCount(network: Network): number {
  return layerPlaces(network).at(-1)?.end ?? 0;
}

/** The layers before the output. */
export function hiddenLayers({ layers }: Network): readonly Layer[] {
  return layers.slice(0, -1);
}

export function outputLayer({ layers }: Network): Layer {
  return layers[layers.length - 1];
}

/** How many answers a network gives for a row. */
export function outputCount(network: Network): number {
  return outputLayer(network).units;
}

/** Whether penalties on weights are a part of what is made small. */
export function isPenalized({ layers }: Network): boolean {
  return layers.some(({ l1 = 0, l2 = 0 }) => l1 + l2 > 0);
}

/** Whether all weights are finite numbers. */
export function areFinite(weights: Float32Array): boolean {
  return weights.every(Number.isFinite);
}

/** One layer's weights as nested arrays, as one would print them. */
export interface LayerWeights {
  /** kernel[i][j]: from input i to unit j. */
  readonly kernel: readonly (readonly number[])[];
  /** One a unit; empty where the layer has no biases. */
  readonly bias: readonly number[];
}

/** The flat weights, layer by layer. */
export function layerWeights(network: Network, weights: Float32Array): LayerWeights[] {
  return layerPlaces(network).map(({ inputs, units, kernel, bias, end }) => ({
    kernel: Array.from({ length: inputs }, (_, i) =>
      Array.from(weights.subarray(kernel + i * units, kernel + (i + 1) * units)),
    ),
    bias: Array.from(weights.subarray(bias, end)),
  }));
}
