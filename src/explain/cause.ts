import { judgedRows } from "../data/dataset.js";
import { groupsByKey, rowKey, unlike } from "../data/rows.js";
import { hasGrown } from "../verdict/course.js";
import { constantAnswer } from "../verdict/floors.js";
import { isRight, mostAlike, SOLVED_R2 } from "../verdict/outcome.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts.js";
import { BALANCED, commonPart, isPenalized, NO_GRADIENT, passedBack } from "./gradient.js";
import type { InsideFacts } from "./inside.js";
import { overshoots, SHORT_GROWTH, SHORT_WAY } from "./steps.js";
import { noLine } from "./structure.js";

/**
 * Why a run ended as it did. Each cause has one exact test; the first that holds, in this order, is the cause.
 *
 * - "diverged": the loss, or a weight, stopped being finite.
 * - "stopped": the run was ended before its last epoch.
 * - "solved": the judged rows meet the criterion.
 * - "contradictory-data": no answers could be good enough, since the same inputs stand in the data with different targets;
 *   and the network is right on all rows on which one can be. *
 * - "constant-loss": the loss is the same for every answer: categorical cross-entropy over a single output. *
 * - "output-range": no answers that the output's activation can give are good enough: a softmax over one unit is always 1,
 *   a sigmoid stays between 0 and 1. *
 * - "no-bias": the network has no biases, so that what it answers to inputs of zero (or to two rows on one line through
 *   zero) follows from its structure, and is wrong. *
 * - "cannot-represent": every network of this structure can only draw one straight line (a plane, …) between the
 *   classes, and no line separates them; or it is a linear function, and the best of these is not good enough. *
 * - "dead-units": hidden units are dead on all data, for good since their gradient is exactly zero; no signal passes
 *   any more, or what is left can only draw one line, and none separates the classes. *
 * - "dead-output": an output unit (ReLU) is off on all data: it always answers 0, and has no slope. (*)
 * - "identical-units": hidden units have exactly the same weights and stay the same, and all units of a layer are so, or
 *   as many as are different can only draw one line, and none separates the classes. (*)
 * - "dropout-noise": the model has dropout, and its loss does not fall by more than 2 % within the last quarter.
 * - "no-view": the inside of the model is not known, and its loss does not fall by more than 2 % within the last quarter.
 * - "overfitting": the rows of the training meet the criterion; the judged ones do not.
 * - "wrong-loss": a cross-entropy clips answers on the wrong side of 0 to 1, where it has no slope.
 * - "input-scale": a number (see scale.ts) shows that steps, or slopes of the first layer, do not fit the size of the
 *   inputs, while they would fit inputs of mean 0 and deviation 1; and the loss does not fall by more than 2 %.
 * - "target-scale": the same of the targets of a regression.
 * - "too-large-steps": the loss oscillates (it changed by more than 10 % an epoch in the last quarter, without falling), or it
 *   rose from its first epoch to its last; or it does not fall, and the learning rate is above what the curvature (SGD) or
 *   the size of the initial weights (other optimizers) allows.
 * - "no-slope": though rows are wrong, none has a gradient to speak of: the rows' own gradients are no longer than 0.001,
 *   root mean square. A saturated output, saturated layers.
 * - "dead-inputs": inputs with different targets on which all units of a layer are off (saturated units: their slope is
 *   zero), so that they get the same answer and no weight below gets a gradient from them; and the loss is at most 0.02,
 *   or a tenth, above the floor of the ties, and at most 0.02 below.
 * - "small-start": the weights of all hidden layers were, and still are, less than a quarter of what Glorot draws.
 * - "still-learning": the loss fell by more than 2 % within the last quarter, or there were too few epochs to tell.
 * - "too-little-training": the loss does not rise, no weight moved by more than 1.5, the network is not at a minimum, and
 *   the steps were too few: together at most 5 (RMSprop, Adam, Adagrad), or (SGD) a deviation in the direction in which
 *   the loss curves down grows by less than e⁵ in them.
 * - "regularized": the penalty's gradient cancels the data's: with it the gradient is at most a tenth as long as without.
 * - "imbalance": all answers are the largest class, at least two thirds of the rows, and the loss is no less than 0.8 of the
 *   best constant answer's.
 * - "overlapping-classes": the nearest rows of each row do not tell its class (their vote is right on at most 95 %), and the
 *   network is right on as many of the training's rows as they, or misses no more than 2 % of the rows more.
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
 * - "noise": none of these; the loss does not fall, for what some steps gain, others undo.
 *
 * The causes with * are proofs: no training on from here, with a fresh optimizer, can solve the data. Those with (*) are
 * under conditions: see isProven().
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
  ["contradictory-data", (facts) => !facts.possible && allPossible(facts)],
  ["constant-loss", (_, ended) => isConstantLoss(ended)],
  ["output-range", ({ structure }) => structure?.range?.tooNarrow === true],
  ["no-bias", ({ structure }) => structure?.fixed !== undefined],
  ["cannot-represent", (facts, ended) => cannotRepresent(facts, ended)],
  ["identical-units", inside(identicalUnits)],
  ["input-scale", (facts, ended) => facts.misfit?.of === "inputs" && settled(facts, ended)],
  ["target-scale", targetScale],
  ["too-large-steps", (facts, ended) => facts.steps?.large === true && settled(facts, ended)],
  ["dead-units", inside(deadUnits)],
  ["dead-output", inside(deadOutput)],
  ["dropout-noise", (facts, ended) => ended.dropout !== undefined && settled(facts, ended)],
  ["no-view", (facts, ended) => facts.inside === undefined && settled(facts, ended)],
  ["overfitting", ({ trainingSolved }) => trainingSolved],
  ["wrong-loss", inside(({ clipped }, facts, ended) => (clipped?.rows ?? 0) > 0 && settled(facts, ended))],
  ["regularized", inside(regularized)],
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

/** Whether the loss fell by more than 2 % within the last quarter. */
function falls({ course }: Facts): boolean {
  return course?.word === "falling";
}

/** Whether what the loss does is known, and it does not fall by more than 2 %: only then is something in its way. */
function settled({ course }: Pick<Facts, "course">, { losses, elsewhere }: Ended): boolean {
  if (course === undefined) return elsewhere === true || hasGrown(losses);
  return course.word !== "falling";
}

function movesDown({ course }: Facts): boolean {
  return course?.word === "falling" || course?.word === "slow";
}

/** Whether every row is right whose inputs do not contradict themselves; of R² and losses, whether they are near the best. */
function allPossible({ judgement, judged: { rows, answers } }: Facts): boolean {
  const { by, reached, best } = judgement;
  if (by === "R²") return best - reached <= NEAR_BEST;
  if (by === "loss") return reached - best <= NEAR_BEST;
  const keys = Array.from({ length: rows.rows }, (_, row) => rowKey(rows, row));
  const alone = groupsByKey(keys).filter((group) => !unlike(group, rows));
  return alone.flat().every((row) => isRight(answers, row, rows));
}
const NEAR_BEST = 0.02;

/** Divided by their sum, the answers of one output are always 1, whatever they are. */
function isConstantLoss(ended: Ended): boolean {
  const { data, settings } = ended;
  return settings.loss === "categoricalCrossentropy" && data.outputs === 1 && !penalized(ended);
}

function penalized({ network }: Ended): boolean {
  return network !== undefined && isPenalized(network);
}

function cannotRepresent({ structure, judgement }: Facts, ended: Ended): boolean {
  if (structure?.oneLine && noLine(ended, structure)) return true;
  const { linearR2 = 1 } = structure ?? {};
  return judgement.by === "R²" && linearR2 < judgement.asked;
}

/** A penalty could bring dead units back: it makes their weights smaller. */
function deadUnits({ working }: InsideFacts, { structure }: Facts, ended: Ended): boolean {
  if (penalized(ended)) return false;
  if (working.deadLayer !== undefined) return constantFails(ended);
  return working.oneLineForGood && noLine(ended, structure);
}

/** Whether the best constant answer is not good enough. */
function constantFails({ data, settings }: Ended): boolean {
  const judged = judgedRows(data);
  const { solvedLoss, solvedR2 = SOLVED_R2, solvedAccuracy, loss } = settings;
  if (solvedLoss !== undefined) return constantAnswer(judged, loss).loss > solvedLoss;
  return judged.task === "regression" ? solvedR2 > 0 : mostAlike(judged) / judged.rows < solvedAccuracy;
}

/** Rows without a gradient, since the output is off, that make up the loss. */
const MOST_OF_LOSS = 0.9;

function deadOutput({ output }: InsideFacts, facts: Facts): boolean {
  if (!output) return false;
  return output.dead.length > 0 || (output.lossShare >= MOST_OF_LOSS && !falls(facts));
}

/** Targets so far away that steps do not reach them can be a long way off while the loss falls. */
function targetScale({ misfit, course }: Facts, ended: Ended): boolean {
  return misfit?.of === "targets" && (misfit.what === "far" || settled({ course }, ended));
}

/** All units of a layer are the same, or so many that what is left can only draw one line. */
function identicalUnits(
  { different, units, differentDrawOneLine }: InsideFacts,
  { structure }: Facts,
  ended: Ended,
) {
  const alike = units.map((layer, l) => different[l] < layer.length);
  if (alike.every((some) => !some)) return false;
  return (
    alike.some((some, l) => some && different[l] === 1) || (differentDrawOneLine && noLine(ended, structure))
  );
}

function lossShowsLargeSteps({ course, steps, inside }: Facts, ended: Ended): boolean {
  if (course?.word === "oscillating" || course?.word === "rising" || hasGrown(ended.losses)) return true;
  if (!steps || course === undefined || course.word === "falling") return false;
  return (
    steps.large ||
    (course.word === "flat" && inside !== undefined && overshoots(steps, inside.gradient, ended))
  );
}

/** Of optimizers whose steps are about as long as the learning rate; near a saddle as far as the original script goes. */
const SHORT_REACH = 5;
const LONG_REACH = 25;

function tooLittleTraining({ gradient, curvature }: InsideFacts, { steps, course }: Facts): boolean {
  if (!steps || !course || course.word === "rising" || course.word === "oscillating") return false;
  if (steps.moved > SHORT_WAY || gradient.size === "zero") return false;
  const most = curvature?.curvesDown ? LONG_REACH : SHORT_REACH;
  if (steps.reach !== undefined && steps.reach > most) return false;
  if (gradient.size === "not small" || !curvature) return true;
  if (!curvature.curvesDown) return course.word === "slow";
  return steps.time === undefined || -curvature.least * steps.time < SHORT_GROWTH;
}

/** A penalty that has made the weights this much smaller has them in its hand. */
const SHRUNK = 0.25;

function regularized({ gradient }: InsideFacts, facts: Facts, ended: Ended): boolean {
  const { norm, dataNorm } = gradient;
  if (dataNorm === undefined || !settled(facts, ended)) return false;
  const { startSize = 0, endSize = 1 } = facts.steps ?? {};
  return norm < BALANCED * dataNorm || endSize < SHRUNK * startSize;
}

function deadInputs({ atFloor, ties }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.offLayer !== undefined && tie.unlikeInputs);
}

const VANISHED = 0.01;
const NOTHING_LEARNED = 0.9;

function vanishingGradient({ gradient, units }: InsideFacts, facts: Facts, ended: Ended): boolean {
  const { now, constant } = facts.loss;
  const deep = units.length >= 2 && passedBack(gradient) < VANISHED;
  return deep && now >= NOTHING_LEARNED * constant && settled(facts, ended);
}

const LARGE_CLASS = 0.8;
const NEAR_CONSTANT = 0.8;

function imbalance({ classes, loss }: Facts): boolean {
  if (!classes?.allLargest) return false;
  const all = classes.wanted.reduce((sum, count) => sum + count, 0);
  return classes.wanted[classes.largest] >= LARGE_CLASS * all && loss.now >= NEAR_CONSTANT * loss.constant;
}

const OVERLAP = 0.95;
const AS_GOOD = 0.02;
const CHANCE = 0.1;

function overlappingClasses({ neighbours }: Facts): boolean {
  if (!neighbours) return false;
  const { rows, right, largest, networkRight } = neighbours;
  const [vote, most] = [right / rows, largest / rows];
  return vote <= OVERLAP && vote >= most - CHANCE && networkRight >= vote - AS_GOOD;
}

/** A loss that falls by more than this share within the last quarter is not at a minimum. */
const AT_REST = 0.005;

function minimum({ gradient, curvature }: InsideFacts, facts: Facts): boolean {
  const moves = facts.course?.word === "rising" || (movesDown(facts) && (facts.course?.fell ?? 0) > AT_REST);
  return gradient.size !== "not small" && !curvature?.curvesDown && !moves;
}

/** Whether inputs with different targets share an answer, and that is what the loss is made of. */
function tied({ ties, atFloor }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.unlikeInputs);
}
