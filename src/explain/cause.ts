import { judgedRows } from "../data/dataset.js";
import { groupsByKey, rowKey, unlike } from "../data/rows.js";
import { isRight } from "../verdict/outcome.js";
import type { Ended, Facts, InsideFacts } from "./facts.js";
import { NO_GRADIENT } from "./gradient.js";
import { drawsOneLine, separableByLine } from "./separable.js";

/**
 * Why a run ended as it did. Each cause has one exact test; the first that holds, in this order, is the cause.
 *
 * - "diverged": the loss, or a weight, stopped being finite.
 * - "stopped": the run was ended before its last epoch.
 * - "solved": the judged rows are right, to the share that was asked for.
 * - "contradictory-data": the same inputs stand in the data with targets on both sides of the threshold, and the network
 *   is right on all rows on which one can be. *
 * - "constant-loss": the loss is the same for every answer: categorical cross-entropy over a single output. *
 * - "output-range": no answer that the output's activation can give is right enough on enough rows: a softmax over one
 *   unit is always 1, a sigmoid stays between 0 and 1. *
 * - "no-bias": the network has no biases, so that what it answers to inputs of zero (or to two rows on one line through
 *   zero) follows from its structure, and is wrong. *
 * - "cannot-represent": every network of this structure can only draw one straight line (a plane, …) between the
 *   classes, and no line separates them; or it is a linear function, and the best of these is not good enough. *
 * - "dead-units": hidden units are dead on all data, for good since their gradient is exactly zero; no signal passes
 *   any more, or what is left can only draw one line, and none separates the classes. *
 * - "dead-output": every output unit is off on all data, so that no weight has a gradient. *
 * - "identical-units": hidden units started with exactly the same weights and stay the same; as many as are different
 *   can only draw one line, and none separates the classes. *
 * - "dead-output-unit": one of several output units is off on all data, or the only one is, though not for good.
 * - "wrong-loss": on wrong rows the answer lies outside of 0 to 1, where cross-entropy is clipped and has no slope.
 * - "dropout-noise": the model has dropout, and its loss does not fall.
 * - "no-view": the inside of the model is not known, and the loss does not fall.
 * - "input-scale": the inputs are so large, or so small, that the steps (or the slopes of the first layer) do not fit
 *   them, while they would fit inputs of mean 0 and deviation 1.
 * - "target-scale": the targets of a regression are so large that the weights cannot get there by so many steps of this
 *   size, or the steps are too large because of them.
 * - "too-large-steps": the loss oscillates, or grew; or the steps are larger than the curvature (SGD) or the initial
 *   weights (other optimizers) allow, and the loss does not fall.
 * - "no-slope": though rows are wrong, none has a gradient to speak of: the rows' own gradients are no longer than 0.001,
 *   root mean square. A saturated output, answers that the log loss clips, saturated layers.
 * - "dead-inputs": inputs with different targets on which all units of a layer are off (saturated units: their slope is
 *   zero), so that they get the same answer and no weight below gets a gradient from them; and the loss is at most 0.02,
 *   or a tenth, above the floor of the ties, and at most 0.02 below.
 * - "small-start": the initial weights were so small that all units are nearly linear and nearly alike, and they still
 *   are.
 * - "still-learning": the loss fell by more than 2 % within the last quarter, or there were too few epochs to tell.
 * - "too-little-training": the steps that were made, taken together, are too short to have left the start, or a saddle.
 * - "regularized": the penalty's gradient cancels that of the data.
 * - "overfitting": the rows of the training are right, to the share that was asked for; the judged ones are not.
 * - "imbalance": all answers are in one class, the largest, and the loss is that of the best constant answer.
 * - "overlapping-classes": rows of different classes lie among each other; the network has as many right as a vote of
 *   the nearest rows.
 * - "one-line": in its present state (units that are linear, constant, or copies of others) the network can only draw one
 *   line, and none separates the classes; training might change that.
 * - "saddle": the gradient is small, and there is a direction in which the loss curves down, by more than the slope brings
 *   over the same distance.
 * - "tied": inputs with different targets share an answer, and the loss is as near to the floor of these ties; the
 *   gradient is small, or the loss does not fall.
 * - "minimum": the gradient is small, the loss curves down in no direction (in networks of up to 80 weights; others are
 *   not examined), and it neither rose nor fell by more than 0.5 % within the last quarter.
 * - "plateau": the loss still falls, by no more than 2 % within the last quarter.
 * - "unfinished": of a model trained elsewhere: the gradient is not small, so that training on would lower the loss.
 * - "noise": none of these; the loss does not fall, for what some steps gain, others undo.
 *
 * The causes with * are proofs: no training on from here, with a fresh optimizer, can solve the data.
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
  | "dead-output-unit"
  | "wrong-loss"
  | "dropout-noise"
  | "no-view"
  | "input-scale"
  | "target-scale"
  | "too-large-steps"
  | "no-slope"
  | "dead-inputs"
  | "small-start"
  | "still-learning"
  | "too-little-training"
  | "regularized"
  | "overfitting"
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
  "dead-output",
  "identical-units",
]);

/** A loss that falls by more than this share within the last quarter is not at a minimum. */
const AT_REST = 0.005;

/** The cause, from the facts alone. */
export function causeOf(ended: Ended, facts: Facts): Cause {
  if (ended.ending !== "unsolved") return ended.ending;
  if (!facts.possible && allPossible(facts)) return "contradictory-data";
  return (
    (facts.inside && shapeCause(ended, facts.inside)) ??
    (facts.inside && gradientCause(facts, facts.inside)) ??
    courseCause(facts) ??
    (facts.inside && stateCause(ended, facts, facts.inside)) ??
    (isFalling(facts) ? "plateau" : tied(facts) ? "tied" : facts.inside ? "noise" : "unknown")
  );
}

/** What follows from the network's structure and its dead units. */
function shapeCause(ended: Ended, { working }: InsideFacts): Cause | undefined {
  const network = ended.network;
  if (!network || !mustBeAllRight(ended)) return undefined;
  const oneLineOnly = drawsOneLine(network);
  if (!oneLineOnly && !working.oneLineForGood) return undefined;
  if (working.deadLayer === undefined && separableByLine(judgedRows(ended.data)) !== false) return undefined;
  if (oneLineOnly && separableByLine(judgedRows(ended.data)) === false) return "cannot-represent";
  return "dead-units";
}

/** What follows from the gradients of single rows. */
function gradientCause(facts: Facts, { gradient }: InsideFacts): Cause | undefined {
  if (gradient.rowNorm <= NO_GRADIENT) return "no-slope";
  if (facts.ties.some((tie) => tie.offLayer !== undefined && tie.unlikeInputs) && facts.atFloor)
    return "dead-inputs";
  return undefined;
}

/** What follows from the course of the loss. */
function courseCause({ course }: Facts): Cause | undefined {
  if (course?.word === "oscillating") return "too-large-steps";
  if (!course || course.word === "falling") return "still-learning";
  return undefined;
}

function isFalling({ course }: Facts): boolean {
  return course?.word === "falling" || course?.word === "slow";
}

/** What the state says of a loss that does not move much. */
function stateCause(ended: Ended, facts: Facts, inside: InsideFacts): Cause | undefined {
  const { working, gradient, curvature } = inside;
  if (working.oneLine && mustBeAllRight(ended) && separableByLine(judgedRows(ended.data)) === false)
    return "one-line";
  if (gradient.size === "not small") return undefined;
  if (curvature?.curvesDown && curvature.outweighsSlope) return "saddle";
  if (tied(facts)) return "tied";
  return curvature?.curvesDown || moves(facts) ? undefined : "minimum";
}

function moves(facts: Facts): boolean {
  const falls = isFalling(facts) && (facts.course?.fell ?? 0) > AT_REST;
  return falls || facts.course?.word === "rising";
}

/** Whether inputs with different targets share an answer, and that is what the loss is made of. */
function tied({ ties, atFloor }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.unlikeInputs);
}

/** Whether every row is right whose inputs do not contradict themselves. */
function allPossible({ judged: { rows, answers } }: Facts): boolean {
  const keys = Array.from({ length: rows.rows }, (_, row) => rowKey(rows, row));
  const alone = groupsByKey(keys).filter((group) => !unlike(group, rows));
  return alone.flat().every((row) => isRight(answers, row, rows));
}

/** Whether one wrong row is one too many. */
function mustBeAllRight({ data, settings }: Ended): boolean {
  const { rows } = judgedRows(data);
  return (rows - 1) / rows < settings.solvedAccuracy;
}
