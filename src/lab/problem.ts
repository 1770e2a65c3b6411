import { moons } from "../data/curves.js";
import { type Dataset, makeDataset } from "../data/dataset.js";
import { xor } from "../data/gates.js";
import { iris } from "../data/iris.js";
import { dataset } from "../data/ownData.js";
import { circles, clouds, gaussians, spirals } from "../data/playground.js";
import { readTable } from "../data/readTable.js";
import { split } from "../data/split.js";
import { initialWeights } from "../engine/initializers.js";
import { layerPlaces, type Network } from "../engine/network.js";
import { type NetworkOptions, type NetworkSettings, networkSettings } from "../settings/network.js";
import { featuresOf, hasSigns, irisOptions, networkOptions, ownParts, tableOptions } from "./options.js";
import { DEFAULTS, FEATURES, isPlane, type Setting, type Start, type Table } from "./setting.js";

/** The data and the initial weights of a setting. */

/** The rows of one seed to train on, or those held out. */
export interface Part {
  /** As the network sees them. */
  readonly data: Dataset;
  /** The same before features are made of two columns. */
  readonly plain: Dataset;
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
  const usual = !isPlane(setting) || setting.inputs.join() === DEFAULTS.inputs.join();
  const seen = usual ? plain : withInputs(plain, setting);
  return { data: hasSigns(setting) ? withSigns(seen) : seen, plain };
}

function drawn(setting: Setting, seed: number): Dataset {
  const { data, rows, noise } = setting;
  if (data === "xor") return xor({ rows, seed });
  return data in DRAWN ? DRAWN[data as keyof typeof DRAWN]({ rows, noise, seed }) : fixedData(setting);
}

const fixed = new WeakMap<Setting, Dataset>(); // a study asks for them once a trial

/** Data that are the same for every seed. */
function fixedData(setting: Setting): Dataset {
  const known = fixed.get(setting);
  if (known) return known;
  const { data, table } = setting;
  const made =
    data === "iris"
      ? iris(irisOptions(setting))
      : data === "table"
        ? tableData(setting, table)
        : ownPoints(setting);
  fixed.set(setting, made);
  return made;
}

function tableData(setting: Setting, table: Table | undefined): Dataset {
  if (!table) throw new RangeError("Choose a file with a table, or drop it on this page.");
  if (setting.columns.length < 2)
    throw new RangeError(
      "At least two columns with numbers are needed as inputs, besides the one to be predicted.",
    );
  const { name, classes } = table.columns[setting.target - 1] ?? {};
  if (!classes) throw new RangeError(`The column ${JSON.stringify(name)} cannot be predicted here.`);
  return readTable(table.text, tableOptions(setting, table));
}

function ownPoints(setting: Setting): Dataset {
  const { inputs, targets, options } = ownParts(setting);
  const made = dataset(inputs, targets, options);
  return options.classes ? made : makeDataset({ ...made, task: "binary", threshold: 0.5 }); // also of one class alone
}

/** The same rows with other inputs, made of the two. */
function withInputs(data: Dataset, setting: Setting): Dataset {
  const { scaling: _, ...parts } = data; // the new inputs have none
  return makeDataset({
    ...parts,
    features: setting.inputs.length,
    featureNames: setting.inputs.map((name) => FEATURES[name].label),
    inputs: featuresOf(setting, data.inputs),
    ...(data.judge ? { judge: withInputs(data.judge, setting) } : {}),
  });
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

/** The network, and its initial weights for a seed: those that are kept, as far as they fit, the rest drawn. */
export function startOf(
  setting: Setting,
  seed: number,
): { readonly network: Network; readonly weights: Float32Array } {
  const own = networkSettings("laboratory", networkOptions(setting));
  const weights = weightsOf(own, seed);
  const { start } = setting;
  if (start) {
    const kept = networkSettings("laboratory", keptOptions(setting, start));
    const given = start.weights ? Float32Array.from(start.weights) : weightsOf(kept, start.seed);
    copyFitting(kept.network, given, own.network, weights);
  }
  return { network: own.network, weights };
}

/** The network whose weights are kept. */
function keptOptions(setting: Setting, { initializer, widths }: Start): NetworkOptions {
  const [inputs, hidden, outputs] = [widths[0], widths.slice(1, -1), widths[widths.length - 1]];
  return { ...networkOptions({ ...setting, initializer }), inputs, hidden, outputs, output: "sigmoid" };
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
