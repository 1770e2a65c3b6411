import { judgedRows } from "../data/dataset.js";
import { hasGrown } from "../verdict/course.js";
import { constantAnswer } from "../verdict/floors.js";
import { mostAlike, SOLVED_R2 } from "../verdict/outcome.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts/facts.js";
import { BALANCED, isPenalized, passedBack } from "./facts/gradient.js";
import type { InsideFacts } from "./facts/inside.js";
import { overshoots, SHORT_GROWTH, SHORT_WAY, swings } from "./facts/steps.js";
import { noLine } from "./facts/structure.js";

/** The tests of cause.ts that take more than a line. */

/** Whether the loss fell by more than 2 % within the last quarter. */
export function falls({ course }: Facts): boolean {
  return course?.word === "falling";
}

/** Whether what the loss does is known, and it does not fall by more than 2 %: only then is something in its way. */
export function settled({ course }: Pick<Facts, "course">, { losses, elsewhere }: Ended): boolean {
  if (course === undefined) return elsewhere === true || hasGrown(losses);
  return course.word !== "falling";
}

export function movesDown({ course }: Facts): boolean {
  return course?.word === "falling" || course?.word === "slow";
}

/** Divided by their sum, the answers of one output are always 1, whatever they are. */
export function isConstantLoss(ended: Ended): boolean {
  const { data, settings } = ended;
  return settings.loss === "categoricalCrossentropy" && data.outputs === 1 && !penalized(ended);
}

export function penalized({ network }: Ended): boolean {
  return network !== undefined && isPenalized(network);
}

export function cannotRepresent({ structure, judgement }: Facts, ended: Ended): boolean {
  if (structure?.oneLine && noLine(ended, structure)) return true;
  const { linearR2 = 1 } = structure ?? {};
  return judgement.by === "R²" && linearR2 < judgement.asked;
}

/** A penalty could bring dead units back: it makes their weights smaller. */
export function deadUnits({ working }: InsideFacts, { structure }: Facts, ended: Ended): boolean {
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

export function deadOutput({ output }: InsideFacts, facts: Facts): boolean {
  if (!output) return false;
  return output.dead.length > 0 || (output.lossShare >= MOST_OF_LOSS && !falls(facts));
}

/** Targets so far away that steps do not reach them can be a long way off while the loss falls. */
export function targetScale({ misfit, course }: Facts, ended: Ended): boolean {
  return misfit?.of === "targets" && (misfit.what === "far" || settled({ course }, ended));
}

/** All units of a layer are the same, or so many that what is left can only draw one line. */
export function identicalUnits(
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

export function lossShowsLargeSteps({ course, steps, inside, loss }: Facts, ended: Ended): boolean {
  if (course?.word === "oscillating" || course?.word === "rising" || hasGrown(ended.losses)) return true;
  if (!steps || course === undefined || course.word === "falling") return false;
  if (course.word === "flat" && swings(loss) && !penalized(ended)) return true;
  return (
    steps.large ||
    (course.word === "flat" && inside !== undefined && overshoots(steps, inside.gradient, ended))
  );
}

/** Final weights that are so many times worse than those on the way suit the last rows only. */
const WORSE_AT_END = 1.5;

/** Whether the last batches of every epoch undo what the first ones bring. */
export function rowOrder({ loss: { reported = Infinity, now } }: Facts, ended: Ended): boolean {
  const { settings, data } = ended;
  const sameOrder = !settings.shuffle && settings.batchSize < data.rows;
  return sameOrder && now > WORSE_AT_END * reported;
}

/** Of optimizers whose steps are about as long as the learning rate; near a saddle as far as the original script goes. */
const SHORT_REACH = 5;
const LONG_REACH = 25;

export function tooLittleTraining({ gradient, curvature }: InsideFacts, { steps, course }: Facts): boolean {
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

export function regularized({ gradient }: InsideFacts, facts: Facts, ended: Ended): boolean {
  const { norm, dataNorm } = gradient;
  if (dataNorm === undefined || !settled(facts, ended)) return false;
  const { startSize = 0, endSize = 1 } = facts.steps ?? {};
  return norm < BALANCED * dataNorm || endSize < SHRUNK * startSize;
}

export function deadInputs({ atFloor, ties }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.offLayer !== undefined && tie.unlikeInputs);
}

const VANISHED = 0.01;
const NOTHING_LEARNED = 0.9;

export function vanishingGradient({ gradient, units }: InsideFacts, facts: Facts, ended: Ended): boolean {
  const { now, constant } = facts.loss;
  const deep = units.length >= 2 && passedBack(gradient) < VANISHED;
  return deep && now >= NOTHING_LEARNED * constant && settled(facts, ended);
}

const LARGE_CLASS = 0.8;
const NEARLY_ALL = 0.98;
const NEAR_CONSTANT = 0.8;

export function imbalance({ classes, loss }: Facts): boolean {
  if (!classes) return false;
  const all = classes.wanted.reduce((sum, count) => sum + count, 0);
  const rare = classes.wanted[classes.largest] >= LARGE_CLASS * all && classes.wanted[classes.largest] < all;
  return rare && classes.forLargest >= NEARLY_ALL * all && loss.now >= NEAR_CONSTANT * loss.constant;
}

const OVERLAP = 0.95;
const CHANCE = 0.1;

export function overlappingClasses({ neighbours }: Facts): boolean {
  if (!neighbours) return false;
  const { rows, right, largest, networkRight } = neighbours;
  const [vote, most] = [right / rows, largest / rows];
  return vote <= OVERLAP && vote >= most - CHANCE && networkRight >= vote - 0.5 / Math.sqrt(rows);
}

/** A loss that falls by more than this share within the last quarter is not at a minimum. */
const AT_REST = 0.005;

export function minimum({ gradient, curvature }: InsideFacts, facts: Facts): boolean {
  const moves = facts.course?.word === "rising" || (movesDown(facts) && (facts.course?.fell ?? 0) > AT_REST);
  return gradient.size !== "not small" && !curvature?.curvesDown && !moves;
}

/** Whether inputs with different targets share an answer, and that is what the loss is made of. */
export function tied({ ties, atFloor }: Facts): boolean {
  return atFloor && ties.some((tie) => tie.unlikeInputs);
}
