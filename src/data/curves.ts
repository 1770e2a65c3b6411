import { DEFAULT_SEED, finiteNumber, optionsObject, seedNumber } from "../check.js";
import { cosine, sine as sineOf } from "../numbers/elementary.js";
import { random } from "../numbers/random.js";
import { ticks } from "../numbers/vectors.js";
import { type Dataset, makeDataset, rowCount } from "./dataset.js";

/** Data drawn along curves: two half circles that interlock, and a sine. */

export interface CurveOptions {
  /** How many rows, ≥ 1; 500 unless given. */
  readonly rows?: number;
  /** Standard deviation of the normal noise, from 0 to 1; 0 unless given. */
  readonly noise?: number;
  /** What the rows follow from, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
}

export interface SineOptions extends CurveOptions {
  /** How many periods the inputs span, above 0 and up to 10; 1 unless given. */
  readonly periods?: number;
}

/**
 * scikit-learn's two moons: half circles of radius 1 at equal steps, the upper one round (0, 0), class 0, the lower one round
 * (1, ½), class 1, half of the rows each. Noise moves points along both axes.
 *
 * @throws TypeError or RangeError for options out of range
 * @see make_moons, https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
 * @example moons({ rows: 100, noise: 0.1, seed: 1 }).features // 2
 */
export function moons(options: CurveOptions = {}): Dataset {
  const { rows, noise, seed } = drawnOptions("moons", options);
  const source = random(seed, "moons");
  const upper = Math.floor(rows / 2);
  const inputs = new Float32Array(2 * rows);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [place, count] = row < upper ? [row, upper] : [row - upper, rows - upper];
    const angle = count > 1 ? (Math.PI * place) / (count - 1) : 0;
    const [x, y] = [cosine(angle), sineOf(angle)];
    inputs[2 * row] = (row < upper ? x : 1 - x) + noise * source.normal();
    inputs[2 * row + 1] = (row < upper ? y : 0.5 - y) + noise * source.normal();
    targets[row] = row < upper ? 0 : 1;
  }
  return makeDataset({ name: "moons", features: 2, inputs, targets });
}

const JUDGED = 101; // points

/**
 * A regression: y = sin x at inputs that are drawn uniformly from −π to π, or as many periods as asked for. Noise is added to y.
 *
 * "Solved" is judged by the curve itself, without noise, at 101 evenly spaced inputs.
 *
 * @throws TypeError or RangeError for options out of range
 * @example sine({ rows: 100, noise: 0.1 }).task // "regression"
 */
export function sine(options: SineOptions = {}): Dataset {
  const { rows, noise, seed, periods = 1 } = drawnOptions("sine", options, ["periods"]);
  const end = Math.PI * finiteNumber("sine", "periods", periods, { above: 0, high: 10 });
  const source = random(seed, "sine");
  const inputs = new Float32Array(rows);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = end * (2 * source.uniform() - 1);
    inputs[row] = x;
    targets[row] = sineOf(x) + noise * source.normal();
  }
  const judge = sineData(Float32Array.from(ticks(-end, end, JUDGED)));
  return makeDataset({ ...judge, inputs, targets, judge });
}

function sineData(inputs: Float32Array): Dataset {
  const targets = inputs.map(sineOf);
  const names = { featureNames: ["x"], targetNames: ["y"] };
  return makeDataset({ name: "sine", features: 1, inputs, targets, task: "regression", ...names });
}

/** The checked options of data that are drawn. */
export function drawnOptions<Options extends CurveOptions>(
  name: string,
  came: Options,
  more: readonly (keyof Options & string)[] = [],
) {
  const options = optionsObject<Options>(name, came, ["rows", "noise", "seed", ...more]);
  const { rows = 500, noise = 0, seed = DEFAULT_SEED } = options;
  rowCount(name, rows);
  finiteNumber(name, "noise", noise, { low: 0, high: 1 });
  seedNumber(name, seed);
  return { ...options, rows, noise, seed };
}
