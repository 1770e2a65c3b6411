/** The public API: everything a notebook or a program imports from "xorlab". */

// data
export { type Dataset, dataset } from "./data/dataset.js";
export { type CloudOptions, circles, clouds, gaussians, spirals } from "./data/playground.js";
export { type Gate, parity, truthTable, xor } from "./data/xor.js";
