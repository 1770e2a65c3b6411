import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dataset, dataset } from "../../src/data/dataset.js";
import type { Activation } from "../../src/engine/functions.js";
import type { Loss } from "../../src/engine/losses.js";
import type { OptimizerOption } from "../../src/settings/optimizers.js";
import type { TrainOptions } from "../../src/settings/training.js";
import { CHECKOUT } from "./checkout.js";

type Weights = readonly (readonly number[] | readonly (readonly number[])[])[];

/** A run of real Keras as its file has it; see fixtures/keras/README.md. */
interface KerasFile {
  readonly name: string;
  readonly layers: readonly { readonly units: number; readonly activation: string }[];
  readonly loss: string;
  readonly optimizer: Readonly<Record<string, number | boolean | string>>;
  readonly batchSize: number;
  readonly epochs: number;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly initialWeights: Weights;
  readonly finalWeights: Weights;
  readonly history: {
    readonly loss: readonly number[];
    readonly accuracy?: readonly number[];
    readonly mae?: readonly number[];
  };
  readonly finalPredictions: readonly number[];
}

/** The same in our own words. */
export interface KerasRun {
  readonly name: string;
  readonly data: Dataset;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly output: Activation;
  readonly options: TrainOptions;
  readonly initial: Float32Array;
  readonly final: Float32Array;
  readonly history: KerasFile["history"];
  readonly predictions: readonly number[];
}

const FOLDER = join(CHECKOUT, "test/fixtures/keras");

const LOSS_OF: Readonly<Record<string, Loss>> = {
  binary_crossentropy: "binaryCrossentropy",
  mean_squared_error: "meanSquaredError",
};

const NUMBER_OF: Readonly<Record<string, string>> = {
  learning_rate: "learningRate",
  beta_1: "beta1",
  beta_2: "beta2",
  initial_accumulator_value: "initialAccumulator",
};

/** Every run in the folder, by name. */
export function kerasRuns(): KerasRun[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  return files.map((file) => ourWords(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));
}

function ourWords(run: KerasFile): KerasRun {
  const output = run.layers[run.layers.length - 1].activation as Activation;
  return {
    name: run.name,
    data: dataset(run.x, run.y, { name: run.name }),
    hidden: run.layers.slice(0, -1).map((layer) => layer.units),
    activation: run.layers[0].activation as Activation,
    output,
    options: {
      epochs: run.epochs,
      batchSize: run.batchSize,
      loss: LOSS_OF[run.loss],
      optimizer: optimizerOf(run.optimizer),
      shuffle: false,
      progress: false,
    },
    initial: flat(run.initialWeights),
    final: flat(run.finalWeights),
    history: run.history,
    predictions: run.finalPredictions.flat(),
  };
}

function optimizerOf(keras: KerasFile["optimizer"]): OptimizerOption {
  const off = ["centered", "amsgrad"].find((key) => keras[key] === true);
  if (off) throw new Error(`this library has no ${off}`);
  const entries = Object.entries(keras).filter(([key]) => key !== "centered" && key !== "amsgrad");
  return Object.fromEntries(
    entries.map(([key, value]) => [NUMBER_OF[key] ?? key, value]),
  ) as unknown as OptimizerOption;
}

function flat(weights: Weights): Float32Array {
  return Float32Array.from(weights.flat(2) as number[]);
}
