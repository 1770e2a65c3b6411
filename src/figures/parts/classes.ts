import type { Dataset } from "../../data/dataset.js";
import { classAnswered } from "../../verdict/classes.js";
import { isYes } from "../../verdict/outcome.js";
import { shortened } from "../../words/english.js";
import { answerText, levelText } from "../../words/numbers.js";

/** What the classes of rows are called. */

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
