import type { Scalar, Tensor } from "./tensor.js";
import type { DataType, Shape } from "./values.js";

/** The names of activations that TensorFlow.js's layers know. */
export type LayerActivation =
  | "elu"
  | "hardSigmoid"
  | "linear"
  | "relu"
  | "relu6"
  | "selu"
  | "sigmoid"
  | "softmax"
  | "softplus"
  | "softsign"
  | "tanh"
  | "swish"
  | "mish"
  | "gelu"
  | "gelu_new";

/** How the initial weights of a layer are drawn. */
export interface Initializer {
  apply(shape: Shape, dtype?: DataType): Tensor;
  getConfig(): object;
}

/** What large weights cost. */
export interface Regularizer {
  apply(x: Tensor): Scalar;
}

/** What weights are forced to after each step. */
export interface Constraint {
  apply(w: Tensor): Tensor;
  getConfig(): object;
}

/** The only option of initializers that draw as the layer's size says. */
export interface SeedOption {
  /** Without a seed every model gets other weights. */
  seed?: number;
}

export interface NormalOptions extends SeedOption {
  /** 0 unless given. */
  mean?: number;
  /** Standard deviation; 0.05 unless given. */
  stddev?: number;
}

export interface UniformOptions extends SeedOption {
  /** −0.05 unless given. */
  minval?: number;
  /** 0.05 unless given. */
  maxval?: number;
}

export interface VarianceScalingOptions extends SeedOption {
  /** The variance times the fan; 1 unless given. */
  scale?: number;
  /** Inputs, outputs, or their mean; "fanIn" unless given. */
  mode?: "fanIn" | "fanOut" | "fanAvg";
  /** "normal" unless given. */
  distribution?: "normal" | "uniform" | "truncatedNormal";
}

/** `tf.initializers` */
export interface Initializers {
  zeros(): Initializer;
  ones(): Initializer;
  /** One value everywhere. */
  constant(options: { value: number }): Initializer;
  /** The identity matrix times the gain. */
  identity(options: { gain?: number }): Initializer;
  /** Even within ±√(6 / (inputs + outputs)): Keras's default. */
  glorotUniform(options: SeedOption): Initializer;
  /** Normal with variance 2 / (inputs + outputs): TensorFlow.js's default. */
  glorotNormal(options: SeedOption): Initializer;
  /** Even within ±√(6 / inputs), for ReLU. */
  heUniform(options: SeedOption): Initializer;
  /** Normal with variance 2 / inputs, for ReLU. */
  heNormal(options: SeedOption): Initializer;
  /** Even within ±√(3 / inputs). */
  leCunUniform(options: SeedOption): Initializer;
  /** Normal with variance 1 / inputs. */
  leCunNormal(options: SeedOption): Initializer;
  randomNormal(options: NormalOptions): Initializer;
  /** Normal, redrawn beyond two deviations. */
  truncatedNormal(options: NormalOptions): Initializer;
  randomUniform(options: UniformOptions): Initializer;
  varianceScaling(options: VarianceScalingOptions): Initializer;
  /** A random orthogonal matrix times the gain. */
  orthogonal(options: { gain?: number; seed?: number }): Initializer;
}

/** `tf.regularizers` */
export interface Regularizers {
  /** l1 times the sum of the weights' absolute values. */
  l1(options?: { l1: number }): Regularizer;
  /** l2 times the sum of the weights' squares. */
  l2(options?: { l2: number }): Regularizer;
  l1l2(options?: { l1?: number; l2?: number }): Regularizer;
}

/** `tf.constraints` */
export interface Constraints {
  /** Weights of no unit longer than maxValue (2 unless given). */
  maxNorm(options: { maxValue?: number; axis?: number }): Constraint;
  minMaxNorm(options: { minValue?: number; maxValue?: number; axis?: number; rate?: number }): Constraint;
  /** No negative weights. */
  nonNeg(): Constraint;
  /** Weights of each unit of length 1. */
  unitNorm(options: { axis?: number }): Constraint;
}
