import type { Dataset } from "../data/dataset.js";
import { firstLargest } from "../engine/accuracy.js";
import { isYes } from "./outcome.js";

/** The classes of rows, counted from 0: of a binary task the lower and the higher target, else one an output. */

/** Whether each row has one class: not so in a regression, nor with several yes-or-no answers a row. */
export function hasClasses({ task, outputs }: Pick<Dataset, "task" | "outputs">): boolean {
  return task === "classes" || (task === "binary" && outputs === 1);
}

/** The class of a row's target. */
export function classOf(data: Dataset, row: number): number {
  const { task, outputs, targets } = data;
  if (task === "classes") return firstLargest(targets, row * outputs, outputs);
  return isYes(targets[row], data) ? 1 : 0;
}

/** The class that a row's answers name: undefined where they name none, since two are equally large or one is no number. */
export function classAnswered(answers: ArrayLike<number>, data: Dataset, row: number): number | undefined {
  const { task, outputs, threshold = 0.5 } = data;
  if (task !== "classes") return answers[row] > threshold ? 1 : answers[row] < threshold ? 0 : undefined;
  const theirs = Array.from({ length: outputs }, (_, j) => answers[row * outputs + j]);
  const largest = theirs.indexOf(Math.max(...theirs));
  return theirs.every((answer, j) => j === largest || answer < theirs[largest]) ? largest : undefined;
}
