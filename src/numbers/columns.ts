import { extent } from "./vectors.js";

/** Mean, deviation and extent of a column of numbers. */
export interface Column {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** The columns of numbers that lie row after row. */
export function columnsOf(numbers: ArrayLike<number>, columns: number): Column[] {
  const length = numbers.length / columns;
  return Array.from({ length: columns }, (_, column) =>
    columnFacts(Float64Array.from({ length }, (_, row) => numbers[row * columns + column])),
  );
}

export function columnFacts(values: Float64Array): Column {
  const [first = 0] = values; // counted from it, the mean of numbers that are all alike is exactly these
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const [low, high] = extent(values);
  return { mean, deviation: Math.sqrt(square), low, high };
}
