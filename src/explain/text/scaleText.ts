import { counted, outside } from "../../words/english.js";
import { percentText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import type { Misfit } from "../facts/scale.js";

/** What does not fit the size of the inputs or targets, if anything. */
export function scaleText(ended: Ended, { misfit, judgement, steps }: Facts): string | undefined {
  return misfit && misfitText(misfit, ended, judgement.error ?? 0, steps?.updates ?? 0);
}

/** What does not fit the size of the inputs or targets, in numbers. */
function misfitText(
  { of, what, now, scaled, shift = 0, index, column }: Misfit,
  { data, settings: { optimizer } }: Ended,
  error: number,
  updates: number,
): string {
  const names = of === "inputs" ? data.featureNames : data.targetNames;
  const many = (of === "inputs" ? data.features : data.outputs) > 1;
  const noun = of === "inputs" ? "input" : "target";
  const name = names ? outside(names[index]) : many ? `${noun} ${index + 1}` : `the ${noun}`;
  const [mean, deviation, low, high] = [column.mean, column.deviation, column.low, column.high].map((value) =>
    significant(value),
  );
  const size = `${name} goes from ${low} to ${high} (mean ${mean}, deviation ${deviation})`;
  const unit = `${of} of mean 0 and deviation 1`;
  const rate = optimizer.learningRate;
  const [is, would] = [now, scaled].map((value) => significant(value, 2));
  const [isShare, wouldShare] = [now, scaled].map((value) => percentText(value));
  const numbers = {
    rate: `with the initial weights, steps overshoot at learning rates above ${significant(rate / now, 2)}, and it is ${significant(rate)}; with ${unit} it could be up to ${significant(rate / scaled, 2)}`,
    "first step": `the first step on all rows is ${is} times as long as all initial weights together; with ${unit} it would be ${would} times as long`,
    shift: `one update can change a weighted sum in the first layer by about ${is}; with ${unit}, by ${would}`,
    saturated: `with the initial weights ${isShare} of the first layer's values are saturated; with ${unit} it would be ${wouldShare}`,
    straight: `with the initial weights no unit of the first layer bends within these rows; with ${unit}, ${percentText(1 - scaled)} of them would`,
    small: `the weighted sums of the first layer's units differ so little from row to row, by ${is} at most (standard deviation), that the units are nearly linear; with ${unit} it would be ${would}`,
    far: `the answers are off by ${significant(error)} (root mean square), and an update moves one by about ${significant(shift, 2)}: that takes ${significant(now * updates, 2)} updates, and ${counted(updates, "update")} were made`,
  }[what];
  return `${size}: ${numbers}`;
}
