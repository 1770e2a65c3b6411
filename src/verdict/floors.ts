import { type Dataset, judgedRows } from "../data/dataset.js";
import { frequencies, hasAllRows, type RowGroup, sameRows, unlike } from "../data/rows.js";
import { type Loss, rowLoss } from "../engine/losses.js";
import { extent } from "../numbers/vectors.js";

/**
 * The losses at which a network on a truth table can rest because it ties inputs together.
 *
 * A network that gives several rows the same answer does best to answer their mean target. With all other rows
 * right, the mean loss is then a number that only depends on which rows are tied: for XOR ½·ln 2 = 0.3466
 * (one unlike pair), ¾·H(⅓) = 0.4774 (three rows), ln 2 = 0.6931 (all four, or both pairs).
 */
export interface Floor {
  /** The loss if all rows of the table were equally frequent. */
  readonly loss: number;
  /** How many inputs share an answer with an input of another target, in the simplest such network. */
  readonly inputs: number;
  /** Whether all rows may share the answer: it costs most, since a common answer of fewer rows fits these better. */
  readonly constant: boolean;
  /** The least and the largest such loss with the rows as frequent as in the data that were given, if these have no others. */
  readonly low: number;
  readonly high: number;
}

/** Larger tables have too many floors to mean anything: 8 rows can be grouped in 4140 ways, 9 in 21147. */
const MOST_ROWS = 8;
/** Losses that differ by less are one floor. */
const SAME = 1e-6;

/**
 * The floors of a truth table, ascending, without 0.
 *
 * @param table  of at most 8 rows; for others there are none
 * @param data   whose frequencies of rows make low and high; the table's own unless given
 * @example floorsOf(truthTable("xor"), "binaryCrossentropy").map((floor) => Math.round(1e4 * floor.loss)) // [3466, 4774, 6931]
 */
export function floorsOf(table: Dataset, loss: Loss, data: readonly Dataset[] = [table]): Floor[] {
  if (table.rows > MOST_ROWS) return [];
  const once = Array.from({ length: table.rows }, () => 1);
  const counts = data.map((one) => {
    const theirs = frequencies(one, table);
    return hasAllRows(theirs, one) ? theirs : once;
  });
  const found: { loss: number; inputs: number; costs: number[] }[] = [];
  for (const groups of groupings(table.rows)) {
    const equal = groupedLoss(groups, table, once, loss);
    if (equal <= SAME) continue;
    const real = counts.map((count) => groupedLoss(groups, table, count, loss));
    const inputs = groups.filter((group) => unlike(group, table)).flat().length;
    const known = found.find((floor) => Math.abs(floor.loss - equal) < SAME);
    if (known) {
      known.inputs = Math.min(known.inputs, inputs);
      known.costs.push(...real);
    } else found.push({ loss: equal, inputs, costs: real });
  }
  const ascending = found.sort((a, b) => a.loss - b.loss);
  return ascending.map(({ loss, inputs, costs }, i) => {
    const [low, high] = extent(costs);
    return { ...{ loss, inputs, low, high }, constant: i === ascending.length - 1 };
  });
}

/** The floors of trainings on one truth table; none where they have no table in common, or different losses. */
export function commonFloors(
  trainings: readonly { readonly data: Dataset; readonly settings: { readonly loss: Loss } }[],
): Floor[] {
  const table = judgedRows(trainings[0].data);
  const { loss } = trainings[0].settings;
  const common = trainings.every(
    ({ data, settings }) => settings.loss === loss && sameRows(judgedRows(data), table),
  );
  const datas = trainings.map(({ data }) => data);
  return common ? floorsOf(table, loss, datas) : [];
}

/** Every way to divide rows into groups that share an answer. */
function groupings(rows: number): number[][][] {
  let all: number[][][] = [[]];
  for (let row = 0; row < rows; row++)
    all = all.flatMap((groups) => [
      [...groups, [row]],
      ...groups.map((_, i) => groups.map((group, j) => (i === j ? [...group, row] : group))),
    ]);
  return all;
}

/**
 * The best that one answer can do for several rows: for each output the mean of their targets, of absolute errors the median.
 *
 * @param counts  how often each of the rows counts, once unless given
 * @returns the answer, one number an output, and the summed loss with it
 * @example bestAnswer([0, 1], truthTable("xor"), "binaryCrossentropy", [245, 245]).answer // [0.5]
 */
export function bestAnswer(
  rows: RowGroup,
  data: Dataset,
  loss: Loss,
  counts: ArrayLike<number> = rows.map(() => 1),
): { readonly answer: readonly number[]; readonly loss: number } {
  const { outputs, targets } = data;
  const best = loss === "meanAbsoluteError" ? median : mean;
  const answer = Array.from({ length: outputs }, (_, j) =>
    best(
      rows.map((row) => targets[row * outputs + j]),
      counts,
    ),
  );
  const { value } = rowLoss(loss, outputs);
  let sum = 0;
  rows.forEach((row, i) => {
    if (counts[i] > 0) sum += counts[i] * value(answer, 0, targets, row * outputs);
  });
  return { answer, loss: sum };
}

function mean(values: readonly number[], counts: ArrayLike<number>): number {
  let [all, weighted] = [0, 0];
  values.forEach((value, i) => {
    all += counts[i];
    weighted += counts[i] * value;
  });
  return weighted / all;
}

/** A value with as much weight below as above it; midway where two are as good. */
function median(values: readonly number[], counts: ArrayLike<number>): number {
  const order = [...values.keys()].filter((i) => counts[i] > 0).sort((a, b) => values[a] - values[b]);
  const half = order.reduce((sum, i) => sum + counts[i], 0) / 2;
  let below = 0;
  for (const [place, i] of order.entries()) {
    below += counts[i];
    if (below > half) return values[i];
    if (below === half) return (values[i] + values[order[place + 1]]) / 2;
  }
  return Number.NaN;
}

/** The best constant answer to data, and its mean loss: what a network reaches that has learned nothing of the inputs. */
export function constantAnswer(data: Dataset, loss: Loss): ReturnType<typeof bestAnswer> {
  const best = bestAnswer([...Array(data.rows).keys()], data, loss);
  return { answer: best.answer, loss: best.loss / data.rows };
}

/**
 * The mean loss if every group of rows gets its best common answer and every other row is right.
 *
 * @param groups  rows of the table; only groups with unlike targets cost anything
 * @param counts  how often each row of the table counts
 */
export function groupedLoss(
  groups: readonly RowGroup[],
  table: Dataset,
  counts: ArrayLike<number>,
  loss: Loss,
): number {
  let sum = 0;
  for (const group of groups.filter((rows) => unlike(rows, table))) {
    const often = group.map((row) => counts[row]);
    if (often.some((count) => count > 0)) sum += bestAnswer(group, table, loss, often).loss;
  }
  return sum === 0 ? 0 : sum / Array.from(counts).reduce((total, count) => total + count, 0); // also where no row counts
}
