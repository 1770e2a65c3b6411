import { type Dataset, makeDataset } from "../../data/dataset.js";
import type { LayerActivation } from "../../engine/functions.js";
import { flatOf, layerCourses } from "../../engine/layerValues.js";
import type { Network } from "../../engine/network.js";
import { exponential, logarithm } from "../../numbers/elementary.js";
import { extent, ticks } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { answersTo, rightOf, type ShownRows, shownRows } from "../parts/rows.js";

/** The inputs that a figure of the hidden layer follows. */
export interface HiddenRows extends ShownRows {
  /** Whether there are so few rows that each bears its name. */
  readonly labelled: boolean;
  /** Of data with two inputs the grid of the input plane, line by line, each as rows. */
  readonly lines: readonly Dataset[];
}

const MOST_DRAWN = 120;
const MOST_LABELLED = 8;
const GRID_LINES = 7; // each way
const POINTS = 13; // along a line: enough for a bend

/** The rows and lines to draw of a run's data. */
export function hiddenRows(run: Run): HiddenRows {
  const rows = shownRows(run, MOST_DRAWN);
  const lines = rows.drawn.features === 2 ? grid(rows.drawn) : [];
  return { ...rows, labelled: rows.different.rows <= MOST_LABELLED, lines };
}

/** Lines on which one input is the same, over the data's rectangle; first those of the first input. */
function grid({ inputs }: Dataset): Dataset[] {
  const sides = [0, 1].map((input) => extent(inputs.filter((_, i) => i % 2 === input)));
  const places = ([low, high]: readonly number[], count: number) => ticks(low, high, count);
  return [0, 1].flatMap((fixed) =>
    places(sides[fixed], GRID_LINES).map((at) => {
      const along = places(sides[1 - fixed], POINTS);
      const points = along.flatMap((other) => (fixed === 0 ? [at, other] : [other, at]));
      return makeDataset({
        name: "",
        features: 2,
        inputs: Float32Array.from(points),
        targets: new Float32Array(POINTS),
      });
    }),
  );
}

/** A point of the hidden layer's space: one value for each unit. */
export type HiddenPoint = readonly number[];

/** What the hidden layer makes of the inputs at one moment of the training. */
export interface HiddenState {
  /** Where the drawn rows land. */
  readonly points: readonly HiddenPoint[];
  /** Where the lines land. */
  readonly lines: readonly (readonly HiddenPoint[])[];
  /** The network's answers to the drawn rows. */
  readonly outputs: readonly number[];
  /** How many of all judged rows it gets right. */
  readonly right: number;
  /**
   * The flat border where the output is ½: normal · point = level, and above ½ where it is greater. Undefined for
   * layers before the last hidden one, whose border may bend.
   */
  readonly border: { readonly normal: readonly number[]; readonly level: number } | undefined;
}

/** Follows rows and lines into a hidden layer, with the weights after an epoch (the final ones if undefined). */
export function hiddenState(
  run: Run,
  network: Network,
  layer: number,
  rows: HiddenRows,
  epoch: number | undefined,
): HiddenState {
  const output = run.weights(epoch)[layer + 1];
  const isLast = layer === network.layers.length - 2;
  const half = halfOf(network.layers[layer + 1].activation);
  return {
    points: hiddenPoints(run, network, layer, rows.drawn, epoch),
    lines: rows.lines.map((line) => hiddenPoints(run, network, layer, line, epoch)),
    outputs: answersTo(run, rows.drawn, epoch),
    right: rightOf(run, rows, epoch),
    border: isLast
      ? { normal: output.kernel.map(([weight]) => weight), level: half - output.bias[0] }
      : undefined,
  };
}

/** Where rows land in a hidden layer. */
export function hiddenPoints(
  run: Run,
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

/** The output unit's weighted sum at which its value is ½. */
function halfOf(activation: LayerActivation): number {
  if (activation === "sigmoid") return 0;
  if (activation === "tanh") return logarithm(3) / 2; // tanh x = ½
  if (activation === "softplus") return logarithm(exponential(0.5) - 1);
  return 0.5; // linear above 0
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
