import type { Dataset } from "../data/dataset.js";
import {
  type DistinctRows,
  groupsByKey,
  MOST_ENUMERATED,
  type RowGroup,
  unlike,
  unlikeInputs,
} from "../data/rows.js";
import type { LayerCourse } from "../engine/layerValues.js";
import type { Loss } from "../engine/losses.js";
import { extent, spread } from "../numbers/vectors.js";
import { bestAnswer, constantAnswer, groupedLoss } from "./floors.js";

/** Rows with different targets that get the same answer. */
export interface TiedRows {
  /** Indices into the rows looked at. */
  readonly rows: readonly number[];
  /** False where all these rows have the same inputs: then it is the data that tie them. */
  readonly unlikeInputs: boolean;
  /** The lowest and the highest of their answers, of several outputs of the one in which they differ most. */
  readonly answers: readonly [low: number, high: number];
  /**
   * "code": the last hidden layer has exactly the same values for all of them, so whatever comes after cannot tell
   * them apart; "answer": only the answers are the same.
   */
  readonly same: "code" | "answer";
  /** The first hidden layer (counted from 0) whose units are all off on all of them (slope exactly 0), if there is one. */
  readonly offLayer: number | undefined;
  /** The best common answer, one number an output, for the rows as frequent as they are in the data: where the loss is least. */
  readonly best: readonly number[];
  /** How many of the data's rows are tied here. */
  readonly count: number;
}

/** Answers within this distance count as the same, if the two targets of a binary task are 1 apart. */
export const SAME_ANSWER = 0.05;
/** In a regression the share of the targets' extent: an answer of its own for each row is the rule. */
const SAME_SHARE = 0.01;

/** How near to each other answers are the same. */
export function sameWithin({ task, targets }: Dataset): number {
  const extent = spread(targets);
  return task === "regression" ? SAME_SHARE * extent : SAME_ANSWER * (extent || 1);
}

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
  const groups = rows.rows <= MOST_ENUMERATED ? sameAnswers(answers, rows) : groupsByKey(codes ?? []);
  return groups
    .filter((group) => unlike(group, rows))
    .map((group) => {
      const often = group.map((row) => counts[row]);
      const all = often.reduce((sum, count) => sum + count, 0);
      return {
        rows: group,
        unlikeInputs: unlikeInputs(rows, group).length > 1,
        answers: widest(group, answers, rows.outputs),
        same: codes && group.every((row) => codes[row] === codes[group[0]]) ? "code" : "answer",
        offLayer: offLayer(courses, group),
        best: bestAnswer(group, rows, loss, all > 0 ? often : undefined).answer,
        count: all,
      };
    });
}

/** Rows of the largest truth table whose floors mean something: four bits. */
export const LARGEST_TABLE = 16;
const REACH = 0.02;
const REACH_SHARE = 0.1;

/**
 * Whether a loss is what ties cost: at most 0.02, or a tenth of it, above that, and at most 0.02 below. Ties that cost less than
 * 0.02 must make up half of the loss: else it is something else that costs.
 *
 * @param unit  see toleranceUnit()
 */
export function atCost(loss: number, cost: number, unit = 1): boolean {
  const [over, reach] = [loss - cost, Math.min(REACH * unit, cost)];
  return cost > 0 && over >= -reach && over <= Math.max(reach, REACH_SHARE * cost);
}

/** In what losses near to each other are measured: in a regression in what the best constant answer costs. */
export function toleranceUnit(data: Dataset, loss: Loss): number {
  return data.task === "regression" ? constantAnswer(data, loss).loss : 1;
}

/** Whether every answer costs the same: divided by their sum, as this loss does it, the answers of one output are always 1. */
export function costsAlike(loss: Loss, { outputs }: Pick<Dataset, "outputs">): boolean {
  return loss === "categoricalCrossentropy" && outputs === 1;
}

/**
 * The floor at which a network ended: what its ties cost, if its loss over the judged rows is that cost. Undefined if it is
 * not, where every answer costs the same, and for more than 16 different rows: of so many, two networks hardly ever tie the same.
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
  if (rows.rows > LARGEST_TABLE || costsAlike(lossFunction, rows)) return undefined;
  const ties = tiedRows(rows, counts, answers, [], lossFunction).map((tie) => tie.rows);
  const cost = groupedLoss(ties, rows, counts, lossFunction);
  return atCost(loss, cost, toleranceUnit(rows, lossFunction)) ? cost : undefined;
}

/** A layer's values as one text for each row. */
function codesOf({ values, units }: LayerCourse, rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => values.subarray(row * units, (row + 1) * units).join(" "));
}

/**
 * Groups of rows whose answers all lie within the tolerance of each other: the nearest groups are joined first. With one
 * output the groups are in the order of their answers, so that only neighbours need be compared.
 */
function sameAnswers(answers: ArrayLike<number>, data: Dataset): number[][] {
  const { rows, outputs } = data;
  const same = sameWithin(data);
  const order = Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => answers[a * outputs] - answers[b * outputs] || a - b,
  );
  const groups = order.map((row) => [row]);
  for (;;) {
    let [least, first, second] = [Number.POSITIVE_INFINITY, 0, 0];
    for (let i = 0; i < groups.length; i++)
      for (let j = i + 1; j < groups.length && (outputs > 1 || j === i + 1); j++) {
        const [low, high] = widest([...groups[i], ...groups[j]], answers, outputs);
        if (high - low < least) [least, first, second] = [high - low, i, j];
      }
    if (!(least <= same)) break;
    groups[first].push(...groups.splice(second, 1)[0]);
  }
  return groups.map((group) => group.sort((a, b) => a - b));
}

/** The lowest and the highest answer to some rows, of the output in which they differ most. */
function widest(
  group: RowGroup,
  answers: ArrayLike<number>,
  outputs: number,
): readonly [low: number, high: number] {
  let found: readonly [number, number] = [0, Number.NEGATIVE_INFINITY];
  for (let j = 0; j < outputs; j++) {
    const [low, high] = extent(group.map((row) => answers[row * outputs + j]));
    if (!(high - low <= found[1] - found[0])) found = [low, high];
  }
  return found;
}

function offLayer(courses: readonly LayerCourse[], rows: readonly number[]): number | undefined {
  const at = courses
    .slice(0, -1)
    .findIndex(({ slopes, units }) =>
      rows.every((row) => slopes.subarray(row * units, (row + 1) * units).every((slope) => slope === 0)),
    );
  return at < 0 ? undefined : at;
}
