import type { NetworkOptions } from "../settings/network.js";
import type { TrainOptions } from "../settings/training.js";
import {
  classCount,
  FEATURES,
  type InitializerKind,
  isPlane,
  type Setting,
  type Table,
  tableColumns,
} from "./setting.js";

/** A setting as the options of the library's functions. */

const PLAYGROUND = {
  kernelInitializer: { name: "randomUniform", minval: -0.5, maxval: 0.5 },
  biasInitializer: { name: "constant", value: 0.1 },
} as const;

const initializersOf = (kind: InitializerKind) =>
  kind === "playground" ? PLAYGROUND : ({ kernelInitializer: kind } as const);

/** The options of mlp() and study() that make the network, but for the seed. */
export function networkOptions(setting: Setting) {
  const { inputs, columns, hidden, activation, initializer, l1, l2 } = setting;
  const outputs = classCount(setting);
  const output = outputs > 2 ? "softmax" : hasSigns(setting) ? "tanh" : "sigmoid";
  return {
    inputs: isPlane(setting) ? inputs.length : columns.length,
    ...{ hidden, activation, output },
    ...(outputs > 2 ? { outputs } : {}),
    ...(l1 + l2 > 0 ? { kernelRegularizer: { l1, l2 } } : {}),
    ...initializersOf(initializer),
  } as const satisfies NetworkOptions;
}

/** The options of train() and study() that train it, but for the seed. */
export function trainOptions(setting: Setting) {
  const { optimizer, learningRate, batchSize, epochs, shuffle, solved, loss } = setting;
  const entropy = classCount(setting) > 2 ? "categoricalCrossentropy" : "binaryCrossentropy";
  return {
    ...{ optimizer, learningRate, batchSize, epochs, shuffle, solvedAccuracy: solved },
    loss: loss === "squared" ? "meanSquaredError" : entropy,
  } as const satisfies TrainOptions;
}

/** The names of the columns that are inputs. */
const featureNames = (setting: Setting): string[] =>
  setting.columns.map((place) => tableColumns(setting)[place - 1]?.name ?? "");

const scaleOf = ({ scale }: Setting) => (scale === "none" ? {} : { scale });

/** The options of iris(). */
export function irisOptions(setting: Setting) {
  return { features: featureNames(setting), ...scaleOf(setting) };
}

/** The options of readTable(). */
export function tableOptions(setting: Setting, { name, columns, decimal }: Table) {
  const { name: target = "", classes = [] } = columns[setting.target - 1] ?? {};
  const marked = decimal ? { decimal } : {};
  return { target, features: featureNames(setting), classes, name, ...marked, ...scaleOf(setting) };
}

/** What dataset() is given of points of one's own: of more than two classes the labels. */
export function ownParts(setting: Setting) {
  const classes = Array.from({ length: classCount(setting) }, (_, group) => String(group));
  const groups = setting.points.map(([, , group]) => group);
  return {
    inputs: setting.points.map(([x, y]) => [x, y]),
    targets: classes.length > 2 ? groups.map(String) : groups,
    options: { name: "own points", ...(classes.length > 2 ? { classes } : {}) },
  };
}

/** What the network is given of rows of columns: of two columns the chosen features, of more these themselves. */
export function featuresOf(setting: Setting, columns: Float32Array): Float32Array {
  if (!isPlane(setting)) return columns;
  const { inputs } = setting;
  const values = new Float32Array((columns.length / 2) * inputs.length);
  for (let row = 0; row < columns.length / 2; row++)
    inputs.forEach((name, i) => {
      values[row * inputs.length + i] = FEATURES[name].value(columns[2 * row], columns[2 * row + 1]);
    });
  return values;
}

/** Whether the targets are −1 and 1. */
export const hasSigns = (setting: Setting) => setting.loss === "squared" && classCount(setting) === 2;
