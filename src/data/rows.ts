import { evenly } from "../numbers/vectors.js";
import { type Dataset, makeDataset } from "./dataset.js";

/** The different rows of data, and how often each of them occurs. */
export interface DistinctRows {
  readonly rows: Dataset;
  readonly counts: readonly number[];
}

/** With more different rows than this, they are no longer treated one by one. */
export const MOST_ENUMERATED = 64;
/** Of longer data an evenly spread part of this many rows is used. */
const MOST_ROWS = 10_000;

/**
 * The different rows (inputs and target) and their counts, if there are few different ones; otherwise every row, counted
 * once.
 *
 * @param most  how many are few
 */
export function distinctRows(data: Dataset, most = MOST_ENUMERATED): DistinctRows {
  const places = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < data.rows && places.size <= most; row++) {
    const text = `${rowKey(data, row)} ${targetsOf(data, row).join(" ")}`;
    const place = places.get(text);
    if (place) place.count += 1;
    else places.set(text, { row, count: 1 });
  }
  if (places.size > most) return evenPart(data);
  const found = [...places.values()].sort((a, b) => compareRows(data, a.row, b.row));
  const rows = found.map((place) => place.row);
  return { rows: rowsAt(data, rows), counts: found.map((place) => place.count) };
}

function evenPart(data: Dataset): DistinctRows {
  const rows = evenly(data.rows, MOST_ROWS);
  return { rows: rows.length === data.rows ? data : rowsAt(data, rows), counts: rows.map(() => 1) };
}

/** In the order of a truth table: by the first input, then the second, …, then the target. */
function compareRows(data: Dataset, a: number, b: number): number {
  for (let i = 0; i < data.features; i++) {
    const apart = data.inputs[a * data.features + i] - data.inputs[b * data.features + i];
    if (apart !== 0) return apart;
  }
  const [one, other] = [targetsOf(data, a), targetsOf(data, b)];
  const at = one.findIndex((target, j) => target !== other[j]);
  return at < 0 ? 0 : one[at] - other[at];
}

/** Some rows of data as data of their own. */
export function rowsAt(data: Dataset, rows: readonly number[]): Dataset {
  const inputs = Float32Array.from(rows.flatMap((row) => Array.from(inputsOf(data, row))));
  const targets = Float32Array.from(rows.flatMap((row) => Array.from(targetsOf(data, row))));
  const { judge, ...parts } = data;
  return makeDataset({ ...parts, inputs, targets });
}

/** One row's inputs. */
export function inputsOf(data: Dataset, row: number): Float32Array {
  return data.inputs.subarray(row * data.features, (row + 1) * data.features);
}

/** One row's targets. */
export function targetsOf(data: Dataset, row: number): Float32Array {
  return data.targets.subarray(row * data.outputs, (row + 1) * data.outputs);
}

/** One row's inputs as a text that is the same for the same inputs (0 and −0 are one). */
export function rowKey(data: Dataset, row: number): string {
  return inputsOf(data, row).join(" ");
}

/** Whether two data sets have the same rows in the same order, whatever they are called. */
export function sameRows(one: Dataset, other: Dataset): boolean {
  return (
    one.rows === other.rows &&
    one.features === other.features &&
    one.outputs === other.outputs &&
    one.inputs.every((value, i) => value === other.inputs[i]) &&
    one.targets.every((value, i) => value === other.targets[i])
  );
}

/** Indices of rows that belong together. */
export type RowGroup = readonly number[];

/** Indices of equal keys, a group for each key, in the order in which the keys first appear. */
export function groupsByKey(keys: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  keys.forEach((key, i) => {
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  return [...groups.values()];
}

/** The first row of each different input. (Contradictory rows have the same inputs and different targets.) */
export function unlikeInputs(data: Dataset, rows: RowGroup): number[] {
  return groupsByKey(rows.map((row) => rowKey(data, row))).map(([first]) => rows[first]);
}

/** Whether rows differ in their targets. */
export function unlike(rows: RowGroup, data: Dataset): boolean {
  const { targets, outputs } = data;
  const differs = (row: number): boolean => {
    for (let j = 0; j < outputs; j++)
      if (targets[row * outputs + j] !== targets[rows[0] * outputs + j]) return true;
    return false;
  };
  return rows.some(differs);
}

/** How often the inputs of each row of a table occur in data; once each if the data are the table itself. */
export function frequencies(data: Dataset, table: Dataset): Float64Array {
  if (data === table) return new Float64Array(table.rows).fill(1);
  const places = new Map(Array.from({ length: table.rows }, (_, row) => [rowKey(table, row), row]));
  const counts = new Float64Array(table.rows);
  for (let row = 0; row < data.rows; row++) {
    const place = places.get(rowKey(data, row));
    if (place !== undefined) counts[place] += 1;
  }
  return counts;
}

/** Whether a table has all rows of some data, by how often each of its rows occurs in them. */
export function hasAllRows(frequencies: ArrayLike<number>, data: Dataset): boolean {
  return Array.from(frequencies).reduce((sum, count) => sum + count, 0) === data.rows;
}
