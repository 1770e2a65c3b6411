import { GREW, hasGrown } from "../../verdict/course.js";
import { capital, counted, outside } from "../../words/english.js";
import {
  differentTexts,
  givenText,
  lossText,
  meanText,
  percentText,
  significant,
} from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import { commonPart, type GradientFacts } from "../facts/gradient.js";
import { overshoots, type StepFacts, swings } from "../facts/steps.js";
import { scaledRows } from "../trying/remedies/rows.js";
import {
  adam,
  largerSteps,
  longer,
  SMALLER_STEPS,
  scaledForLonger,
  smallerSteps,
} from "../trying/remedies/steps.js";
import { type Entry, further, heldBack, movesDown, penalized, settled } from "./entry.js";
import { leavesOpen } from "./neighbours.js";

/** What updates do not reach, or miss, as long as they are made. */
const REACH: ReadonlySet<string> = new Set(["far", "near"]);

/** Whether the loss does not fall any more, or is above that of the best constant answer: then little was learned so far. */
function stuck(facts: Facts, ended: Ended): boolean {
  return settled(facts, ended) || facts.loss.now > facts.loss.constant;
}

/**
 * Steps are too large: settled, and the learning rate is too large for the curvature (SGD) or for the size of the initial
 * weights (other optimizers), see steps.ts. Where a penalty holds the weights, it is not the steps.
 */
export const TOO_LARGE_STEPS = {
  name: "too-large-steps",
  holds: (facts, ended) => facts.steps?.large === true && settled(facts, ended) && !heldBack(facts, ended),
  headline: ({ unsolved, facts, ended }) => {
    const numbers = largeText(facts, ended);
    const rate = significant(ended.settings.optimizer.learningRate);
    return numbers
      ? `${unsolved}. ${capital(numbers)}`
      : `${unsolved}, as happens where steps are too large (learning rate ${rate})`;
  },
  tries: SMALLER_STEPS,
} as const satisfies Entry;

/** Causes that lie in the scale of things. */
export const SCALE = [
  {
    // Settled, worse than the best constant answer, or saturated to the end, and a number (see facts/scale.ts) shows that steps,
    // or slopes of the first layer, do not fit the size of the inputs, while they would fit inputs of mean 0 and deviation 1; and
    // the network is not as good as its nearest rows tell.
    name: "input-scale",
    holds: (facts, ended) =>
      facts.misfit?.of === "inputs" &&
      (facts.misfit.lasting !== undefined || stuck(facts, ended)) &&
      !leavesOpen(facts),
    why: misscaledText,
    tries: [scaledRows, smallerSteps, adam],
  },
  {
    // The same of the targets of a regression; of targets so far away that steps do not reach them, or so near together that
    // they miss them, not only if settled.
    name: "target-scale",
    holds: (facts, ended) =>
      facts.misfit?.of === "targets" &&
      (REACH.has(facts.misfit.what) || stuck(facts, ended)) &&
      !leavesOpen(facts),
    why: misscaledText,
    tries: [scaledRows, scaledForLonger, largerSteps, longer, adam],
  },
  TOO_LARGE_STEPS,
] as const satisfies readonly Entry[];

/**
 * Steps are too large, as only the loss shows: it rises within the last quarter, it rose in every epoch or to one and a half of
 * the first epoch's; it oscillates, and not just since batches differ; or it is flat although the gradient is not small, and one more step raises it, or the
 * gradients of batches agree (but not where rows are clipped, whose gradient the loss does not show); or it is flat, and more than 1.2 times that of the final weights and of the best constant answer.
 */
export function lossShowsLargeSteps(facts: Facts, ended: Ended): boolean {
  const { course, steps, inside, loss } = facts;
  if (course?.word === "rising" || hasRisen(facts, ended.losses)) return true;
  if (course?.word === "oscillating")
    return largeText(facts, ended) !== undefined || !inside || commonPart(inside.gradient, ended) >= 1;
  if (!steps || course === undefined || course.word === "falling") return false;
  if (course.word === "flat" && swings(loss) && !penalized(ended)) return true;
  return (
    steps.large ||
    (course.word === "flat" && inside?.capped === 0 && overshoots(steps, inside.gradient, ended))
  );
}

/** Whether the loss has grown as steps that are too large make it grow; where rows are clipped it may grow a little while they learn. */
function hasRisen({ inside }: Facts, losses: readonly number[]): boolean {
  const isFar = losses[losses.length - 1] >= GREW * losses[0];
  return hasGrown(losses) && (isFar || !inside?.capped);
}

function misscaledText(facts: Facts, ended: Ended): string {
  return `The ${facts.misfit?.of} are badly scaled for this training${further(scaleText(facts, ended))}`;
}

/** What does not fit the size of the inputs or targets, in numbers; undefined if nothing. */
export function scaleText(
  { misfit, judgement: { error = 0 }, steps }: Facts,
  { data, settings: { optimizer } }: Ended,
): string | undefined {
  if (!misfit) return undefined;
  const { of, what, now, scaled, shift = 0, lasting, index, column } = misfit;
  const { updates = 0 } = steps ?? {};
  const names = of === "inputs" ? data.featureNames : data.targetNames;
  const many = (of === "inputs" ? data.features : data.outputs) > 1;
  const noun = of.slice(0, -1);
  const name = names ? `the ${noun} ${outside(names[index])}` : many ? `${noun} ${index + 1}` : `the ${noun}`;
  const mean = meanText(column.mean, column.deviation);
  const [low, high] = differentTexts(column.low, column.high);
  const size =
    column.low === column.high
      ? `${name} is ${givenText(column.low)} in every row`
      : `${name} goes from ${low} to ${high} (mean ${mean}, deviation ${significant(column.deviation)})`;
  const unit = `${of} of mean 0 and deviation 1`;
  const rate = optimizer.learningRate;
  const [is, would] = [now, scaled].map((value) => significant(value, 2));
  const [isShare, wouldShare] = [now, scaled].map((value) => percentText(value));
  const numbers = {
    rate: `with the initial weights, steps overshoot at learning rates above ${significant(rate / now, 2)}, and it is ${significant(rate)}; with ${unit} it could be up to ${significant(rate / scaled, 2)}`,
    "first step": `the first step on all rows is ${is} times as long as all initial weights together; with ${unit} it would be ${would} times as long`,
    shift: `one update can change a weighted sum in the first layer by about ${is}; with ${unit}, by ${would}`,
    saturated: `with the initial weights ${isShare}${lasting === undefined ? "" : `, and with the final ones ${percentText(lasting)},`} of the first layer's values are saturated; with ${unit} it would be ${wouldShare}`,
    straight: `with the initial weights no unit of the first layer bends within these rows; with ${unit}, ${percentText(1 - scaled)} of them would`,
    small: `the weighted sums of the first layer's units differ so little from row to row, by ${is} at most (standard deviation), that the units are nearly linear; with ${unit} it would be ${would}`,
    far: `the answers are off by ${significant(error)} (root mean square), and an update moves one by about ${significant(shift, 2)}: that takes ${significant(now * updates, 2)} updates, and ${counted(updates, "update")} were made`,
    near: `an update moves an answer by about ${significant(shift, 2)}, ${is} times that deviation; with ${unit}, ${would} times`,
    start: `the answers of the initial weights are off by ${significant(shift, 2)} (root mean square), ${is} times that deviation, and the final ones by ${significant(error, 2)}; with ${unit} the initial ones would be off by ${would} times the deviation`,
  }[what];
  return `${size}: ${numbers}`;
}

/** Why steps count as too large, in numbers; undefined where only the loss shows it. */
export function largeText(facts: Facts, ended: Ended): string | undefined {
  const { steps, inside, course, loss } = facts;
  const rate = steps && rateText(steps, ended.settings.optimizer.learningRate);
  const falling = movesDown(facts); // then steps do not overshoot, on the whole
  const overshoot =
    steps && inside?.capped === 0 && !falling ? overshootText(steps, inside.gradient, ended) : undefined;
  const swing = course?.word === "flat" && swings(loss) ? swingText(loss, ended) : undefined;
  const grew = hasRisen(facts, ended.losses) ? grewText(ended.losses) : undefined;
  const texts = [grew, rate ?? swing ?? overshoot].filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join("; ") : undefined;
}

function grewText(losses: readonly number[]): string {
  const [first, last] = [losses[0], losses[losses.length - 1]].map(lossText);
  return `its loss grew from ${first} in the first epoch to ${last} in the last`;
}

function swingText({ reported = 0, now }: Facts["loss"], { settings }: Ended): string {
  const rate = significant(settings.optimizer.learningRate);
  return `while the weights move, the loss over an epoch is ${lossText(reported)}, with those at its end ${lossText(now)}: the steps for one batch undo those for another (learning rate ${rate})`;
}

/** The learning rate against what curvature or weights allow. */
function rateText({ stable, large, usualSize }: StepFacts, rate: number): string | undefined {
  const { start = Infinity, end = Infinity } = stable ?? {};
  if (rate > Math.min(start, end)) {
    const [where, least] = end < start ? ["final", end] : ["initial", start];
    return `the learning rate is ${significant(rate)}, while at the ${where} weights the loss curves so much that steps overshoot above ${significant(least, 2)}`;
  }
  return large
    ? `the learning rate, ${significant(rate)}, is large against the initial weights (${significant(usualSize, 2)}, root mean square): a few steps change them altogether`
    : undefined;
}

function overshootText(steps: StepFacts, gradient: GradientFacts, ended: Ended): string | undefined {
  if (!overshoots(steps, gradient, ended)) return undefined;
  const rate = significant(ended.settings.optimizer.learningRate);
  const losses = [lossText(steps.before), lossText(steps.after)];
  const [before, after] = losses[0] === losses[1] ? differentTexts(steps.before, steps.after) : losses;
  return steps.after > steps.before
    ? `one more such step along the gradient over all rows raises the loss from ${before} to ${after} (learning rate ${rate})`
    : `the gradient is not small${ended.settings.batchSize < ended.data.rows ? ", and those of the batches mostly agree" : ""}, so that short steps would lower the loss: these overshoot (learning rate ${rate})`;
}
