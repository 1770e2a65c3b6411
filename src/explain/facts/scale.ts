import type { Dataset } from "../../data/dataset.js";
import { type DistinctRows, rowsAt } from "../../data/rows.js";
import { columnScale, toScale } from "../../data/scaling.js";
import { columnOf, layerCourses } from "../../engine/layerValues.js";
import { layerPlaces, type Network } from "../../engine/network.js";
import { lossAndGradient, predictions } from "../../engine/plain.js";
import { type Column, columnFacts, columnsOf } from "../../numbers/columns.js";
import { lengthOf, rootMeanSquare } from "../../numbers/vectors.js";
import type { TrainSettings } from "../../settings/training.js";
import { surfaceOf } from "./curvature.js";
import { stableRate } from "./steps.js";
import { statesOf } from "./units.js";

/**
 * What does not fit the size of the inputs, or of the targets of a regression, though it would if they had mean 0 and
 * deviation 1. Each is a number now, and the same number with such data and the same weights.
 *
 * - "rate": SGD's learning rate against the largest that is stable at the initial weights; above 1 it overshoots.
 * - "first step": the length of SGD's first step on all rows against that of all initial weights; above 1 it is longer.
 * - "shift": by how much one step of another optimizer changes the sums of the first layer, about; above 1 too much.
 * - "saturated": the share of the first layer's values that are saturated with the initial weights; from ¾ on too much, or from
 *   ½ on if with the final weights it is ¾.
 * - "small": the largest deviation of a unit's sum in the first layer with the final weights; below 0.3 it hardly bends.
 * - "straight": the share of the first layer's units that are linear or constant on all rows with the initial weights.
 * - "far": updates that it takes to move an answer by as much as the answers are off now, against those that were made; with scaled
 *   targets, by 1. One of another optimizer than SGD moves it by about the learning rate times the sum of its slopes, without sign.
 * - "near": by how much such an update moves an answer, against the deviation of targets that are answered worse than by their mean;
 *   above 1 it misses them on either side.
 * - "start": of such targets, by how much the answers of the initial weights are off, against the targets' deviation; above 10 the
 *   training has more to do with its start than with them.
 */
export interface Misfit {
  readonly of: "inputs" | "targets";
  readonly what:
    | "rate"
    | "first step"
    | "shift"
    | "saturated"
    | "straight"
    | "small"
    | "far"
    | "near"
    | "start";
  readonly now: number;
  readonly scaled: number;
  /** Only of "far" and "near": by how much an update moves an answer. Of "start": by how much the first answers are off. */
  readonly shift?: number;
  /** Only of "saturated": the share with the final weights, if it is ¾ or more. */
  readonly lasting?: number;
  /** The input (or the target) that is farthest from unit size, counted from 0, and its numbers. */
  readonly index: number;
  readonly column: Column;
}

/** Columns within these are of unit size: nothing is said of them. */
const UNIT = { least: 0.1, most: 3 };

interface Place {
  readonly network: Network;
  readonly settings: TrainSettings;
  /** The different rows of the training. */
  readonly training: DistinctRows;
  /** The initial weights, and the final ones. */
  readonly start: Float32Array;
  readonly weights: Float32Array;
}

/**
 * What does not fit the size of the inputs, or else that of the targets; but targets first that were out of the updates' reach:
 * scaled inputs alone do not bring them nearer.
 *
 * @param offBy    root mean squared error, in the unit of the targets
 * @param updates  how many were made; undefined if units are dead, so that no gradient passes them: then answers stay whatever their size
 */
export function misfitOf(trained: Place, offBy: number, updates: number | undefined): Misfit | undefined {
  const place = { ...trained, network: withoutPenalties(trained.network) };
  const targets = targetMisfit(place, offBy, updates);
  return targets?.what === "far" ? targets : (inputMisfit(place) ?? targets);
}

/** What a penalty asks of the weights is no matter of the data's size. */
function withoutPenalties({ inputs, layers }: Network): Network {
  return { inputs, layers: layers.map(({ l1, l2, ...layer }) => layer) };
}

/**
 * What does not fit the size of the inputs; undefined if nothing, or if they are of unit size. What fits as soon as the initial
 * weights are no larger than usual is the fault of these, not of the inputs.
 */
function inputMisfit(place: Place): Misfit | undefined {
  const { rows } = place.training;
  const columns = columnsOf(rows.inputs, rows.features);
  const found = farthest(columns);
  if (!found) return undefined;
  const scaled = { ...rows, inputs: standardized(rows.inputs, rows.features) };
  const usual = { ...place, start: noLargerThanUsual(place) };
  for (const [what, measure, fits] of INPUT_MEASURES) {
    const now = measure(place, rows);
    const named = what === "small" ? widest(columns) : found;
    if (now === undefined || fits(now) || !named) continue;
    const [then, otherwise] = [measure(place, scaled), measure(usual, rows)];
    if (then === undefined || !fits(then) || (otherwise !== undefined && fits(otherwise))) continue;
    const end = what === "saturated" ? saturatedShare({ ...place, start: place.weights }, rows) : undefined;
    const lasting = end !== undefined && end >= SATURATED.most ? end : undefined;
    if (what === "saturated" && now < SATURATED.most && lasting === undefined) continue;
    return { of: "inputs", what, now, scaled: then, lasting, ...named };
  }
  return undefined;
}

/** Initial kernels that are so many times what He's initialization draws are too large. */
const LARGE = 2;

/** The initial weights, kernels that are too large brought to the size that He's initialization gives them. */
function noLargerThanUsual({ network, start }: Place): Float32Array {
  const usual = start.slice();
  for (const { kernel, bias, inputs } of layerPlaces(network)) {
    const [size, he] = [rootMeanSquare(start.subarray(kernel, bias)), Math.sqrt(2 / inputs)];
    if (size <= LARGE * he) continue;
    for (let i = kernel; i < bias; i++) usual[i] *= he / size;
  }
  return usual;
}

type Measure = (place: Place, rows: Dataset) => number | undefined;
type Measured = readonly [what: Misfit["what"], measure: Measure, fits: (value: number) => boolean];

const SATURATED = { some: 0.5, most: 0.75 };
const atMostOne = (value: number): boolean => value <= 1;

const INPUT_MEASURES: readonly Measured[] = [
  ["rate", rateAgainstStable, atMostOne],
  ["first step", firstStep, atMostOne],
  ["shift", shiftOfSums, atMostOne],
  ["saturated", saturatedShare, (share) => share < SATURATED.some],
  ["small", variationOfSums, (deviation) => deviation >= 0.3],
  ["straight", straightShare, (share) => share < 1],
];

/** What does not fit the size of a regression's targets. */
function targetMisfit(place: Place, offBy: number, updates: number | undefined): Misfit | undefined {
  const { training, settings } = place;
  const { rows } = training;
  const found = rows.task === "regression" ? farthest(columnsOf(rows.targets, rows.outputs)) : undefined;
  if (!found) return undefined;
  const scaled = { ...rows, targets: standardized(rows.targets, rows.outputs) };
  for (const [what, measure, fits] of TARGET_MEASURES) {
    const [now, then] = [measure(place, rows), measure(place, scaled)];
    if (now !== undefined && then !== undefined && !fits(now) && fits(then))
      return { of: "targets", what, now, scaled: then, ...found };
  }
  const { deviation } = found.column;
  const isWorse = deviation > 0 && offBy > deviation;
  if (settings.optimizer.name !== "sgd") {
    const shift = answerShift(place);
    const [now, then] = [offBy, 1].map((distance) => distance / shift / (updates ?? Infinity));
    if (now > 1 && then <= 1) return { of: "targets", what: "far", now, scaled: then, shift, ...found };
    if (isWorse && shift > deviation && shift <= 1)
      return { of: "targets", what: "near", now: shift / deviation, scaled: shift, shift, ...found };
  }
  const [first, then] = [rows, scaled].map((all) => startError(place, all));
  return isWorse && deviation < 1 && first > LONG_WAY * deviation && then <= LONG_WAY
    ? { of: "targets", what: "start", now: first / deviation, scaled: then, shift: first, ...found }
    : undefined;
}

/** Answers that are off by so many deviations of the targets at the start have nothing to do with them. */
const LONG_WAY = 10;

/** By how much the answers of the initial weights are off, root mean square. */
function startError({ network, start }: Place, { inputs, targets }: Dataset): number {
  const answers = predictions(network, start, inputs);
  return rootMeanSquare(answers.map((answer, i) => answer - targets[i]));
}

const TARGET_MEASURES = INPUT_MEASURES.slice(0, 2);

function rateAgainstStable({ network, settings, training, start }: Place, rows: Dataset): number | undefined {
  const { optimizer, loss } = settings;
  if (optimizer.name !== "sgd") return undefined;
  const stable = stableRate(optimizer, surfaceOf(network, loss, { ...training, rows }), start);
  return stable && optimizer.learningRate / stable;
}

function firstStep({ network, settings, training, start }: Place, rows: Dataset): number | undefined {
  const { optimizer, loss } = settings;
  if (optimizer.name !== "sgd" || network.layers.length === 1) return undefined; // without hidden units a long step kills none
  const { gradient } = surfaceOf(network, loss, { ...training, rows })(Float64Array.from(start));
  return (optimizer.learningRate * lengthOf(gradient)) / lengthOf(start);
}

function shiftOfSums({ settings: { optimizer }, network }: Place, data: Dataset): number | undefined {
  const { inputs, rows } = data;
  if (optimizer.name === "sgd") return undefined;
  if (data.task === "regression" && network.layers.length === 1) return undefined; // sums are answers, of the targets' size
  const size = inputs.reduce((sum, value) => sum + Math.abs(value), 0) / rows;
  return optimizer.learningRate * (1 + size);
}

const MOST_ROWS = 50; // looked at

/** By how much an update moves an answer, about, with the final weights: all weights by the learning rate, each to the better side. */
function answerShift({ network, settings, training: { rows }, weights }: Place): number {
  const step = Math.max(1, Math.floor(rows.rows / MOST_ROWS));
  const some = Array.from({ length: Math.ceil(rows.rows / step) }, (_, i) => i * step);
  const slopes = some.map((at) => {
    const row = rowsAt(rows, [at]);
    const above = { ...row, targets: row.targets.map(() => ABOVE) }; // there the absolute error's slope is the answers' mean slope
    const { gradient } = lossAndGradient(network, Float64Array.from(weights), above, "meanAbsoluteError");
    return gradient.reduce((sum, slope) => sum + Math.abs(slope), 0);
  });
  const mean = slopes.reduce((sum, one) => sum + one, 0) / slopes.length;
  return settings.optimizer.learningRate * mean;
}
const ABOVE = 1e30;

/** Units of the first layer with given weights, where that is a hidden one. */
function firstUnits({ network }: Place, rows: Dataset, weights: Float32Array) {
  return statesOf(layerCourses(network, weights, rows.inputs).slice(0, 2))[0];
}

function saturatedShare(place: Place, rows: Dataset): number | undefined {
  const units = firstUnits(place, rows, place.start);
  if (!units || !SATURATING.has(units[0].activation)) return undefined;
  return 1 - units.reduce((sum, unit) => sum + unit.onRows, 0) / (units.length * rows.rows);
}
const SATURATING: ReadonlySet<string> = new Set(["sigmoid", "tanh"]);

function straightShare(place: Place, rows: Dataset): number | undefined {
  const units = firstUnits(place, rows, place.start);
  if (!units || units[0].activation === "linear") return undefined;
  return units.filter((unit) => unit.linear || unit.constant).length / units.length;
}

function variationOfSums({ network, weights }: Place, { inputs }: Dataset): number | undefined {
  if (network.layers.length === 1) return undefined;
  const [{ sums, units }] = layerCourses(network, weights, inputs);
  const columns = Array.from({ length: units }, (_, unit) => columnFacts(columnOf(sums, units, unit)));
  return Math.max(...columns.map(({ deviation }) => deviation));
}

/** The column that is farthest from unit size; undefined if all are near it. Constant ones tell nothing. */
function farthest(columns: readonly Column[]): { index: number; column: Column } | undefined {
  const sizes = columns.map(({ mean, deviation }) => Math.hypot(mean, deviation));
  const largest = Math.max(...sizes);
  if (largest > UNIT.most) {
    const index = sizes.indexOf(largest);
    return { index, column: columns[index] };
  }
  return widest(columns);
}

/** The column that varies most, if that is little: where all are the same or one varies enough, undefined. */
function widest(columns: readonly Column[]): { index: number; column: Column } | undefined {
  const deviations = columns.map(({ deviation }) => deviation);
  const most = Math.max(...deviations);
  const index = deviations.indexOf(most);
  return most > 0 && most < UNIT.least ? { index, column: columns[index] } : undefined;
}

/** The columns moved to mean 0 and deviation 1; constant ones to 0. */
function standardized(numbers: Float32Array, columns: number): Float32Array {
  return toScale(numbers, columnScale("standard", numbers, columns));
}
