import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { clouds, type Dataset, dataset, mlp, type Run, train } from "../../src/index.js";
import { readNotebook, sourceOf } from "../../src/node/cli/notebooks.js";
import { CHECKOUT } from "../support/checkout.js";
import { assertNear, assertRelative } from "../support/numbers.js";

const RATE = 0.03;
const BATCH = 10;
const EPOCHS = 20;
const START = {
  output: "tanh",
  kernelInitializer: { name: "randomUniform", minval: -0.5, maxval: 0.5 },
  biasInitializer: { name: "constant", value: 0.1 },
} as const;

/** The clouds with Playground's labels, −1 and +1. */
function signedClouds(seed: number): Dataset {
  const { inputs, targets } = clouds({ rows: 100, seed });
  const rows = Array.from(targets, (_, i) => [inputs[2 * i], inputs[2 * i + 1]]);
  return dataset(
    rows,
    Array.from(targets, (target) => 2 * target - 1),
  );
}

interface Weights {
  readonly kernel: number[][];
  readonly bias: number[];
}

/** One row through the network; the units' values layer by layer, the inputs first. */
function forward(layers: readonly Weights[], inputs: number[], value: (x: number) => number): number[][] {
  const values = [inputs];
  layers.forEach(({ kernel, bias }, l) => {
    const below = values[l];
    const last = l === layers.length - 1;
    values.push(
      bias.map((start, j) => {
        const sum = below.reduce((total, input, i) => total + input * kernel[i][j], start);
        return last ? Math.tanh(sum) : value(sum);
      }),
    );
  });
  return values;
}

const HIDDEN = {
  relu: { value: (x: number) => Math.max(0, x), slope: (y: number) => (y > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (y: number) => 1 - y * y },
};

/**
 * What Playground does (its nn.ts, written anew from the formulas): the error ½ (output − target)², its derivatives
 * summed over a batch, a step of rate · mean derivative, the rows always in one order.
 *
 * @returns the mean error of each epoch; the layers are changed
 */
function playground(layers: readonly Weights[], data: Dataset, activation: "relu" | "tanh"): number[] {
  const { value, slope } = HIDDEN[activation];
  return Array.from({ length: EPOCHS }, () => {
    let total = 0;
    for (let from = 0; from < data.rows; from += BATCH) {
      const steps: (() => void)[] = [];
      for (let row = from; row < from + BATCH; row++) {
        const values = forward(layers, [...data.inputs.subarray(2 * row, 2 * row + 2)], value);
        const [output] = values[layers.length];
        total += (output - data.targets[row]) ** 2 / 2;
        let slopes = [(output - data.targets[row]) * (1 - output * output)];
        for (let l = layers.length - 1; l >= 0; l--) {
          const { kernel, bias } = layers[l];
          const [above, below] = [slopes, values[l]];
          slopes = below.map(
            (y, i) => slope(y) * above.reduce((sum, back, j) => sum + back * kernel[i][j], 0),
          );
          steps.push(() => {
            above.forEach((back, j) => {
              bias[j] -= (RATE / BATCH) * back;
              below.forEach((y, i) => {
                kernel[i][j] -= (RATE / BATCH) * back * y;
              });
            });
          });
        }
      }
      for (const step of steps) step();
    }
    return total / data.rows;
  });
}

/** A copy of a run's weights after an epoch, in double precision, to be changed. */
function copied(run: Run, epoch: number): Weights[] {
  return run
    .weights(epoch)
    .map(({ kernel, bias }) => ({ kernel: kernel.map((row) => [...row]), bias: [...bias] }));
}

for (const activation of ["relu", "tanh"] as const)
  for (const hidden of [[2], [4, 2]])
    test(`train() with the Playground notebook's settings does Playground's steps: ${activation}-${hidden.join("-")}`, async () => {
      const data = signedClouds(3);
      const run = await train(mlp({ ...START, hidden, activation, seed: 3 }), data, {
        ...{ loss: "meanSquaredError", optimizer: "sgd", learningRate: RATE / 2, batchSize: BATCH },
        ...{ epochs: EPOCHS, shuffle: false, seed: 3, progress: false },
      });
      const layers = copied(run, 0);
      const errors = playground(layers, data, activation);
      assert.ok(errors[EPOCHS - 1] < 0.9 * errors[0], "it learns");
      assertRelative(
        run.history.loss.map((loss) => loss / 2),
        errors,
        1e-4,
        "loss",
      );
      copied(run, EPOCHS).forEach(({ kernel, bias }, l) => {
        assertNear(kernel.flat(), layers[l].kernel.flat(), 1e-4, `kernel ${l}`);
        assertNear(bias, layers[l].bias, 1e-4, `bias ${l}`);
      });
    });

test("the Playground notebook has these settings", () => {
  const { content } = readNotebook(join(CHECKOUT, "notebooks", "04-playground.ipynb"));
  const text = content.cells.map(sourceOf).join("\n");
  for (const part of [
    'output: "tanh"',
    'kernelInitializer: { name: "randomUniform", minval: -0.5, maxval: 0.5 }',
    'biasInitializer: { name: "constant", value: 0.1 }',
    'loss: "meanSquaredError", optimizer: "sgd", learningRate: learningRate / 2, batchSize: 10',
    "const learningRate = 0.03;",
    "shuffle: false",
  ])
    assert.ok(text.includes(part), part);
});
