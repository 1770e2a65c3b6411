import { optionsObject, plainText, wholeNumber, written } from "../check.js";
import { showing } from "../display.js";
import { counted, oneLine } from "../words/english.js";
import { significant } from "../words/numbers.js";

/** Rows of inputs, each with one target. Nothing of it can be changed. */
export interface Dataset {
  /** What the data are called in figures and tables; plain text, never markup. */
  readonly name: string;
  /** How many rows there are, ≥ 1. */
  readonly rows: number;
  /** How many inputs a row has, ≥ 1. */
  readonly features: number;
  /** rows × features numbers, row after row. */
  readonly inputs: Float32Array;
  /** One target a row; 0 or 1 where the task is to tell two classes apart. */
  readonly targets: Float32Array;
  /** The truth table from which the rows were drawn, where there is one: solving means getting *it* right. */
  readonly table?: Dataset;
}

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
  return makeDataset(name, features, flat, targetColumn(targets, inputs.length));
}

/** One row's numbers. Holes in arrays count as what they read as: undefined, an error. */
function inputRow(where: string, row: unknown, features: number): number[] {
  const rule = () => `dataset: ${where} must have ${features} numbers as row 0 has, got ${written(row)}`;
  if (!Array.isArray(row)) throw new TypeError(rule());
  if (row.length !== features) throw new RangeError(rule());
  return Array.from(row, (value: unknown) => finiteAt(where, value));
}

function targetColumn(targets: unknown, rows: number): Float32Array {
  if (!Array.isArray(targets))
    throw new TypeError(`dataset: targets must be an array, got ${written(targets)}`);
  if (targets.length !== rows)
    throw new RangeError(`dataset: targets must have one entry a row (${rows}), got ${targets.length}`);
  return Float32Array.from(targets, (target: unknown, i) => {
    if (!Array.isArray(target)) return finiteAt(`row ${i} of targets`, target);
    if (target.length !== 1)
      throw new RangeError(`dataset: row ${i} of targets must be one number, got ${written(target)}`);
    return finiteAt(`row ${i} of targets`, target[0]);
  });
}

function finiteAt(where: string, value: unknown): number {
  if (typeof value !== "number")
    throw new TypeError(`dataset: ${where} must hold finite numbers, got ${written(value)}`);
  if (!Number.isFinite(Math.fround(value)))
    throw new RangeError(`dataset: ${where} must hold finite numbers (in single precision), got ${value}`);
  return value;
}

/** A dataset from columns that are known to fit together. */
export function makeDataset(
  name: string,
  features: number,
  inputs: Float32Array,
  targets: Float32Array,
  table?: Dataset,
): Dataset {
  const data: Dataset = {
    name,
    rows: targets.length,
    features,
    inputs,
    targets,
    ...(table ? { table } : {}),
  };
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
export function checkDataset(where: string, value: unknown): Dataset {
  const { table, features } = (value ?? {}) as Partial<Dataset>;
  const whole =
    isWhole(value) && (table === undefined || (isWhole(table) && (table as Dataset).features === features));
  if (!whole)
    throw new TypeError(
      `${where}: data must be a dataset (made by xor, truthTable, clouds, dataset, …), got ${written(value)}`,
    );
  return value;
}

/** Throws if the loss is binary cross-entropy and a target is not in [0, 1], where that loss has no meaning. */
export function checkTargets(where: string, data: Dataset, loss: string): void {
  if (loss !== "binaryCrossentropy") return;
  const row = data.targets.findIndex((target) => target < 0 || target > 1);
  if (row < 0) return;
  throw new RangeError(
    `${where}: loss "binaryCrossentropy" must have targets from 0 to 1, got ${significant(data.targets[row], 6)} as row ${row} of ` +
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
    data.rows === data.targets.length &&
    data.rows > 0 &&
    data.features > 0 &&
    data.inputs.length === data.rows * data.features
  );
}

/** The rows on which a network is judged: the truth table where there is one, else all. */
export function judgedRows(data: Dataset): Dataset {
  return data.table ?? data;
}
