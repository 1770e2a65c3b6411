import { showing } from "../display.js";
import { LEAK } from "../engine/functions.js";
import { type InitializerSettings, initialWeights } from "../engine/initializers.js";
import type { Layer } from "../engine/network.js";
import { type NetworkOptions, networkSettings } from "../settings/network.js";
import { setFlatWeights } from "./chain.js";
import { type Sequential, tf } from "./tensorflow.js";

/**
 * A multilayer perceptron as a real `tf.Sequential`: everything of TensorFlow.js works on it.
 *
 * Defaults are the question's network and Keras's: two inputs, one hidden layer of two sigmoid units, a sigmoid
 * output, Glorot-uniform weights, zero biases. The initial weights follow from the seed, the same on every machine
 * and with every backend.
 *
 * @param options  see NetworkOptions
 * @throws TypeError or RangeError that names the option; of weights also the layer and the shape that it must have
 * @example mlp({ inputs: 4, hidden: [8], activation: "relu", outputs: 3, output: "softmax" }).countParams() // 67
 * @example mlp({ hidden: [5], activation: "relu", seed: 1 }).countParams() // 21
 */
export function mlp(options: NetworkOptions = {}): Sequential {
  const { network, kernelInitializer, biasInitializer, seed, weights } = networkSettings("mlp", options);
  const model = tf.sequential();
  network.layers.forEach((layer, i) => {
    addLayer(model, layer, i === 0 ? network.inputs : undefined, kernelInitializer, biasInitializer);
  });
  setFlatWeights(model, weights ?? initialWeights(network, kernelInitializer, biasInitializer, seed));
  return showing(model, { inspect: () => modelText(model) });
}

/** The network's layers in one line, for Node's console. */
function modelText(model: Sequential): string {
  const layers = model.layers.map((layer) => {
    const { units, activation } = layer as { units?: number; activation?: { getClassName?(): string } };
    return units === undefined ? layer.getClassName() : `${units} ${activation?.getClassName?.() ?? "units"}`;
  });
  return `Sequential { ${layers.join(", ")}; ${model.countParams()} weights }`;
}

/** A dense layer; a leaky ReLU, which TensorFlow.js has only as a layer of its own, follows it. */
function addLayer(
  model: Sequential,
  layer: Layer,
  inputs: number | undefined,
  kernel: InitializerSettings,
  bias: InitializerSettings,
): void {
  const { units, activation, useBias = true, l1 = 0, l2 = 0 } = layer;
  model.add(
    tf.layers.dense({
      units,
      activation: activation === "leakyRelu" ? "linear" : activation,
      useBias,
      kernelInitializer: tfInitializer(kernel),
      biasInitializer: tfInitializer(bias),
      ...(l1 + l2 > 0 ? { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) } : {}),
      ...(inputs === undefined ? {} : { inputShape: [inputs] }),
    }),
  );
  if (activation === "leakyRelu") model.add(tf.layers.leakyReLU({ alpha: LEAK }));
}

type Initializer = ReturnType<typeof tf.initializers.zeros>;

/** The same initializer in TensorFlow.js, only so that a saved model names it: the weights come from initialWeights(). */
function tfInitializer({ name, ...numbers }: InitializerSettings) {
  const initializers = tf.initializers as unknown as Record<string, (numbers: object) => Initializer>;
  const make = initializers[name.replace("lecun", "leCun")]; // as TensorFlow.js writes the name
  return make({ ...numbers, seed: 1 });
}
