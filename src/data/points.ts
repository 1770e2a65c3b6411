import { DEFAULT_SEED, finiteNumber, optionsObject, seedNumber } from "../check.js";
import { type Random, random } from "../numbers/random.js";
import { type Dataset, makeDataset, rowCount } from "./dataset.js";

/** What all data that are drawn with noise are told. */
interface DrawnOptions {
  readonly rows?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** The checked options of data that are drawn. */
export function drawnOptions<Options extends DrawnOptions>(
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

/** Points of two classes, drawn one after the other. */
export function drawnPoints(
  name: string,
  options: DrawnOptions,
  point: (
    source: Random,
    noise: number,
    row: number,
    rows: number,
  ) => readonly [x: number, y: number, target: 0 | 1],
): Dataset {
  const { rows, noise, seed } = drawnOptions(name, options);
  const source = random(seed, name);
  const inputs = new Float32Array(2 * rows);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [x, y, target] = point(source, noise, row, rows);
    inputs.set([x, y], 2 * row);
    targets[row] = target;
  }
  return makeDataset({ name, features: 2, inputs, targets });
}
