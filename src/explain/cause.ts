import { judgedRows } from "../data/dataset.js";
import { rightAnswers } from "../verdict/outcome.js";
import type { Ended, Facts, InsideFacts } from "./facts.js";
import { NO_PULL } from "./gradient.js";
import { drawsOneLine, separableByLine } from "./separable.js";

/**
 * Why a run is where it is. Each cause has one exact test; the first that holds, in this order, is the cause.
 *
 * - "diverged": the loss stopped being finite.
 * - "stopped": the run was ended before its last epoch.
 * - "solved": the judged rows are right, to the share that was asked for.
 * - "contradictory-data": the same inputs stand in the data with targets on both sides of ½, and the network is right
 *   on all rows on which one can be. *
 * - "cannot-represent": every network of this structure can only draw one straight line (a plane, …) between the
 *   classes, and no line separates them. *
 * - "dead-units": hidden units are dead on all data, for good since their gradient is exactly zero; nothing gets
 *   through any more, or what is left can only draw one line, and none separates the classes. *
 * - "no-slope": though rows are wrong, none pulls at the weights: the rows' own gradients are no longer than 0.001, root
 *   mean square. A saturated output, answers that the log loss clips, saturated layers.
 * - "dead-inputs": unlike inputs on which all units of a layer are off (saturated units: without slope), and that get the
 *   same answer and pull at no weight below; and the loss is at most 0.02, or a tenth, above the floor of the ties, and
 *   at most 0.02 below.
 * - "too-large-steps": the loss changed by more than 10 % an epoch in the last quarter, without falling.
 * - "still-learning": the loss fell by more than 2 % within the last quarter, or there were too few epochs to tell.
 * - "one-line": in its present state (units that do not bend, constant ones, copies) the network can only draw one line,
 *   and none separates the classes; training might change that.
 * - "saddle": the gradient is nearly zero, and there is a direction in which the loss bends down, by more than the slope
 *   brings over the same distance.
 * - "tied": unlike inputs share an answer, and the loss is as near to the floor of these ties; the gradient is nearly
 *   zero, or the loss does not fall.
 * - "minimum": the gradient is nearly zero, no direction bends down (in networks of up to 80 weights; others are not
 *   examined), and the loss fell by no more than 0.5 % within the last quarter.
 * - "plateau": the loss still falls, by no more than 2 % within the last quarter.
 * - "noise": none of these: there is a slope, yet the loss neither falls nor bounces; what steps gain, other steps undo.
 * - "unknown": the model's inside is not known, and none of the tests that need no inside holds.
 *
 * The causes with * are proofs: no training on from here, with a fresh optimizer, can solve the data.
 */
export type Cause =
  | "diverged"
  | "stopped"
  | "solved"
  | "contradictory-data"
  | "cannot-represent"
  | "dead-units"
  | "no-slope"
  | "dead-inputs"
  | "too-large-steps"
  | "still-learning"
  | "one-line"
  | "saddle"
  | "tied"
  | "minimum"
  | "plateau"
  | "noise"
  | "unknown";

/** The causes from which, provably, no training on leads to a solution. */
export const PROVEN: ReadonlySet<Cause> = new Set(["contradictory-data", "cannot-represent", "dead-units"]);

/** A loss that falls by more than this share within the last quarter has not settled. */
const SETTLED = 0.005;

/** The cause, from the facts alone. */
export function causeOf(ended: Ended, facts: Facts): Cause {
  if (ended.status !== "completed") return ended.status;
  if (ended.solved) return "solved";
  if (!facts.possible && allPossible(ended, facts)) return "contradictory-data";
  return (
    (facts.inside && shapeCause(ended, facts.inside)) ??
    (facts.inside && pullCause(facts, facts.inside)) ??
    courseCause(facts) ??
    (facts.inside && restCause(ended, facts, facts.inside)) ??
    (stillFalls(facts) ? "plateau" : tied(facts) ? "tied" : facts.inside ? "noise" : "unknown")
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

/** What follows from the rows' pulls at the weights. */
function pullCause(facts: Facts, { gradient }: InsideFacts): Cause | undefined {
  if (gradient.rowNorm <= NO_PULL) return "no-slope";
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

function stillFalls({ course }: Facts): boolean {
  return course?.word === "falling" || course?.word === "slow";
}

/** What the state says of a loss that does not move much. */
function restCause(ended: Ended, facts: Facts, inside: InsideFacts): Cause | undefined {
  const { working, gradient, curvature } = inside;
  if (working.oneLine && mustBeAllRight(ended) && separableByLine(judgedRows(ended.data)) === false)
    return "one-line";
  if (gradient.size === "not zero") return undefined;
  if (curvature?.bendsDown && curvature.outweighsSlope) return "saddle";
  if (tied(facts)) return "tied";
  const falls = stillFalls(facts) && (facts.course?.fell ?? 0) > SETTLED;
  return falls || curvature?.bendsDown ? undefined : "minimum";
}

/** Whether unlike inputs share an answer, and that is what the loss is made of. */
function tied({ ties, atFloor }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.unlikeInputs);
}

/** Whether every answer is right that can be. */
function allPossible({ data, predict }: Ended, { mostRight }: Facts): boolean {
  const judged = judgedRows(data);
  return rightAnswers(predict(judged.inputs), judged.targets) === mostRight;
}

/** Whether one wrong row is one too many. */
function mustBeAllRight({ data, settings }: Ended): boolean {
  const { rows } = judgedRows(data);
  return (rows - 1) / rows < settings.solvedAccuracy;
}
