import { ACTIVATION_NAMES } from "../engine/functions.js";
import { OPTIMIZER_NAMES, type OptimizerName } from "../engine/optimizers.js";
import { activationName } from "../words/names.js";
import { DATA, hasColumns, INITIALIZERS, isPlane, LOSSES, SCALES, type Setting } from "./setting.js";

/** The form: which fields it has, and which values each of them allows. */

/** How a value is chosen and which values there are. */
export type Field =
  | { readonly kind: "choice"; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: "number"; readonly low: number; readonly high: number; readonly step: number | "any" }
  | { readonly kind: "switch" | "features" | "widths" | "points" | "table" | "column" | "columns" };

const number = (low: number, high: number, step: number | "any" = 1): Field => ({
  ...{ kind: "number", low, high, step },
});
const named = <Name extends string>(names: readonly Name[], text: (name: Name) => string): Field => ({
  kind: "choice",
  choices: Object.fromEntries(names.map((name) => [name, text(name)])),
});
const percent = (...shares: number[]): Field => ({
  kind: "choice",
  choices: Object.fromEntries(shares.map((share) => [share, share === 0 ? "none" : `${100 * share} %`])),
});

const OPTIMIZERS: Record<OptimizerName, string> = {
  ...{ sgd: "Gradient descent", rmsprop: "RMSprop", adam: "Adam", adagrad: "Adagrad" },
};

type Described = Field & { readonly label: string; readonly hint?: string };

/** The form, group by group. */
export const FORM: Readonly<Record<string, Partial<Record<keyof Setting, Described>>>> = {
  Data: {
    data: { label: "Data", kind: "choice", choices: DATA },
    points: {
      label: "Points",
      hint: "One a line: x₁, x₂, class (0 to 5). Or click in the picture.",
      kind: "points",
    },
    table: { label: "Table", kind: "table" },
    target: { label: "To be predicted", kind: "column" },
    columns: { label: "Columns that are inputs", kind: "columns" },
    scale: { label: "Scaling", kind: "choice", choices: SCALES },
    rows: { label: "Rows", ...number(4, 2000) },
    noise: { label: "Noise", ...number(0, 0.5, 0.05) },
    test: { label: "Held out for testing", ...percent(0, 0.1, 0.25, 0.5) },
    inputs: { label: "Inputs", kind: "features" },
  },
  Network: {
    hidden: { label: "Hidden layers", kind: "widths" },
    activation: { label: "Activation", ...named(ACTIVATION_NAMES, activationName) },
    initializer: { label: "Initial weights", kind: "choice", choices: INITIALIZERS },
  },
  Training: {
    loss: {
      label: "Loss",
      hint: "Output: sigmoid; for the squared error tanh, with targets ±1; for more than two classes softmax.",
      kind: "choice",
      choices: LOSSES,
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
    shuffle: { label: "New order every epoch", kind: "switch" },
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
