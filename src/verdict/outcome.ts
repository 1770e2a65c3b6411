import type { Dataset } from "../data/dataset.js";
import { groupsByKey, rowKey } from "../data/rows.js";
import type { Network } from "../engine/network.js";
import { rowPredictor } from "../engine/plain.js";

/**
 * How a training ended, and whether an answer is right: one test for each word. Runs, a study's trials and what explain()
 * tries are all judged here.
 */

/** Why a training ended: after its last epoch, by the stop button or a signal, or because its loss was no longer finite. */
export type RunStatus = "completed" | "stopped" | "diverged";

/**
 * - "solved": after the last epoch at least the share of the judged rows that was asked for is right.
 * - "unsolved": it is not.
 * - "stopped": the training was ended before its last epoch.
 * - "diverged": its loss stopped being a finite number.
 */
export type Ending = "solved" | "unsolved" | "stopped" | "diverged";

/** What is above means "yes", the rest "no". */
const THRESHOLD = 0.5;

/** Whether a target or an answer means "yes". */
export function isYes(value: number): boolean {
  return value > THRESHOLD;
}

/** Whether an answer is on the same side of ½ as its target. */
export function isRight(answer: number, target: number): boolean {
  return isYes(answer) === isYes(target);
}

/** How far an answer lies on its right side of ½; negative if it is wrong. */
export function marginOf(answer: number, target: number): number {
  return isYes(target) ? answer - THRESHOLD : THRESHOLD - answer;
}

/** How many answers are right. */
export function rightAnswers(answers: ArrayLike<number>, targets: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < targets.length; i++) if (isRight(answers[i], targets[i])) right += 1;
  return right;
}

/** The most rows that any answers can get right: of rows with the same inputs the more frequent side of ½. */
export function mostRightAnswers(data: Dataset): number {
  const keys = Array.from(data.targets, (_, row) => rowKey(data, row));
  const most = groupsByKey(keys).map((rows) => {
    const yes = rows.filter((row) => isYes(data.targets[row])).length;
    return Math.max(yes, rows.length - yes);
  });
  return most.reduce((sum, count) => sum + count, 0);
}

/**
 * How a training ended.
 *
 * @param answers  to the judged rows, with the final weights
 * @param wanted   the share of the judged rows that must be right, from 0 to 1
 */
export function endingOf(
  status: RunStatus,
  answers: ArrayLike<number>,
  judged: Dataset,
  wanted: number,
): Ending {
  if (status !== "completed") return status;
  return rightAnswers(answers, judged.targets) / judged.rows >= wanted ? "solved" : "unsolved";
}

/** Whether weights solve some rows. */
export type SolvedTest = (weights: ArrayLike<number>) => boolean;

/**
 * Makes the test whether weights solve the judged rows. It stops as soon as too many answers are wrong, and begins with the
 * last wrong row the next time: while a network learns, the same row is usually wrong again.
 */
export function solvedTest(network: Network, judged: Dataset, wanted: number): SolvedTest {
  const answer = rowPredictor(network);
  let suspect = 0;
  return (weights) => {
    let wrong = 0;
    for (let i = 0; i < judged.rows; i++) {
      const row = (suspect + i) % judged.rows;
      if (isRight(answer(weights, judged.inputs, row * judged.features), judged.targets[row])) continue;
      wrong += 1;
      if ((judged.rows - wrong) / judged.rows >= wanted) continue;
      suspect = row;
      return false;
    }
    return true;
  };
}
