/** The public API: everything a notebook or a program imports from "xorlab". */

// data
export { type Dataset, dataset } from "./data/dataset.js";
export { type Gate, parity, truthTable, xor } from "./data/gates.js";
export { type CloudOptions, circles, clouds, gaussians, spirals } from "./data/playground.js";
// explanation
export type { Cause } from "./explain/cause.js";
export type { Diagnosis, ExplainOptions } from "./explain/explain.js";
// figures
export type { Figure } from "./figures/figure.js";
// models and runs
export { mlp } from "./model/mlp.js";
export type {
  Layer,
  LayersModel,
  Optimizer,
  Scalar,
  Sequential,
  Tensor,
  Tensor1D,
  Tensor2D,
  TensorFlow,
  Variable,
} from "./model/tensorflow.js";
export { explain } from "./node/explain.js";
export { figures } from "./node/figures.js";
export { type Shown, show } from "./node/show.js";
export { tf } from "./node/tensorflow/backend.js";
export { study, train } from "./node/work.js";
export type { NetworkOptions } from "./settings/network.js";
export type { InitializerOption, OptimizerOption } from "./settings/optimizers.js";
export type { TrainOptions } from "./settings/training.js";
export type { Study, StudyTrial } from "./study/result.js";
export type { StudyOptions } from "./study/settings.js";
export type { StudyRow } from "./study/table.js";
export type { History, Run, RunStatus } from "./train/run.js";
