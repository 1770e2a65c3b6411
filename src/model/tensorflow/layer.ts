import type { AnyTensor, Tensor } from "./tensor.js";
import type { DataType, Shape } from "./values.js";

/** A place in a model that is not computed yet: what layers are applied to in tf.model(). */
export interface SymbolicTensor {
  readonly dtype: DataType;
  /** null is the number of rows. */
  readonly shape: Shape;
  readonly id: number;
  readonly name: string;
  readonly rank: number;
  readonly sourceLayer: Layer;
}

/** A weight of a layer. */
export interface LayerVariable {
  readonly dtype: DataType;
  readonly shape: Shape;
  readonly id: number;
  readonly name: string;
  readonly originalName: string;
  trainable: boolean;
  /** The values now, without a copy. */
  read(): Tensor;
  /** Replaces the values. */
  write(newValue: AnyTensor): this;
}

/** A layer as models take it: of `tf` here, or of "@tensorflow/tfjs" itself. */
export interface AnyLayer {
  readonly id: number;
  name: string;
  /** How many numbers the weights are. */
  countParams(): number;
  /** What kind of layer it is: "Dense". */
  getClassName(): string;
}

/** One layer of a model. */
export interface Layer extends AnyLayer {
  dtype: DataType;
  /** Whether training changes the weights. */
  trainable: boolean;
  /** Where the layer is used once: what goes in. */
  readonly input: SymbolicTensor | SymbolicTensor[];
  /** Where the layer is used once: what comes out. */
  readonly output: SymbolicTensor | SymbolicTensor[];
  /** Shape of what comes out; null is the number of rows. */
  readonly outputShape: Shape | Shape[];
  readonly batchInputShape: Shape;
  /** Whether the weights exist already. */
  built: boolean;
  readonly stateful: boolean;
  readonly weights: LayerVariable[];
  readonly trainableWeights: LayerVariable[];
  readonly nonTrainableWeights: LayerVariable[];
  /** The weights' tensors themselves, not copies: kernel first, then bias. Do not dispose of them. */
  getWeights(trainableOnly?: boolean): Tensor[];
  /** Replaces the weights by tensors in the order of getWeights(). */
  setWeights(weights: AnyTensor[]): void;
  /** Applies the layer: to tensors, or to places in a model that is being built. */
  apply(
    inputs: AnyTensor | AnyTensor[] | SymbolicTensor | SymbolicTensor[],
    options?: { [name: string]: unknown },
  ): Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[];
  call(inputs: AnyTensor | AnyTensor[], options: { [name: string]: unknown }): Tensor | Tensor[];
  /** Makes the weights for inputs of this shape. */
  build(inputShape: Shape | Shape[]): void;
  computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[];
  /** What the layer was made with. */
  // biome-ignore lint/suspicious/noExplicitAny: every kind of layer has its own settings
  getConfig(): { [name: string]: any };
  resetStates(): void;
  /** Frees the weights when nothing uses them any more. */
  dispose(): { refCountAfterDispose: number; numDisposedVariables: number };
}
