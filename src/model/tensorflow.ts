import type * as tf from "@tensorflow/tfjs";

/**
 * TensorFlow.js's types that the library uses, by their own names. Types only: TensorFlow.js itself is loaded on first
 * use, by node/tensorflow/backend.ts.
 */
export type {
  LayersModel,
  Optimizer,
  Scalar,
  Sequential,
  Tensor,
  Tensor1D,
  Tensor2D,
  Variable,
} from "@tensorflow/tfjs";
export type Layer = tf.layers.Layer;
/** The whole of TensorFlow.js, as `import * as tf from "@tensorflow/tfjs"` gives it. */
export type TensorFlow = typeof tf;
