import type { Layer, SymbolicTensor } from "./layer.js";
import type {
  BatchNormalizationOptions,
  ConvolutionOptions,
  DenseOptions,
  DropoutOptions,
  EmbeddingOptions,
  GatedOptions,
  InitializerOf,
  LayerNormalizationOptions,
  LayerOptions,
  LSTMOptions,
  Pooling1DOptions,
  Pooling2DOptions,
  RecurrentOptions,
  WrapperOptions,
} from "./layerOptions.js";
import type { LayerActivation } from "./parts.js";
import type { DataType, Shape } from "./values.js";

/** What tf.input() is given. */
export interface InputOptions {
  /** Shape of a row: `[2]` for two inputs. */
  shape?: Shape;
  /** Shape with the number of rows before it, null if not fixed. */
  batchShape?: Shape;
  name?: string;
  dtype?: DataType;
}

/** `tf.layers` */
export interface Layers {
  /** Every unit sees every input: activation(inputs · kernel + bias). */
  dense(options: DenseOptions): Layer;
  /** An activation on its own. */
  activation(options: LayerOptions & { activation: LayerActivation }): Layer;
  /** max(x, 0), at most maxValue if that is given. */
  reLU(options?: LayerOptions & { maxValue?: number }): Layer;
  /** x where positive, else alpha · x; alpha 0.3 unless given. */
  leakyReLU(options?: LayerOptions & { alpha?: number }): Layer;
  /** x where positive, else alpha · (eˣ − 1); alpha 1 unless given. */
  elu(options?: LayerOptions & { alpha?: number }): Layer;
  /** x where positive, else alpha · x with an alpha that is learned. */
  prelu(options?: LayerOptions & { alphaInitializer?: InitializerOf; sharedAxes?: number | number[] }): Layer;
  /** x where above theta (1 unless given), else 0. */
  thresholdedReLU(options?: LayerOptions & { theta?: number }): Layer;
  softmax(options?: LayerOptions & { axis?: number | number[] }): Layer;
  /** Sets values to 0 at random while training. */
  dropout(options: DropoutOptions): Layer;
  alphaDropout(options: LayerOptions & { rate: number; noiseShape?: Shape }): Layer;
  gaussianDropout(options: LayerOptions & { rate: number }): Layer;
  /** Adds normal noise while training. */
  gaussianNoise(options: LayerOptions & { stddev: number }): Layer;
  /** Centres and scales each feature over the batch. */
  batchNormalization(options?: BatchNormalizationOptions): Layer;
  /** Centres and scales each row. */
  layerNormalization(options?: LayerNormalizationOptions): Layer;
  /** Each row in one axis. */
  flatten(options?: LayerOptions & { dataFormat?: "channelsFirst" | "channelsLast" }): Layer;
  /** Each row in another shape. */
  reshape(options: LayerOptions & { targetShape: Shape }): Layer;
  /** Each row n times. */
  repeatVector(options: LayerOptions & { n: number }): Layer;
  /** Axes, counted from 1, in another order. */
  permute(options: LayerOptions & { dims: number[] }): Layer;
  /** Numbers for indices, learned. */
  embedding(options: EmbeddingOptions): Layer;
  masking(options?: LayerOptions & { maskValue?: number }): Layer;
  /** scale · x + offset. */
  rescaling(options?: LayerOptions & { scale: number; offset?: number }): Layer;
  conv1d(options: ConvolutionOptions): Layer;
  conv2d(options: ConvolutionOptions): Layer;
  conv2dTranspose(options: ConvolutionOptions): Layer;
  conv3d(options: ConvolutionOptions): Layer;
  separableConv2d(options: ConvolutionOptions & { depthMultiplier?: number }): Layer;
  maxPooling1d(options: Pooling1DOptions): Layer;
  maxPooling2d(options: Pooling2DOptions): Layer;
  averagePooling1d(options: Pooling1DOptions): Layer;
  averagePooling2d(options: Pooling2DOptions): Layer;
  globalMaxPooling1d(options?: LayerOptions): Layer;
  globalMaxPooling2d(options: LayerOptions): Layer;
  globalAveragePooling1d(options?: LayerOptions): Layer;
  globalAveragePooling2d(options: LayerOptions): Layer;
  upSampling2d(options: LayerOptions & { size?: number[] }): Layer;
  zeroPadding2d(options?: LayerOptions & { padding?: number | [number, number] }): Layer;
  /** Sum of several inputs. */
  add(options?: LayerOptions): Layer;
  /** Product of several inputs, value by value. */
  multiply(options?: LayerOptions): Layer;
  /** Mean of several inputs. */
  average(options?: LayerOptions): Layer;
  maximum(options?: LayerOptions): Layer;
  minimum(options?: LayerOptions): Layer;
  /** Several inputs, one after another along the axis (the last one unless given). */
  concatenate(options?: LayerOptions & { axis?: number }): Layer;
  /** Dot products of two inputs. */
  dot(options: LayerOptions & { axes: number | [number, number]; normalize?: boolean }): Layer;
  simpleRNN(options: RecurrentOptions): Layer;
  gru(options: GatedOptions): Layer;
  lstm(options: LSTMOptions): Layer;
  /** A layer applied to every step. */
  timeDistributed(options: WrapperOptions): Layer;
  inputLayer(options: { inputShape?: Shape; batchSize?: number; name?: string; dtype?: DataType }): Layer;
  /** Where a model begins; the same as tf.input(). */
  input(options: InputOptions): SymbolicTensor;
}
