import {
  cannotRepresent,
  deadInputs,
  deadOutput,
  deadUnits,
  falls,
  identicalUnits,
  imbalance,
  isConstantLoss,
  lossShowsLargeSteps,
  minimum,
  movesDown,
  overlappingClasses,
  penalized,
  regularized,
  rowOrder,
  settled,
  targetScale,
  tied,
  tooLittleTraining,
  vanishingGradient,
} from "./causeTests.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts/facts.js";
import { commonPart, NO_GRADIENT } from "./facts/gradient.js";
import type { InsideFacts } from "./facts/inside.js";
import { noLine } from "./facts/structure.js";

/**
 * Why a run ended as it did. Each cause has one exact test; the first that holds, in this order, is the cause. "Settled" means
 * that the loss did not fall by more than 2 % within the last quarter of the epochs.
 *
 * - "diverged": the loss, or a weight, stopped being finite.
 * - "stopped": the run was ended before its last epoch.
 * - "solved": the judged rows meet the criterion.
 *
 * What lies in the data and in the structure:
 * - "contradictory-data": no answers could be good enough, since the same inputs stand in the data with different targets;
 *   and as many rows are right as can be (R² and losses: within 0.02 of the best). *
 * - "constant-loss": the loss is the same for every answer: categorical cross-entropy over a single output. *
 * - "output-range": no answers that the output's activation can give are good enough: a softmax over one unit is always 1,
 *   a sigmoid stays between 0 and 1. *
 * - "no-bias": the network has no biases, so that what it answers to inputs of zero (or to two rows on one line through
 *   zero) follows from its structure, and is wrong. *
 * - "cannot-represent": every network of this structure can only draw one straight line (a plane, …) between the
 *   classes, and no line separates them; or it is a linear function, and the best of these is not good enough. *
 * - "identical-units": hidden units have exactly the same weights and stay the same; all units of a layer are so, or as
 *   many as are different can only draw one line, and none separates the classes.
 *
 * What lies in the output and in the scale of things:
 * - "dead-output": an output unit (ReLU) is off on all rows of the training; or on rows where more than 0 is wanted that make
 *   up nine tenths of the loss, and the loss is settled.
 * - "wrong-loss": settled, and a cross-entropy clips answers on the wrong side of 0 to 1, where it has no slope.
 * - "input-scale": settled, and a number (see scale.ts) shows that steps, or slopes of the first layer, do not fit the size
 *   of the inputs, while they would fit inputs of mean 0 and deviation 1.
 * - "target-scale": the same of the targets of a regression; of targets too far away for so many steps not only if settled.
 * - "too-large-steps": settled, and the learning rate is too large for the curvature (SGD) or for the size of the initial
 *   weights (other optimizers), see steps.ts; further below, if only the loss shows it: it oscillates or rises within the
 *   last quarter, it rose in every epoch or to one and a half of the first epoch's; or it is flat although the gradient is
 *   not small, and one more step raises it, or the gradients of batches agree; or it is flat, and more than 1.2 times that of the
 *   final weights and of the best constant answer.
 *
 * What lies in the units and in the gradient:
 * - "dead-units": hidden units are dead on all data, for good since their gradient is exactly zero; no signal passes
 *   any more, or what is left can only draw one line, and none separates the classes. *
 * - "dropout-noise": settled, and the model has dropout.
 * - "no-view": settled, and the inside of the model is not known.
 * - "overfitting": the rows of the training meet the criterion; the judged ones, which are others, do not.
 * - "regularized": settled, and the penalty's gradient cancels the data's to a tenth, or the weights are less than a quarter
 *   of what they were at the start.
 * - "row-order": the rows come in the same order in every epoch, in several batches, and the loss of the final weights is
 *   more than one and a half times the mean over the last epoch.
 * - "no-slope": though rows are wrong, none has a gradient to speak of: the rows' own gradients are no longer than 0.001,
 *   root mean square. A saturated output, saturated layers.
 * - "dead-inputs": inputs with different targets on which all units of a layer are off (saturated units: their slope is
 *   zero), so that they get the same answer and no weight below gets a gradient from them; and the loss is at most 0.02,
 *   or a tenth, above the floor of the ties, and at most 0.02 below.
 * - "vanishing-gradient": settled, and with two or more hidden layers the rows' gradients of the first layer are less than a
 *   hundredth of the output's, and the loss is at least 0.9 of the best constant answer's.
 * - "small-start": settled, and the weights of all hidden layers were, and still are, less than a quarter of what Glorot draws.
 *
 * What the course of the loss and the state at its end tell:
 * - "still-learning": the loss fell by more than 2 % within the last quarter, or there were too few epochs to tell.
 * - "imbalance": at least 98 % of the answers are the largest class, that of at least four fifths of the rows, and the loss
 *   is no less than 0.8 of the best constant answer's.
 * - "overlapping-classes": a vote of the five nearest rows tells at most 95 % of the rows' classes, and at least as many as
 *   the largest class has, less a tenth of all; and the network is right on no smaller a share, but for ½/√rows.
 * - "too-little-training": no weight moved by more than 1.5, the network is not at a minimum, and the steps together come to
 *   at most 5 (RMSprop, Adam, Adagrad; 25 where the loss curves down); or, with SGD, a deviation in the direction in which
 *   the loss curves down grows by less than e⁵ in them.
 * - "one-line": in its present state (units that are linear, constant, or copies of others) the network can only draw one
 *   line, and none separates the classes; training might change that.
 * - "saddle": the gradient is small, and there is a direction in which the loss curves down, by more than the slope brings
 *   over the same distance.
 * - "tied": inputs with different targets share an answer, and the loss is as near to the floor of these ties; the
 *   gradient is small, or the loss does not fall.
 * - "minimum": the gradient is small, the loss curves down in no direction (in networks of more than 80 weights in none of
 *   the most promising), and it neither rose nor fell by more than 0.5 % within the last quarter.
 * - "plateau": the loss still falls, by no more than 2 % within the last quarter.
 * - "unfinished": of a model trained elsewhere: the gradient is not small.
 * - "noise": the part of a batch's gradient that is common to all rows is shorter than what differs from batch to batch.
 * - "unknown": none of these.
 *
 * The causes with * are proofs: no training on from here, with a fresh optimizer, can solve the data. isProven() also says so
 * where such a proof holds besides the cause.
 */
export type Cause =
  | "diverged"
  | "stopped"
  | "solved"
  | "contradictory-data"
  | "constant-loss"
  | "output-range"
  | "no-bias"
  | "cannot-represent"
  | "dead-units"
  | "dead-output"
  | "identical-units"
  | "dropout-noise"
  | "no-view"
  | "overfitting"
  | "wrong-loss"
  | "input-scale"
  | "target-scale"
  | "too-large-steps"
  | "row-order"
  | "no-slope"
  | "dead-inputs"
  | "vanishing-gradient"
  | "small-start"
  | "still-learning"
  | "too-little-training"
  | "regularized"
  | "imbalance"
  | "overlapping-classes"
  | "one-line"
  | "saddle"
  | "tied"
  | "minimum"
  | "plateau"
  | "unfinished"
  | "noise"
  | "unknown";

/** The causes from which, provably, no training on leads to a solution. */
export const PROVEN: ReadonlySet<Cause> = new Set([
  "contradictory-data",
  "constant-loss",
  "output-range",
  "no-bias",
  "cannot-represent",
  "dead-units",
]);

/** Whether it is proved that no training on from here solves the data. */
export function isProven(cause: Cause, ended: Ended, facts: Facts): boolean {
  if (cause === "solved") return false;
  if (PROVEN.has(cause) || !facts.possible) return true;
  const { inside, structure } = facts;
  if (!inside || ended.ending !== "unsolved") return false;
  return (
    deadUnits(inside, facts, ended) ||
    (inside.output?.forGood === true && !penalized(ended)) ||
    (inside.differentDrawOneLine && noLine(ended, structure))
  );
}

/** The cause, from the facts alone. */
export function causeOf(ended: Ended, facts: Facts): Cause {
  if (ended.ending !== "unsolved") return ended.ending;
  return TESTS.find(([, test]) => test(facts, ended))?.[0] ?? "unknown";
}

type Test = (facts: Facts, ended: Ended) => boolean;

/** A test of the inside; it does not hold where that is not known. */
function inside(test: (inside: InsideFacts, facts: Facts, ended: Ended) => boolean): Test {
  return (facts, ended) => facts.inside !== undefined && test(facts.inside, facts, ended);
}

const TESTS: readonly (readonly [Cause, Test])[] = [
  ["contradictory-data", ({ judgement }) => !judgement.possible && judgement.exhausted],
  ["constant-loss", (_, ended) => isConstantLoss(ended)],
  ["output-range", ({ structure }) => structure?.range?.tooNarrow === true],
  ["no-bias", ({ structure }) => structure?.fixed !== undefined],
  ["cannot-represent", (facts, ended) => cannotRepresent(facts, ended)],
  ["identical-units", inside(identicalUnits)],
  ["dead-output", inside(deadOutput)],
  ["wrong-loss", inside(({ clipped }, facts, ended) => (clipped?.rows ?? 0) > 0 && settled(facts, ended))],
  ["input-scale", (facts, ended) => facts.misfit?.of === "inputs" && settled(facts, ended)],
  ["target-scale", targetScale],
  ["too-large-steps", (facts, ended) => facts.steps?.large === true && settled(facts, ended)],
  ["dead-units", inside(deadUnits)],
  ["dropout-noise", (facts, ended) => ended.dropout !== undefined && settled(facts, ended)],
  ["no-view", (facts, ended) => facts.inside === undefined && settled(facts, ended)],
  ["overfitting", ({ trainingSolved }) => trainingSolved],
  ["regularized", inside(regularized)],
  ["row-order", rowOrder],
  ["too-large-steps", lossShowsLargeSteps],
  ["no-slope", inside(({ gradient }) => gradient.rowNorm <= NO_GRADIENT)],
  ["dead-inputs", deadInputs],
  ["vanishing-gradient", inside(vanishingGradient)],
  ["small-start", inside(({ size }, facts, ended) => size?.small === true && settled(facts, ended))],
  ["still-learning", (facts, { elsewhere }) => falls(facts) || (facts.course === undefined && !elsewhere)],
  ["imbalance", imbalance],
  ["overlapping-classes", overlappingClasses],
  ["too-little-training", inside(tooLittleTraining)],
  ["one-line", inside(({ working }, { structure }, ended) => working.oneLine && noLine(ended, structure))],
  [
    "saddle",
    inside(({ gradient, curvature }) => gradient.size !== "not small" && curvature?.outweighsSlope === true),
  ],
  ["tied", (facts) => tied(facts) && (facts.inside?.gradient.size !== "not small" || !movesDown(facts))],
  ["minimum", inside(minimum)],
  ["plateau", movesDown],
  ["unfinished", (_, { elsewhere }) => elsewhere === true],
  ["noise", inside(({ gradient }, _, ended) => commonPart(gradient, ended) < 1)],
];
