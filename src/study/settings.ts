import {
  abortSignal,
  DEFAULT_SEED,
  oneOf,
  optionsObject,
  seedNumber,
  trueOrFalse,
  wholeNumber,
  written,
} from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import { type DataSource, datasetSource, drawData, type FixedData, namedSource } from "../data/drawn.js";
import { fittingRows } from "../data/fitting.js";
import type { DataName } from "../data/fixed.js";
import type { Activation } from "../engine/functions.js";
import { NETWORK_OPTION_NAMES, type NetworkOptions, networkSettings } from "../settings/network.js";
import { TRAIN_OPTION_NAMES, type TrainOptions, trainSettings } from "../settings/training.js";
import { readShard, WHOLE } from "./shard.js";

/** One value, or several to be compared. */
export type OneOrMore<Value> = Value | readonly Value[];

/** The settings that a study compares, one value of each. Those that mean the same as in mlp() and train() are described there. */
export interface StudyAxes
  extends Required<
      Pick<
        NetworkOptions,
        "output" | "useBias" | "kernelRegularizer" | "kernelInitializer" | "biasInitializer"
      >
    >,
    Required<Pick<TrainOptions, "optimizer" | "learningRate" | "loss" | "batchSize" | "epochs" | "shuffle">> {
  /** Width of the hidden layer, or the widths of several: `[[4, 2], 2, 5]` compares three networks. 2 unless given. */
  readonly hidden: number | readonly number[];
  /**
   * Activation of the hidden units, or one a layer: `[["relu", "tanh"], "relu"]` compares two settings. "sigmoid" unless given. A
   * network without hidden layers has none, and is one setting whatever is compared.
   */
  readonly activation: Activation | readonly Activation[];
  /** Output units, which must be as many as the data have targets a row; they are unless given. */
  readonly outputs: number;
  /**
   * A name: "xor", "clouds", "moons" and others are drawn anew for every trial, "iris", "digits" and "encoder" are the same for
   * all; or a dataset, the same for all. "xor" unless given.
   */
  readonly data: DataName | Dataset;
  /** Rows of the data that are drawn by name; 1000 for "xor" and 500 for the others unless given. */
  readonly rows: number;
}
export type AxisName = keyof StudyAxes;

interface Axis<Value> {
  /** Its value unless given, as in the question's script; undefined where another setting decides. */
  readonly fallback: Value | undefined;
  /** How its values are read from a command line. */
  readonly read: "widths" | "name" | "names" | "number" | "true or false" | "penalties";
}

/** The axes, the one whose values take turns most slowly first. How values are said is in words/names.ts. */
export const AXES: { readonly [Name in AxisName]: Axis<StudyAxes[Name]> } = {
  hidden: { fallback: 2, read: "widths" },
  activation: { fallback: "sigmoid", read: "names" },
  outputs: { fallback: undefined, read: "number" },
  output: { fallback: "sigmoid", read: "name" },
  useBias: { fallback: true, read: "true or false" },
  kernelRegularizer: { fallback: {}, read: "penalties" },
  kernelInitializer: { fallback: "glorotUniform", read: "name" },
  biasInitializer: { fallback: "zeros", read: "name" },
  optimizer: { fallback: "rmsprop", read: "name" },
  learningRate: { fallback: undefined, read: "number" },
  loss: { fallback: "binaryCrossentropy", read: "name" },
  batchSize: { fallback: 4, read: "number" },
  epochs: { fallback: 100, read: "number" },
  shuffle: { fallback: true, read: "true or false" },
  data: { fallback: "xor", read: "name" },
  rows: { fallback: undefined, read: "number" },
};
export const AXIS_NAMES = Object.keys(AXES) as AxisName[];

type AxisOptions = { readonly [Name in keyof StudyAxes]?: OneOrMore<StudyAxes[Name]> }; // keyof: so the docs are kept

/** Many runs: every combination of the settings given as arrays, `trials` of each. */
export interface StudyOptions
  extends AxisOptions,
    Pick<TrainOptions, "solvedAccuracy" | "solvedR2" | "solvedLoss" | "progress"> {
  /** Trials of each setting, ≥ 1; 100 unless given. */
  readonly trials?: number;
  /** The seed that the seeds of all trials follow from, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
  /** Data on which each trial's final loss and accuracy are taken, without learning from them; the same for all trials. */
  readonly validation?: Dataset;
  /** "fused" unless given; "tfjs" is TensorFlow.js itself, some hundred times slower. */
  readonly engine?: "fused" | "tfjs";
  /**
   * "3/10" runs the third of ten parts of the study, for instance on one of ten machines; mergeStudies() puts them together.
   * The parts have equally many trials, and each has some of every setting. All of the study unless given.
   */
  readonly shard?: string;
  /** Threads, ≥ 1; one for each core unless given, fewer for little work. The result does not depend on their number. */
  readonly workers?: number;
  /** Stops the study; what was done is kept. */
  readonly signal?: AbortSignal;
}

const CONTROL_NAMES = [
  "trials",
  "seed",
  "validation",
  "solvedAccuracy",
  "solvedR2",
  "solvedLoss",
  "engine",
  "shard",
  "workers",
  "progress",
  "signal",
] as const;
const STUDY_OPTION_NAMES: readonly (keyof StudyOptions)[] = [...AXIS_NAMES, ...CONTROL_NAMES];

/** One setting of a study, as given and filled in; plain data, so that it can be sent to another thread. */
export type StudySetting = ReturnType<typeof oneSetting>;

/** A setting as it was given, defaults filled in; a row of the results carries it. */
export interface GivenSetting extends Omit<StudyAxes, "data"> {
  /** The data's name. */
  readonly data: string;
}

/**
 * Checks a study's options: every combination of the settings that were given as arrays, in the order given.
 *
 * @param fixed  the data that are known by name besides those that are drawn
 */
export function studySettings(came: StudyOptions, fixed: FixedData = {}): readonly StudySetting[] {
  const options = optionsObject<StudyOptions>("study", came, STUDY_OPTION_NAMES);
  let combinations: Combination[] = [{}];
  for (const name of AXIS_NAMES) {
    const values = axisValues(name, options[name]);
    combinations = combinations.flatMap((combination) =>
      values.map((value) => ({ ...combination, [name]: value })),
    );
  }
  const settings = combinations.map((combination) => oneSetting(combination, options, fixed));
  const [first] = axisValues("activation", options.activation);
  return settings.filter((_, i) => {
    const { hidden, activation } = combinations[i];
    return activation === first || [hidden].flat().length > 0; // without hidden units all activations are one setting
  });
}

/** One value of each axis, as it came. */
type Combination = Partial<Record<AxisName, unknown>>;

function axisValues(name: AxisName, came: unknown): readonly unknown[] {
  if (!Array.isArray(came)) return [came === undefined ? AXES[name].fallback : came];
  if (came.length === 0) {
    const cure = name === "hidden" ? "; write [[]] for no hidden layer" : "";
    throw new RangeError(`study: ${name} must have at least one value, got []${cure}`);
  }
  return came;
}

function oneSetting(combination: Combination, options: StudyOptions, fixed: FixedData) {
  const source = dataSource(combination.data, combination.rows, fixed);
  const sample = drawData(source, DEFAULT_SEED);
  const { solvedAccuracy, solvedR2, solvedLoss } = options;
  const schedule = axesOf(combination, TRAIN_OPTION_NAMES) as TrainOptions;
  const training = trainSettings("study", { ...schedule, solvedAccuracy, solvedR2, solvedLoss });
  checkTargets("study", sample, training.loss);
  const { validation: held } = options;
  const validation = held === undefined ? undefined : fittingRows("study", "validation", held, sample);
  const outputs = outputsFor(sample, combination.outputs);
  const structure = axesOf(combination, NETWORK_OPTION_NAMES) as NetworkOptions;
  const network = networkSettings("study", { ...structure, inputs: sample.features, outputs });
  const { learningRate } = training.optimizer;
  const dataPart = { data: sample.name, rows: sample.rows };
  const given = frozenCopy({ ...combination, outputs, learningRate, ...dataPart }) as GivenSetting;
  const text = JSON.stringify([{ ...network, seed: 0 }, { ...training, seed: 0 }, dataPart]);
  return {
    /** What was given for each axis, defaults filled in where a table needs them. */
    given,
    ...{ network, training },
    /** Where a trial's data come from. */
    source,
    validation,
    /** All of the setting as text: the seeds of its trials follow from it. */
    text,
  };
}

/** Those axes of a combination that are among the options of one part of the work. */
export function axesOf(combination: Combination, names: readonly string[]): Combination {
  return Object.fromEntries(Object.entries(combination).filter(([name]) => names.includes(name)));
}

function outputsFor({ name, outputs }: Dataset, came: unknown): number {
  if (came !== undefined && wholeNumber("study", "outputs", came, 1) !== outputs)
    throw new RangeError(
      `study: outputs must be ${outputs}, as many as ${written(name)} has targets a row, got ${came}`,
    );
  return outputs;
}

/** Those of a study's options that decide what comes out, in a copy. */
export function makingOptions(options: StudyOptions): StudyOptions {
  const { shard: _, workers: _w, progress: _p, signal: _s, ...making } = options;
  return frozenCopy(making);
}

/** A copy that nobody can change; data sets are kept as they are. */
function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || isDataset(value)) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozenCopy(inner)]));
  return Object.freeze(copy) as Value;
}

function dataSource(data: unknown, rows: unknown, fixed: FixedData): DataSource {
  return typeof data === "object" && data !== null
    ? datasetSource("study", checkDataset("study", data), rows)
    : namedSource("study", data, rows, fixed);
}

/** Whether a value that has been checked is a dataset, and not another object among a study's options. */
export function isDataset(value: object): value is Dataset {
  return "inputs" in value && value.inputs instanceof Float32Array;
}

/** What a study needs besides its settings. */
export function studyControls(options: StudyOptions) {
  const { trials = 100, seed = DEFAULT_SEED, engine = "fused" } = options;
  const { shard, workers, progress = true, signal } = options;
  return {
    trials: wholeNumber("study", "trials", trials, 1, 100_000_000),
    seed: seedNumber("study", seed),
    engine: oneOf("study", "engine", engine, ["fused", "tfjs"]),
    /** @param trials  of all settings together */
    shardOf: (trials: number) => (shard === undefined ? WHOLE : readShard("study", shard, trials)),
    workers: workers === undefined ? undefined : wholeNumber("study", "workers", workers, 1, 1024),
    progress: trueOrFalse("study", "progress", progress),
    signal: abortSignal("study", signal),
  };
}
export type StudyControls = ReturnType<typeof studyControls>;
