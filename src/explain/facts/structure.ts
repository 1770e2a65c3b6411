import { type Dataset, judgedRows } from "../../data/dataset.js";
import { groupsByKey, targetsOf } from "../../data/rows.js";
import type { LayerActivation } from "../../engine/functions.js";
import { type Network, outputLayer } from "../../engine/network.js";
import { extent } from "../../numbers/vectors.js";
import type { Criterion } from "../../verdict/outcome.js";
import { rounded } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import { fixedAnswers } from "./fixedAnswers.js";
import type { InsideFacts } from "./inside.js";
import { scoreOf } from "./judgement.js";
import { bestOneWayAnswers, turnFacts } from "./oneInput.js";
import { bestLinearAnswers, drawsOneLine, nearestOfRank, separableByLine } from "./separable.js";

/** What can be said of a network with any weights. */
export type StructureFacts = NonNullable<ReturnType<typeof structureFacts>>;

/** Undefined for runs that solved their data or were stopped, and for models whose structure is not known. */
export function structureFacts({ ending, data, settings, ...ended }: Ended, inside: InsideFacts | undefined) {
  const network = ended.network ?? ended.withoutDropout;
  if (!network || !(ending === "unsolved" || ending === "diverged")) return undefined;
  const judged = judgedRows(data);
  const oneLine = drawsOneLine(network);
  const { working, differentDrawOneLine } = inside ?? {};
  const reduced = working?.oneLine || working?.oneLineForGood || differentDrawOneLine;
  const asked = judged.task !== "regression" && (oneLine || reduced);
  return {
    range: rangeFacts(network, data, settings),
    fixed: fixedAnswers(network, data, settings),
    /** Whether it can only draw one line between two classes. */
    oneLine,
    /** Why no answers that it can give are good enough. */
    limit: limitFacts(network, judged, settings),
    /** Of a single input, along which classes change, or targets turn, more often than the network can or has units. */
    turns: turnFacts(network, judged, ended.predict(judged.inputs)),
    /** Whether one line separates the classes; undefined where it was not needed, or not found. */
    separable: asked ? separableByLine(judged) : undefined,
  };
}

/** The best answers that a network of this structure can give, whatever its weights, where they are not good enough. */
export interface LimitFacts {
  /**
   * A linear function of the inputs; a function of the one input that only rises or only falls; several answers that are weighted
   * sums of fewer numbers, those of a narrow layer above which nothing bends, as in autoencoders.
   */
  readonly shape: "linear" | "one way" | "narrow";
  /** What they come to: R², or the loss, as the run is judged. */
  readonly best: number;
  /** Of a narrow layer: how many units it has, and how many it must have at least. */
  readonly width?: number;
  readonly needed?: number;
}

/** Of answers that are judged by their squared error; those that go one way also by their cross-entropy, which the same minimize. */
function limitFacts(network: Network, judged: Dataset, criterion: Criterion): LimitFacts | undefined {
  const { by, of, isEnough } = scoreOf(judged, criterion, { network });
  const squares = by === "R²" || (by === "loss" && criterion.loss === "meanSquaredError");
  const one = by === "loss" && criterion.loss === "binaryCrossentropy";
  const isLinear = network.layers.every(({ activation }) => activation === "linear");
  const linear = isLinear && squares ? bestLinearAnswers(judged) : undefined;
  const answers = linear ?? (squares || one ? bestOneWayAnswers(network, judged) : undefined);
  const best = answers ? of(answers) : undefined;
  if (best !== undefined && !isEnough(best)) return { shape: linear ? "linear" : "one way", best };
  const sides = by === "rows" && judged.task === "binary" && outputLayer(network).activation !== "softmax";
  const width = narrowest(network, sides);
  if (!(squares || sides) || width >= judged.outputs) return undefined;
  const nearest = squares ? nearestOfRank(judged, linear ?? judged.targets) : undefined;
  if (squares && !nearest) return undefined;
  const bestWith = (units: number): number => (nearest ? of(nearest(units)) : mostOnSides(judged, units));
  if (isEnough(bestWith(width))) return undefined;
  let needed = width + 1;
  while (needed < judged.outputs && !isEnough(bestWith(needed))) needed += 1;
  return { shape: "narrow", best: bestWith(width), width, needed };
}

/**
 * On how many numbers, at least, all answers depend as weighted sums: units of the narrowest layer above which all are linear.
 *
 * @param anyOutput  whether the output's own activation does not matter
 */
function narrowest({ layers }: Network, anyOutput: boolean): number {
  const last = layers.length - 1;
  let [least, l] = [Infinity, last];
  for (; l > 0 && (layers[l].activation === "linear" || (anyOutput && l === last)); l--)
    least = Math.min(least, layers[l - 1].units);
  return least;
}

/**
 * How many rows can be right if each answer is on the right side of one hyperplane in a space of so many dimensions: k of them
 * divide it into at most C(k, 0) + … + C(k, d) parts, and each part has one combination of sides.
 *
 * @see Schläfli's formula: Stanley, An Introduction to Hyperplane Arrangements (2004), proposition 2.4
 */
function mostOnSides(data: Dataset, dimensions: number): number {
  let [parts, choices] = [0, 1];
  for (let i = 0; i <= dimensions; i++) {
    parts += choices;
    choices *= (data.outputs - i) / (i + 1);
  }
  const groups = groupsByKey(Array.from({ length: data.rows }, (_, row) => targetsOf(data, row).join(" ")));
  const sizes = groups.map(({ length }) => length).sort((a, b) => b - a);
  return sizes.slice(0, Math.round(parts)).reduce((sum, size) => sum + size, 0);
}

/** What an output can answer, and what the best of these answers are good for, where that is not enough. */
export type RangeFacts = NonNullable<ReturnType<typeof rangeFacts>>;

/** The lowest and the highest answer, or what answers come as near to as one likes. */
const RANGES: Partial<Record<LayerActivation, readonly [low: number, high: number]>> = {
  sigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  relu: [0, Infinity],
  softplus: [0, Infinity],
  elu: [-1, Infinity],
};

/**
 * Whether the best answers that the output's activation allows are too far from the targets: for each row those nearest to them.
 * Undefined for outputs that can answer anything, and for several classes, of which any one can be the largest.
 */
function rangeFacts(network: Network, data: Dataset, criterion: Criterion) {
  const judged = judgedRows(data);
  const { activation, units } = outputLayer(network);
  const range = activation === "softmax" && units === 1 ? ([1, 1] as const) : RANGES[activation];
  if (!range || judged.task === "classes") return undefined;
  const score = scoreOf(judged, criterion, { network });
  const { targets } = judged;
  const rows = Array.from({ length: judged.rows }, (_, row) => Array.from(targetsOf(judged, row)));
  const shares = activation === "softmax" && (score.by !== "loss" || criterion.loss === "meanSquaredError");
  /** What these come to: rows that can be right, R², or the loss, as the run is judged. */
  const best = score.of(
    shares
      ? rows.flatMap(nearestShares)
      : targets.map((target) => Math.min(range[1], Math.max(range[0], target))),
  );
  if (score.isEnough(best) || !score.isEnough(score.of(targets))) return undefined;
  const sums = extent(rows.map((row) => rounded(row.reduce((sum, target) => sum + target, 0))));
  /** Whether it is the sum of a row's answers that does not fit, which behind a softmax is always 1. */
  const summed = shares && units > 1 && sums.some((sum) => sum !== 1);
  return { activation, range, summed, targets: summed ? sums : extent(targets), best };
}

/** The numbers nearest to these that sum to 1, none below 0: a softmax comes as near to them as one likes. */
function nearestShares(targets: readonly number[]): number[] {
  let [sum, shift] = [0, 0];
  [...targets]
    .sort((a, b) => b - a)
    .forEach((target, i) => {
      sum += target;
      if (target > (sum - 1) / (i + 1)) shift = (sum - 1) / (i + 1);
    });
  return targets.map((target) => Math.max(0, target - shift));
}
