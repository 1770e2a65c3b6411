import type { Arithmetic } from "./arithmetic.js";
import type { Creation } from "./creation.js";
import type { Elementwise } from "./elementwise.js";
import type { Versions, Workings } from "./engine.js";
import type { Callbacks } from "./fitting.js";
import type { Layer, SymbolicTensor } from "./layer.js";
import type { InputOptions, Layers } from "./layers.js";
import type { LayersModel, Sequential } from "./model.js";
import type { Losses, Metrics, Optimizers } from "./optimizer.js";
import type { Constraints, Initializers, Regularizers } from "./parts.js";
import type { Files, IOHandler, LoadOptions } from "./saving.js";
import type { Shapes } from "./shapes.js";
import type { Tensor, Variable } from "./tensor.js";

/**
 * TensorFlow.js, as far as it is declared here: what models and experiments in a notebook use. All of it, with the
 * package's own types: `import * as tf from "@tensorflow/tfjs"`, which is the same TensorFlow.js.
 */
export interface TensorFlow extends Creation, Elementwise, Arithmetic, Shapes, Workings {
  readonly layers: Layers;
  readonly initializers: Initializers;
  readonly regularizers: Regularizers;
  readonly constraints: Constraints;
  readonly callbacks: Callbacks;
  readonly losses: Losses;
  readonly metrics: Metrics;
  /** Optimizers. */
  readonly train: Optimizers;
  /** Where models are saved to and loaded from. */
  readonly io: Files;
  readonly version: Versions;
  /** For `instanceof`; tensors are made by tf.tensor() and others. */
  readonly Tensor: abstract new (
    ...parts: never[]
  ) => Tensor;
  readonly Variable: abstract new (...parts: never[]) => Variable;
  readonly Sequential: abstract new (...parts: never[]) => Sequential;
  readonly LayersModel: abstract new (...parts: never[]) => LayersModel;
  /** A model whose layers follow one another. xorlab's mlp() makes the usual ones. */
  sequential(options?: { layers?: Layer[]; name?: string }): Sequential;
  /** A model of layers that were applied to one another. */
  model(options: {
    inputs: SymbolicTensor | SymbolicTensor[];
    outputs: SymbolicTensor | SymbolicTensor[];
    name?: string;
  }): LayersModel;
  /** Where a model begins. */
  input(options: InputOptions): SymbolicTensor;
  /** Loads a saved model: "file://folder/model.json", or from a handler. */
  loadLayersModel(pathOrIOHandler: string | IOHandler, options?: LoadOptions): Promise<LayersModel>;
}
