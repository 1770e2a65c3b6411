import { finiteNumber } from "../check.js";
import { cosine, sine as sineOf } from "../numbers/elementary.js";
import { random } from "../numbers/random.js";
import { ticks } from "../numbers/vectors.js";
import { type Dataset, makeDataset } from "./dataset.js";
import { drawnOptions, drawnPoints } from "./points.js";

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
  return drawnPoints("moons", options, (source, noise, row, rows) => {
    const upper = Math.floor(rows / 2);
    const [place, count] = row < upper ? [row, upper] : [row - upper, rows - upper];
    const angle = count > 1 ? (Math.PI * place) / (count - 1) : 0;
    const [x, y] = [cosine(angle), sineOf(angle)];
    const across = (row < upper ? x : 1 - x) + noise * source.normal();
    const up = (row < upper ? y : 0.5 - y) + noise * source.normal();
    return [across, up, row < upper ? 0 : 1];
  });
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
