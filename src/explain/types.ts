/** The types of what explain() computes: the fields of a Diagnosis, which the documentation of each explains. */

export type { Start } from "../model/start.js";
export type { Column } from "../numbers/columns.js";
export type { Course } from "../verdict/course.js";
export type { TiedRows } from "../verdict/ties.js";
export type { Cause } from "./cause.js";
export type { Answer, Diagnosis } from "./diagnosis.js";
export type { Ended } from "./ended.js";
export type { ClassFacts } from "./facts/classes.js";
export type { Curvature } from "./facts/curvature.js";
export type { Facts, LossFacts, RowFacts, Tie } from "./facts/facts.js";
export type { FixedAnswers } from "./facts/fixedAnswers.js";
export type { GradientFacts } from "./facts/gradient.js";
export type { InsideFacts, Working } from "./facts/inside.js";
export type { Judgement } from "./facts/judgement.js";
export type { NeighbourFacts } from "./facts/neighbours.js";
export type { ClippedFacts, DeadOutput } from "./facts/output.js";
export type { Misfit } from "./facts/scale.js";
export type { SizeFacts } from "./facts/smallStart.js";
export type { StepFacts } from "./facts/steps.js";
export type { RangeFacts, StructureFacts } from "./facts/structure.js";
export type { UnitState } from "./facts/units.js";
export type { Tried } from "./trying/attempt.js";
export type { KnownEnd, Remedy } from "./trying/remedy.js";
export type { Pushed, RemedyName, TrainedOn, TriedRemedy, Trying } from "./trying/trying.js";
