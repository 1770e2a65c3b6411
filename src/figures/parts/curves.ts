import type { GivenSetting } from "../../study/settings.js";
import type { StudyRow } from "../../study/table.js";
import { shortened } from "../../words/english.js";

/** The rows of a study that differ in their hidden layers only. */
export interface Curve {
  /** What the other settings are, as far as they differ from curve to curve: "ReLU". */
  readonly name: string;
  /** One hidden layer, by its width. */
  readonly single: readonly { readonly width: number; readonly row: StudyRow }[];
  /** None or several layers: "4-2". */
  readonly layered: readonly { readonly layers: string; readonly row: StudyRow }[];
}

/** How settings are said, in the order in which they name a curve. */
const SAYINGS: { readonly [Key in Exclude<keyof GivenSetting, "hidden">]: (row: StudyRow) => string } = {
  activation: (row) => ACTIVATION_NAMES[row.activation] ?? row.activation,
  data: (row) => row.data,
  rows: (row) => `${row.rows} rows`,
  optimizer: (row) => namedText(row.optimizer),
  learningRate: (row) => `rate ${row.learningRate}`,
  loss: (row) => (row.loss === "binaryCrossentropy" ? "cross-entropy" : "squared error"),
  batchSize: (row) => `batches of ${row.batchSize}`,
  epochs: (row) => `${row.epochs} epochs`,
  output: (row) => `output ${row.output}`,
  kernelInitializer: (row) => namedText(row.kernelInitializer),
  biasInitializer: (row) => `biases ${namedText(row.biasInitializer)}`,
  shuffle: (row) => (row.shuffle ? "shuffled" : "not shuffled"),
};
const ACTIVATION_NAMES: Partial<Record<string, string>> = {
  relu: "ReLU",
  leakyRelu: "leaky ReLU",
  elu: "ELU",
};

/** "sgd" or "sgd (momentum 0.9)". */
function namedText(setting: string | { readonly name: string }): string {
  if (typeof setting === "string") return setting;
  const { name, ...numbers } = setting;
  const rest = Object.entries(numbers).map(([key, value]) => `${key} ${value}`);
  return rest.length > 0 ? `${name} (${rest.join(", ")})` : name;
}

/** The curves of the rows that have trials, in the study's order. */
export function curvesOf(rows: readonly StudyRow[]): Curve[] {
  const says = Object.values(SAYINGS);
  const differing = says.filter((say) => new Set(rows.map(say)).size > 1);
  const name = (row: StudyRow) =>
    (differing.length > 0 ? differing : [SAYINGS.activation]).map((say) => say(row)).join(", ");
  const groups = new Map<string, StudyRow[]>();
  for (const row of rows) groups.set(name(row), [...(groups.get(name(row)) ?? []), row]);
  return [...groups].map(([group, members]) => ({
    name: shortened(group),
    single: members
      .flatMap((row) => (widthOf(row) === undefined ? [] : [{ width: widthOf(row) as number, row }]))
      .sort((a, b) => a.width - b.width),
    layered: members
      .filter((row) => widthOf(row) === undefined)
      .map((row) => ({ layers: layersText(row), row })),
  }));
}

/** What all rows were given, for the line under the title. */
export function commonText(rows: readonly StudyRow[]): string {
  const common = (["data", "rows", "optimizer", "learningRate", "epochs"] as const).filter(
    (key) => new Set(rows.map(SAYINGS[key])).size === 1,
  );
  return common.map((key) => shortened(SAYINGS[key](rows[0]))).join(", ");
}

/** The width of the only hidden layer. */
function widthOf({ hidden }: StudyRow): number | undefined {
  if (typeof hidden === "number") return hidden;
  return hidden.length === 1 ? hidden[0] : undefined;
}

function layersText({ hidden }: StudyRow): string {
  return Array.isArray(hidden) && hidden.length > 0 ? hidden.join("-") : "none";
}

/** "ReLU 4-2", for rows that are left out. */
export function rowName(row: StudyRow): string {
  return `${SAYINGS.activation(row)}-${widthOf(row) ?? layersText(row)}`;
}
