import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "../../src/data/dataset.js";
import { dataset } from "../../src/data/ownData.js";
import type { Activation, LayerActivation } from "../../src/engine/functions.js";
import type { Loss } from "../../src/engine/losses.js";
import type { NetworkOptions } from "../../src/settings/network.js";
import type { OptimizerOption } from "../../src/settings/optimizers.js";
import type { TrainOptions } from "../../src/settings/training.js";
import { CHECKOUT } from "./checkout.js";

type Rows = readonly (readonly number[])[];
type Weights = readonly (readonly number[] | Rows)[];

/** A run of real Keras as its file has it; see fixtures/keras/README.md. */
interface KerasFile {
  readonly name: string;
  readonly layers: readonly {
    readonly units: number;
    readonly activation: string;
    readonly use_bias?: boolean;
    readonly kernel_regularizer?: { readonly l1?: number; readonly l2?: number };
  }[];
  readonly loss: string;
  readonly optimizer: Readonly<Record<string, number | boolean | string>>;
  readonly batchSize: number;
  readonly epochs: number;
  readonly x: Rows;
  readonly y: readonly number[] | Rows;
  readonly validation?: { readonly x: Rows; readonly y: Rows };
  readonly initialWeights: Weights;
  readonly finalWeights: Weights;
  readonly history: {
    readonly loss: readonly number[];
    readonly accuracy?: readonly number[];
    readonly row_accuracy?: readonly number[];
    readonly val_loss?: readonly number[];
  };
  readonly finalPredictions: readonly number[] | Rows;
}

/** The same in our own words. */
export interface KerasRun {
  readonly name: string;
  readonly data: Dataset;
  readonly validation: Dataset | undefined;
  readonly structure: NetworkOptions;
  readonly options: TrainOptions;
  readonly initial: Float32Array;
  readonly final: Float32Array;
  readonly loss: readonly number[];
  /** The share of right rows, by our rule; undefined where Keras's accuracy is another. */
  readonly accuracy: readonly number[] | undefined;
  readonly validationLoss: readonly number[] | undefined;
  readonly predictions: readonly number[];
}

const FOLDER = join(CHECKOUT, "test/fixtures/keras");

const LOSS_OF: Readonly<Record<string, Loss>> = {
  binary_crossentropy: "binaryCrossentropy",
  categorical_crossentropy: "categoricalCrossentropy",
  mean_squared_error: "meanSquaredError",
  mean_absolute_error: "meanAbsoluteError",
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
  const { name, validation, history } = run;
  return {
    name,
    data: dataset(run.x, run.y, { name }),
    validation: validation && dataset(validation.x, validation.y, { name }),
    structure: structureOf(run),
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
    loss: history.loss,
    accuracy: history.row_accuracy ?? history.accuracy,
    validationLoss: history.val_loss,
    predictions: run.finalPredictions.flat(),
  };
}

function structureOf({ layers, x }: KerasFile): NetworkOptions {
  const { units, activation, use_bias, kernel_regularizer } = layers[layers.length - 1];
  const hidden = layers.slice(0, -1);
  return {
    inputs: x[0].length,
    hidden: hidden.map((layer) => layer.units),
    outputs: units,
    activation: hidden.map((layer) => ourName(layer.activation) as Activation),
    output: ourName(activation),
    useBias: use_bias,
    kernelRegularizer: kernel_regularizer,
  };
}

function ourName(activation: string): LayerActivation {
  return activation === "leaky_relu" ? "leakyRelu" : (activation as LayerActivation);
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
