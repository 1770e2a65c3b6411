/**
 * The types that the signatures of data, training and studies name: each entry exports them, so that anybody can write them
 * down. test/whole/publicTypes.test.ts holds that none is missing.
 */
export type { CurveOptions, SineOptions } from "./data/curves.js";
export type { Dataset } from "./data/dataset.js";
export type { DrawnName } from "./data/drawn.js";
export type { DataName } from "./data/fixed.js";
export type { Gate } from "./data/gates.js";
export type { DatasetOptions, Targets } from "./data/ownData.js";
export type { CloudOptions } from "./data/playground.js";
export type { ColumnScale, ScaleMethod, Scaling } from "./data/scaling.js";
export type { SplitOptions } from "./data/split.js";
export type { Task } from "./data/task.js";
export type { Activation, LayerActivation } from "./engine/functions.js";
export type { InitializerName, InitializerSettings } from "./engine/initializers.js";
export type { Loss } from "./engine/losses.js";
export type { Layer as NetworkLayer, LayerWeights, Network } from "./engine/network.js";
export type { OptimizerName, OptimizerSettings } from "./engine/optimizers.js";
export type { Moment } from "./engine/trial.js";
export type { KernelRegularizerOption, NetworkOptions } from "./settings/network.js";
export type {
  AdagradOption,
  AdamOption,
  ConstantInitializerOption,
  InitializerOption,
  NormalInitializerOption,
  OptimizerOption,
  PlainInitializerOption,
  RmspropOption,
  SgdOption,
  UniformInitializerOption,
} from "./settings/optimizers.js";
export type { TrainOptions, TrainSettings } from "./settings/training.js";
export type { EpochsToSolve, FloorCount, Outcome, OutcomeSummary, TrialStatus } from "./study/outcomes.js";
export type { GivenSetting, OneOrMore, StudyAxes, StudyOptions } from "./study/settings.js";
export type { Answer, History, NetworkRun, RunStatus } from "./train/networkRun.js";
export type { Criterion, Ending } from "./verdict/outcome.js";
