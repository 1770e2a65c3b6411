import { hasGrown } from "../../verdict/course.js";
import { counted } from "../../words/english.js";
import { lossText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import type { GradientFacts } from "../facts/gradient.js";
import { overshoots, SHORT_GROWTH, type StepFacts, swings } from "../facts/steps.js";

/** How it is said that steps are too large, or that they come to little. */

/** Why steps count as too large, in numbers; undefined where only the loss shows it. */
export function largeText(ended: Ended, { steps, inside, course, loss }: Facts): string | undefined {
  const grew = grewText(ended.losses);
  const rate = steps && rateText(steps, ended.settings.optimizer.learningRate);
  const falls = course?.word === "falling" || course?.word === "slow"; // then steps do not overshoot, on the whole
  const overshoot = steps && inside && !falls ? overshootText(steps, inside.gradient, ended) : undefined;
  const swing = course?.word === "flat" && swings(loss) ? swingText(loss, ended) : undefined;
  const texts = [grew, rate ?? swing ?? overshoot].filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join("; ") : undefined;
}

function grewText(losses: readonly number[]): string | undefined {
  if (!hasGrown(losses)) return undefined;
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
  return steps.after > steps.before
    ? `one more such step along the gradient over all rows raises the loss from ${lossText(steps.before)} to ${lossText(steps.after)} (learning rate ${rate})`
    : `the gradient is not small, and those of the batches mostly agree, so that short steps would lower the loss: these overshoot (learning rate ${rate})`;
}

/** Updates of the original question's script, each of about 0.001. */
const SCRIPT = { updates: 25_000, reach: 25 };

/** How little the steps come to. */
export function shortText({ settings: { optimizer } }: Ended, { steps, inside }: Facts): string {
  if (!steps) return "";
  const { updates, moved, reach, time } = steps;
  const how = `${optimizer.name}, learning rate ${significant(optimizer.learningRate)}`;
  const start = `It was trained too little: ${counted(updates, "update")} (${how}) moved no weight by more than ${significant(moved, 2)}`;
  const script = `the script of the original question makes ${SCRIPT.updates} updates`;
  if (reach !== undefined) {
    const farthest = reach > moved ? `, and could move none much farther than ${significant(reach, 2)}` : "";
    return `${start}${farthest}; ${script}, which can move one by ${SCRIPT.reach}.`;
  }
  const down = inside?.curvature?.curvesDown ? -inside.curvature.least : 0;
  if (down === 0 || time === undefined || down * time > SHORT_GROWTH) return `${start}; ${script}.`;
  const growth = significant(Math.exp(down * time));
  return `${start}. Along the direction in which the loss curves down, a small deviation grows ${growth}-fold in that many; leaving a saddle takes a hundredfold or more.`;
}
