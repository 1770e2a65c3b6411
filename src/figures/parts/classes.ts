import type { Dataset } from "../../data/dataset.js";
import { firstLargest } from "../../engine/accuracy.js";
import { isYes } from "../../verdict/outcome.js";
import { shortened } from "../../words/english.js";
import { answerText, levelText } from "../../words/numbers.js";

/** The classes of rows, counted from 0: of a binary task the lower and the higher target, else one an output. */

const LONGEST = 30; // letters

/** What the classes are called: by their names, or "target 0" and "target 1", or "class 1", "class 2", …. */
export function classNames(data: Dataset): readonly string[] {
  const { classes, task, outputs, threshold = 0.5 } = data;
  if (classes) return classes.map((name) => shortened(name, LONGEST));
  if (task === "classes") return Array.from({ length: outputs }, (_, place) => `class ${place + 1}`);
  return ["up to", "above"].map((side, place) => {
    const [value, ...others] = new Set(
      data.targets.filter((target) => isYes(target, data) === (place === 1)),
    );
    const one = value !== undefined && others.length === 0;
    return `target ${one ? levelText(value) : `${side} ${levelText(threshold)}`}`;
  });
}

/** The class of a row's target. */
export function classOf(data: Dataset, row: number): number {
  const { task, outputs, targets } = data;
  if (task === "classes") return firstLargest(targets, row * outputs, outputs);
  return isYes(targets[row], data) ? 1 : 0;
}

/** The class that a row's answers name: undefined where they name none, since two are equally large or one is no number. */
export function classAnswered(
  answers: ArrayLike<number>,
  data: Pick<Dataset, "task" | "outputs" | "threshold">,
  row: number,
): number | undefined {
  const { task, outputs, threshold = 0.5 } = data;
  if (task !== "classes") return answers[row] > threshold ? 1 : answers[row] < threshold ? 0 : undefined;
  const theirs = Array.from({ length: outputs }, (_, j) => answers[row * outputs + j]);
  const largest = theirs.indexOf(Math.max(...theirs));
  return theirs.every((answer, j) => j === largest || answer < theirs[largest]) ? largest : undefined;
}

/** A row's answers in words: "0.483"; of several classes the one that is named, with its output: "versicolor 0.912". */
export function answerWords(
  answers: ArrayLike<number>,
  data: Dataset,
  row: number,
  names: readonly string[],
): string {
  if (data.task !== "classes") return answerText(answers[row], data.threshold);
  const named = classAnswered(answers, data, row);
  return named === undefined
    ? "no class"
    : `${names[named]} ${answerText(answers[row * data.outputs + named])}`;
}
