import type { Dataset } from "./dataset.js";
import { xor } from "./gates.js";
import { circles, clouds, gaussians, spirals } from "./playground.js";

/** The data sets that are drawn anew from a seed, by name: what a study draws for every trial. */
export const DRAWN_DATA = { xor, clouds, circles, gaussians, spirals } as const satisfies Record<
  string,
  (options: { rows?: number; seed?: number }) => Dataset
>;

export type DataName = keyof typeof DRAWN_DATA;
export const DATA_NAMES = Object.keys(DRAWN_DATA) as DataName[];
