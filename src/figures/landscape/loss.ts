import type { Dataset } from "../../data/dataset.js";
import { activationFunction, type Loss, lossFunction } from "../../engine/functions.js";
import { layerPlaces, type Network } from "../../engine/network.js";

/** The mean loss of a network's weights over rows of data. */
export interface MeanLoss {
  readonly of: (weights: Float64Array) => number;
  /** Multiplications and function values that one evaluation takes, about. */
  readonly work: number;
}

interface Row {
  readonly inputs: Float32Array;
  readonly target: number;
  count: number;
}

/** Equal rows are computed once and count as often as they are there: the mean over a truth table costs four rows. */
export function meanLoss(network: Network, data: Dataset, loss: Loss): MeanLoss {
  const rows = distinctRows(data);
  const answer = answerer(network);
  const { value } = lossFunction(loss);
  const of = (weights: Float64Array): number => {
    let sum = 0;
    for (const { inputs, target, count } of rows) sum += count * value(answer(weights, inputs), target);
    return sum / data.rows;
  };
  const perRow = layerPlaces(network).reduce((sum, { inputs, units }) => sum + (inputs + 8) * units, 12);
  return { of, work: rows.length * perRow };
}

/** Every second, third, … row of large data, over the whole set. */
export function evenRows(data: Dataset, most: number): Dataset {
  if (data.rows <= most) return data;
  const chosen = Array.from({ length: most }, (_, i) => Math.floor((i * data.rows) / most));
  const row = (at: number) => data.inputs.subarray(at * data.features, (at + 1) * data.features);
  return {
    ...data,
    rows: most,
    inputs: Float32Array.from(chosen.flatMap((at) => Array.from(row(at)))),
    targets: Float32Array.from(chosen, (at) => data.targets[at]),
  };
}

function distinctRows({ rows, features, inputs, targets }: Dataset): Row[] {
  const found = new Map<string, Row>();
  for (let row = 0; row < rows; row++) {
    const values = inputs.subarray(row * features, (row + 1) * features);
    const key = `${values.join()} ${targets[row]}`;
    const same = found.get(key);
    if (same) same.count += 1;
    else found.set(key, { inputs: values, target: targets[row], count: 1 });
  }
  return [...found.values()];
}

/** The network's answer to one row: for a layer with inputs a, f(aW + b), without a new array for every row. */
function answerer(network: Network) {
  const layers = layerPlaces(network).map((place) => ({
    ...place,
    value: activationFunction(place.activation).value,
    values: new Float64Array(place.units),
  }));
  return (weights: Float64Array, row: ArrayLike<number>): number => {
    let below = row;
    for (const { inputs, units, kernel, bias, value, values } of layers) {
      for (let j = 0; j < units; j++) {
        let x = weights[bias + j];
        for (let i = 0; i < inputs; i++) x += below[i] * weights[kernel + i * units + j];
        values[j] = value(x);
      }
      below = values;
    }
    return below[0];
  };
}
