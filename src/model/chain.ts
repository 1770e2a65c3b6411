import { written } from "../check.js";
import type { Dataset } from "../data/dataset.js";
import { ACTIVATION_NAMES, type Activation, LEAK } from "../engine/functions.js";
import type { Layer, Network } from "../engine/network.js";
import { type LayersModel, type Sequential, type Tensor, tf } from "./tensorflow.js";

/** A model as the engine's network, or why it is none. */
export type Fit =
  | { readonly network: Network; readonly reason?: undefined }
  | { readonly network?: undefined; readonly reason: string };

/** Throws unless the value is a TensorFlow.js layers model that takes the data's rows and gives one number a row. */
export function checkModel(where: string, value: unknown, data: Dataset): void {
  const model = value as Partial<Sequential> | null | undefined;
  if (
    typeof model !== "object" ||
    model === null ||
    !Array.isArray(model.layers) ||
    typeof model.getWeights !== "function"
  )
    throw new TypeError(
      `${where}: model must be a TensorFlow.js layers model (made by mlp or tf.sequential), got ${written(value)}`,
    );
  if (!model.inputs?.length || !model.outputs?.length)
    throw new TypeError(
      `${where}: the model has no input shape yet; give its first layer inputShape: [${data.features}]`,
    );
  const features = model.inputs[0].shape.at(-1);
  if (model.inputs.length !== 1 || model.inputs[0].shape.length !== 2 || features !== data.features)
    throw new RangeError(
      `${where}: the model takes ${features} inputs a row, but the data ${written(data.name)} have ${data.features}`,
    );
  const outputs = model.outputs.map((output) => output.shape.slice(1));
  if (outputs.length !== 1 || outputs[0].length !== 1 || outputs[0][0] !== 1)
    throw new RangeError(
      `${where}: the model must give one number a row, got ${outputs.map((shape) => `[${shape.join(", ")}]`).join(" and ")}`,
    );
  if (model.trainableWeights?.length === 0)
    throw new RangeError(
      `${where}: all weights of the model are frozen; set trainable to true on what is to learn`,
    );
}

/** Reads a model's chain of dense layers. */
export function networkOf(model: Sequential): Fit {
  if (model.getClassName() !== "Sequential") return { reason: "it is not a tf.sequential() model" };
  const layers: Layer[] = [];
  for (const layer of model.layers) {
    const config = layer.getConfig() as Record<string, unknown>;
    const kind = layer.getClassName();
    if (kind === "InputLayer") continue;
    const trouble = kind === "Dense" ? addDense(layers, config) : addActivation(layers, kind, config);
    if (trouble) return { reason: `layer "${layer.name}" ${trouble}` };
    if (!layer.trainable) return { reason: `layer "${layer.name}" is frozen` };
  }
  const inputs = model.inputs[0].shape.at(-1) as number;
  return layers.length > 0 ? { network: { inputs, layers } } : { reason: "it has no dense layer" };
}

function addDense(layers: Layer[], config: Record<string, unknown>): string | undefined {
  const extra = [
    "kernelRegularizer",
    "biasRegularizer",
    "activityRegularizer",
    "kernelConstraint",
    "biasConstraint",
  ].find((key) => config[key]);
  if (extra) return `has a ${extra}`;
  if (config.useBias === false) return "has no biases";
  const activation = config.activation ?? "linear";
  if (!ACTIVATION_NAMES.includes(activation as Activation))
    return `has the activation ${written(activation)}`;
  layers.push({ units: config.units as number, activation: activation as Activation });
  return undefined;
}

/** An activation as a layer of its own belongs to the linear dense layer before it. */
function addActivation(layers: Layer[], kind: string, config: Record<string, unknown>): string | undefined {
  const activation = activationOfLayer(kind, config);
  const before = layers.at(-1);
  if (!activation || before?.activation !== "linear") return `is a ${kind} layer`;
  layers[layers.length - 1] = { units: before.units, activation };
  return undefined;
}

function activationOfLayer(kind: string, config: Record<string, unknown>): Activation | undefined {
  if (kind === "LeakyReLU") return Math.abs((config.alpha as number) - LEAK) < 1e-6 ? "leakyRelu" : undefined;
  if (kind === "ReLU") return config.maxValue == null ? "relu" : undefined;
  if (kind === "Activation" && ACTIVATION_NAMES.includes(config.activation as Activation))
    return config.activation as Activation;
  return undefined;
}

/** All weights of a model, flat, in the order of getWeights(). */
export function flatWeights(model: LayersModel): Float32Array {
  const parts = model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  const flat = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let next = 0;
  for (const part of parts) {
    flat.set(part, next);
    next += part.length;
  }
  return flat;
}

/** Puts flat weights into a model, in the order of getWeights(). */
export function setFlatWeights(model: Sequential, flat: Float32Array): void {
  let next = 0;
  const tensors = model.getWeights().map((weight) => {
    const part = flat.slice(next, next + weight.size);
    next += weight.size;
    return tf.tensor(part, weight.shape);
  });
  model.setWeights(tensors);
  tf.dispose(tensors);
}

/** A model's predictions for flat rows, one number a row. */
export function predictRows(model: Sequential, inputs: Float32Array, features: number): Float32Array {
  return tf.tidy(() => {
    const rows = tf.tensor2d(inputs, [inputs.length / features, features]);
    return (model.predict(rows) as Tensor).dataSync() as Float32Array;
  });
}
