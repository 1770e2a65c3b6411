/** The types that the public API names besides those of its own functions and results: parts of options and of facts. */

// explanations
export type { AnsweredRow } from "./explain/diagnosis.js";
export type { ClassFacts } from "./explain/facts/classes.js";
export type { Curvature } from "./explain/facts/curvature.js";
export type { Facts, LossFacts, Tie } from "./explain/facts/facts.js";
export type { FixedAnswers } from "./explain/facts/fixedAnswers.js";
export type { GradientFacts } from "./explain/facts/gradient.js";
export type { InsideFacts, Working } from "./explain/facts/inside.js";
export type { Judgement } from "./explain/facts/judgement.js";
export type { NeighbourFacts, ScatterFacts } from "./explain/facts/neighbours.js";
export type { TurnFacts } from "./explain/facts/oneInput.js";
export type { ClippedFacts, DeadOutput } from "./explain/facts/output.js";
export type { Misfit } from "./explain/facts/scale.js";
export type { SizeFacts } from "./explain/facts/smallStart.js";
export type { StepFacts } from "./explain/facts/steps.js";
export type { LimitFacts, RangeFacts, StructureFacts } from "./explain/facts/structure.js";
export type { UnitState } from "./explain/facts/units.js";
export type { Tried } from "./explain/trying/attempt.js";
export type { RemedyName } from "./explain/trying/remedy.js";
export type { TriedRemedy, Trying } from "./explain/trying/trying.js";
// figures and controls
export type { HiddenSpaceOptions } from "./figures/hiddenSpace/hiddenSpace.js";
export type { ShownOptions } from "./figures/parts/rows.js";
export type { ValueOf } from "./interact/controls.js";
// data, networks, training and studies
export type * from "./networkTypes.js";
export type { Column } from "./numbers/columns.js";
export type { Course } from "./verdict/course.js";
export type { TiedRows } from "./verdict/ties.js";
