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
  const found = [atZero(judged, zeros, zero), ...alongLines(network, judged, zero)];
  return found.find(({ least }) => (judged.rows - least) / judged.rows < criterion.solvedAccuracy);
}

/** What all weights answer to inputs of zero: the output's activation at 0. */
function zeroAnswer(network: Network): number[] {
  const { activation, units } = outputLayer(network);
  const values = new Float64Array(units);
  activate(activation, new Float64Array(units), values);
  return Array.from(values);
}

function atZero(judged: Dataset, zeros: readonly number[], zero: readonly number[]): FixedAnswers {
  const wrong = zeros.filter((row) => !isRight(zero, row, judged, 0));
  return { zero, wrong, why: "zero", least: wrong.length, r2: undefined };
}

/**
 * How the answers of a network without biases are tied to each other, whatever its weights: along each ray from zero they never
 * lie on different sides of the threshold, or those to opposite inputs never on the same one; undefined where neither is so.
 */
export function tiedAnswers(
  network: Network,
  { threshold, outputs }: Dataset,
): Exclude<FixedAnswers["why"], "zero"> | undefined {
  const hidden = hiddenLayers(network).map(({ activation }) => activation);
  const output = outputLayer(network);
  const biased = network.layers.some((layer) => layer.useBias !== false);
  if (biased || output.activation === "softmax" || outputs !== 1 || zeroAnswer(network)[0] !== threshold)
    return undefined;
  if (hidden.every((one) => ODD.has(one))) return "opposite";
  return hidden.every((one) => HOMOGENEOUS.has(one)) ? "ray" : undefined;
}

/**
 * Rows whose answers must lie on one side of the threshold, as all along a ray do behind ReLU or linear units, or on opposite
 * sides, as those to x and −x do behind tanh or linear units.
 */
function alongLines(network: Network, judged: Dataset, zero: readonly number[]): FixedAnswers[] {
  const hidden = hiddenLayers(network).map(({ activation }) => activation);
  const output = outputLayer(network);
  if (output.activation === "softmax" || output.units !== 1 || zero[0] !== judged.threshold) return [];
  const found: FixedAnswers[] = [];
  const add = (why: FixedAnswers["why"], keys: readonly Key[]): void => {
    const groups = groupsByKey(keys.map(({ text }) => text)).map((group) => forced(judged, group, keys));
    const least = groups.reduce((sum, { least }) => sum + least, 0);
    found.push({
      zero,
      wrong: groups.find((group) => group.least > 0)?.pair ?? [],
      why,
      least,
      r2: undefined,
    });
  };
  const rows = Array.from({ length: judged.rows }, (_, row) => inputsOf(judged, row));
  if (hidden.every((one) => HOMOGENEOUS.has(one))) add("ray", rows.map(rayKey));
  if (hidden.every((one) => ODD.has(one))) add("opposite", rows.map(oppositeKey));
  return found;
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
