import type { Dataset } from "./data/dataset.js";
import { type Loss, lossFunction } from "./engine/functions.js";

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

/** The summed loss of z zeros and o ones that all get the answer o / (z + o). */
function tiedLoss(z: number, o: number, loss: Loss): number {
  const { value } = lossFunction(loss);
  const answer = o / (z + o);
  return z * value(answer, 0) + o * value(answer, 1);
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
