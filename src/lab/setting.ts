import { ACTIVATION_NAMES, type Activation } from "../engine/functions.js";
import { OPTIMIZER_NAMES, type OptimizerName } from "../engine/optimizers.js";
import { activationName } from "../words/names.js";

/** What the laboratory shows is one plain record. It stands in the address and in the form, and is what workers are asked about. */

export const DATA = {
  xor: "XOR: four corners",
  clouds: "XOR: clouds of points",
  circles: "Circle in a ring",
  moons: "Two moons",
  spirals: "Two spirals",
  gaussians: "Two round clouds",
  own: "Own points",
} as const;
export type DataKind = keyof typeof DATA;

/** What the network is given of a point (x₁, x₂). */
export const FEATURES = {
  x1: { label: "x₁", value: (x: number, _: number) => x },
  x2: { label: "x₂", value: (_: number, y: number) => y },
  x1x1: { label: "x₁²", value: (x: number, _: number) => x * x },
  x2x2: { label: "x₂²", value: (_: number, y: number) => y * y },
  x1x2: { label: "x₁x₂", value: (x: number, y: number) => x * y },
} as const;
export type Feature = keyof typeof FEATURES;
export const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];

/** How initial weights are drawn, and biases where they are not 0. */
export const INITIALIZERS = {
  glorotUniform: "Glorot uniform (Keras)",
  glorotNormal: "Glorot normal",
  heUniform: "He uniform",
  heNormal: "He normal",
  lecunNormal: "LeCun normal",
  playground: "±0.5, biases 0.1 (Playground)",
  zeros: "All zero",
} as const;
export type InitializerKind = keyof typeof INITIALIZERS;

export const LOSSES = {
  crossEntropy: "Cross-entropy, sigmoid output",
  squared: "Squared error, tanh output, ±1",
} as const;
export type LossKind = keyof typeof LOSSES;

/** A point of one's own: where it is, and its class. */
export type OwnPoint = readonly [x: number, y: number, target: 0 | 1];

/** Initial weights that are kept while other things change: those that this network had with this seed. */
export interface Start {
  readonly seed: number;
  readonly initializer: InitializerKind;
  readonly hidden: readonly number[];
  readonly inputs: readonly Feature[];
}

export interface Setting {
  readonly data: DataKind;
  readonly rows: number;
  readonly noise: number;
  /** Share of the rows that are held out. */
  readonly test: number;
  /** Of data "own". */
  readonly points: readonly OwnPoint[];
  readonly inputs: readonly Feature[];
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly initializer: InitializerKind;
  readonly loss: LossKind;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly l1: number;
  readonly l2: number;
  readonly shuffle: boolean;
  /** Which share of the judged rows must be right. */
  readonly solved: number;
  readonly seed: number;
  readonly start: Start | undefined;
}

/** The question's network with ReLU in place of sigmoid. */
export const DEFAULTS: Setting = {
  ...{ data: "xor", rows: 1000, noise: 0, test: 0, points: [], inputs: ["x1", "x2"] },
  ...{ hidden: [2], activation: "relu", initializer: "glorotUniform", loss: "crossEntropy" },
  ...{ optimizer: "rmsprop", learningRate: 0.001, batchSize: 4, epochs: 100, l1: 0, l2: 0 },
  ...{ shuffle: true, solved: 1, seed: 588516, start: undefined },
};

/** How a value is chosen and which values there are. */
export type Field =
  | { readonly kind: "choice"; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: "number"; readonly low: number; readonly high: number; readonly step: number | "any" }
  | { readonly kind: "switch" | "features" | "widths" | "points" };

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
      hint: "One a line: x₁, x₂, class (0 or 1). Or click in the picture.",
      kind: "points",
    },
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
    loss: { label: "Loss", kind: "choice", choices: LOSSES },
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

export const MOST_LAYERS = 4;
export const MOST_UNITS = 12;
export const MOST_POINTS = 200;

/** Whether a field says something about these data: points that are drawn have no list, listed ones no noise. */
export function applies(name: keyof Setting, { data }: Setting): boolean {
  if (name === "points") return data === "own";
  if (name === "rows") return data !== "own";
  return name !== "noise" || !["xor", "own"].includes(data);
}
