import { optionsObject, plainText, wholeNumber, written } from "../check.js";
import { showing } from "../display.js";
import { counted, oneLine } from "../words/english.js";
import { significant } from "../words/numbers.js";
import { TASKS, type Task, taskOf, thresholdOf } from "./task.js";

/** Rows of inputs, each with one or several targets. Nothing of it can be changed. */
export interface Dataset {
  /** What the data are called in figures and tables; plain text, never markup. */
  readonly name: string;
  /** How many rows there are, ≥ 1. */
  readonly rows: number;
  /** How many inputs a row has, ≥ 1. */
  readonly features: number;
  /** rows × features numbers, row after row. */
  readonly inputs: Float32Array;
  /** How many targets a row has, ≥ 1. */
  readonly outputs: number;
  /** rows × outputs numbers, row after row. */
  readonly targets: Float32Array;
  /**
   * - "binary": the targets have two values; an answer is right on its target's side of `threshold`.
   * - "classes": one output a class, one of which is 1 in each row; the largest output must be the right one.
   * - "regression": the targets are any numbers; answers are judged by their distance.
   */
  readonly task: Task;
  /** Of a binary task: midway between the two targets, so ½ for 0 and 1, 0 for −1 and 1. */
  readonly threshold: number | undefined;
  /** Names of the classes: one an output; for a binary task that of the lower and that of the higher target. */
  readonly classes?: readonly string[];
  /** Names of the inputs. */
  readonly featureNames?: readonly string[];
  /** Names of the targets. */
  readonly targetNames?: readonly string[];
  /** The rows by which "solved" is judged, if not by these: the truth table from which rows were drawn, or test data. */
  readonly judge?: Dataset;
}

/** What a dataset is made of; the rest follows. */
export interface DatasetParts
  extends Partial<Omit<Dataset, "name" | "features" | "inputs" | "targets" | "rows">>,
    Pick<Dataset, "name" | "features" | "inputs" | "targets"> {}

/**
 * Your own data.
 *
 * @param inputs   one array of finite numbers a row, all of one length ≥ 1
 * @param targets  one number a row, as `[0, 1, …]` or, as Keras has it, `[[0], [1], …]`
 * @param options  `name`: what figures call it
 * @throws TypeError or RangeError that names the row at fault
 * @example dataset([[0, 0], [1, 1]], [0, 1], { name: "and" }).rows // 2
 */
export function dataset(
  inputs: readonly (readonly number[])[],
  targets: readonly number[] | readonly (readonly number[])[],
  options: { readonly name?: string } = {},
): Dataset {
  const { name = "my data" } = optionsObject<{ name?: string }>("dataset", options, ["name"]);
  plainText("dataset", "name", name);
  const listed = inputs as unknown;
  if (!Array.isArray(listed))
    throw new TypeError(`dataset: inputs must be an array of rows, got ${written(inputs)}`);
  if (listed.length === 0) throw new RangeError("dataset: inputs must have at least one row, got []");
  const features = Array.isArray(inputs[0]) ? inputs[0].length : 0;
  if (features === 0)
    throw new TypeError(
      `dataset: inputs must be an array of rows of numbers, got ${written(inputs[0])} as row 0`,
    );
  const flat = new Float32Array(inputs.length * features);
  for (let i = 0; i < inputs.length; i++)
    flat.set(inputRow(`row ${i} of inputs`, inputs[i], features), i * features);
  return makeDataset({ name, features, inputs: flat, ...targetColumns(targets, inputs.length) });
}

/** One row's numbers. Holes in arrays count as what they read as: undefined, an error. */
function inputRow(where: string, row: unknown, features: number): number[] {
  const rule = () => `dataset: ${where} must have ${features} numbers as row 0 has, got ${written(row)}`;
  if (!Array.isArray(row)) throw new TypeError(rule());
  if (row.length !== features) throw new RangeError(rule());
  return Array.from(row, (value: unknown) => finiteAt(where, value));
}

/** The targets, flat, and how many a row has. */
function targetColumns(targets: unknown, rows: number): Pick<Dataset, "targets" | "outputs"> {
  if (!Array.isArray(targets))
    throw new TypeError(`dataset: targets must be an array, got ${written(targets)}`);
  if (targets.length !== rows)
    throw new RangeError(`dataset: targets must have one entry a row (${rows}), got ${targets.length}`);
  const outputs = Array.isArray(targets[0]) ? targets[0].length : 1;
  if (outputs === 0) throw new RangeError("dataset: targets must have at least one number a row, got []");
  const numbers = Array.from(targets, (target: unknown, i) => {
    const row = Array.isArray(target) ? target : [target];
    if (row.length !== outputs)
      throw new RangeError(
        `dataset: row ${i} of targets must have ${counted(outputs, "number")} as row 0 has, got ${written(target)}`,
      );
    return Array.from(row, (value: unknown) => finiteAt(`row ${i} of targets`, value));
  });
  return { targets: Float32Array.from(numbers.flat()), outputs };
}

function finiteAt(where: string, value: unknown): number {
  if (typeof value !== "number")
    throw new TypeError(`dataset: ${where} must hold finite numbers, got ${written(value)}`);
  if (!Number.isFinite(Math.fround(value)))
    throw new RangeError(`dataset: ${where} must hold finite numbers (in single precision), got ${value}`);
  return value;
}

/** A dataset from parts that are known to fit together. */
export function makeDataset(parts: DatasetParts): Dataset {
  const { outputs = 1, targets } = parts;
  const task = parts.task ?? taskOf(targets, outputs);
  const threshold = task === "binary" ? (parts.threshold ?? thresholdOf(targets)) : undefined;
  const data: Dataset = { ...parts, rows: targets.length / outputs, outputs, task, threshold };
  return Object.freeze(showing(data, { inspect: () => dataText(data) }));
}

/** The data in one line, for Node's console. */
function dataText({ name, rows, features, targets }: Dataset): string {
  const counts = new Map<number, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  const told =
    counts.size <= 4
      ? [...counts].sort(([a], [b]) => a - b).map(([target, count]) => `${count} × ${significant(target, 6)}`)
      : [`${counts.size} different numbers`];
  return `Dataset { ${oneLine(name)}: ${counted(rows, "row")} of ${counted(features, "input")}; targets ${told.join(", ")} }`;
}

/** How many rows are to be drawn: at most ten million. */
export function rowCount(where: string, came: unknown): number {
  return wholeNumber(where, "rows", came, 1, 10_000_000);
}

/** Throws unless the value is a dataset. */
export function checkDataset(where: string, value: unknown, option = "data"): Dataset {
  const { judge, features, outputs } = (value ?? {}) as Partial<Dataset>;
  const fits = (one: Dataset) => one.features === features && one.outputs === outputs;
  const whole = isWhole(value) && (judge === undefined || (isWhole(judge) && fits(judge)));
  if (!whole)
    throw new TypeError(
      `${where}: ${option} must be a dataset (made by xor, truthTable, clouds, dataset, …), got ${written(value)}`,
    );
  return value;
}

/** Throws if the loss is a cross-entropy and a target is not in [0, 1], where that loss has no meaning. */
export function checkTargets(where: string, data: Dataset, loss: string): void {
  if (loss !== "binaryCrossentropy" && loss !== "categoricalCrossentropy") return;
  const at = data.targets.findIndex((target) => target < 0 || target > 1);
  if (at < 0) return;
  throw new RangeError(
    `${where}: loss "${loss}" must have targets from 0 to 1, got ${significant(data.targets[at], 6)} as row ${Math.floor(at / data.outputs)} of ` +
      `${written(data.name)}; write 0 and 1 for two classes, or use loss "meanSquaredError"`,
  );
}

/** Whether a value has a dataset's parts, and their sizes fit. */
function isWhole(value: unknown): value is Dataset {
  const data = value as Dataset | null | undefined;
  return (
    data !== null &&
    typeof data === "object" &&
    typeof data.name === "string" &&
    data.inputs instanceof Float32Array &&
    data.targets instanceof Float32Array &&
    data.rows * data.outputs === data.targets.length &&
    TASKS.includes(data.task) &&
    data.rows > 0 &&
    data.features > 0 &&
    data.inputs.length === data.rows * data.features
  );
}

/** The rows on which a network is judged: the truth table or the test data where there are some, else all. */
export function judgedRows(data: Dataset): Dataset {
  return data.judge ?? data;
}
