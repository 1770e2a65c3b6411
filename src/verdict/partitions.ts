import { type Dataset, judgedRows } from "../data/dataset.js";
import type { Run } from "../train/run.js";
import { frequencies, groupedLoss, tieFloors, unlike } from "./floors.js";

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

/** What the floors depend on; a run is one. */
export interface Task extends Pick<Run, "data"> {
  readonly settings: Pick<Run["settings"], "loss">;
}

/** The floors of runs on one truth table, ascending; none where the data have no common table of zeros and ones. */
export function tiesOf(runs: readonly Task[]): Tie[] {
  const table = judgedRows(runs[0].data);
  const { loss } = runs[0].settings;
  const common = runs.every((run) => sameRows(judgedRows(run.data), table));
  if (!common || !Array.from(table.targets).every((target) => target === 0 || target === 1)) return [];
  const floors = tieFloors(table, loss);
  if (floors.length === 0) return [];
  const counts = runs.map((run) => frequencies(run.data, table));
  const networks = groupings(table.rows).map((groups) => ({
    inputs: groups.filter((group) => unlike(group, table)).flat().length,
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
