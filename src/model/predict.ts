import { type Sequential, type Tensor, tf } from "./tensorflow.js";

/** A model's predictions for flat rows, one number a row. */
export function predictRows(model: Sequential, inputs: Float32Array, features: number): Float32Array {
  return tf.tidy(() => {
    const rows = tf.tensor2d(inputs, [inputs.length / features, features]);
    return (model.predict(rows) as Tensor).dataSync() as Float32Array;
  });
}
