import { written } from "../check.js";
import { type LayerActivation, LEAK, OUTPUT_ACTIVATION_NAMES } from "../engine/functions.js";
import type { Layer, Network } from "../engine/network.js";
import { type LayersModel, type Sequential, type Tensor, tf } from "./tensorflow.js";

/** A model as the engine's network, or why it is none. */
export type Fit =
  | { readonly network: Network; readonly reason?: undefined; readonly misfit?: undefined }
  | { readonly network?: undefined; readonly reason: string; readonly misfit: Misfit };

/** What does not fit: a layer, by its name, or the model. */
export interface Misfit {
  readonly layer?: string;
  readonly what: string;
}

/** What stands in for hidden units that the engine does not know. */
const STAND_IN: LayerActivation = "tanh";

/**
 * Reads a model's chain of dense layers: as it is; as if it had no dropout layers; or besides that, as if hidden units that the
 * engine does not know, as SELU, were tanh units.
 */
export function networkOf(
  model: Sequential,
  how: "as it is" | "without dropout" | "with other units" = "as it is",
): Fit {
  if (model.getClassName() !== "Sequential") return noFit("it is not a tf.sequential() model");
  const layers: Layer[] = [];
  const last = model.layers.map((layer) => layer.getClassName()).lastIndexOf("Dense");
  for (const [i, layer] of model.layers.entries()) {
    const kind = layer.getClassName();
    if (kind === "InputLayer" || (kind === "Dropout" && how !== "as it is")) continue;
    const given = layer.getConfig() as Config;
    const config = how === "with other units" && i < last ? { ...given, ...standIn(given) } : given;
    const trouble = kind === "Dense" ? addDense(layers, config) : addActivation(layers, kind, config);
    if (trouble) return noFit(trouble, layer.name);
    if (layer.trainableWeights.length < layer.weights.length) return noFit("is frozen", layer.name);
    if (model.layers.indexOf(layer) < i) return noFit("is there twice", layer.name);
  }
  if (model.inputs[0].dtype !== "float32") return noFit(`its inputs are ${model.inputs[0].dtype}`);
  const inputs = model.inputs[0].shape.at(-1) as number;
  return layers.length > 0 ? { network: { inputs, layers } } : noFit("it has no dense layer");
}

function noFit(what: string, layer?: string): Fit {
  if (layer === undefined) return { reason: what, misfit: { what } };
  return { reason: `layer "${layer}" ${what}`, misfit: { layer, what } };
}

/** What a layer's getConfig() gives. */
type Config = Readonly<Record<string, unknown>>;

/** An activation that the engine knows, in place of one that it does not; nothing where it does, or there is none. */
function standIn({ activation }: Config): Config {
  return activation === undefined || OUTPUT_ACTIVATION_NAMES.includes(activation as LayerActivation)
    ? {}
    : { activation: STAND_IN };
}

function addDense(layers: Layer[], config: Config): string | undefined {
  const extra = ["biasRegularizer", "activityRegularizer", "kernelConstraint", "biasConstraint"].find(
    (key) => config[key],
  );
  if (extra) return `has a ${extra}`;
  if (layers.at(-1)?.activation === "softmax") return "follows a softmax";
  const activation = config.activation ?? "linear";
  if (!OUTPUT_ACTIVATION_NAMES.includes(activation as LayerActivation))
    return `has the activation ${written(activation)}`;
  const penalties = penaltiesOf(config.kernelRegularizer);
  if (!penalties) return "has a kernelRegularizer of its own kind";
  const useBias = config.useBias === false ? { useBias: false as const } : {};
  const units = config.units as number;
  layers.push({ units, activation: activation as LayerActivation, ...useBias, ...penalties });
  return undefined;
}

/** The numbers of a regularizer of TensorFlow.js; undefined if it is of another class. */
function penaltiesOf(regularizer: unknown): Pick<Layer, "l1" | "l2"> | undefined {
  if (!regularizer) return {};
  const { className, config } = regularizer as { className: string; config: { l1: number; l2: number } };
  if (className !== "L1L2") return undefined;
  const { l1, l2 } = config;
  return { ...(l1 > 0 ? { l1 } : {}), ...(l2 > 0 ? { l2 } : {}) };
}

/** An activation as a layer of its own belongs to the linear dense layer before it. */
function addActivation(layers: Layer[], kind: string, config: Config): string | undefined {
  const activation = activationOfLayer(kind, config);
  const before = layers.at(-1);
  if (!activation && kind === "Activation") return `has the activation ${written(config.activation)}`;
  if (!activation || before?.activation !== "linear")
    return `is ${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind} layer`;
  layers[layers.length - 1] = { ...before, activation };
  return undefined;
}

function activationOfLayer(kind: string, config: Config): LayerActivation | undefined {
  if (kind === "LeakyReLU") return Math.abs((config.alpha as number) - LEAK) < 1e-6 ? "leakyRelu" : undefined;
  if (kind === "ReLU") return config.maxValue == null ? "relu" : undefined;
  if (kind === "ELU") return "elu"; // TensorFlow.js has no other alpha than 1
  if (kind === "Softmax") return config.axis === 1 || config.axis === -1 ? "softmax" : undefined;
  const named = config.activation as LayerActivation;
  return kind === "Activation" && OUTPUT_ACTIVATION_NAMES.includes(named) ? named : undefined;
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

/** A model's answers to flat rows, row after row. */
export function predictRows(model: Sequential, inputs: Float32Array, features: number): Float32Array {
  return tf.tidy(() => {
    const rows = tf.tensor2d(inputs, [inputs.length / features, features]);
    return (model.predict(rows) as Tensor).dataSync() as Float32Array;
  });
}
