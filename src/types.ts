/** The types that the public API names besides those of its own functions and results: parts of options and of facts. */

// data
export type { DataName } from "./data/drawn.js";
export type { Targets } from "./data/ownData.js";
export type { ColumnScale, ScaleMethod, Scaling } from "./data/scaling.js";
export type { Task } from "./data/task.js";
// networks and training
export type { Activation, LayerActivation } from "./engine/functions.js";
export type { InitializerName } from "./engine/initializers.js";
export type { Loss } from "./engine/losses.js";
export type { Layer as NetworkLayer, LayerWeights, Network } from "./engine/network.js";
export type { OptimizerName, OptimizerSettings } from "./engine/optimizers.js";
// explanations
export type { AnsweredRow } from "./explain/diagnosis.js";
export type { ClassFacts } from "./explain/facts/classes.js";
export type { Curvature } from "./explain/facts/curvature.js";
export type { LossFacts, Tie } from "./explain/facts/facts.js";
export type { GradientFacts } from "./explain/facts/gradient.js";
export type { Working } from "./explain/facts/inside.js";
export type { Judgement } from "./explain/facts/judgement.js";
export type { Misfit } from "./explain/facts/scale.js";
export type { StepFacts } from "./explain/facts/steps.js";
export type { UnitState } from "./explain/facts/units.js";
export type { Tried } from "./explain/trying/attempt.js";
export type { RemedyName } from "./explain/trying/remedy.js";
export type { Pushed, TriedRemedy } from "./explain/trying/trying.js";
// figures and controls
export type { HiddenSpaceOptions } from "./figures/hiddenSpace/hiddenSpace.js";
export type { ShownOptions } from "./figures/parts/rows.js";
export type { ValueOf } from "./interact/controls.js";
export type { Column } from "./numbers/columns.js";
export type { KernelRegularizerOption } from "./settings/network.js";
export type {
  AdagradOption,
  AdamOption,
  ConstantInitializerOption,
  NormalInitializerOption,
  PlainInitializerOption,
  RmspropOption,
  SgdOption,
  UniformInitializerOption,
} from "./settings/optimizers.js";
export type { TrainSettings } from "./settings/training.js";
// studies
export type { EpochsToSolve, FloorCount, TrialStatus } from "./study/outcomes.js";
export type { GivenSetting, OneOrMore } from "./study/settings.js";
export type { Course } from "./verdict/course.js";
export type { Criterion, Ending } from "./verdict/outcome.js";
