import type { layers } from "@tensorflow/tfjs-layers";
import { platform, type TensorFlow } from "../platform.js";

/** TensorFlow.js, and those of its types that the library uses, by their own names. */
export type { Optimizer, Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-core";
export type { LayersModel, Sequential } from "@tensorflow/tfjs-layers";
/** A layer of TensorFlow.js, `tf.layers.Layer`. */
export type Layer = layers.Layer;
export type { TensorFlow };

/**
 * TensorFlow.js, loaded on first use. In Node that is `@tensorflow/tfjs-node` where it is installed and works, else plain
 * JavaScript; the first use says in one line which of them, and why, in the cell or, of a program, on standard error. In a page it is
 * the plain JavaScript backend.
 */
export const tf: TensorFlow = new Proxy({} as TensorFlow, {
  get: (_, key) => Reflect.get(platform().tensorFlow(), key),
  has: (_, key) => Reflect.has(platform().tensorFlow(), key),
  ownKeys: () => Reflect.ownKeys(platform().tensorFlow()),
  getOwnPropertyDescriptor: (_, key) => {
    const found = Reflect.getOwnPropertyDescriptor(platform().tensorFlow(), key);
    return found && { ...found, configurable: true };
  },
});
