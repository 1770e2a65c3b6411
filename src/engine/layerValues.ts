import { activate, type LayerActivation, slopesOf } from "./functions.js";
import { type LayerWeights, layerPlaces, type Network } from "./network.js";

/** One layer's numbers for some rows: each array holds rows × units of them, row after row. */
export interface LayerCourse {
  readonly activation: LayerActivation;
  readonly units: number;
  /** The units' inputs x, before the activation. */
  readonly sums: Float64Array;
  /** The sums of the sizes of all that is added up for them: rounding errors are some 1e-7 of these. */
  readonly scales: Float64Array;
  /** The units' values f(x). */
  readonly values: Float64Array;
  /** f′(x): how much of a change gets through; of a softmax, each unit's own, p (1 − p). */
  readonly slopes: Float64Array;
}

/**
 * Follows rows through a network, layer by layer; the last course is that of the output.
 *
 * @param inputs  rows × network.inputs numbers, row after row
 */
export function layerCourses(
  network: Network,
  weights: ArrayLike<number>,
  inputs: ArrayLike<number>,
): LayerCourse[] {
  const rows = inputs.length / network.inputs;
  let below = inputs;
  return layerPlaces(network).map(({ activation, inputs: fanIn, units, kernel, bias, end }) => {
    const [sums, scales, values, slopes] = [0, 1, 2, 3].map(() => new Float64Array(rows * units));
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < units; j++) {
        const at = row * units + j;
        let x = end > bias ? weights[bias + j] : 0;
        scales[at] = Math.abs(x);
        for (let i = 0; i < fanIn; i++) {
          const part = below[row * fanIn + i] * weights[kernel + i * units + j];
          x += part;
          scales[at] += Math.abs(part);
        }
        sums[at] = x;
      }
      const [theirSums, theirValues, theirSlopes] = [sums, values, slopes].map((numbers) =>
        numbers.subarray(row * units, (row + 1) * units),
      );
      activate(activation, theirSums, theirValues);
      slopesOf(activation, theirSums, theirValues, theirSlopes);
    }
    below = values;
    return { activation, units, sums, scales, values, slopes };
  });
}

/** One unit's numbers, one for each row. */
export function columnOf(numbers: Float64Array, units: number, unit: number): Float64Array {
  return Float64Array.from({ length: numbers.length / units }, (_, row) => numbers[row * units + unit]);
}

/** The weights of run.weights(), flat again, in the order of Keras's get_weights(). */
export function flatOf(layers: readonly LayerWeights[]): Float32Array {
  return Float32Array.from(layers.flatMap(({ kernel, bias }) => [...kernel.flat(), ...bias]));
}
