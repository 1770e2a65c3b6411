import type { FitHistory, FitOptions } from "./fitting.js";
import type { AnyLayer, Layer, SymbolicTensor } from "./layer.js";
import type { Optimizer } from "./optimizer.js";
import type { IOHandler, SaveOptions, SaveResult } from "./saving.js";
import type { AnyTensor, NamedInputs, Scalar, Tensor } from "./tensor.js";
import type { Shape } from "./values.js";

/** A loss or metric of your own: from targets and predictions, one number a row. */
export type LossOrMetric = (targets: Tensor, predictions: Tensor) => Tensor;

/** How `fit` and `evaluate` judge and train. */
export interface CompileOptions {
  /** A name ("sgd", "rmsprop", "adam", …) or what tf.train makes. */
  optimizer: string | Optimizer;
  /** A name ("binaryCrossentropy", "meanSquaredError", …), a function, or one for each output. */
  loss:
    | string
    | string[]
    | { [output: string]: string }
    | LossOrMetric
    | LossOrMetric[]
    | { [output: string]: LossOrMetric };
  /** Names ("accuracy", …) or functions. */
  metrics?: string | LossOrMetric | (string | LossOrMetric)[] | { [output: string]: string | LossOrMetric };
}

export interface PredictOptions {
  /** Rows at a time; 32 unless given. */
  batchSize?: number;
  /** Whether progress is printed; false unless given. */
  verbose?: boolean;
}

export interface EvaluateOptions {
  /** Rows at a time; 32 unless given. */
  batchSize?: number;
  verbose?: 0 | 1;
  sampleWeight?: AnyTensor;
  steps?: number;
}

/** What xorlab trains: any TensorFlow.js model of layers, as mlp(), tf.sequential() or "@tensorflow/tfjs" makes it. */
export interface Model {
  readonly layers: readonly AnyLayer[];
  readonly inputs: readonly { readonly shape: Shape }[];
  readonly outputs: readonly { readonly shape: Shape }[];
  countParams(): number;
  getWeights(): AnyTensor[];
}

/** A TensorFlow.js model of layers. xorlab's train() takes it where it gives one number a row. */
export interface LayersModel extends Layer {
  /** First to last. */
  readonly layers: Layer[];
  readonly inputs: SymbolicTensor[];
  readonly outputs: SymbolicTensor[];
  readonly inputNames: string[];
  readonly outputNames: string[];
  /** The loss that compile() was given. */
  readonly loss: CompileOptions["loss"];
  /** The optimizer that compile() was given. */
  readonly optimizer: Optimizer;
  /** The metrics' names, loss first, in the order of evaluate(). */
  readonly metricsNames: string[];
  readonly history: FitHistory;
  /** Set to true, it ends `fit` after the batch. */
  stopTraining: boolean;
  /** Prints a table of the layers: shapes and numbers of weights. */
  summary(lineLength?: number, positions?: number[], printFn?: (line: string) => void): void;
  /** Predictions for rows of inputs. Wrap it in tf.tidy(), or dispose of the result. */
  predict(x: AnyTensor | AnyTensor[], options?: PredictOptions): Tensor | Tensor[];
  /** Predictions for all rows at once. */
  predictOnBatch(x: AnyTensor): Tensor | Tensor[];
  /** Computes named places within the model. */
  execute(inputs: AnyTensor | AnyTensor[] | NamedInputs, outputs: string | string[]): Tensor | Tensor[];
  /** Sets optimizer, loss and metrics of `fit` and `evaluate`. xorlab's train() does not need it. */
  compile(options: CompileOptions): void;
  /** Loss and metrics on these rows. Needs compile(). */
  evaluate(
    x: AnyTensor | AnyTensor[],
    y: AnyTensor | AnyTensor[],
    options?: EvaluateOptions,
  ): Scalar | Scalar[];
  /** TensorFlow.js's own training, which shuffles without a seed. Needs compile(). xorlab's train() repeats exactly. */
  fit(
    x: AnyTensor | AnyTensor[] | NamedInputs,
    y: AnyTensor | AnyTensor[] | NamedInputs,
    options?: FitOptions,
  ): Promise<FitHistory>;
  /** One step on these rows: the loss, and the metrics if there are any. Needs compile(). */
  trainOnBatch(
    x: AnyTensor | AnyTensor[] | NamedInputs,
    y: AnyTensor | AnyTensor[] | NamedInputs,
  ): Promise<number | number[]>;
  /** Saves to "file://folder", or to a handler. */
  save(handlerOrURL: IOHandler | string, options?: SaveOptions): Promise<SaveResult>;
  /** Puts named weights into the layers. */
  loadWeights(weights: NamedInputs, strict?: boolean): void;
  /** A layer by name or index. */
  getLayer(name: string): Layer;
  getLayer(index: number): Layer;
  /** The model's structure as text (JSON), or as an object with `false`. */
  toJSON(unused?: unknown, returnString?: boolean): string | object;
  setUserDefinedMetadata(metadata: object): void;
  getUserDefinedMetadata(): object;
}

/** A model whose layers follow one another. */
export interface Sequential extends LayersModel {
  /** Puts a layer at the end. The first one needs an inputShape. */
  add(layer: AnyLayer): void;
  /** Takes the last layer away. */
  pop(): void;
  /** Makes the weights for inputs of this shape. */
  build(inputShape?: Shape | Shape[]): void;
}
