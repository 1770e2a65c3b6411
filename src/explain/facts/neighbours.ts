import type { Dataset } from "../../data/dataset.js";
import { targetsOf } from "../../data/rows.js";
import { columnsOf } from "../../numbers/columns.js";
import { dot, evenly } from "../../numbers/vectors.js";
import { classOf, hasClasses } from "../../verdict/classes.js";
import { r2Of, rightRows } from "../../verdict/outcome.js";

/** How well the nearest other rows tell a row's class. */
export type NeighbourFacts = NonNullable<ReturnType<typeof neighbourFacts>>;
/** What the nearest other rows leave open of a regression's targets. */
export type ScatterFacts = NonNullable<ReturnType<typeof scatterFacts>>;

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
export function neighbourFacts(data: Dataset, answers: ArrayLike<number>) {
  if (!hasClasses(data) || !hasNeighbours(data)) return undefined;
  const rows = evenly(data.rows, MOST_ROWS);
  const classes = rows.map((row) => classOf(data, row));
  const others = nearestOthers(data, rows);
  const votes = others.map((nearest) => votedClass(nearest.map(({ index }) => classes[index])));
  const counts = [...new Set(classes)].map((one) => classes.filter((other) => other === one).length);
  return {
    /** Rows that were looked at, evenly spread where there are many. */
    rows: rows.length,
    /** Of how many of them the nearest other rows, by a vote, tell the class. */
    right: votes.filter((vote, at) => vote === classes[at]).length,
    /** How many belong to the largest class. */
    largest: Math.max(...counts),
    /** Mean squared distance of these nearest rows, against that of any two. */
    distance: meanDistance(others, data),
    /** The share of all rows on which the network is right. */
    networkRight: rightRows(answers, data) / data.rows,
  };
}

/**
 * How much of a regression's targets no smooth function of the inputs tells, by the Gamma test: half the squared difference of the
 * targets of a row and its k-th nearest grows with the squared distance of the two, and a line through the means for k = 1 to 5,
 * at distance 0, is what differs without any distance.
 *
 * @param answers  the network's
 * @see Stefánsson, Končar and Jones 1997, A Note on the Gamma Test, Neural Computing and Applications 5:131–133
 */
export function scatterFacts(data: Dataset, answers: ArrayLike<number>) {
  if (data.task !== "regression" || !hasNeighbours(data)) return undefined;
  const rows = evenly(data.rows, MOST_ROWS);
  const nearest = nearestOthers(data, rows);
  const meanOf = (of: (one: Near, at: number) => number) =>
    Array.from({ length: VOTERS }, (_, k) =>
      nearest.reduce((sum, near, at) => sum + of(near[k], at) / rows.length, 0),
    );
  const distances = meanOf(({ distance }) => distance);
  const halves = meanOf(
    ({ index }, at) => squaredDistance(targetsOf(data, rows[at]), targetsOf(data, rows[index])) / 2,
  );
  const deviations = columnsOf(data.targets, data.outputs).map(({ deviation }) => deviation);
  const spread = dot(deviations, deviations);
  if (spread === 0) return undefined;
  /** The R² that is left for smooth functions of the inputs, about. */
  const smoothR2 = Math.min(1, Math.max(0, 1 - levelAtZero(distances, halves) / spread));
  return { rows: rows.length, smoothR2, networkR2: r2Of(answers, data) };
}

/** Where a line through points by least squares, one that does not fall, meets x = 0. */
function levelAtZero(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [xs, ys].map((all) => all.reduce((sum, value) => sum + value, 0) / all.length);
  const products = xs.reduce((sum, value, i) => sum + (value - x) * (ys[i] - y), 0);
  const squares = xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
  return y - (squares > 0 ? Math.max(0, products / squares) : 0) * x;
}

/** Of any two rows, each input counts twice its variance, which is 1. */
function meanDistance(nearest: readonly (readonly Near[])[], { inputs, features }: Dataset): number {
  const all = nearest.flat().reduce((sum, { distance }) => sum + distance, 0) / (nearest.length * VOTERS);
  const varying = columnsOf(inputs, features).filter(({ deviation }) => deviation > 0).length;
  return all / (2 * varying);
}

function hasNeighbours({ rows, inputs }: Dataset): boolean {
  return rows >= LEAST_ROWS && new Set(inputs).size > 2;
}

interface Near {
  readonly distance: number;
  readonly index: number;
}

/** The nearest others of each of these rows, the nearest first, by squared distance in deviations of each input. */
function nearestOthers(data: Dataset, rows: readonly number[]): Near[][] {
  const columns = columnsOf(data.inputs, data.features);
  const points = rows.map((row) =>
    columns.map(({ deviation }, i) => data.inputs[row * data.features + i] / (deviation || 1)),
  );
  return points.map((own, at) => {
    const nearest: Near[] = [];
    points.forEach((point, index) => {
      if (index === at) return;
      const distance = squaredDistance(point, own);
      if (nearest.length === VOTERS && distance >= nearest[VOTERS - 1].distance) return;
      const place = nearest.findIndex((other) => distance < other.distance);
      nearest.splice(place < 0 ? nearest.length : place, 0, { distance, index });
      nearest.length = Math.min(nearest.length, VOTERS);
    });
    return nearest;
  });
}

function squaredDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - other[i]) ** 2;
  return sum;
}

/** The class with most votes, of equally many that of the nearest. */
function votedClass(votes: readonly number[]): number {
  const countOf = (one: number): number => votes.filter((other) => other === one).length;
  return votes.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
}
