import { type Dataset, makeDataset } from "./dataset.js";

/** Rows of which none repeats, and how often each stands in the data they come from. */
export interface DistinctRows {
  readonly rows: Dataset;
  readonly counts: readonly number[];
  /** Whether all rows of the data are in; of very long data only an evenly spread part is looked at. */
  readonly complete: boolean;
}

/** More different rows than these are not enumerated in words. */
export const MOST_ENUMERATED = 64;
/** Of longer data an evenly spread part is looked at. */
const MOST_ROWS = 10_000;

/**
 * The different rows (inputs and target) of data with few different rows, each with its count; other data row by row,
 * each counted once.
 */
export function distinctRows(data: Dataset): DistinctRows {
  const places = new Map<string, { row: number; count: number }>();
  for (let row = 0; row < data.rows && places.size <= MOST_ENUMERATED; row++) {
    const text = `${inputsText(data, row)} ${data.targets[row]}`;
    const place = places.get(text);
    if (place) place.count += 1;
    else places.set(text, { row, count: 1 });
  }
  if (places.size > MOST_ENUMERATED) return spread(data);
  const found = [...places.values()].sort((a, b) => compareRows(data, a.row, b.row));
  const rows = found.map((place) => place.row);
  return { rows: rowsAt(data, rows), counts: found.map((place) => place.count), complete: true };
}

function spread(data: Dataset): DistinctRows {
  const every = Math.ceil(data.rows / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(data.rows / every) }, (_, i) => i * every);
  return {
    rows: every === 1 ? data : rowsAt(data, rows),
    counts: rows.map(() => 1),
    complete: every === 1,
  };
}

/** In the order of a truth table: by the first input, then the second, …, then the target. */
function compareRows(data: Dataset, a: number, b: number): number {
  for (let i = 0; i < data.features; i++) {
    const apart = data.inputs[a * data.features + i] - data.inputs[b * data.features + i];
    if (apart !== 0) return apart;
  }
  return data.targets[a] - data.targets[b];
}

/** Some rows of data as data of their own. */
export function rowsAt(data: Dataset, rows: readonly number[]): Dataset {
  const inputs = rows.flatMap((row) => Array.from(inputsOf(data, row)));
  const targets = Float32Array.from(rows, (row) => data.targets[row]);
  return makeDataset(data.name, data.features, Float32Array.from(inputs), targets);
}

/** One row's inputs. */
export function inputsOf(data: Dataset, row: number): Float32Array {
  return data.inputs.subarray(row * data.features, (row + 1) * data.features);
}

/** One row's inputs as a text that is the same for the same inputs (0 and −0 are one). */
export function inputsText(data: Dataset, row: number): string {
  return inputsOf(data, row).join(" ");
}

/** Of some rows the first of each input: contradictory rows have the same inputs. */
export function unlikeInputs(data: Dataset, rows: readonly number[]): number[] {
  const first = new Map<string, number>();
  for (const row of rows) {
    const text = inputsText(data, row);
    if (!first.has(text)) first.set(text, row);
  }
  return [...first.values()];
}

/** The most rows that any answers can get right: of each input the more frequent side of ½. */
export function mostRightAnswers(data: Dataset): number {
  const sides = new Map<string, [below: number, above: number]>();
  for (let row = 0; row < data.rows; row++) {
    const text = inputsText(data, row);
    const side = sides.get(text) ?? [0, 0];
    side[data.targets[row] > 0.5 ? 1 : 0] += 1;
    sides.set(text, side);
  }
  return [...sides.values()].reduce((sum, [below, above]) => sum + Math.max(below, above), 0);
}
