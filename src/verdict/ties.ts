import type { Dataset } from "../data/dataset.js";
import { type DistinctRows, groupsByKey, MOST_ENUMERATED, unlike, unlikeInputs } from "../data/rows.js";
import type { LayerCourse } from "../engine/layerValues.js";
import type { Loss } from "../engine/losses.js";
import { bestAnswer, groupedLoss } from "./floors.js";

/** Rows with different targets that get the same answer. */
export interface TiedRows {
  /** Indices into the rows looked at. */
  readonly rows: readonly number[];
  /** False where all these rows have the same inputs: then it is the data that tie them. */
  readonly unlikeInputs: boolean;
  /** The lowest and the highest of their answers: at most 0.05 apart. */
  readonly answers: readonly [low: number, high: number];
  /**
   * "code": the last hidden layer has exactly the same values for all of them, so whatever comes after cannot tell
   * them apart; "answer": only the answers are the same.
   */
  readonly same: "code" | "answer";
  /** The first hidden layer (counted from 0) whose units are all off on all of them (slope exactly 0), if there is one. */
  readonly offLayer: number | undefined;
  /** The best common answer for the rows as frequent as they are in the data: where the loss would be least. */
  readonly best: number;
  /** How many of the data's rows are tied here. */
  readonly count: number;
}

/** Answers within this distance count as the same. */
export const SAME_ANSWER = 0.05;

/**
 * The ties among these rows that cost something. Few rows are compared by their answers; of many, those with exactly
 * the same values in the last hidden layer are found.
 *
 * @param courses  of the rows through the network; none where it is not known
 * @param counts   how often each row occurs in the data
 */
export function tiedRows(
  rows: Dataset,
  counts: ArrayLike<number>,
  answers: ArrayLike<number>,
  courses: readonly LayerCourse[],
  loss: Loss,
): TiedRows[] {
  const codes = courses.length > 1 ? codesOf(courses[courses.length - 2], rows.rows) : undefined;
  if (rows.outputs > 1) return [];
  const groups = rows.rows <= MOST_ENUMERATED ? sameAnswers(answers) : groupsByKey(codes ?? []);
  return groups
    .filter((group) => unlike(group, rows))
    .map((group) => {
      const theirs = group.map((row) => answers[row]);
      const often = group.map((row) => counts[row]);
      const all = often.reduce((sum, count) => sum + count, 0);
      return {
        rows: group,
        unlikeInputs: unlikeInputs(rows, group).length > 1,
        answers: [Math.min(...theirs), Math.max(...theirs)] as const,
        same: codes && group.every((row) => codes[row] === codes[group[0]]) ? "code" : "answer",
        offLayer: offLayer(courses, group),
        best: bestAnswer(group, rows, all > 0 ? often : often.map(() => 1), loss).answer[0],
        count: all,
      };
    });
}

/**
 * What these ties cost at best: the mean loss if tied rows got their best common answer and all others were right.
 *
 * @param counts  how often each row counts
 */
export function tiesCost(
  ties: readonly TiedRows[],
  rows: Dataset,
  counts: ArrayLike<number>,
  loss: Loss,
): number {
  return groupedLoss(
    ties.map((tie) => tie.rows),
    rows,
    counts,
    loss,
  );
}

/** Rows of the largest truth table whose floors mean something: four bits. */
export const LARGEST_TABLE = 16;
const REACH = 0.02;
const REACH_SHARE = 0.1;

/** Whether a loss is what ties cost: at most 0.02, or a tenth of it, above that, and at most 0.02 below. */
export function atCost(loss: number, cost: number): boolean {
  const over = loss - cost;
  return cost > 0 && over >= -REACH && over <= Math.max(REACH, REACH_SHARE * cost);
}

/**
 * The floor at which a network ended: what its ties cost, if its loss over the judged rows is that cost. Undefined if it is
 * not, and for more than 16 different rows: of so many, two networks hardly ever tie the same.
 *
 * @param counts  how often each row occurs among the judged rows
 * @param loss    mean loss over the judged rows
 */
export function floorUnder(
  { rows, counts }: DistinctRows,
  answers: ArrayLike<number>,
  lossFunction: Loss,
  loss: number,
): number | undefined {
  if (rows.rows > LARGEST_TABLE) return undefined;
  const cost = tiesCost(tiedRows(rows, counts, answers, [], lossFunction), rows, counts, lossFunction);
  return atCost(loss, cost) ? cost : undefined;
}

/** A layer's values as one text for each row. */
function codesOf({ values, units }: LayerCourse, rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => values.subarray(row * units, (row + 1) * units).join(" "));
}

/** Groups of answers within the tolerance: neighbours are joined, the nearest first. */
function sameAnswers(answers: ArrayLike<number>): number[][] {
  const order = Array.from(answers, (_, row) => row).sort((a, b) => answers[a] - answers[b] || a - b);
  const groups = order.map((row) => [row]);
  for (;;) {
    const widths = groups
      .slice(1)
      .map((group, i) => answers[group[group.length - 1]] - answers[groups[i][0]]);
    const least = Math.min(...widths);
    if (!(least <= SAME_ANSWER)) break;
    const at = widths.indexOf(least);
    groups.splice(at, 2, [...groups[at], ...groups[at + 1]]);
  }
  return groups.map((group) => group.sort((a, b) => a - b));
}

function offLayer(courses: readonly LayerCourse[], rows: readonly number[]): number | undefined {
  const at = courses
    .slice(0, -1)
    .findIndex(({ slopes, units }) =>
      rows.every((row) => slopes.subarray(row * units, (row + 1) * units).every((slope) => slope === 0)),
    );
  return at < 0 ? undefined : at;
}
