import type { Dataset } from "../../data/dataset.js";
import { columnsOf } from "../../numbers/columns.js";
import { evenly } from "../../numbers/vectors.js";
import { classOf, hasClasses } from "../../verdict/classes.js";
import { rightRows } from "../../verdict/outcome.js";

/** How well the nearest other rows tell a row's class. */
export interface NeighbourFacts {
  /** Rows that were looked at, evenly spread where there are many. */
  readonly rows: number;
  /** Of how many of them the nearest other rows, by a vote, tell the class. */
  readonly right: number;
  /** How many belong to the largest class. */
  readonly largest: number;
  /** The share of all rows on which the network is right. */
  readonly networkRight: number;
}

/** Nearest rows that vote. */
export const VOTERS = 5;
const MOST_ROWS = 1000;
const LEAST_ROWS = 40;

/**
 * For each row the class that most of its five nearest other rows have, distances taken in deviations of each input.
 * Undefined for few rows, and where the inputs are only zeros and ones: of these the nearest differ in what counts.
 *
 * @param answers  the network's
 */
export function neighbourFacts(data: Dataset, answers: ArrayLike<number>): NeighbourFacts | undefined {
  if (!hasClasses(data) || data.rows < LEAST_ROWS || new Set(data.inputs).size <= 2) return undefined;
  const columns = columnsOf(data.inputs, data.features);
  const rows = evenly(data.rows, MOST_ROWS);
  const points = rows.map((row) =>
    columns.map(({ deviation }, i) => data.inputs[row * data.features + i] / (deviation || 1)),
  );
  const classes = rows.map((row) => classOf(data, row));
  const right = points.filter((_, at) => votedClass(points, classes, at) === classes[at]).length;
  const counts = [...new Set(classes)].map((one) => classes.filter((other) => other === one).length);
  return {
    rows: rows.length,
    right,
    largest: Math.max(...counts),
    networkRight: rightRows(answers, data) / data.rows,
  };
}

/** The class that most of the nearest points have, of equally many that of the nearest. */
function votedClass(points: readonly (readonly number[])[], classes: readonly number[], at: number): number {
  const nearest: { readonly distance: number; readonly index: number }[] = [];
  points.forEach((point, index) => {
    if (index === at) return;
    const distance = point.reduce((sum, value, i) => sum + (value - points[at][i]) ** 2, 0);
    if (nearest.length === VOTERS && distance >= nearest[VOTERS - 1].distance) return;
    const place = nearest.findIndex((other) => distance < other.distance);
    nearest.splice(place < 0 ? nearest.length : place, 0, { distance, index });
    nearest.length = Math.min(nearest.length, VOTERS);
  });
  const votes = nearest.map(({ index }) => classes[index]);
  const countOf = (one: number): number => votes.filter((other) => other === one).length;
  return votes.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
}
