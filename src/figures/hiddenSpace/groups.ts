import type { Dataset } from "../../data/dataset.js";
import type { HiddenPoint } from "./state.js";

/** Single precision leaves about 1e-7 of the largest value. */
const SAME = 1e-6;

/** Rows that land on one point of the hidden layer, in their order; a row alone is a group of one. */
export function groupsOf(points: readonly HiddenPoint[]): number[][] {
  const scale = points.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return grouped(points, (one, other) => one.every((value, i) => Math.abs(value - other[i]) <= SAME * scale));
}

/** Items that are alike, directly or through others. */
export function grouped<Item>(
  items: readonly Item[],
  alike: (one: Item, other: Item) => boolean,
): number[][] {
  let groups: number[][] = [];
  items.forEach((item, i) => {
    const near = groups.filter((group) => group.some((j) => alike(items[j], item)));
    const joined = [...near.flat(), i].sort((a, b) => a - b);
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  });
  return groups.sort((a, b) => a[0] - b[0]);
}

/** Those groups that hold rows of both classes: no line can take these apart. */
export function mixedGroups(points: readonly HiddenPoint[], rows: Dataset): number[][] {
  const above = (row: number) => rows.targets[row] > 0.5;
  return groupsOf(points).filter((group) => group.some((row) => above(row) !== above(group[0])));
}
