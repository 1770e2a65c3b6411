import { written } from "../check.js";
import { moons, sine } from "./curves.js";
import { type Dataset, rowCount } from "./dataset.js";
import { digits } from "./digits.js";
import { encoder, xor } from "./gates.js";
import { iris } from "./iris.js";
import { circles, clouds, gaussians, spirals } from "./playground.js";

/** The data sets that are drawn anew from a seed, by name: what a study draws for every trial. */
const DRAWN_DATA = { xor, clouds, circles, gaussians, spirals, moons, sine } as const satisfies Record<
  string,
  (options: { rows?: number; seed?: number }) => Dataset
>;

/** Those that are always the same. */
const FIXED_DATA = { iris, digits, encoder } as const satisfies Record<string, () => Dataset>;

type DrawnName = keyof typeof DRAWN_DATA;
export type DataName = DrawnName | keyof typeof FIXED_DATA;
export const DATA_NAMES = [...Object.keys(DRAWN_DATA), ...Object.keys(FIXED_DATA)] as DataName[];

/** Where a trial's data come from: drawn by name anew for every trial, or a data set that is the same for all. */
export type DataSource =
  | { readonly name: DrawnName; readonly rows: number | undefined }
  | { readonly dataset: Dataset };

/** The source of this name; the number of rows can be chosen where they are drawn. */
export function namedSource(where: string, name: DataName, rows: unknown): DataSource {
  if (name in DRAWN_DATA)
    return { name: name as DrawnName, rows: rows === undefined ? undefined : rowCount(where, rows) };
  return datasetSource(where, FIXED_DATA[name as keyof typeof FIXED_DATA](), rows);
}

/** A data set as the source. */
export function datasetSource(where: string, dataset: Dataset, rows: unknown): DataSource {
  if (rows === undefined) return { dataset };
  throw new RangeError(`${where}: rows is for data that are drawn, not for ${written(dataset.name)}`);
}

/** The data of one trial, from the trial's seed. */
export function drawData(source: DataSource, seed: number): Dataset {
  if ("dataset" in source) return source.dataset;
  const draw = DRAWN_DATA[source.name];
  return source.rows === undefined ? draw({ seed }) : draw({ rows: source.rows, seed });
}
