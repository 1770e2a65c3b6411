import { came, wholeNumber, written } from "../check.js";
import { type MimeBundle, showing } from "../display.js";
import { extent } from "../numbers/vectors.js";
import { counted, oneLine } from "../words/english.js";
import { asMarkdown, markdownTable } from "../words/markdown.js";
import { differentTexts, rounded } from "../words/numbers.js";
import { answersInUnits, inputsInUnits, type Scaling } from "./scaling.js";
import { TASKS, type Task, taskOf, thresholdOf } from "./task.js";

/** Rows of inputs, each with one or several targets. Nothing of it can be changed. */
export interface Dataset {
  /** What the data are called in figures and tables; plain text, never markup. */
  readonly name: string;
  /** How many rows there are, ≥ 1. */
  readonly rows: number;
  /** How many inputs a row has, ≥ 1. */
  readonly features: number;
  /** rows × features numbers, row after row, as a network sees them: scaled, if the data are. */
  readonly inputs: Float32Array;
  /** How many targets a row has, ≥ 1. */
  readonly outputs: number;
  /** rows × outputs numbers, row after row; in a regression scaled, if the data are. */
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
  /** How inputs, and the targets of a regression, were scaled. `run.predict` takes and gives numbers that are not. */
  readonly scaling?: Scaling;
}

/** What a dataset is made of; the rest follows. */
export interface DatasetParts
  extends Partial<Omit<Dataset, "name" | "features" | "inputs" | "targets" | "rows">>,
    Pick<Dataset, "name" | "features" | "inputs" | "targets"> {}

/** A dataset from parts that are known to fit together. */
export function makeDataset(parts: DatasetParts): Dataset {
  const { outputs = 1, targets } = parts;
  const task = parts.task ?? taskOf(targets, outputs);
  const threshold = task === "binary" ? (parts.threshold ?? thresholdOf(targets)) : undefined;
  const data: Dataset = { ...parts, rows: targets.length / outputs, outputs, task, threshold };
  return Object.freeze(
    showing(data, {
      inspect: () => `Dataset { ${dataText(data)} }`,
      display: () => dataBundle(data),
      text: () => dataText(data),
    }),
  );
}

/** The data in one line. */
function dataText(data: Dataset): string {
  const { name, rows, features, scaling } = data;
  const scaled = scaling ? `; scaling: ${scaling.method}` : "";
  return `${oneLine(name)}: ${counted(rows, "row")} of ${counted(features, "input")}; ${targetsText(data)}${scaled}`;
}

/** What the targets are: "classes: 50 × setosa, 50 × versicolor, 50 × virginica". */
function targetsText(data: Dataset): string {
  const { task, outputs, targets } = data;
  if (task === "regression") {
    const [least, most] = extent(answersInUnits(data, targets));
    return `regression: ${counted(outputs, "target")} from ${differentTexts(least, most).join(" to ")}`;
  }
  if (task === "binary" && outputs > 1) return `binary: ${outputs} targets`;
  const counts = new Map<string, number>((data.classes ?? []).map((name) => [name, 0]));
  for (let row = 0; row < data.rows; row++) {
    const [name] = targetTexts(data, row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.size > MOST_NAMED) return `${counts.size} classes`;
  const told = [...counts].sort(data.classes ? () => 0 : ([a], [b]) => Number(a) - Number(b));
  return `${task}: ${told.map(([name, count]) => `${count} × ${oneLine(name)}`).join(", ")}`;
}

const MOST_NAMED = 4;

/**
 * What a row's targets are called: the class, by its name or its number from 1; for two classes without names the target; in a
 * regression the numbers, in their own units.
 */
export function targetTexts(data: Dataset, row: number): string[] {
  const { task, outputs, classes, threshold = 0 } = data;
  const targets = data.targets.subarray(row * outputs, (row + 1) * outputs);
  if (task === "classes") return [className(data, targets.indexOf(Math.max(...targets)))];
  const values = Array.from(answersInUnits(data, targets));
  return values.map(
    (value) => (task === "binary" && classes?.[value > threshold ? 1 : 0]) || String(rounded(value)),
  );
}

/** What the class of an output is called: its name, or its number from 1. */
export function className({ classes }: Pick<Dataset, "classes">, output: number): string {
  return classes?.[output] ?? String(output + 1);
}

const ROWS_SHOWN = 5;
const COLUMNS_SHOWN = 8;

/** The data as a cell's value: one line, and the first rows in the units in which they were given. */
function dataBundle(data: Dataset): MimeBundle {
  const { task, rows, features, outputs } = data;
  const text = dataText(data);
  const inputs = featureTitles(data).slice(0, COLUMNS_SHOWN);
  const more = features > COLUMNS_SHOWN ? ["…"] : [];
  const targets =
    task === "classes" || outputs === 1
      ? [data.targetNames?.length === 1 ? data.targetNames[0] : "target"]
      : Array.from({ length: outputs }, (_, i) => data.targetNames?.[i] ?? `target ${i + 1}`);
  const lines = Array.from({ length: Math.min(rows, ROWS_SHOWN) }, (_, row) => [
    ...Array.from(inputsInUnits(data, row).subarray(0, COLUMNS_SHOWN), (value) => String(rounded(value))),
    ...more,
    ...targetTexts(data, row),
  ]);
  const table = markdownTable([[...inputs, ...more, ...targets], ...lines]);
  return { "text/plain": text, "text/markdown": `${asMarkdown(text)}\n\n${table}` };
}

/** What the inputs are called: by their names, or "input 1", "input 2", …. */
export function featureTitles({
  features,
  featureNames,
}: Pick<Dataset, "features" | "featureNames">): readonly string[] {
  return featureNames ?? Array.from({ length: features }, (_, i) => `input ${i + 1}`);
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
      `${where}: ${option} must be a dataset (made by xor, truthTable, clouds, dataset, …), got ${came(value)}`,
    );
  return value;
}

/** Throws if the loss is a cross-entropy and a target is not in [0, 1], where that loss has no meaning. */
export function checkTargets(where: string, data: Dataset, loss: string): void {
  if (loss !== "binaryCrossentropy" && loss !== "categoricalCrossentropy") return;
  const at = data.targets.findIndex((target) => target < 0 || target > 1);
  if (at < 0) return;
  throw new RangeError(
    `${where}: loss "${loss}" must have targets from 0 to 1, got ${rounded(data.targets[at])} as row ${Math.floor(at / data.outputs)} of ` +
      `${written(data.name)}; write classes as 0 and 1 or texts, or use loss "meanSquaredError"`,
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
