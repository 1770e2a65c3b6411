import { INITIALIZERS, type InitializerName, type InitializerSettings } from "../engine/initializers.js";
import type { LayersModel } from "./tensorflow.js";

/** How a model's initial weights are drawn. */
export interface Start {
  readonly kernel: InitializerSettings;
  readonly bias: InitializerSettings;
}

/** How the weights of a model's dense layers are drawn; undefined where that is unknown, or not the same for all. */
export function startOf(model: LayersModel): Start | undefined {
  const starts = model.layers.flatMap((layer) => {
    const { kernelInitializer, biasInitializer }: Record<string, unknown> = layer.getConfig();
    const start = { kernel: settingsOf(kernelInitializer), bias: settingsOf(biasInitializer) };
    return kernelInitializer ? [start] : [];
  });
  const [{ kernel, bias } = { kernel: undefined, bias: undefined }] = starts;
  const alike = starts.every((start) => JSON.stringify(start) === JSON.stringify({ kernel, bias }));
  return alike && kernel && bias ? { kernel, bias } : undefined;
}

/** Those of which TensorFlow.js writes the scale, what it is divided by, and the distribution. */
const SCALED: Readonly<Record<string, InitializerName>> = {
  "1 fanAvg uniform": "glorotUniform",
  "1 fanAvg normal": "glorotNormal",
  "2 fanIn uniform": "heUniform",
  "2 fanIn normal": "heNormal",
  "1 fanIn uniform": "lecunUniform",
  "1 fanIn normal": "lecunNormal",
};

/** @param written  as TensorFlow.js writes an initializer down; nothing for biases that are not there: zeros as well */
function settingsOf(written: unknown): InitializerSettings | undefined {
  const { className = "Zeros", config = {} } = (written ?? {}) as { className?: string; config?: object };
  const numbers = new Map<string, unknown>(Object.entries(config));
  const scale = ["scale", "mode", "distribution"].map((key) => numbers.get(key)).join(" ");
  const plain = className.charAt(0).toLowerCase() + className.slice(1);
  const name = className === "VarianceScaling" ? SCALED[scale] : plain;
  if (!name || !Object.hasOwn(INITIALIZERS, name)) return undefined;
  const own = Object.keys(INITIALIZERS[name as InitializerName]).map((key) => [key, numbers.get(key)]);
  return { name, ...Object.fromEntries(own) };
}
