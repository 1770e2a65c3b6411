import { flatOf } from "../../src/engine/layerValues.js";
import { predictions } from "../../src/engine/plain.js";
import { type Answer, type Dataset, type NetworkOptions, type Run, truthTable } from "../../src/index.js";
import { line, trained } from "./figureCases.js";

/** Weights as one writes them: of each layer the kernel, inputs × units, and the biases. */
export type Layers = readonly {
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
}[];

/** A run as if these had been its weights: before training, after epoch 1, … and at the end. */
export async function handBuilt(
  network: NetworkOptions,
  byEpoch: readonly Layers[],
  data: Dataset = truthTable("xor"),
  more: Partial<Run> = {},
): Promise<Run> {
  const run = await trained({ inputs: data.features, ...network }, data, { epochs: 1 });
  const epochs = byEpoch.length - 1;
  const at = (epoch = epochs) => byEpoch[epoch];
  return {
    ...run,
    settings: { ...run.settings, epochs },
    history: { loss: line(epochs, 0.7, 0.5), accuracy: line(epochs, 0.5, 0.5) },
    firstPerfectEpoch: undefined,
    epochsKept: byEpoch.map((_, epoch) => epoch),
    weights: (epoch?: number) => at(epoch),
    predict: (inputs, epoch) => {
      if (!run.network) throw new Error("a chain of dense layers");
      const answers = predictions(run.network, flatOf(at(epoch)), Float32Array.from(inputs.flat()));
      return Array.from(answers) as Answer[];
    },
    ...more,
  };
}

/** Two ReLUs that solve XOR: x + y and what it has above 1. */
export const SOLUTION: Layers = [
  {
    kernel: [
      [1, 1],
      [1, 1],
    ],
    bias: [0, -1],
  },
  { kernel: [[4], [-8]], bias: [-2] },
];

/** Two ReLUs that are both off on every row of a truth table. */
export const DEAD: Layers = [
  {
    kernel: [
      [-1, -1],
      [-1, -2],
    ],
    bias: [-0.5, 0],
  },
  { kernel: [[1], [2]], bias: [0] },
];

/** Two ReLUs, both on for 10 alone. */
export const ONE_CORNER: Layers = [
  {
    kernel: [
      [1, 2],
      [-1, -2],
    ],
    bias: [0, 0],
  },
  { kernel: [[3], [1]], bias: [-1] },
];
