import { ACTIVATION_NAMES } from "../engine/functions.js";
import { OPTIMIZER_NAMES, type OptimizerName } from "../engine/optimizers.js";
import { activationName } from "../words/names.js";
import {
  DATA,
  FEATURES,
  hasColumns,
  INITIALIZERS,
  isPlane,
  LOSSES,
  MOST_CLASSES,
  MOST_LAYERS,
  MOST_POINTS,
  MOST_UNITS,
  SCALES,
  type Setting,
} from "./setting.js";

/** The form: which fields it has, and which values each of them allows. */

/** How a value is chosen and which values there are. */
export type Field = {
  /** The value that a text stands for; undefined if it stands for none that is allowed. */
  readonly read: (text: string) => unknown;
} & (
  | { readonly kind: "choice"; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: "number"; readonly low: number; readonly high: number; readonly step: number | "any" }
  | { readonly kind: "switch" | "boxes" | "widths" | "points" | "table" | "column" }
);

/** A number within bounds, whole if its step is 1. */
export const number = (low: number, high: number, step: number | "any" = 1) => ({
  ...({ kind: "number", low, high, step } as const),
  read(text: string): number | undefined {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    return value >= low && value <= high && (step !== 1 || Number.isInteger(value)) ? value : undefined;
  },
});
const choice = (choices: Readonly<Record<string, string>>): Field => ({
  ...{ kind: "choice", choices },
  read: (text) => (Object.hasOwn(choices, text) ? text : undefined),
});
const named = <Name extends string>(names: readonly Name[], text: (name: Name) => string): Field =>
  choice(Object.fromEntries(names.map((name) => [name, text(name)])));
const percent = (...shares: number[]): Field => ({
  ...choice(Object.fromEntries(shares.map((share) => [share, share === 0 ? "none" : `${100 * share} %`]))),
  read: (text) => shares.find((share) => String(share) === text),
});

/** Items between dashes, "4-2": from `least` to `most`, each of which is read; none is "". */
function listIn<Item>(
  text: string,
  read: (part: string) => Item | undefined,
  least: number,
  most: number,
): Item[] | undefined {
  const items = text === "" ? [] : text.split("-").map(read);
  const allowed = !items.includes(undefined) && items.length >= least && items.length <= most;
  return allowed ? (items as Item[]) : undefined;
}

/** The same without an item that stands there twice. */
function different<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items && new Set(items).size === items.length ? items : undefined;
}

export const widthsIn = (text: string, least = 0, most = MOST_LAYERS): number[] | undefined =>
  listIn(text, number(1, MOST_UNITS).read, least, most);

const column = number(1, 1000);
const feature = (text: string) => (Object.hasOwn(FEATURES, text) ? text : undefined);

const POINT = [number(-1000, 1000, "any"), number(-1000, 1000, "any"), number(0, MOST_CLASSES - 1)];

/** "0,0,0;0,1,1", or a line a point. */
function pointsIn(text: string): unknown {
  const lines = text.split(/[;\n]/).filter((line) => line.trim() !== "");
  const points = lines.map((line) => {
    const parts = line.trim().split(/[\s,]+/);
    return parts.length === POINT.length ? parts.map((part, i) => POINT[i].read(part)) : [undefined];
  });
  return points.flat().includes(undefined) || points.length > MOST_POINTS ? undefined : points;
}

const OPTIMIZERS: Record<OptimizerName, string> = {
  ...{ sgd: "Gradient descent", rmsprop: "RMSprop", adam: "Adam", adagrad: "Adagrad" },
};

type Described = Field & { readonly label: string; readonly hint?: string };

/** The form, group by group. */
export const FORM: Readonly<Record<string, Partial<Record<keyof Setting, Described>>>> = {
  Data: {
    data: { label: "Data", ...choice(DATA) },
    points: {
      label: "Points",
      hint: "One a line: x₁, x₂, class (0 to 5). Or click in the picture.",
      ...{ kind: "points", read: pointsIn },
    },
    table: { label: "Table", kind: "table", read: () => undefined },
    target: { label: "To be predicted", kind: "column", read: column.read },
    columns: {
      label: "Columns that are inputs",
      kind: "boxes",
      read: (text) => different(listIn(text, column.read, 0, MOST_UNITS)),
    },
    scale: { label: "Scaling", ...choice(SCALES) },
    rows: { label: "Rows", ...number(4, 2000) },
    noise: { label: "Noise", ...number(0, 0.5, 0.05) },
    test: { label: "Held out for testing", ...percent(0, 0.1, 0.25, 0.5) },
    inputs: {
      label: "Inputs",
      kind: "boxes",
      read: (text) => different(listIn(text, feature, 1, Number.POSITIVE_INFINITY)),
    },
  },
  Network: {
    hidden: { label: "Hidden layers", kind: "widths", read: (text) => widthsIn(text) },
    activation: { label: "Activation", ...named(ACTIVATION_NAMES, activationName) },
    initializer: { label: "Initial weights", ...choice(INITIALIZERS) },
  },
  Training: {
    loss: {
      label: "Loss",
      hint: "Output: sigmoid; for the squared error tanh, with targets ±1; for more than two classes softmax.",
      ...choice(LOSSES),
    },
    optimizer: { label: "Optimizer", ...named(OPTIMIZER_NAMES, (name) => OPTIMIZERS[name]) },
    learningRate: { label: "Learning rate", ...number(0.00001, 10, "any") },
    batchSize: { label: "Batch size", ...number(1, 2000) },
    epochs: { label: "Epochs", ...number(1, 2000) },
    seed: {
      label: "Seed",
      hint: "All that is random follows from it.",
      ...number(0, Number.MAX_SAFE_INTEGER),
    },
  },
  More: {
    l1: { label: "L1 penalty", ...number(0, 1, "any") },
    l2: { label: "L2 penalty", ...number(0, 1, "any") },
    shuffle: {
      label: "New order every epoch",
      kind: "switch",
      read: (text) => [true, false].find((value) => String(value) === text),
    },
    solved: { label: "Solved: share of right answers", ...percent(1, 0.95, 0.9) },
  },
};

export const FIELDS = Object.assign({}, ...Object.values(FORM)) as Record<
  Exclude<keyof Setting, "start">,
  Described
>;

/** Whether a field says something about these data. */
export function applies(name: keyof Setting, setting: Setting): boolean {
  const { data, table } = setting;
  const isChosen = hasColumns(setting);
  const isDrawn = !isChosen && data !== "own";
  const tests: Partial<Record<keyof Setting, boolean>> = {
    points: data === "own",
    table: data === "table",
    target: data === "table" && table !== undefined,
    columns: data === "iris" || (data === "table" && table !== undefined),
    scale: isChosen,
    rows: isDrawn,
    noise: isDrawn && data !== "xor",
    inputs: isPlane(setting),
  };
  return tests[name] ?? true;
}
