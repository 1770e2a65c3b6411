/** The public API: everything a notebook or a program imports from "xorlab". */

// data
export { type Dataset, dataset } from "./data/dataset.js";
export { type CloudOptions, circles, clouds, gaussians, spirals } from "./data/playground.js";
export { type Gate, parity, truthTable, xor } from "./data/xor.js";
// figures
export type { Figure } from "./figures/figure.js";
export { figures } from "./figures/index.js";
// models and runs
export { mlp } from "./model/mlp.js";
export { tf } from "./model/tf.js";
export { type Shown, show } from "./notebook/show.js";
export { study, train } from "./notebook/work.js";
export type { History, Run, RunStatus } from "./run.js";
export type { InitializerOption, OptimizerOption } from "./settings/named.js";
export type { NetworkOptions } from "./settings/network.js";
export type { TrainOptions } from "./settings/training.js";
export type { Study, StudyTrial } from "./study/result.js";
export type { StudyOptions } from "./study/settings.js";
export type { StudyRow } from "./study/table.js";
