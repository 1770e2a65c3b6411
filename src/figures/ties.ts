import { type Dataset, judgedRows } from "../data/dataset.js";
import { type Loss, lossFunction } from "../engine/functions.js";
import { tieFloors } from "../floors.js";
import type { Run } from "../run.js";

/** A loss at which a network gets stuck that gives some inputs one answer, and what that means. */
export interface Tie {
  /** The loss if all rows of the truth table were equally frequent. */
  readonly loss: number;
  /** How many inputs share an answer with an input of the other class, in the simplest such network. */
  readonly inputs: number;
  /** The least and the largest such loss with the rows as frequent as they are in the runs' data. */
  readonly low: number;
  readonly high: number;
}

/** The floors of runs on one truth table, ascending; none where the data have no common table of zeros and ones. */
export function tiesOf(runs: readonly Run[]): Tie[] {
  const table = judgedRows(runs[0].data);
  const { loss } = runs[0].settings;
  const common = runs.every((run) => sameRows(judgedRows(run.data), table));
  if (!common || !Array.from(table.targets).every((target) => target === 0 || target === 1)) return [];
  const floors = tieFloors(table, loss);
  if (floors.length === 0) return [];
  const counts = runs.map((run) => frequencies(run.data, table));
  const networks = groupings(table.rows).map((groups) => ({
    inputs: groups.filter((group) => mixed(group, table)).flat().length,
    equal: groupedLoss(
      groups,
      table,
      table.targets.map(() => 1),
      loss,
    ),
    real: counts.map((frequent) => groupedLoss(groups, table, frequent, loss)),
  }));
  return floors.map((floor) => {
    const here = networks.filter((network) => Math.abs(network.equal - floor) < 1e-6);
    const real = here.flatMap((network) => network.real);
    const inputs = Math.min(...here.map((network) => network.inputs));
    return { loss: floor, inputs, low: Math.min(...real), high: Math.max(...real) };
  });
}

function sameRows(one: Dataset, other: Dataset): boolean {
  return (
    one.rows === other.rows &&
    one.inputs.every((value, i) => value === other.inputs[i]) &&
    one.targets.every((value, i) => value === other.targets[i])
  );
}

/** How often each row of the table stands in the data. */
function frequencies(data: Dataset, table: Dataset): Float32Array {
  const rowText = (set: Dataset, row: number) =>
    set.inputs.subarray(row * set.features, (row + 1) * set.features).join(" ");
  const places = new Map(Array.from(table.targets, (_, row) => [rowText(table, row), row]));
  const counts = new Float32Array(table.rows);
  for (let row = 0; row < data.rows; row++) {
    const place = places.get(rowText(data, row));
    if (place !== undefined) counts[place] += 1;
  }
  return counts;
}

/** Every way to divide the rows into groups that share an answer (4140 ways for 8 rows). */
function groupings(rows: number): number[][][] {
  let all: number[][][] = [[]];
  for (let row = 0; row < rows; row++)
    all = all.flatMap((groups) => [
      [...groups, [row]],
      ...groups.map((_, i) => groups.map((group, j) => (i === j ? [...group, row] : group))),
    ]);
  return all;
}

function mixed(group: readonly number[], table: Dataset): boolean {
  return group.some((row) => table.targets[row] !== table.targets[group[0]]);
}

/** The mean loss if every group gets its best answer: its mean target. */
function groupedLoss(
  groups: readonly (readonly number[])[],
  table: Dataset,
  counts: Float32Array,
  loss: Loss,
): number {
  const { value } = lossFunction(loss);
  let sum = 0;
  for (const group of groups) {
    const ones = group.reduce((total, row) => total + counts[row] * table.targets[row], 0);
    const all = group.reduce((total, row) => total + counts[row], 0);
    if (all > 0 && mixed(group, table))
      sum += ones * value(ones / all, 1) + (all - ones) * value(ones / all, 0);
  }
  return sum / counts.reduce((total, count) => total + count, 0);
}
