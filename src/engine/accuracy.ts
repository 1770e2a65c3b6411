import type { Dataset } from "../data/dataset.js";

/**
 * Makes the test whether a row's answers are accurate, as Keras counts while it trains: each on its target's side of the
 * threshold, where exactly there is the lower side. Of several classes the largest output counts, the first of equal ones. In
 * a regression no answer is.
 */
export function accurateRow({ task, threshold, outputs }: Judged) {
  return (answers: ArrayLike<number>, at: number, targets: ArrayLike<number>, from: number): boolean => {
    if (task === "classes") return targets[from + firstLargest(answers, at, outputs)] === 1;
    if (threshold === undefined) return false;
    for (let j = 0; j < outputs; j++)
      if (answers[at + j] > threshold !== targets[from + j] > threshold) return false;
    return true;
  };
}

/** As much of data as says what an accurate answer is. */
type Judged = Pick<Dataset, "task" | "threshold" | "outputs">;

/** Which of these numbers is the largest; the first of equal ones. */
export function firstLargest(numbers: ArrayLike<number>, at: number, count: number): number {
  let largest = 0;
  for (let j = 1; j < count; j++) if (numbers[at + j] > numbers[at + largest]) largest = j;
  return largest;
}
