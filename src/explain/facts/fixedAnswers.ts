import { type Dataset, judgedRows } from "../../data/dataset.js";
import { groupsByKey, inputsOf } from "../../data/rows.js";
import { activate, type LayerActivation } from "../../engine/functions.js";
import { hiddenLayers, type Network, outputLayer } from "../../engine/network.js";
import { type Criterion, isRight, r2Of, SOLVED_R2 } from "../../verdict/outcome.js";

/** What follows for single rows from a network that has no biases at all. */
export interface FixedAnswers {
  /** What it answers to inputs of zero, whatever its weights. */
  readonly zero: readonly number[];
  /**
   * Rows that cannot all be right: inputs of zero, whose answer is wrong; or rows on one line through zero whose answers
   * are tied to each other, though their targets are not.
   */
  readonly wrong: readonly number[];
  /** Why: the row of zeros itself, the same answer's side along a ray, the opposite side at the opposite inputs. */
  readonly why: "zero" | "ray" | "opposite";
  /** At least so many of the judged rows are wrong. */
  readonly least: number;
  /** Of a regression: the best R², if all other rows were answered exactly. */
  readonly r2: number | undefined;
}

/** Activations that are 0 at 0, so that a layer without biases passes zeros on. */
const THROUGH_ZERO: ReadonlySet<LayerActivation> = new Set(["linear", "relu", "leakyRelu", "elu", "tanh"]);
/** f(−x) = −f(x). */
const ODD: ReadonlySet<LayerActivation> = new Set(["linear", "tanh"]);
/** f(a x) = a f(x) for a > 0. */
const HOMOGENEOUS: ReadonlySet<LayerActivation> = new Set(["linear", "relu", "leakyRelu"]);

/**
 * Whether a network without biases cannot meet the criterion, since what it answers to some rows is fixed; undefined if it
 * has a bias, or none of the proofs applies.
 */
export function fixedAnswers(
  network: Network,
  data: Dataset,
  criterion: Criterion,
): FixedAnswers | undefined {
  const { layers } = network;
  const hidden = hiddenLayers(network);
  const free = layers.some((layer) => layer.useBias !== false) || criterion.solvedLoss !== undefined;
  if (free || !hidden.every(({ activation }) => THROUGH_ZERO.has(activation))) return undefined;
  const judged = judgedRows(data);
  const zero = zeroAnswer(network);
  const rows = Array.from({ length: judged.rows }, (_, row) => row);
  const zeros = rows.filter((row) => inputsOf(judged, row).every((value) => value === 0));
  if (judged.task === "regression") {
    const best = Float64Array.from(judged.targets);
    for (const row of zeros) best.set(zero, row * judged.outputs);
    const r2 = r2Of(best, judged);
    return r2 < (criterion.solvedR2 ?? SOLVED_R2)
      ? { zero, wrong: zeros, why: "zero", least: zeros.length, r2 }
      : undefined;
  }
  const wrong = zeros.filter((row) => !isRight(zero, row, judged, 0));
  const found = [
    { zero, wrong, why: "zero" as const, least: wrong.length, r2: undefined },
    ...tiesAlongLines(network, judged).map((why) => ({
      zero,
      why,
      r2: undefined,
      ...wrongAlong(why, judged),
    })),
  ];
  return found.find(({ least }) => (judged.rows - least) / judged.rows < criterion.solvedAccuracy);
}

/** What all weights answer to inputs of zero: the output's activation at 0. */
function zeroAnswer(network: Network): number[] {
  const { activation, units } = outputLayer(network);
  const values = new Float64Array(units);
  activate(activation, new Float64Array(units), values);
  return Array.from(values);
}

/** How answers are tied to each other: along each ray from zero to one side of the threshold; opposite inputs' to opposite ones. */
type TieAlong = "ray" | "opposite";

/**
 * How the answers of a network without biases are tied to each other, whatever its weights: along a ray those behind ReLU or
 * linear units, at x and −x those behind tanh or linear units.
 */
export function tiesAlongLines(network: Network, { threshold, outputs }: Dataset): TieAlong[] {
  const { activation } = outputLayer(network);
  if (activation === "softmax" || outputs !== 1 || zeroAnswer(network)[0] !== threshold) return [];
  const all = (some: ReadonlySet<LayerActivation>) =>
    hiddenLayers(network).every((layer) => some.has(layer.activation));
  return [...(all(HOMOGENEOUS) ? ["ray" as const] : []), ...(all(ODD) ? ["opposite" as const] : [])];
}

/** How many rows are wrong at least, since their answers are tied so, and the first two that cannot both be right. */
function wrongAlong(why: TieAlong, judged: Dataset): Pick<FixedAnswers, "wrong" | "least"> {
  const keyOf = why === "ray" ? rayKey : oppositeKey;
  const keys = Array.from({ length: judged.rows }, (_, row) => keyOf(inputsOf(judged, row)));
  const groups = groupsByKey(keys.map(({ text }) => text)).map((group) => forced(judged, group, keys));
  return {
    wrong: groups.find((group) => group.least > 0)?.pair ?? [],
    least: groups.reduce((sum, { least }) => sum + least, 0),
  };
}

/** What rows have in common whose answers are tied, and whether to the same side or (−1) to the opposite one. */
interface Key {
  readonly text: string;
  readonly sign: number;
}

/** The direction of inputs from zero. Quotients of single-precision numbers are equal in double precision only if they are. */
function rayKey(inputs: Float32Array): Key {
  const size = inputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { text: Array.from(inputs, (value) => (size > 0 ? value / size : 0)).join(" "), sign: 1 };
}

/** The inputs, turned round if their first number (that is not 0) is negative. */
function oppositeKey(inputs: Float32Array): Key {
  const sign = (inputs.find((value) => value !== 0) ?? 1) > 0 ? 1 : -1;
  return { text: Array.from(inputs, (value) => sign * value + 0).join(" "), sign };
}

/** How many rows of such a group are wrong at least, those on its rarer side; and two rows that cannot both be right. */
function forced({ targets, threshold = 0 }: Dataset, group: readonly number[], keys: readonly Key[]) {
  const isAbove = (row: number): boolean => targets[row] > threshold === keys[row].sign > 0;
  const [above, below] = [group.filter(isAbove), group.filter((row) => !isAbove(row))];
  return { pair: [above[0], below[0]], least: Math.min(above.length, below.length) };
}
