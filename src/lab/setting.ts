import { IRIS_FEATURES } from "../data/iris.js";
import type { ScaleMethod } from "../data/scaling.js";
import type { Activation } from "../engine/functions.js";
import type { OptimizerName } from "../engine/optimizers.js";
import { sine } from "../numbers/elementary.js";

/**
 * What the laboratory shows is one plain record. It stands in the form, and is what workers are asked about; all but a table of
 * one's own stands in the address.
 */

export const DATA = {
  xor: "XOR: four corners",
  clouds: "XOR: clouds of points",
  circles: "Circle in a ring",
  moons: "Two moons",
  spirals: "Two spirals",
  gaussians: "Two round clouds",
  iris: "Irises: three species",
  own: "Own points",
  table: "Own table (CSV file)",
} as const;
type DataKind = keyof typeof DATA;

/**
 * What the network is given of a point (x₁, x₂), and how a program in TypeScript writes it. The sine is the library's own: the same
 * in every browser.
 */
export const FEATURES = {
  x1: { label: "x₁", code: "x", value: (x: number, _: number) => x },
  x2: { label: "x₂", code: "y", value: (_: number, y: number) => y },
  x1x1: { label: "x₁²", code: "x * x", value: (x: number, _: number) => x * x },
  x2x2: { label: "x₂²", code: "y * y", value: (_: number, y: number) => y * y },
  x1x2: { label: "x₁x₂", code: "x * y", value: (x: number, y: number) => x * y },
  sin1: { label: "sin x₁", code: "Math.sin(x)", value: (x: number, _: number) => sine(x) },
  sin2: { label: "sin x₂", code: "Math.sin(y)", value: (_: number, y: number) => sine(y) },
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

export const LOSSES = { crossEntropy: "Cross-entropy", squared: "Squared error" } as const;
type LossKind = keyof typeof LOSSES;

export const SCALES = { none: "as they are", standard: "mean 0, deviation 1", minMax: "0 to 1" } as const;
type Scale = "none" | ScaleMethod;

/** A point of one's own: where it is, and its class, counted from 0. */
export type OwnPoint = readonly [x: number, y: number, target: number];

/** A table of one's own: the text of a file, and its columns. It never leaves the page, not even in a link. */
export interface Table {
  /** The file's name without its ending. */
  readonly name: string;
  readonly text: string;
  readonly columns: readonly TableColumn[];
  /** Given if its numbers have a decimal comma. */
  readonly decimal?: ",";
}

export interface TableColumn {
  readonly name: string;
  /** Whether it can be an input. */
  readonly numeric: boolean;
  /** Its different values, if they are few enough to be classes. */
  readonly classes: readonly string[] | undefined;
}

/** Initial weights that are kept while other things change: those that a network of these widths had with this seed, or given ones. */
export interface Start {
  readonly seed: number;
  readonly initializer: InitializerKind;
  /** Of inputs, hidden layers and outputs. */
  readonly widths: readonly number[];
  /** Flat, as many as such a network has: those of a moment of a run, or set by hand. */
  readonly weights?: readonly number[] | undefined;
}

/** How many weights and biases a network of these widths has. */
export function weightCount(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, units, layer) => sum + (widths[layer] + 1) * units, 0);
}

export interface Setting {
  readonly data: DataKind;
  readonly rows: number;
  readonly noise: number;
  /** Share of the rows that are held out. */
  readonly test: number;
  /** Of data "own". */
  readonly points: readonly OwnPoint[];
  /** Of data "table". */
  readonly table: Table | undefined;
  /** Which column of the table is the target, and which of a table or of the irises are inputs, counted from 1. */
  readonly target: number;
  readonly columns: readonly number[];
  readonly scale: Scale;
  /** Of data with two columns. */
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
  ...{ data: "xor", rows: 1000, noise: 0, test: 0, inputs: ["x1", "x2"] },
  ...{ points: [], table: undefined, target: 1, columns: [], scale: "standard" },
  ...{ hidden: [2], activation: "relu", initializer: "glorotUniform", loss: "crossEntropy" },
  ...{ optimizer: "rmsprop", learningRate: 0.001, batchSize: 4, epochs: 100, l1: 0, l2: 0 },
  ...{ shuffle: true, solved: 1, seed: 588516, start: undefined },
};

export const MOST_LAYERS = 6;
export const MOST_UNITS = 12;
export const MOST_POINTS = 200;
/** As many as have a colour. */
export const MOST_CLASSES = 6;

/** Whether some of the data's columns are chosen as inputs. */
export const hasColumns = ({ data }: Setting): boolean => data === "iris" || data === "table";

/** The columns of which some are inputs: of the irises, or of the table. */
export function tableColumns({ data, table }: Setting): readonly TableColumn[] {
  if (data === "table") return table?.columns ?? [];
  if (data !== "iris") return [];
  return IRIS_FEATURES.map((name) => ({ name, numeric: true, classes: undefined }));
}

/** The places, from 1, of columns that can be inputs. */
export function inputColumns(setting: Setting): number[] {
  const isInput = ({ numeric }: TableColumn, place: number) =>
    numeric && (setting.data !== "table" || place !== setting.target);
  return tableColumns(setting).flatMap((column, i) => (isInput(column, i + 1) ? [i + 1] : []));
}

/** Whether the data have two columns, so that all of them is seen in a plane. */
export function isPlane(setting: Setting): boolean {
  return !hasColumns(setting) || setting.columns.length === 2;
}

/** How many classes the data have, two or more. */
export function classCount({ data, points, table, target }: Setting): number {
  if (data === "iris") return 3;
  if (data === "table") return table?.columns[target - 1]?.classes?.length ?? 2;
  return data === "own" ? Math.max(2, ...points.map(([, , group]) => group + 1)) : 2;
}

const CORNERS: readonly OwnPoint[] = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
];
const PETALS: readonly number[] = [3, 4];

/** A setting whose data are there: points, and columns that can be target and inputs. */
export function completed(given: Setting): Setting {
  if (given.data === "own" && given.points.length === 0) return { ...given, points: CORNERS };
  if (!hasColumns(given)) return given;
  const setting = given.data === "table" ? { ...given, target: fittingTarget(given) } : given;
  const possible = inputColumns(setting);
  const columns = setting.columns.filter((place) => possible.includes(place));
  const usual = setting.data === "iris" ? PETALS : possible.slice(0, 2);
  return { ...setting, columns: columns.length >= 2 ? columns : usual };
}

/** The chosen target if it has classes, else the last column that has: where tables usually have theirs. */
function fittingTarget({ table, target }: Setting): number {
  const places = (table?.columns ?? []).flatMap(({ classes }, i) => (classes ? [i + 1] : []));
  return places.includes(target) ? target : (places.pop() ?? target);
}
