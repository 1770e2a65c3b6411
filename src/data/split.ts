import { DEFAULT_SEED, finiteNumber, optionsObject, seedNumber } from "../check.js";
import { random, shuffle } from "../numbers/random.js";
import { counted } from "../words/english.js";
import { checkDataset, type Dataset, makeDataset } from "./dataset.js";
import { rescaled } from "./fitting.js";
import { groupsByKey, rowsAt, targetsOf } from "./rows.js";
import { fittingScaling, unscaled } from "./scaling.js";

/** How split() divides the rows. */
export interface SplitOptions {
  /** Which share of the rows is held out, above 0 and below 1; ¼ unless given. */
  readonly test?: number;
  /** What the choice of rows follows from, a whole number ≥ 0; 1 unless given. */
  readonly seed?: number;
}

/**
 * Splits data into rows to train on and rows that are held out, drawn at random from a seed.
 *
 * Both parts have every class in its share of the rows, as nearly as whole rows allow, and at least one row of each class that
 * has two. Task, classes and names are those of the data. Scaled data are scaled anew, both parts by the numbers of the training
 * part alone: nothing of the held-out rows is known in training. Data that are judged by other rows (a truth table) still are.
 *
 * @throws TypeError or RangeError for options out of range, or if one part would have no rows
 * @example split(xor({ rows: 100 }), { test: 0.2 }).test.rows // 20
 */
export function split(
  data: Dataset,
  options: SplitOptions = {},
): { readonly train: Dataset; readonly test: Dataset } {
  checkDataset("split", data);
  const given = optionsObject<SplitOptions>("split", options, ["test", "seed"]);
  const { test = 0.25, seed = DEFAULT_SEED } = given;
  finiteNumber("split", "test", test, { above: 0, below: 1 });
  seedNumber("split", seed);
  const held = heldOut(data, test, seed);
  const parts = {
    train: partOf(data, "train", (row) => !held.has(row)),
    test: partOf(data, "test", (row) => held.has(row)),
  };
  if (!data.scaling) return parts;
  const scaling = fittingScaling(data.scaling.method, data, unscaled(parts.train));
  return { train: rescaled(parts.train, scaling), test: rescaled(parts.test, scaling) };
}

function partOf(data: Dataset, part: string, isIn: (row: number) => boolean): Dataset {
  const { judge } = data;
  const rows = Array.from({ length: data.rows }, (_, row) => row).filter(isIn);
  return makeDataset({ ...rowsAt(data, rows), name: `${data.name} (${part})`, ...(judge ? { judge } : {}) });
}

/** The rows of the test part. */
function heldOut(data: Dataset, share: number, seed: number): Set<number> {
  const wanted = Math.round(share * data.rows);
  const hasClasses = data.task === "classes" || (data.task === "binary" && data.outputs === 1);
  const keys = Array.from({ length: data.rows }, (_, row) =>
    hasClasses ? targetsOf(data, row).join(" ") : "",
  );
  const groups = groupsByKey(keys);
  const sizes = groups.map((group) => group.length);
  const counts = apportioned(sizes, share, wanted);
  const held = groups.flatMap((group, i) => {
    const order = Uint32Array.from(group);
    shuffle(order, random(seed, `split ${i}`));
    return [...order.subarray(0, counts[i])];
  });
  if (held.length === 0)
    throw new RangeError(
      `split: data must have at least two rows${hasClasses ? " of one class" : ""}, one for each part, got ` +
        counted(data.rows, "row"),
    );
  return new Set(held);
}

/**
 * How many rows of each class are held out: its share in whole rows, then one more or less where that is nearest to the share,
 * until all together are as many as wanted. Of two rows or more at least one is in each part; one row alone is for training.
 */
function apportioned(sizes: readonly number[], share: number, wanted: number): number[] {
  const least = (size: number) => Math.min(1, size - 1);
  const counts = sizes.map((size) => Math.max(least(size), Math.min(size - 1, Math.floor(share * size))));
  const short = (i: number) => share * sizes[i] - counts[i];
  for (let missing = wanted - counts.reduce((sum, count) => sum + count, 0); missing !== 0; ) {
    const step = Math.sign(missing);
    const free = counts.flatMap((count, i) => {
      const next = count + step;
      return next >= least(sizes[i]) && next <= sizes[i] - 1 ? [i] : [];
    });
    if (free.length === 0) break;
    const best = free.reduce((one, other) => (step * short(other) > step * short(one) ? other : one));
    counts[best] += step;
    missing -= step;
  }
  return counts;
}
