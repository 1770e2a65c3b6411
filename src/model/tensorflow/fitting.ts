import type { AnyTensor, Tensor } from "./tensor.js";

/** Numbers by name: "loss", "acc", "val_loss", … */
export interface Logs {
  [name: string]: number;
}

/** Functions that `fit` calls while it works. */
export interface FitCallbacks {
  onTrainBegin?: (logs?: Logs) => void | Promise<void>;
  onTrainEnd?: (logs?: Logs) => void | Promise<void>;
  onEpochBegin?: (epoch: number, logs?: Logs) => void | Promise<void>;
  /** After each epoch, counted from 0, with its loss and metrics. */
  onEpochEnd?: (epoch: number, logs?: Logs) => void | Promise<void>;
  onBatchBegin?: (batch: number, logs?: Logs) => void | Promise<void>;
  /** After each batch, counted from 0, with its loss and metrics. */
  onBatchEnd?: (batch: number, logs?: Logs) => void | Promise<void>;
  onYield?: (epoch: number, batch: number, logs: Logs) => void | Promise<void>;
}

/** A ready-made callback, such as tf.callbacks.earlyStopping(). */
export interface Callback {
  onEpochEnd(epoch: number, logs?: object): Promise<void>;
  onTrainEnd(logs?: object): Promise<void>;
}

/** How `fit` trains. */
export interface FitOptions {
  /** Rows a step; 32 unless given. */
  batchSize?: number;
  /** Passes through the data; 1 unless given. */
  epochs?: number;
  /** Whether each epoch is printed; 1 unless given. */
  verbose?: 0 | 1 | 2;
  /** Functions that are called while it works. */
  callbacks?: Callback[] | FitCallbacks | FitCallbacks[];
  /** Share of the rows, from the end, that is only for validation; 0 unless given. */
  validationSplit?: number;
  /** Inputs and targets to validate on after each epoch. */
  validationData?:
    | [Tensor | Tensor[], Tensor | Tensor[]]
    | [Tensor | Tensor[], Tensor | Tensor[], Tensor | Tensor[]];
  /** Whether every epoch takes the rows in a new order, without a seed; true unless given. */
  shuffle?: boolean;
  /** What each class counts. */
  classWeight?: { [classIndex: number]: number };
  /** Weight of each row's loss. */
  sampleWeight?: AnyTensor;
  /** The epoch to begin with; 0 unless given. */
  initialEpoch?: number;
  /** Steps an epoch; all batches unless given. */
  stepsPerEpoch?: number;
  validationSteps?: number;
  /** How often the thread is given free: "auto" unless given; a number is milliseconds. */
  yieldEvery?: "auto" | "batch" | "epoch" | "never" | number;
}

/** What `fit` reports. */
export interface FitHistory {
  /** The epochs, counted from 0. */
  readonly epoch: number[];
  /** Loss and metrics of each epoch, by name. */
  readonly history: { [name: string]: (number | Tensor)[] };
}

export interface EarlyStoppingOptions {
  /** Which number is watched; "val_loss" unless given. */
  monitor?: string;
  /** The least change that counts; 0 unless given. */
  minDelta?: number;
  /** How many epochs without improvement are borne; 0 unless given. */
  patience?: number;
  verbose?: number;
  /** Whether less or more is better; by the name ("auto") unless given. */
  mode?: "auto" | "min" | "max";
  /** What has to be reached at all. */
  baseline?: number;
}

/** `tf.callbacks` */
export interface Callbacks {
  /** Ends `fit` when the watched number no longer improves. */
  earlyStopping(options?: EarlyStoppingOptions): Callback;
}
