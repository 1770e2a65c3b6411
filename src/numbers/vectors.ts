/** Vectors, extents and evenly chosen items: the little linear algebra that explain() and the figures share. */

/** The sum of the products of two vectors' numbers. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** A vector's length, √(a·a). */
export function lengthOf(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector));
}

/** Numbers' root mean square: √(a·a / n). */
export function rootMeanSquare(numbers: ArrayLike<number>): number {
  return Math.sqrt(dot(numbers, numbers) / numbers.length);
}

/** The vector of length 1 that points the same way; a vector of length 0 stays as it is. */
export function unit(vector: ArrayLike<number>): Float64Array {
  const length = lengthOf(vector) || 1;
  return Float64Array.from(vector, (value) => value / length);
}

/** What is left of a vector without its part along a direction of length 1: the part at right angles to it. */
export function without(vector: ArrayLike<number>, direction: ArrayLike<number>): Float64Array {
  const along = dot(vector, direction);
  return Float64Array.from(vector, (value, i) => value - along * direction[i]);
}

/** The mean of rows of one length, one row or more. */
export function meanOf(rows: readonly ArrayLike<number>[]): Float64Array {
  const weights = rows.map(() => 1 / rows.length);
  return weightedSum(rows, weights);
}

/** The sum of rows of one length, each times its weight. */
function weightedSum(rows: readonly ArrayLike<number>[], weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(rows[0].length);
  rows.forEach((row, r) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[r] * row[i];
  });
  return sum;
}

const MOST_ROUNDS = 200;
const SETTLED = 1e-14; // a turn that is rounding

/** The i-th of numbers between 0 and 1 without a pattern: multiples of the golden ratio. */
export function scattered(i: number): number {
  return ((i + 1) * 0.6180339887) % 1;
}

/**
 * The direction, of length 1, in which rows vary most about 0 (their first principal component), by repeated
 * multiplication; undefined if all rows are 0. Its sign is arbitrary.
 *
 * @example Array.from(mainDirection([[0, 3], [0, -2]]) ?? [], Math.abs) // [0, 1]
 */
export function mainDirection(rows: readonly ArrayLike<number>[]): Float64Array | undefined {
  const sumOf = (weights: readonly number[]) => unit(weightedSum(rows, weights));
  // Weights without a pattern: a start that was at right angles to the direction would never find it.
  let direction = sumOf(rows.map((_, row) => scattered(row) - 0.5));
  if (lengthOf(direction) === 0) return undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = direction;
    direction = sumOf(rows.map((row) => dot(row, before)));
    if (lengthOf(direction.map((value, i) => value - before[i])) < SETTLED) break;
  }
  return direction;
}

/**
 * The smallest and the largest of numbers, however many; [∞, −∞] without any.
 *
 * @example extent([3, 1, 2]) // [1, 3]
 */
export function extent(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}

/** From the smallest to the largest. */
export function spread(values: ArrayLike<number>): number {
  const [low, high] = extent(values);
  return high - low;
}

/**
 * At most `most` of the indices 0 to length − 1, evenly spread; 0 is always one of them.
 *
 * @example evenly(10, 4) // [0, 2, 5, 7]
 */
export function evenly(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
}

/**
 * The smallest round number (1, 2 or 5 times a power of ten) that is at least `least`: the step from tick to tick.
 *
 * @param leads  other first digits, ascending, the first one 1
 * @example roundStep(0.13) // 0.2
 */
export function roundStep(least: number, leads: readonly number[] = [1, 2, 5]): number {
  const power = Math.floor(Math.log10(least));
  const steps = [...leads.map((lead) => `${lead}e${power}`), `1e${power + 1}`].map(Number);
  return steps.find((step) => step >= least) ?? steps[steps.length - 1];
}

/** Round numbers within a range, three to six of them. */
export function roundTicks(low: number, high: number): number[] {
  const step = roundStep((high - low) / 5);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** `count` numbers at equal distances, the first and the last as given. */
export function ticks(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

const SWEEPS = 30;
const ROUNDING = 1e-9; // of the largest entry: smaller ones beside the diagonal count as zero

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's method: pairs of coordinates are rotated until nothing
 * is left beside the diagonal. Each vector has length 1.
 *
 * @param symmetric  n rows of n finite numbers; not changed
 * @see Golub and Van Loan, Matrix Computations (2013), 8.5
 * @example eigenOf([[2, 0], [0, 5]].map((row) => Float64Array.from(row))).values // [2, 5]
 */
export function eigenOf(symmetric: readonly Float64Array[]) {
  const a = symmetric.map((row) => Float64Array.from(row));
  const vectors = symmetric.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  const scale = Math.max(...a.map((row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let beside = 0;
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) {
        beside = Math.max(beside, Math.abs(a[p][q]));
        if (a[p][q] !== 0) rotate(a, vectors, p, q);
      }
    if (beside <= ROUNDING * scale) break;
  }
  return { values: a.map((row, i) => row[i]), vectors };
}

/** The rotation of coordinates p and q that makes a[p][q] zero. */
function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const half = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const tangent = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turned = (x: number, y: number) => [cosine * x - sine * y, sine * x + cosine * y];
  for (const row of a) [row[p], row[q]] = turned(row[p], row[q]);
  for (const rows of [a, vectors])
    for (let j = 0; j < a.length; j++) [rows[p][j], rows[q][j]] = turned(rows[p][j], rows[q][j]);
}
