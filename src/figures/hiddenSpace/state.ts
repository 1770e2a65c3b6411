import { type Dataset, makeDataset } from "../../data/dataset.js";
import { type LayerActivation, LEAK } from "../../engine/functions.js";
import { flatOf, layerCourses } from "../../engine/layerValues.js";
import type { Network } from "../../engine/network.js";
import { extent, ticks } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { classNames } from "../parts/classes.js";
import { answersTo, rightOf, shownRows } from "../parts/rows.js";

const MOST_DRAWN = 120;
const GRID_LINES = 5; // each way
const POINTS = 13; // along a line: enough for a bend

/** The rows to draw of a run's data, and of two inputs the grid of their plane, line by line, each as rows. */
export function hiddenRows(run: NetworkRun, output: number | undefined) {
  const rows = shownRows(run, MOST_DRAWN, output);
  const lines = rows.drawn.features === 2 ? grid(rows.drawn) : [];
  return { ...rows, classes: classNames(rows.judged), lines };
}

export type HiddenRows = ReturnType<typeof hiddenRows>;

/** Lines on which one input is the same, over the data's rectangle; first those of the first input. */
function grid({ inputs }: Dataset): Dataset[] {
  const sides = [0, 1].map((input) => extent(inputs.filter((_, i) => i % 2 === input)));
  return [0, 1].flatMap((fixed) =>
    ticks(...sides[fixed], GRID_LINES).map((at) => {
      const along = ticks(...sides[1 - fixed], POINTS);
      const points = along.flatMap((other) => (fixed === 0 ? [at, other] : [other, at]));
      const [inputs, targets] = [Float32Array.from(points), new Float32Array(POINTS)];
      return makeDataset({ name: "", features: 2, inputs, targets });
    }),
  );
}

/** A point of the hidden layer's space: one value for each unit. */
export type HiddenPoint = readonly number[];

/** How far a point of the hidden layer speaks for a class: normal · point + level. The class with the largest score is answered. */
export interface Score {
  readonly normal: readonly number[];
  readonly level: number;
}

/** Follows rows and lines into a hidden layer, with the weights after an epoch (the final ones if undefined). */
export function hiddenState(
  run: NetworkRun,
  network: Network,
  layer: number,
  rows: HiddenRows,
  epoch: number | undefined,
) {
  return {
    points: hiddenPoints(run, network, layer, rows.drawn, epoch),
    lines: rows.lines.map((line) => hiddenPoints(run, network, layer, line, epoch)),
    /** The network's answers to the drawn rows. */
    outputs: answersTo(run, rows, rows.drawn, epoch),
    right: rightOf(run, rows, epoch), // of all judged rows
    /** The classes' scores. Undefined for layers before the last hidden one, between whose classes borders may bend. */
    scores: layer === network.layers.length - 2 ? scoresOf(run, network, rows, epoch) : undefined,
  };
}

export type HiddenState = ReturnType<typeof hiddenState>;

/** Where rows land in a hidden layer. */
export function hiddenPoints(
  run: NetworkRun,
  network: Network,
  layer: number,
  data: Dataset,
  epoch: number | undefined,
): HiddenPoint[] {
  const { values, units } = layerCourses(network, flatOf(run.weights(epoch)), data.inputs)[layer];
  return Array.from({ length: data.rows }, (_, row) =>
    Array.from(values.subarray(row * units, (row + 1) * units)),
  );
}

/**
 * The scores in the last hidden layer. Of a binary task the lower target's is the weighted sum at which the output is the
 * threshold. Of several classes they are the outputs' weighted sums; several ReLUs below 0 are equally large, so that
 * where their largest is changes along no straight line.
 */
function scoresOf(
  run: NetworkRun,
  { layers }: Network,
  { judged, output = 0 }: HiddenRows,
  epoch: number | undefined,
): Score[] | undefined {
  const { kernel, bias } = run.weights(epoch)[layers.length - 1];
  const { activation } = layers[layers.length - 1];
  const sumOf = (unit: number): Score => ({
    normal: kernel.map((weights) => weights[unit]),
    level: bias[unit] ?? 0,
  });
  if (judged.task !== "classes") {
    if (activation === "softmax" && kernel[0].length > 1) return undefined;
    return [
      { normal: kernel.map(() => 0), level: sumAt(activation, judged.threshold ?? 0.5) },
      sumOf(output),
    ];
  }
  return activation === "relu" ? undefined : kernel[0].map((_, unit) => sumOf(unit));
}

/** The weighted sum at which a unit has a value; none, NaN, where it never has. */
const SUMS: Record<LayerActivation, (value: number) => number> = {
  linear: (y) => y,
  relu: (y) => (y < 0 ? Number.NaN : y),
  leakyRelu: (y) => (y < 0 ? y / LEAK : y),
  elu: (y) => (y < 0 ? Math.log(1 + y) : y),
  sigmoid: (y) => Math.log(y / (1 - y)),
  tanh: Math.atanh,
  softplus: (y) => Math.log(Math.exp(y) - 1),
  softmax: (y) => (y < 1 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY), // a single one is always 1
};

/** The weighted sum above which an output unit's value is above this one: −∞ where it always is, ∞ where it never is. */
function sumAt(activation: LayerActivation, value: number): number {
  const sum = SUMS[activation](value);
  return Number.isNaN(sum) ? Math.sign(value) * Number.POSITIVE_INFINITY : sum;
}

/** Single precision leaves about 1e-7 of the largest value. */
const SAME = 1e-6;

/** Rows that land on one point of the hidden layer, in their order; a row alone is a group of one. */
export function groupsOf(points: readonly HiddenPoint[]): number[][] {
  const scale = points.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return grouped(points, (one, other) => one.every((value, i) => Math.abs(value - other[i]) <= SAME * scale));
}

/** Items that are alike, directly or through others, as groups of indices. */
export function grouped<Item>(
  items: readonly Item[],
  alike: (one: Item, other: Item) => boolean,
): number[][] {
  let groups: number[][] = [];
  items.forEach((item, i) => {
    const near = groups.filter((group) => group.some((j) => alike(items[j], item)));
    const joined = [...near.flat(), i].sort((a, b) => a - b);
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  });
  return groups.sort((a, b) => a[0] - b[0]);
}
