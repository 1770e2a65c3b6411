import type { Dataset } from "./dataset.js";
import { digits } from "./digits.js";
import { DRAWN_NAMES, type DrawnName } from "./drawn.js";
import { encoder } from "./gates.js";
import { iris } from "./iris.js";

/** The data sets that a study knows by name and that are the same for all trials. */
export const FIXED_DATA = { iris, digits, encoder } as const satisfies Record<string, () => Dataset>;

/** The name of a data set that a study knows. */
export type DataName = DrawnName | keyof typeof FIXED_DATA;

/** All names of data that a study knows. */
export const DATA_NAMES = [...DRAWN_NAMES, ...Object.keys(FIXED_DATA)] as DataName[];
