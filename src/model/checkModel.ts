import { written } from "../check.js";
import type { Dataset } from "../data/dataset.js";
import { counted } from "../words/english.js";
import { layersIn } from "./layers.js";
import type { Layer, Sequential } from "./tensorflow.js";

/**
 * Throws unless the value is a TensorFlow.js layers model that takes the data's rows, gives as many answers a row as the data
 * have targets, and can be trained as it says.
 */
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
  checkShapes(where, model as Sequential, data);
  if (model.trainableWeights?.length === 0)
    throw new RangeError(
      `${where}: all weights of the model are frozen; set trainable to true on what is to learn`,
    );
  checkLayers(where, model.layers.flatMap(layersIn));
}

function checkShapes(where: string, { inputs, outputs }: Sequential, data: Dataset): void {
  const [rows, features] = inputs[0].shape;
  if (inputs.length !== 1 || inputs[0].shape.length !== 2 || features !== data.features)
    throw new RangeError(
      `${where}: the model takes ${inputs[0].shape.at(-1)} inputs a row, but the data ${written(data.name)} have ${data.features}`,
    );
  if (rows !== null)
    throw new RangeError(
      `${where}: the model takes ${rows} rows at a time only; give its first layer inputShape: [${features}] instead of batchInputShape`,
    );
  const shapes = outputs.map((output) => output.shape.slice(1));
  if (shapes.length !== 1 || shapes[0].length !== 1)
    throw new RangeError(
      `${where}: the model must give ${counted(data.outputs, "number")} a row, got ${shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ")}`,
    );
  const answers = shapes[0][0] as number;
  const oneHot = data.task === "binary" && data.outputs === 1 && answers === 2;
  const otherwise = oneHot
    ? ", or the rows of each class the targets [1, 0] or [0, 1]"
    : data.outputs === 1 && areClasses(data.targets, answers)
      ? `, or the targets must be texts if they stand for ${answers} classes: "${data.targets[0]}", not ${data.targets[0]}`
      : "";
  if (answers !== data.outputs)
    throw new RangeError(
      `${where}: the model gives ${counted(answers, "answer")} a row, but the data ${written(data.name)} have ` +
        `${counted(data.outputs, "target")}; its last layer must have ${counted(data.outputs, "unit")}` +
        otherwise,
    );
}

/** Whether numbers are so many different whole ones, as classes are often counted. */
function areClasses(targets: Float32Array, count: number): boolean {
  const different = new Set(targets);
  return different.size === count && [...different].every(Number.isInteger);
}

function checkLayers(where: string, layers: readonly Layer[]): void {
  let learning = false; // whether a layer before learns
  for (const layer of layers) {
    const trouble = troubleWith(layer, learning);
    if (trouble) throw new RangeError(`${where}: layer "${layer.name}" ${trouble}`);
    learning ||= !("layers" in layer) && layer.trainableWeights.length > 0; // the layers of a model within follow it
  }
}

/** Why a layer cannot be trained as it says. */
function troubleWith(layer: Layer, behindLearning: boolean): string | undefined {
  const kind = layer.getClassName();
  const config = layer.getConfig() as Readonly<Record<string, unknown>>;
  const noise = ["dropout", "recurrentDropout"].find((key) => (config[key] as number) > 0); // of recurrent layers
  if (noise || ["GaussianNoise", "GaussianDropout", "AlphaDropout"].includes(kind))
    return (
      `${noise ? `has ${noise}` : `is a ${kind} layer`}, whose noise TensorFlow.js cannot draw from a seed, so no run ` +
      "could be repeated; use tf.layers.dropout instead"
    );
  if (behindLearning && ["Masking", "ThresholdedReLU"].includes(kind))
    return `is a ${kind} layer, through which TensorFlow.js has no gradient, so that no layer before it can learn`;
  const left = ["center", "scale"].find((key) => config[key] === false);
  if (left) return `has ${left}: false, with which TensorFlow.js fails to train a ${kind} layer`;
  return undefined;
}
