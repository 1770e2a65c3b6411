import type { Layer } from "./layer.js";
import type { Constraint, Initializer, LayerActivation, Regularizer } from "./parts.js";
import type { Tensor } from "./tensor.js";
import type { DataType, Shape } from "./values.js";

/** What every layer can be given. */
export interface LayerOptions {
  /** Shape of a row: `[2]` for two inputs. Only for the first layer. */
  inputShape?: Shape;
  /** Shape with the number of rows before it, null if not fixed. */
  batchInputShape?: Shape;
  batchSize?: number;
  /** "float32" unless given. */
  dtype?: DataType;
  /** The layer's name; made up unless given. */
  name?: string;
  /** Whether training changes the weights; true unless given. */
  trainable?: boolean;
  /** The initial weights. */
  weights?: Tensor[];
}

/** A weight's start, as a name ("glorotUniform", …) or what tf.initializers makes. */
export type InitializerOf = Initializer | string;
export type RegularizerOf = Regularizer | string;
export type ConstraintOf = Constraint | string;

/** What layers with a kernel and a bias can be given. */
export interface WeightOptions extends LayerOptions {
  /** Activation; "linear" unless given. */
  activation?: LayerActivation;
  /** Whether there is a bias; true unless given. */
  useBias?: boolean;
  /** "glorotNormal" unless given (Keras: "glorotUniform"). */
  kernelInitializer?: InitializerOf;
  /** "zeros" unless given. */
  biasInitializer?: InitializerOf;
  kernelRegularizer?: RegularizerOf;
  biasRegularizer?: RegularizerOf;
  kernelConstraint?: ConstraintOf;
  biasConstraint?: ConstraintOf;
}

export interface DenseOptions extends WeightOptions {
  /** How many units, that is numbers a row that come out. */
  units: number;
  /** Inputs a row; the same as `inputShape: [inputDim]`. */
  inputDim?: number;
  activityRegularizer?: RegularizerOf;
}

export interface ConvolutionOptions extends WeightOptions {
  /** How many filters, that is channels that come out. */
  filters: number;
  /** Size of the window. */
  kernelSize: number | number[];
  /** How far the window moves; 1 unless given. */
  strides?: number | number[];
  /** Edges: "valid" (none added) unless given, "same" keeps the size. */
  padding?: "valid" | "same" | "causal";
  /** "channelsLast" unless given. */
  dataFormat?: "channelsFirst" | "channelsLast";
  dilationRate?: number | [number] | [number, number] | [number, number, number];
  activityRegularizer?: RegularizerOf;
}

export interface Pooling1DOptions extends LayerOptions {
  /** Size of the window; 2 unless given. */
  poolSize?: number | [number];
  /** How far the window moves; its size unless given. */
  strides?: number | [number];
  padding?: "valid" | "same" | "causal";
}

export interface Pooling2DOptions extends LayerOptions {
  /** Size of the window; 2 by 2 unless given. */
  poolSize?: number | [number, number];
  /** How far the window moves; its size unless given. */
  strides?: number | [number, number];
  padding?: "valid" | "same" | "causal";
  dataFormat?: "channelsFirst" | "channelsLast";
}

export interface RecurrentOptions extends WeightOptions {
  /** How many units. */
  units: number;
  /** Whether every step's output comes out; only the last one unless given. */
  returnSequences?: boolean;
  returnState?: boolean;
  goBackwards?: boolean;
  stateful?: boolean;
  unroll?: boolean;
  /** "orthogonal" unless given. */
  recurrentInitializer?: InitializerOf;
  recurrentRegularizer?: RegularizerOf;
  recurrentConstraint?: ConstraintOf;
  /** Share of the inputs set to 0 at random while training; 0 unless given. */
  dropout?: number;
  recurrentDropout?: number;
}

export interface GatedOptions extends RecurrentOptions {
  /** Activation of the gates; "hardSigmoid" unless given. */
  recurrentActivation?: LayerActivation;
}

export interface LSTMOptions extends GatedOptions {
  /** Whether the forget gate's bias starts at 1; true unless given. */
  unitForgetBias?: boolean;
}

export interface BatchNormalizationOptions extends LayerOptions {
  /** The axis of the features; the last one unless given. */
  axis?: number;
  /** Of the running mean and variance; 0.99 unless given. */
  momentum?: number;
  /** Added to the variance; 0.001 unless given. */
  epsilon?: number;
  /** Whether an offset is learned; true unless given. */
  center?: boolean;
  /** Whether a factor is learned; true unless given. */
  scale?: boolean;
}

export interface LayerNormalizationOptions extends LayerOptions {
  /** The axes that are normalized; the last one unless given. */
  axis?: number | number[];
  /** Added to the variance; 0.001 unless given. */
  epsilon?: number;
  /** Whether an offset is learned; true unless given. */
  center?: boolean;
  /** Whether a factor is learned; true unless given. */
  scale?: boolean;
}

export interface EmbeddingOptions extends LayerOptions {
  /** How many different indices there are. */
  inputDim: number;
  /** Numbers for each index. */
  outputDim: number;
  embeddingsInitializer?: InitializerOf;
  embeddingsRegularizer?: RegularizerOf;
  embeddingsConstraint?: ConstraintOf;
  maskZero?: boolean;
  inputLength?: number | number[];
}

export interface DropoutOptions extends LayerOptions {
  /** Share of the values set to 0 at random while training, from 0 to 1. */
  rate: number;
  noiseShape?: number[];
  seed?: number;
}

export interface WrapperOptions extends LayerOptions {
  /** What is applied to each step. */
  layer: Layer;
}
