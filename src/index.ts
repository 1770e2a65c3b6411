/** The public API: everything a notebook or a program imports from "xorlab". */

// data
export { type Dataset, dataset } from "./data/dataset.js";
export { type CloudOptions, circles, clouds, gaussians, spirals } from "./data/playground.js";
export { type Gate, parity, truthTable, xor } from "./data/xor.js";
// explanation
export type { Cause } from "./explain/cause.js";
export type { Diagnosis } from "./explain/diagnosis.js";
export type { ExplainOptions } from "./explain/explain.js";
// figures
export type { Figure } from "./figures/figure.js";
// models and runs
export { mlp } from "./model/mlp.js";
export type { Layer } from "./model/tensorflow/layer.js";
export type { LayersModel, Model, Sequential } from "./model/tensorflow/model.js";
export type { Optimizer } from "./model/tensorflow/optimizer.js";
export type { AnyTensor, Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "./model/tensorflow/tensor.js";
export type { TensorFlow } from "./model/tensorflow/tensorflow.js";
export { tf } from "./model/tf.js";
export { explain } from "./notebook/explain.js";
export { figures } from "./notebook/figures.js";
export { type Shown, show } from "./notebook/show.js";
export { study, train } from "./notebook/work.js";
export type { History, Run, RunStatus } from "./run.js";
export type { NetworkOptions } from "./settings/network.js";
export type { InitializerOption, OptimizerOption } from "./settings/options.js";
export type { TrainOptions } from "./settings/training.js";
export type { Study, StudyTrial } from "./study/result.js";
export type { StudyOptions } from "./study/settings.js";
export type { StudyRow } from "./study/table.js";
