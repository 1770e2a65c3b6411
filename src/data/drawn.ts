import type { Dataset } from "./dataset.js";
import { xor } from "./gates.js";
import { circles, clouds, gaussians, spirals } from "./playground.js";

/** The data sets that are drawn anew from a seed, by name: what a study draws for every trial. */
const DRAWN_DATA = { xor, clouds, circles, gaussians, spirals } as const satisfies Record<
  string,
  (options: { rows?: number; seed?: number }) => Dataset
>;

export type DataName = keyof typeof DRAWN_DATA;
export const DATA_NAMES = Object.keys(DRAWN_DATA) as DataName[];

/** Where a trial's data come from: drawn by name anew for every trial, or a data set that is the same for all. */
export type DataSource =
  | { readonly name: DataName; readonly rows: number | undefined }
  | { readonly dataset: Dataset };

/** The data of one trial, from the trial's seed. */
export function drawData(source: DataSource, seed: number): Dataset {
  if ("dataset" in source) return source.dataset;
  const draw = DRAWN_DATA[source.name];
  return source.rows === undefined ? draw({ seed }) : draw({ rows: source.rows, seed });
}
