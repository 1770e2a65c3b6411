import {
  DEFAULT_SEED,
  oneOf,
  optionsObject,
  seedNumber,
  trueOrFalse,
  wholeNumber,
  written,
} from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import { DATA_NAMES, type DataName, DRAWN_DATA } from "../data/drawn.js";
import type { Activation, Loss } from "../engine/functions.js";
import { type NetworkOptions, type NetworkSettings, networkSettings } from "../settings/network.js";
import type { InitializerOption, OptimizerOption } from "../settings/optimizers.js";
import { type TrainOptions, type TrainSettings, trainSettings } from "../settings/training.js";

/** One value, or several to be compared. */
export type OneOrMore<Value> = Value | readonly Value[];

/** Many runs: every combination of the settings given as arrays, `trials` of each. */
export interface StudyOptions {
  /** A width or several, or the widths of several layers: `[[4, 2], 2, 5]` compares three networks. 2 unless given. */
  readonly hidden?: OneOrMore<number | readonly number[]>;
  /** Activation of the hidden units, or several to compare; "sigmoid" unless given. */
  readonly activation?: OneOrMore<Activation>;
  /** Activation of the one output unit, or several to compare; "sigmoid" unless given. */
  readonly output?: OneOrMore<Activation>;
  /** How the initial weights are drawn, or several ways to compare; "glorotUniform" unless given. */
  readonly kernelInitializer?: OneOrMore<InitializerOption>;
  /** How the initial biases are drawn, or several ways to compare; "zeros" unless given. */
  readonly biasInitializer?: OneOrMore<InitializerOption>;
  /** What takes the steps, by name or as `{ name, … }`, or several to compare; "rmsprop" unless given. */
  readonly optimizer?: OneOrMore<OptimizerOption>;
  /** Replaces the optimizer's learning rate, > 0; or several to compare. The optimizer's own unless given. */
  readonly learningRate?: OneOrMore<number>;
  /** "binaryCrossentropy" (in nats) unless given, or "meanSquaredError", or both to compare. */
  readonly loss?: OneOrMore<Loss>;
  /** Rows a step, ≥ 1, or several to compare; 4 unless given. */
  readonly batchSize?: OneOrMore<number>;
  /** Passes through the data, ≥ 1, or several to compare; 100 unless given. */
  readonly epochs?: OneOrMore<number>;
  /** Whether every epoch takes the rows in a new order, or both to compare; true unless given. */
  readonly shuffle?: OneOrMore<boolean>;
  /** A name ("xor", "clouds", …): drawn anew for every trial; or a dataset: the same for all. "xor" unless given. */
  readonly data?: OneOrMore<DataName | Dataset>;
  /** Rows of the data that are drawn by name; 1000 for "xor" and 500 for the others unless given. */
  readonly rows?: OneOrMore<number>;
  /** Trials of each setting, ≥ 1; 100 unless given. */
  readonly trials?: number;
  /** The seed that the seeds of all trials follow from, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
  /** Which share of the judged rows must be on the right side of ½ at the end; 1 (all) unless given. */
  readonly solvedAccuracy?: number;
  /** "fused" unless given; "tfjs" is TensorFlow.js itself, some hundred times slower. */
  readonly engine?: "fused" | "tfjs";
  /** Threads, ≥ 1; one for each core unless given, fewer for little work. The result does not depend on their number. */
  readonly workers?: number;
  /** Whether progress is shown; true unless given. */
  readonly progress?: boolean;
  /** Stops the study; what was done is kept. */
  readonly signal?: AbortSignal;
}

/** The settings that can be compared, as they were given. */
const AXES = [
  "hidden",
  "activation",
  "output",
  "kernelInitializer",
  "biasInitializer",
  "optimizer",
  "learningRate",
  "loss",
  "batchSize",
  "epochs",
  "shuffle",
  "data",
  "rows",
] as const;
export type Axis = (typeof AXES)[number];

const STUDY_OPTION_NAMES = [
  ...AXES,
  "trials",
  "seed",
  "solvedAccuracy",
  "engine",
  "workers",
  "progress",
  "signal",
] as const satisfies readonly (keyof StudyOptions)[];

/** Data that are drawn by name anew for every trial, or a dataset that is the same for all. */
export type DataSource =
  | { readonly name: DataName; readonly rows: number | undefined }
  | { readonly dataset: Dataset };

/** The data of one trial, from the trial's seed. */
export function drawData(source: DataSource, seed: number): Dataset {
  if ("dataset" in source) return source.dataset;
  const draw = DRAWN_DATA[source.name];
  return source.rows === undefined ? draw({ seed }) : draw({ rows: source.rows, seed });
}

/** One setting of a study, in its own words and filled in; plain data, so that it can be sent to another thread. */
export interface StudySetting {
  /** What was given for each axis, defaults filled in where a table needs them. */
  readonly given: GivenSetting;
  readonly network: NetworkSettings;
  readonly training: TrainSettings;
  /** Where a trial's data come from. */
  readonly source: DataSource;
  /** Says all that is tried: the seeds of the trials follow from it. */
  readonly text: string;
}

/** A setting as it was given; a row of the results carries it. */
export interface GivenSetting {
  readonly hidden: number | readonly number[];
  readonly activation: Activation;
  readonly output: Activation;
  readonly kernelInitializer: InitializerOption;
  readonly biasInitializer: InitializerOption;
  readonly optimizer: OptimizerOption;
  readonly learningRate: number;
  readonly loss: Loss;
  readonly batchSize: number;
  readonly epochs: number;
  readonly shuffle: boolean;
  /** The data's name. */
  readonly data: string;
  readonly rows: number;
}

/** What is not given: the question's script. */
const DEFAULTS = {
  hidden: 2,
  activation: "sigmoid",
  output: "sigmoid",
  kernelInitializer: "glorotUniform",
  biasInitializer: "zeros",
  optimizer: "rmsprop",
  learningRate: undefined,
  loss: "binaryCrossentropy",
  batchSize: 4,
  epochs: 100,
  shuffle: true,
  data: "xor",
  rows: undefined,
} as const satisfies Record<Axis, unknown>;

/** Checks a study's options: every combination of the settings that were given as arrays, in the order given. */
export function studySettings(came: StudyOptions): readonly StudySetting[] {
  const options = optionsObject<StudyOptions>("study", came, STUDY_OPTION_NAMES);
  let combinations: Partial<Record<Axis, unknown>>[] = [{}];
  for (const axis of AXES) {
    const values = axisValues(axis, options[axis] === undefined ? DEFAULTS[axis] : options[axis]);
    combinations = combinations.flatMap((combination) =>
      values.map((value) => ({ ...combination, [axis]: value })),
    );
  }
  return combinations.map((combination) => oneSetting(combination, options.solvedAccuracy));
}

function axisValues(axis: Axis, came: unknown): readonly unknown[] {
  if (!Array.isArray(came)) return [came];
  if (came.length === 0) throw new RangeError(`study: ${axis} must have at least one value, got []`);
  return came;
}

function oneSetting(
  combination: Partial<Record<Axis, unknown>>,
  solvedAccuracy: number | undefined,
): StudySetting {
  const { hidden, activation, output, kernelInitializer, biasInitializer, data, rows, ...schedule } =
    combination as NetworkOptions & TrainOptions & { data: unknown; rows: unknown };
  const source = dataSource(data, rows);
  const sample = drawData(source, DEFAULT_SEED);
  const training = trainSettings("study", { ...schedule, solvedAccuracy });
  checkTargets("study", sample, training.loss);
  const structure = { hidden, activation, output, kernelInitializer, biasInitializer };
  const network = networkSettings("study", { ...structure, inputs: sample.features });
  const { learningRate } = training.optimizer;
  const { loss, batchSize, epochs, shuffle } = training;
  const dataPart = { data: sample.name, rows: sample.rows };
  const given = frozenCopy({
    ...structure,
    optimizer: schedule.optimizer,
    learningRate,
    loss,
    batchSize,
    epochs,
    shuffle,
    ...dataPart,
  }) as GivenSetting;
  const text = JSON.stringify([{ ...network, seed: 0 }, { ...training, seed: 0 }, dataPart]);
  return { given, network, training, source, text };
}

/** A copy that the caller's later changes do not reach, nor anybody's. */
function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozenCopy(inner)]));
  return Object.freeze(copy) as Value;
}

function dataSource(data: unknown, rows: unknown): DataSource {
  if (typeof data === "object" && data !== null) {
    const dataset = checkDataset("study", data);
    if (rows === undefined) return { dataset };
    throw new RangeError(
      `study: rows is for data drawn by name, not for the dataset ${written(dataset.name)}`,
    );
  }
  const name = oneOf("study", "data", data, DATA_NAMES);
  return { name, rows: rows === undefined ? undefined : wholeNumber("study", "rows", rows, 1, 10_000_000) };
}

/** What a study needs besides its settings. */
export function studyControls(options: StudyOptions) {
  const { trials = 100, seed = DEFAULT_SEED, engine = "fused", workers, progress = true, signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError(`study: signal must be an AbortSignal, got ${written(signal)}`);
  return {
    trials: wholeNumber("study", "trials", trials, 1, 100_000_000),
    seed: seedNumber("study", seed),
    engine: oneOf("study", "engine", engine, ["fused", "tfjs"]),
    workers: workers === undefined ? undefined : wholeNumber("study", "workers", workers, 1, 1024),
    progress: trueOrFalse("study", "progress", progress),
    signal,
  };
}
