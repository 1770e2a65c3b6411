import { moons } from "../data/curves.js";
import { type Dataset, makeDataset } from "../data/dataset.js";
import { xor } from "../data/gates.js";
import { dataset } from "../data/ownData.js";
import { circles, clouds, gaussians, spirals } from "../data/playground.js";
import { split } from "../data/split.js";
import { initialWeights } from "../engine/initializers.js";
import { layerPlaces, type Network } from "../engine/network.js";
import { type NetworkOptions, type NetworkSettings, networkSettings } from "../settings/network.js";
import type { TrainOptions } from "../settings/training.js";
import { DEFAULTS, FEATURES, type InitializerKind, type Setting } from "./setting.js";

/** A setting as the library's options. */

/** The rows of one seed to train on, or those held out. */
export interface Part {
  /** As the network sees them. */
  readonly data: Dataset;
  /** Where the points are: (x₁, x₂), before features are made of them. */
  readonly places: Float32Array;
}

const DRAWN = { clouds, circles, moons, spirals, gaussians } as const;

/** Draws the data of a seed. With the usual inputs, targets 0 and 1, and no row held out they are the library's own, unchanged. */
export function problemOf(
  setting: Setting,
  seed: number,
): { readonly train: Part; readonly test: Part | undefined } {
  const whole = drawn(setting, seed);
  const parts =
    setting.test > 0 ? split(whole, { test: setting.test, seed }) : { train: whole, test: undefined };
  return { train: partOf(setting, parts.train), test: parts.test && partOf(setting, parts.test) };
}

function partOf(setting: Setting, plain: Dataset): Part {
  const seen = setting.inputs.join() === DEFAULTS.inputs.join() ? plain : withInputs(plain, setting);
  return { data: setting.loss === "squared" ? withSigns(seen) : seen, places: plain.inputs };
}

function drawn({ data, rows, noise, points }: Setting, seed: number): Dataset {
  if (data === "xor") return xor({ rows, seed });
  if (data !== "own") return DRAWN[data]({ rows, noise, seed });
  const inputs = points.map(([x, y]) => [x, y]);
  const made = dataset(
    inputs,
    points.map(([, , target]) => target),
    { name: "own points" },
  );
  return makeDataset({ ...made, task: "binary", threshold: 0.5 }); // also of one class alone
}

/** The same rows with other inputs, made of the two. */
function withInputs(data: Dataset, setting: Setting): Dataset {
  return makeDataset({
    ...data,
    features: setting.inputs.length,
    featureNames: setting.inputs.map((name) => FEATURES[name].label),
    inputs: featuresOf(setting, data.inputs),
    ...(data.judge ? { judge: withInputs(data.judge, setting) } : {}),
  });
}

/** What the network is given of points: rows × inputs numbers of rows × 2. */
export function featuresOf({ inputs }: Pick<Setting, "inputs">, places: Float32Array): Float32Array {
  const values = new Float32Array((places.length / 2) * inputs.length);
  for (let row = 0; row < places.length / 2; row++)
    inputs.forEach((name, i) => {
      values[row * inputs.length + i] = FEATURES[name].value(places[2 * row], places[2 * row + 1]);
    });
  return values;
}

/** Targets −1 and 1 in place of 0 and 1. */
function withSigns(data: Dataset): Dataset {
  return makeDataset({
    ...data,
    targets: data.targets.map((target) => 2 * target - 1),
    threshold: 0,
    ...(data.judge ? { judge: withSigns(data.judge) } : {}),
  });
}

const PLAYGROUND = {
  kernelInitializer: { name: "randomUniform", minval: -0.5, maxval: 0.5 },
  biasInitializer: { name: "constant", value: 0.1 },
} as const;

const initializersOf = (kind: InitializerKind) =>
  kind === "playground" ? PLAYGROUND : ({ kernelInitializer: kind } as const);

/** The options of mlp() and study() that make the network, but for the seed. */
export function networkOptions(setting: Setting) {
  const { inputs, hidden, activation, initializer, loss, l1, l2 } = setting;
  return {
    inputs: inputs.length,
    ...({ hidden, activation, output: loss === "squared" ? "tanh" : "sigmoid" } as const),
    ...(l1 + l2 > 0 ? { kernelRegularizer: { l1, l2 } } : {}),
    ...initializersOf(initializer),
  } satisfies NetworkOptions;
}

/** The options of train() and study() that train it, but for the seed. */
export function trainOptions(setting: Setting) {
  const { optimizer, learningRate, batchSize, epochs, shuffle, solved, loss } = setting;
  return {
    ...{ optimizer, learningRate, batchSize, epochs, shuffle, solvedAccuracy: solved },
    loss: loss === "squared" ? "meanSquaredError" : "binaryCrossentropy",
  } as const satisfies TrainOptions;
}

/** The network, and its initial weights for a seed: those that are kept, as far as they fit, the rest drawn. */
export function startOf(
  setting: Setting,
  seed: number,
): { readonly network: Network; readonly weights: Float32Array } {
  const own = networkSettings("laboratory", networkOptions(setting));
  const weights = weightsOf(own, seed);
  const { start } = setting;
  if (start) {
    const kept = networkSettings("laboratory", networkOptions({ ...setting, ...start }));
    copyFitting(kept.network, weightsOf(kept, start.seed), own.network, weights);
  }
  return { network: own.network, weights };
}

function weightsOf(
  { network, kernelInitializer, biasInitializer }: NetworkSettings,
  seed: number,
): Float32Array {
  return initialWeights(network, kernelInitializer, biasInitializer, seed);
}

/** Copies the weights between units that both networks have: hidden layers by their number, the output to the output. */
function copyFitting(from: Network, given: Float32Array, to: Network, weights: Float32Array): void {
  const [theirs, ours] = [layerPlaces(from), layerPlaces(to)];
  ours.forEach((place, layer) => {
    const isOutput = layer === ours.length - 1;
    const other = isOutput === (layer === theirs.length - 1) ? theirs[layer] : undefined;
    if (!other) return;
    for (let unit = 0; unit < Math.min(place.units, other.units); unit++) {
      for (let i = 0; i < Math.min(place.inputs, other.inputs); i++)
        weights[place.kernel + i * place.units + unit] = given[other.kernel + i * other.units + unit];
      weights[place.bias + unit] = given[other.bias + unit];
    }
  });
}
