import type { Dataset } from "../data/dataset.js";
import { type Loss, lossFunction } from "../engine/functions.js";

/**
 * The losses at which a network on a truth table can get stuck because it ties inputs together.
 *
 * A network that gives several rows the same answer does best to answer their mean target. With all other rows
 * right, the mean loss is then a number that only depends on how many zeros and ones are tied: for XOR ½·ln 2 = 0.3466
 * (one unlike pair), ¾·H(⅓) = 0.4774 (three rows), ln 2 = 0.6931 (all four, or both pairs).
 *
 * @param table  a truth table of at most 8 rows; for others the list is empty
 * @returns the floors, ascending, without 0
 * @example tieFloors(truthTable("xor"), "binaryCrossentropy").map((floor) => floor.toFixed(4)) // ["0.3466", "0.4774", "0.6931"]
 */
export function tieFloors(table: Dataset, loss: Loss): number[] {
  if (table.rows > 8) return [];
  const ones = table.targets.reduce((sum, target) => sum + (target > 0.5 ? 1 : 0), 0);
  const found: number[] = [];
  collect(table.rows - ones, ones, 0, table.rows, loss, found);
  found.sort((a, b) => a - b);
  return found.filter((floor, i) => floor > 1e-6 && (i === 0 || floor - found[i - 1] > 1e-6));
}

/** Adds the loss so far, and that of every further group of z zeros and o ones tied together. */
function collect(
  zeros: number,
  ones: number,
  soFar: number,
  rows: number,
  loss: Loss,
  found: number[],
): void {
  found.push(soFar);
  for (let z = 1; z <= zeros; z++)
    for (let o = 1; o <= ones; o++)
      collect(zeros - z, ones - o, soFar + tiedLoss(z, o, loss) / rows, rows, loss, found);
}

/** The summed loss of z zeros and o ones that all get their best common answer. */
function tiedLoss(z: number, o: number, loss: Loss): number {
  return bestAnswer([0, 1], [z, o], loss).loss;
}

/** The losses of which the best common answer is the mean target. */
export const BEST_IS_MEAN: ReadonlySet<Loss> = new Set(["binaryCrossentropy", "meanSquaredError"]);

/**
 * The best that one answer can do for several targets.
 *
 * @param counts  how often each target counts
 * @returns the answer, and the summed loss with it; for log loss and squared error the answer is the mean target
 * @example bestAnswer([0, 1], [245, 245], "binaryCrossentropy").answer // 0.5
 */
export function bestAnswer(
  targets: ArrayLike<number>,
  counts: ArrayLike<number>,
  loss: Loss,
): { readonly answer: number; readonly loss: number } {
  const { value } = lossFunction(loss);
  const summed = (answer: number): number => {
    let sum = 0;
    for (let i = 0; i < targets.length; i++) if (counts[i] > 0) sum += counts[i] * value(answer, targets[i]);
    return sum;
  };
  let [all, weighted, low, high] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < targets.length; i++) {
    if (!(counts[i] > 0)) continue;
    all += counts[i];
    weighted += counts[i] * targets[i];
    low = Math.min(low, targets[i]);
    high = Math.max(high, targets[i]);
  }
  const answer = BEST_IS_MEAN.has(loss) || low === high ? weighted / all : lowestPlace(summed, low, high);
  return { answer, loss: summed(answer) };
}

/** Where a convex function is least between low and high: thirds are cut off until nothing is left. */
function lowestPlace(summed: (answer: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let round = 0; round < 200; round++) {
    const third = (to - from) / 3;
    if (summed(from + third) <= summed(to - third)) to -= third;
    else from += third;
  }
  return (from + to) / 2;
}

/**
 * The mean loss if every group of rows gets its best common answer and every other row is right.
 *
 * @param groups  rows of the table; only groups with unlike targets cost anything
 * @param counts  how often each row of the table counts
 */
export function groupedLoss(
  groups: readonly (readonly number[])[],
  table: Dataset,
  counts: ArrayLike<number>,
  loss: Loss,
): number {
  let sum = 0;
  for (const group of groups.filter((rows) => unlike(rows, table))) {
    const targets = group.map((row) => table.targets[row]);
    const often = group.map((row) => counts[row]);
    if (often.some((count) => count > 0)) sum += bestAnswer(targets, often, loss).loss;
  }
  return sum / Array.from(counts).reduce((total, count) => total + count, 0);
}

/** Whether rows differ in their targets. */
export function unlike(rows: readonly number[], table: Dataset): boolean {
  return rows.some((row) => table.targets[row] !== table.targets[rows[0]]);
}

/** How often each row of a table stands in data. */
export function frequencies(data: Dataset, table: Dataset): Float64Array {
  const rowText = (set: Dataset, row: number) =>
    set.inputs.subarray(row * set.features, (row + 1) * set.features).join(" ");
  const places = new Map(Array.from(table.targets, (_, row) => [rowText(table, row), row]));
  const counts = new Float64Array(table.rows);
  for (let row = 0; row < data.rows; row++) {
    const place = places.get(rowText(data, row));
    if (place !== undefined) counts[place] += 1;
  }
  return counts;
}

/** How near to a floor a loss must be to count as stuck there: the noise of small batches keeps it a little above. */
export const FLOOR_WIDTH = 0.02;

/** How many trials ended at which loss. */
export interface FloorCount {
  /** The floor's loss. */
  readonly loss: number;
  readonly trials: number;
}

/** Counts losses by the nearest floor; those near none are counted by the nearest multiple of 0.1. */
export function countByFloor(losses: Iterable<number>, floors: readonly number[]): FloorCount[] {
  const counts = new Map<number, number>();
  for (const loss of losses) {
    const nearest = floors.reduce(
      (best, floor) => (Math.abs(floor - loss) < Math.abs(best - loss) ? floor : best),
      Infinity,
    );
    const key = Math.abs(nearest - loss) <= FLOOR_WIDTH ? nearest : Math.round(loss * 10) / 10;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([loss, trials]) => ({ loss, trials }))
    .sort((a, b) => b.trials - a.trials || a.loss - b.loss);
}
