import { differentNames, optionsObject, plainText, written } from "../check.js";
import { counted } from "../words/english.js";
import { assembled } from "./assembled.js";
import type { Dataset } from "./dataset.js";
import { labelled } from "./labels.js";
import type { ScaleMethod } from "./scaling.js";

/** What dataset() is told besides the numbers. */
export interface DatasetOptions {
  /** What figures and tables call the data; "my data" unless given. */
  readonly name?: string;
  /** Names of the inputs, one a column. */
  readonly features?: readonly string[];
  /**
   * With labels: all classes in their order, sorted as found unless given. With targets of two values: what the lower and the
   * higher stand for. With one-hot targets: what each column stands for.
   */
  readonly classes?: readonly string[];
  /** Other rows, by which "solved" is judged: held-out data, or a truth table. They get the same scaling. */
  readonly judge?: Dataset;
  /**
   * Scales the inputs, column by column, and in a regression the targets: "standard" to mean 0 and standard deviation 1, "minMax"
   * to 0…1. A column that never changes becomes 0. `run.predict` takes and gives numbers in your units all the same.
   */
  readonly scale?: ScaleMethod;
}

/** Targets of your own data: a number or a label a row, or several numbers. */
export type Targets =
  | readonly number[]
  | readonly string[]
  | readonly boolean[]
  | readonly (readonly number[])[]
  | readonly (readonly string[])[];

/**
 * Your own data.
 *
 * What the targets are decides the task. Labels (texts, or true and false) are classes: two become the targets 0 and 1, more an
 * output each. Numbers of two values are two classes as well, told apart midway between them; rows of numbers of which one is 1
 * and the rest 0 are classes, too. All other numbers are a regression. Numbers that stand for three or more classes must be
 * written as texts: `["1", "2", "3"]`.
 *
 * @param inputs   one array of finite numbers a row, all of one length ≥ 1
 * @param targets  one number or label a row, as `[0, 1, …]` or, as Keras has it, `[[0], [1], …]`; several numbers a row for
 *                 several outputs
 * @param options  see DatasetOptions
 * @throws TypeError or RangeError that names the row and the column at fault
 * @example dataset([[0, 0], [1, 1]], [0, 1], { name: "and" }).rows // 2
 * @example dataset([[5.1], [6.3], [7.1]], ["setosa", "versicolor", "virginica"]).task // "classes"
 */
export function dataset(
  inputs: readonly (readonly number[])[],
  targets: Targets,
  options: DatasetOptions = {},
): Dataset {
  const known = ["name", "features", "classes", "judge", "scale"] as const;
  const given = optionsObject<DatasetOptions>("dataset", options, known);
  const { name = "my data", features: names, classes, judge, scale } = given;
  plainText("dataset", "name", name);
  const features = featureCount(inputs);
  const featureNames = differentNames("dataset", "features", names);
  if (featureNames && featureNames.length !== features)
    throw new RangeError(
      `dataset: features must have ${counted(features, "name")}, one an input, got ${written(featureNames)}`,
    );
  return assembled("dataset", {
    name,
    features,
    featureNames,
    inputs: inputNumbers(inputs, features, featureNames),
    ...targetNumbers(targets, inputs.length, differentNames("dataset", "classes", classes)),
    judge,
    scale,
  });
}

/** How many inputs the first row has. */
function featureCount(inputs: unknown): number {
  if (!Array.isArray(inputs))
    throw new TypeError(`dataset: inputs must be an array of rows, got ${written(inputs)}`);
  if (inputs.length === 0) throw new RangeError("dataset: inputs must have at least one row, got []");
  if (Array.isArray(inputs[0]) && inputs[0].length > 0) return inputs[0].length;
  throw new TypeError(
    `dataset: inputs must be an array of rows of numbers, got ${written(inputs[0])} as row 0`,
  );
}

/** The inputs, row after row. Holes in arrays count as what they read as: undefined, an error. */
function inputNumbers(
  inputs: readonly unknown[],
  features: number,
  names: readonly string[] | undefined,
): Float64Array {
  const flat = new Float64Array(inputs.length * features);
  for (let row = 0; row < inputs.length; row++) {
    const numbers = rowOf("inputs", inputs[row], row, features);
    for (let i = 0; i < features; i++)
      flat[row * features + i] = finite(
        numbers[i],
        () => `row ${row} of inputs, column ${names ? written(names[i]) : i},`,
      );
  }
  return flat;
}

function rowOf(what: string, row: unknown, at: number, length: number): readonly unknown[] {
  const rule = () =>
    `dataset: row ${at} of ${what} must have ${counted(length, "number")} as row 0 has, got ${written(row)}`;
  if (!Array.isArray(row)) throw new TypeError(rule());
  if (row.length !== length) throw new RangeError(rule());
  return row;
}

/** The targets, row after row, and what is known of their task. */
function targetNumbers(targets: unknown, rows: number, classes: readonly string[] | undefined) {
  if (!Array.isArray(targets))
    throw new TypeError(`dataset: targets must be an array, got ${written(targets)}`);
  if (targets.length !== rows)
    throw new RangeError(`dataset: targets must have one entry a row (${rows}), got ${targets.length}`);
  const list = Array.from(targets, (target: unknown) => (Array.isArray(target) ? target : [target]));
  const outputs = list[0].length;
  if (outputs === 0) throw new RangeError("dataset: targets must have at least one number a row, got []");
  const values = list.flatMap((row, at) => Array.from(rowOf("targets", row, at, outputs)));
  if (outputs === 1 && ["string", "boolean"].includes(typeof values[0]))
    return labelled("dataset", labelsOf(values, classes), classes, placeOf);
  const columnOf = (i: number) => (outputs > 1 ? `, column ${i % outputs},` : "");
  const numbers = values.map((value, i) =>
    finite(value, () => placeOf(Math.floor(i / outputs)) + columnOf(i)),
  );
  return { targets: Float64Array.from(numbers), outputs, classes };
}

const placeOf = (row: number) => `row ${row} of targets`;

function labelsOf(list: readonly unknown[], classes: readonly string[] | undefined): string[] {
  const kind = typeof list[0];
  const labels = list.map((label, row) => {
    if (typeof label !== kind)
      throw new TypeError(
        `dataset: ${placeOf(row)} must be ${kind === "string" ? "a label (a text)" : "true or false"} as row 0 is, got ${written(label)}`,
      );
    if (label === "") throw new RangeError(`dataset: ${placeOf(row)} must be a label, got ""`);
    return String(label);
  });
  const row = classes ? -1 : labels.findIndex((label) => isDecimal(label));
  if (row < 0 || !labels.every(isNumeric)) return labels;
  throw new RangeError(
    `dataset: ${placeOf(row)} is the text ${written(labels[row])}; for a regression write it without quotes, for labels list all classes`,
  );
}

const isNumeric = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));
const isDecimal = (text: string) => isNumeric(text) && !Number.isInteger(Number(text));

/** A finite number. */
function finite(value: unknown, place: () => string): number {
  if (typeof value !== "number")
    throw new TypeError(`dataset: ${place()} must be a finite number, got ${written(value)}${advice(value)}`);
  if (!Number.isFinite(Math.fround(value)))
    throw new RangeError(
      `dataset: ${place()} must be a finite number (in single precision), got ${value}${advice(value)}`,
    );
  return value;
}

function advice(value: unknown): string {
  if (typeof value === "string" && isNumeric(value)) return `; write ${Number(value)} without quotes`;
  if (typeof value === "boolean") return `; write ${Number(value)}`;
  if (value === undefined || value === null || Number.isNaN(value))
    return "; fill missing values in, or leave out their rows";
  return "";
}
