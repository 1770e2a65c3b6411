import { hasGrown } from "../verdict/course.js";
import { counted } from "../words/english.js";
import { lossText, significant } from "../words/numbers.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts.js";
import type { GradientFacts } from "./gradient.js";
import { overshoots, SHORT_GROWTH, type StepFacts } from "./steps.js";

/** How it is said that steps are too large, or that they come to little. */

/** Why steps count as too large, in numbers; undefined where only the loss shows it. */
export function largeText(ended: Ended, { steps, inside }: Facts): string | undefined {
  const {
    settings: { optimizer },
    losses,
  } = ended;
  const rate = significant(optimizer.learningRate);
  const { stable } = steps ?? {};
  const least = Math.min(stable?.start ?? Infinity, stable?.end ?? Infinity);
  const where = least === stable?.end ? "where it ended" : "where it started";
  const texts = [
    ...(hasGrown(losses) && losses.length > 1
      ? [
          `its loss grew from ${lossText(losses[0])} in the first epoch to ${lossText(losses[losses.length - 1])}`,
        ]
      : []),
    ...(optimizer.learningRate > least
      ? [
          `the learning rate is ${rate}, and ${where} the curvature of the loss makes steps overshoot above ${significant(least, 2)}`,
        ]
      : []),
    ...(steps?.large && !stable
      ? [
          `the learning rate, ${rate}, is large against the initial weights (${significant(steps.usualSize, 2)}, root mean square): a few steps change them altogether`,
        ]
      : []),
    ...(steps && inside ? overshootText(steps, inside.gradient, ended) : []),
  ];
  return texts.length > 0 ? texts.join("; ") : undefined;
}

function overshootText(steps: StepFacts, gradient: GradientFacts, ended: Ended): string[] {
  if (!overshoots(steps, gradient, ended)) return [];
  const rate = significant(ended.settings.optimizer.learningRate);
  return steps.after > steps.before
    ? [
        `one more such step along the gradient over all rows raises the loss from ${lossText(steps.before)} to ${lossText(steps.after)} (learning rate ${rate})`,
      ]
    : [
        `the gradient is not small, and those of the batches mostly agree, so that short steps would lower the loss: these overshoot (learning rate ${rate})`,
      ];
}

/** Updates of the original question's script, each of about 0.001. */
const SCRIPT = { updates: 25_000, reach: 25 };

/** How little the steps come to. */
export function shortText({ settings: { optimizer } }: Ended, { steps, inside }: Facts): string {
  if (!steps) return "";
  const { updates, moved, reach, time } = steps;
  const how = `${optimizer.name}, learning rate ${significant(optimizer.learningRate)}`;
  const start = `It was trained too little: ${counted(updates, "update")} (${how}) moved no weight by more than ${significant(moved, 2)}`;
  if (reach !== undefined)
    return `${start}, and could move none much farther than ${significant(reach, 2)}; the original question's script makes ${SCRIPT.updates} that can move one by ${SCRIPT.reach}.`;
  const down = inside?.curvature?.curvesDown ? -inside.curvature.least : 0;
  if (down === 0 || time === undefined || down * time > SHORT_GROWTH)
    return `${start}; the original question's script makes ${SCRIPT.updates}.`;
  const growth = significant(Math.exp(down * time), 2);
  return `${start}. Along the direction in which the loss curves down, a small deviation grows ${growth}-fold in that many; leaving a saddle takes a hundredfold or more.`;
}
