import { oneOf, written } from "../check.js";
import { moons, sine } from "./curves.js";
import { type Dataset, rowCount } from "./dataset.js";
import { xor } from "./gates.js";
import { circles, clouds, gaussians, spirals } from "./playground.js";

/** The data sets that are drawn anew from a seed, by name: what a study draws for every trial. */
const DRAWN_DATA = { xor, clouds, circles, gaussians, spirals, moons, sine } as const satisfies Record<
  string,
  (options: { rows?: number; seed?: number }) => Dataset
>;

/** The name of a data set that a study draws anew for every trial. */
export type DrawnName = keyof typeof DRAWN_DATA;
export const DRAWN_NAMES = Object.keys(DRAWN_DATA) as DrawnName[];

/** Where a trial's data come from: drawn by name anew for every trial, or a data set that is the same for all. */
export type DataSource =
  | { readonly name: DrawnName; readonly rows: number | undefined }
  | { readonly dataset: Dataset };

/** Data sets that are always the same, by name. */
export type FixedData = Readonly<Record<string, () => Dataset>>;

/** The source of this name; the number of rows can be chosen where they are drawn. */
export function namedSource(where: string, came: unknown, rows: unknown, fixed: FixedData): DataSource {
  const name = oneOf(where, "data", came, [...DRAWN_NAMES, ...Object.keys(fixed)]);
  if (!Object.hasOwn(DRAWN_DATA, name)) return datasetSource(where, fixed[name](), rows);
  return { name: name as DrawnName, rows: rows === undefined ? undefined : rowCount(where, rows) };
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
