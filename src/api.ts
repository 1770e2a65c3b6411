/** The public API, the same on Node (index.ts) and in a page (page.ts). */

// data
export { moons, sine } from "./data/curves.js";
export { digits } from "./data/digits.js";
export { encoder, parity, truthTable, xor } from "./data/gates.js";
export { type IrisOptions, iris } from "./data/iris.js";
export { dataset } from "./data/ownData.js";
export { circles, clouds, gaussians, spirals } from "./data/playground.js";
export { readTable, type TableOptions } from "./data/readTable.js";
export { split } from "./data/split.js";
// explanation
export type { Cause } from "./explain/cause.js";
export type { Diagnosis } from "./explain/diagnosis.js";
export { type ExplainModelOptions, type ExplainOptions, explain } from "./explain/explain.js";
// figures
export type { Figure, PlotlyFigure } from "./figures/figure.js";
/** What can be drawn: functions from results to Plotly figures. */
export * as figures from "./figures/index.js";
export type { FigurePageOptions } from "./figures/page.js";
// interaction
export type { ChoiceOption, ControlOption, NumberOption } from "./interact/controls.js";
export { type Interaction, interact } from "./interact/interact.js";
// models and runs
export { mlp } from "./model/mlp.js";
export {
  type Layer,
  type LayersModel,
  type Optimizer,
  type Scalar,
  type Sequential,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type TensorFlow,
  tf,
  type Variable,
} from "./model/tensorflow.js";
export { type Showable, type Shown, type ShowOptions, show } from "./show/show.js";
export { type MergeOptions, mergeStudies, studyPart } from "./study/parts/merge.js";
export type { Study, StudyTrial } from "./study/result.js";
export { study } from "./study/study.js";
export type { StudyRow } from "./study/table.js";
export type { Run } from "./train/run.js";
export { train } from "./train/train.js";
// the types that these name
export type * from "./types.js";
