import type { Dataset } from "../data/dataset.js";
import { groupsByKey, rowKey, targetsOf } from "../data/rows.js";
import { firstLargest } from "../engine/accuracy.js";
import { type Loss, rowLoss } from "../engine/losses.js";
import type { Network } from "../engine/network.js";
import { rowPredictor } from "../engine/plain.js";

/**
 * How a training ended, and whether an answer is right: one test for each word. Runs, a study's trials and what explain()
 * tries are all judged here.
 */

/** Why a training ended: after its last epoch, by the stop button or a signal, or because its loss was no longer finite. */
export type RunStatus = "completed" | "stopped" | "diverged";

/**
 * - "solved": after the last epoch the judged rows meet the criterion: enough of them are right, or their error is small enough.
 * - "unsolved": it is not.
 * - "stopped": the training was ended before its last epoch.
 * - "diverged": its loss stopped being a finite number.
 */
export type Ending = "solved" | "unsolved" | "stopped" | "diverged";

/** When a training counts as solved. */
export interface Criterion {
  readonly loss: Loss;
  /** Which share of the judged rows must be right, from 0 to 1. */
  readonly solvedAccuracy: number;
  /** Of a regression: which share of the targets' variance the answers must explain; 0.99 unless given. */
  readonly solvedR2?: number;
  /** Replaces both: the largest mean loss over the judged rows, without penalties. */
  readonly solvedLoss?: number;
}

export const SOLVED_R2 = 0.99;

/** Whether a target or an answer of a binary task means "yes": it lies above the threshold. */
export function isYes(value: number, { threshold = 0.5 }: Pick<Dataset, "threshold">): boolean {
  return value > threshold;
}

/**
 * How far a row's answers lie on their right side: in a binary task from the threshold (of several outputs the nearest), of
 * several classes the right output above the largest other. They are right if that is more than 0; exactly at the threshold an
 * answer is right for neither side. In a regression no single answer is right or wrong: NaN.
 *
 * @param at  where among the answers the row's begin
 */
export function marginOf(
  answers: ArrayLike<number>,
  row: number,
  data: Dataset,
  at = row * data.outputs,
): number {
  const { task, threshold, outputs, targets } = data;
  const first = row * outputs;
  if (task === "classes") {
    const right = firstLargest(targets, first, outputs);
    let other = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < outputs; j++) if (j !== right) other = Math.max(other, answers[at + j]);
    return answers[at + right] - other;
  }
  if (threshold === undefined) return Number.NaN;
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < outputs; j++) {
    const above = answers[at + j] - threshold;
    nearest = Math.min(nearest, targets[first + j] > threshold ? above : -above);
  }
  return nearest;
}

/** Whether all of a row's answers are right. */
export function isRight(answers: ArrayLike<number>, row: number, data: Dataset, at?: number): boolean {
  return marginOf(answers, row, data, at) > 0;
}

/** How many rows are right. */
export function rightRows(answers: ArrayLike<number>, data: Dataset): number {
  let right = 0;
  for (let row = 0; row < data.rows; row++) if (isRight(answers, row, data)) right += 1;
  return right;
}

/** The most rows that any answers can get right: of rows with the same inputs those with the most frequent targets. */
export function mostRightRows(data: Dataset): number {
  const keys = Array.from({ length: data.rows }, (_, row) => rowKey(data, row));
  return groupsByKey(keys).reduce((sum, rows) => sum + mostAlike(data, rows), 0);
}

/** The most rows, among some or all, for which the same answer is right. */
export function mostAlike(data: Dataset, rows: readonly number[] = [...Array(data.rows).keys()]): number {
  const sides = (row: number): string =>
    targetsOf(data, row)
      .map((target) => (isYes(target, data) ? 1 : 0))
      .join("");
  return groupsByKey(rows.map(sides)).reduce((most, group) => Math.max(most, group.length), 0);
}

/**
 * The share of the targets' variance that answers explain: 1 − Σ (y − p)² / Σ (y − ȳ)², the sums over all rows and outputs, ȳ each
 * output's mean. 1 is perfect, 0 what the mean target achieves. Where all targets are alike, they count from 0.
 */
export function r2Of(answers: ArrayLike<number>, data: Targets): number {
  let squares = 0;
  for (let i = 0; i < data.targets.length; i++) squares += (data.targets[i] - answers[i]) ** 2;
  return 1 - squares / spreadOf(data);
}

/** Numbers that answers are to be near, row after row. */
export interface Targets extends Pick<Dataset, "rows" | "outputs"> {
  readonly targets: ArrayLike<number>;
}

/** Σ (y − ȳ)² over all rows and outputs. A mean is counted from the first row on: where all are alike, it is exactly that. */
function spreadOf({ targets, outputs, rows }: Targets): number {
  const means = Float64Array.from({ length: outputs }, (_, j) => targets[j]);
  for (let i = 0; i < targets.length; i++) means[i % outputs] += (targets[i] - targets[i % outputs]) / rows;
  let [spread, size] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    spread += (targets[i] - means[i % outputs]) ** 2;
    size += targets[i] ** 2;
  }
  return spread > 0 ? spread : size;
}

/** How a training is judged: each row costs something, and the sum of all costs must pass. The more costs, the less it passes. */
interface Measure {
  readonly costOf: (answers: ArrayLike<number>, at: number, row: number) => number;
  readonly passes: (sum: number) => boolean;
}

function measureOf(judged: Dataset, criterion: Criterion): Measure {
  const { outputs, targets, rows } = judged;
  const { loss, solvedAccuracy, solvedR2 = SOLVED_R2, solvedLoss } = criterion;
  if (solvedLoss !== undefined) {
    const { value } = rowLoss(loss, outputs);
    return {
      costOf: (answers, at, row) => value(answers, at, targets, row * outputs),
      passes: (sum) => sum / rows <= solvedLoss,
    };
  }
  if (judged.task !== "regression") {
    return {
      costOf: (answers, at, row) => (isRight(answers, row, judged, at) ? 0 : 1),
      passes: (wrong) => (rows - wrong) / rows >= solvedAccuracy,
    };
  }
  const limit = (1 - solvedR2) * spreadOf(judged);
  const { value } = rowLoss("meanSquaredError", outputs);
  return {
    costOf: (answers, at, row) => outputs * value(answers, at, targets, row * outputs),
    passes: (squares) => squares <= limit,
  };
}

/**
 * How a training ended.
 *
 * @param answers  to the judged rows, with the final weights
 */
export function endingOf(
  status: RunStatus,
  answers: ArrayLike<number>,
  judged: Dataset,
  criterion: Criterion,
): Ending {
  if (status !== "completed") return status;
  const { costOf, passes } = measureOf(judged, criterion);
  let sum = 0;
  for (let row = 0; row < judged.rows; row++) sum += costOf(answers, row * judged.outputs, row);
  return passes(sum) ? "solved" : "unsolved";
}

/** Whether weights solve some rows. */
export interface SolvedTest {
  (weights: ArrayLike<number>): boolean;
  /** How many rows it has looked at so far. */
  looked: number;
}

/**
 * Makes the test whether weights solve the judged rows. It stops as soon as too much is wrong. What cost about as much as the
 * rows before it, or more, comes first the next time: while a network learns, the same rows are usually wrong again.
 */
export function solvedTest(network: Network, judged: Dataset, criterion: Criterion): SolvedTest {
  const answer = rowPredictor(network);
  const { costOf, passes } = measureOf(judged, criterion);
  const order = [...Array(judged.rows).keys()];
  const passed = (weights: ArrayLike<number>): boolean => {
    let sum = 0;
    let costly = 0;
    return order.every((row, i) => {
      test.looked += 1;
      const cost = costOf(answer(weights, judged.inputs, row * judged.features), 0, row);
      if (cost * (i + 1) > sum) {
        order[i] = order[costly];
        order[costly] = row;
        costly += 1;
      }
      sum += cost;
      return passes(sum);
    });
  };
  const test: SolvedTest = Object.assign(passed, { looked: 0 });
  return test;
}
