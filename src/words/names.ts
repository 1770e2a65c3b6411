import { counted, listed, shortened } from "./english.js";
import { answerText, givenText, significant } from "./numbers.js";

/** What networks, settings, data and moments of a training are called, in figures, tables and sentences alike. */

/** As much of a network as its name needs. */
interface Named {
  readonly layers: readonly { readonly units: number; readonly activation: string }[];
}

const ACTIVATION_WORDS: Partial<Record<string, string>> = {
  relu: "ReLU",
  leakyRelu: "leaky ReLU",
  elu: "ELU",
};

/** An activation as one says it: "ReLU". */
export function activationName(activation: string): string {
  return ACTIVATION_WORDS[activation] ?? activation;
}

/** "a sigmoid output", "an ELU output". */
export function outputText(activation: string): string {
  const name = activationName(activation);
  return `${name.startsWith("E") ? "an" : "a"} ${name} output`;
}

/** A loss's name and unit, and the unit where there is little room. */
const LOSSES: Partial<Record<string, Record<"name" | "unit" | "briefUnit", string>>> = {
  binaryCrossentropy: { name: "cross-entropy", unit: "nats", briefUnit: "nats" },
  categoricalCrossentropy: { name: "categorical cross-entropy", unit: "nats", briefUnit: "nats" },
  meanSquaredError: { name: "squared error", unit: "mean squared error", briefUnit: "squared error" },
  meanAbsoluteError: { name: "absolute error", unit: "mean absolute error", briefUnit: "absolute error" },
};

/** What a loss is called: "cross-entropy". */
export function lossName(loss: string): string {
  return LOSSES[loss]?.name ?? loss;
}

/** In what a loss is counted: "nats", "mean squared error"; where there is little room "squared error". */
export function lossUnit(loss: string, room: "unit" | "briefUnit" = "unit"): string {
  return LOSSES[loss]?.[room] ?? loss;
}

/** Penalties on kernels: "L1 0.01, L2 0.001". */
export function penaltiesText({ l1 = 0, l2 = 0 }: { readonly l1?: number; readonly l2?: number }): string {
  const parts = [...(l1 > 0 ? [`L1 ${l1}`] : []), ...(l2 > 0 ? [`L2 ${l2}`] : [])];
  return parts.join(", ") || "no penalty";
}

/** An optimizer or initializer as it was given: "sgd" or "sgd (momentum 0.9)". */
export function givenName(given: string | { readonly name: string }): string {
  if (typeof given === "string") return given;
  const { name, ...numbers } = given;
  const rest = Object.entries(numbers).map(([key, value]) => `${key} ${value}`);
  return rest.length > 0 ? `${name} (${rest.join(", ")})` : name;
}

/** The widths of hidden layers: "2", "4-2", "none". */
export function widthsText(hidden: number | readonly number[]): string {
  if (typeof hidden === "number") return String(hidden);
  return hidden.length > 0 ? hidden.join("-") : "none";
}

/** What a network is called where it stands alone: "2 ReLU units", "no hidden layer", "model" where it is unknown. */
export function networkName(network: Named | undefined): string {
  if (!network) return "model";
  const hidden = network.layers.slice(0, -1);
  return unitsText(
    hidden.map((layer) => layer.activation),
    hidden.map((layer) => layer.units),
  );
}

/**
 * Who learns, at the start of a sentence or within one: "The network of 2 ReLU units", "the network without hidden layers", "the
 * model"; beside another network "the one of 2 ReLU units".
 */
export function networkSubject(
  network: Named | undefined,
  place: "start" | "within" | "beside" = "start",
): string {
  const the = place === "start" ? "The" : "the";
  if (!network) return `${the} model`;
  const noun = place === "beside" ? "one" : "network";
  return `${the} ${noun} ${network.layers.length > 1 ? `of ${networkName(network)}` : "without hidden layers"}`;
}

/**
 * The hidden units of a network or of a study's setting, in words: "2 ReLU units", "4 and 2 ReLU units", "4 ReLU and 2 tanh
 * units", "no hidden layer".
 */
export function unitsText(
  activation: string | readonly string[],
  hidden: number | readonly number[],
): string {
  const widths = [hidden].flat();
  if (widths.length === 0) return "no hidden layer";
  const kinds = typeof activation === "string" ? widths.map(() => activation) : activation;
  const alike = new Set(kinds).size === 1;
  const parts = widths.map((width, layer) =>
    alike ? String(width) : `${width} ${activationName(kinds[layer])}`,
  );
  const unit = widths[widths.length - 1] === 1 && (widths.length === 1 || !alike) ? "unit" : "units";
  return [listed(parts), ...(alike && kinds[0] !== "" ? [activationName(kinds[0])] : []), unit].join(" ");
}

/** What data are called, no longer than a title bears. */
export function dataName(data: { readonly name: string }): string {
  return shortened(data.name) || NO_NAME;
}

/** The same within a sentence, where some names would read as a part of it. */
export function dataInSentence(data: { readonly name: string }): string {
  const name = dataName(data);
  return CONJUNCTIONS.has(name) ? `"${name}"` : name;
}
const CONJUNCTIONS: ReadonlySet<string> = new Set(["and", "or", "nor"]);
const NO_NAME = "data without a name";

/** What a floor stands for: "3 inputs, 1 answer"; "constant answer", where all inputs share one. */
export function floorName(floor: {
  readonly loss: number;
  readonly inputs: number;
  readonly constant: boolean;
}): string {
  return floor.constant ? constantName(floor.loss) : `${floor.inputs} inputs, 1 answer`;
}

/** What the loss of the best constant answer is called; always answering one half costs ln 2. */
export function constantName(cost: number): string {
  return Math.abs(cost - Math.LN2) < 1e-6 ? "constant answer, ln 2" : "constant answer";
}

const MOST_INPUTS = 8;

/** A row of inputs: "(0, 1)"; of many the first ones, "(0, 0.25, 1, 0, …)". */
export function inputsText(inputs: ArrayLike<number>): string {
  const shown = Array.from(inputs).slice(0, inputs.length > MOST_INPUTS ? MOST_INPUTS / 2 : MOST_INPUTS);
  const texts = shown.map((value) => givenText(value, 4));
  return `(${[...texts, ...(inputs.length > shown.length ? ["…"] : [])].join(", ")})`;
}

/** A row's answers: "0.731", of several outputs "(0.100, 0.900)". */
export function answersText(answers: ArrayLike<number>, threshold?: number): string {
  const texts = Array.from(answers, (answer) => answerText(answer, threshold));
  return texts.length === 1 ? texts[0] : `(${texts.join(", ")})`;
}

/**
 * When a network is looked at: "before training", "after epoch 79 of 100"; without an epoch its end, which for a run
 * that ended early is "stopped in epoch 12" or "diverged in epoch 3".
 *
 * @param training  the epochs that it completed, and those that were asked for
 * @param epoch     counted from 1; 0 is before training
 */
export function momentText(
  { status, done, epochs }: { readonly status: string; readonly done: number; readonly epochs: number },
  epoch?: number,
): string {
  if (epoch === undefined && status !== "completed")
    return `${status} in epoch ${Math.min(done + 1, epochs)}`;
  const at = epoch ?? done;
  return at === 0 ? "before training" : `after epoch ${at} of ${epochs}`;
}

/** "of 0" where all numbers start alike; else how they are drawn: "randomNormal (stddev 1)". */
function startText(initializer: string | { readonly name: string; readonly value?: number }): string {
  const { name, value } = typeof initializer === "string" ? { name: initializer } : { ...initializer };
  const same = { zeros: 0, ones: 1, constant: value }[name];
  return same === undefined ? givenName(initializer) : `of ${significant(same, 6)}`;
}

/** How each of them is said, in the order in which they make a name. */
const SAYINGS = {
  network: (network: string) => network,
  activation: (given: string | readonly string[]) => [given].flat().map(activationName).join(", "),
  data: (name: string) => name || NO_NAME,
  rows: (rows: number) => counted(rows, "row"),
  optimizer: givenName,
  learningRate: (rate: number) => `rate ${significant(rate, 6)}`,
  loss: lossName,
  batchSize: (size: number) => `batches of ${size}`,
  epochs: (epochs: number) => counted(epochs, "epoch"),
  outputs: (outputs: number) => counted(outputs, "output"),
  output: (activation: string) => `output ${activation}`,
  useBias: (useBias: boolean) => (useBias ? "biases" : "no biases"),
  kernelRegularizer: penaltiesText,
  kernelInitializer: givenName,
  biasInitializer: (initializer: Parameters<typeof startText>[0]) =>
    `initial biases ${startText(initializer)}`,
  shuffle: (shuffle: boolean) => (shuffle ? "shuffled rows" : "rows in one order"),
  engine: (engine: string) => `${engine} engine`,
  seed: (seed: number) => `seed ${seed}`,
} as const;

/** What a training is told apart by: of a run, or of a row of a study. */
export type Described = {
  readonly [Key in keyof typeof SAYINGS]: Parameters<(typeof SAYINGS)[Key]>[0];
};

/** One of them in words, no longer than a title bears: "rate 0.01". */
export function said<Key extends keyof Described>(key: Key, described: Pick<Described, Key>): string {
  return shortened(whole(key, described));
}

function whole<Key extends keyof Described>(key: Key, described: Pick<Described, Key>): string {
  return (SAYINGS[key] as (value: Described[Key]) => string)(described[key]);
}

/** Those of them in which the described differ, in the order of names. */
export function differing<Key extends keyof Described>(described: readonly Pick<Described, Key>[]): Key[] {
  const known = (Object.keys(SAYINGS) as Key[]).filter((key) => described.every((one) => key in one));
  return known.filter((key) => !isCommon(key, described));
}

/** What all have in common, of these keys, in words. */
export function inCommon<Key extends keyof Described>(
  described: readonly Pick<Described, Key>[],
  keys: readonly Key[],
): string[] {
  return keys.filter((key) => isCommon(key, described)).map((key) => said(key, described[0]));
}

function isCommon<Key extends keyof Described>(
  key: Key,
  described: readonly Pick<Described, Key>[],
): boolean {
  return described.every((one) => whole(key, one) === whole(key, described[0]));
}
