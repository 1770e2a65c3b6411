import { flatOf } from "../../engine/layerValues.js";
import { random } from "../../numbers/random.js";
import { dot, evenly, mainDirection, meanOf, unit, without } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import type { Place } from "../parts/marks.js";

const MOST_POINTS = 150;

/**
 * The weights that a run passed through, as points of the space of all weights: at its start, its end, and evenly spaced epochs
 * between them, as far as they were kept.
 */
export function weightPath(run: NetworkRun) {
  const kept = run.epochsKept;
  const shown = [...evenly(kept.length - 1, MOST_POINTS - 1).map((i) => kept[i]), kept[kept.length - 1]];
  const at = (epoch?: number) => Float64Array.from(flatOf(run.weights(epoch)));
  const steps = shown.map((epoch) => ({ epoch, point: at(epoch) }));
  const end = at();
  const moved = steps[steps.length - 1].point.some((value, i) => value !== end[i]);
  if (moved) steps.push({ epoch: run.history.loss.length + 0.5, point: end }); // stopped or diverged within an epoch
  const whole = steps.findIndex(({ point }) => !point.every(Number.isFinite));
  const path = whole < 0 ? steps : steps.slice(0, whole);
  return {
    /** How many epochs had passed; a half more if the training ended within an epoch. */
    epochs: path.map((step) => step.epoch),
    /** All weights and biases as one row of numbers, at each of these epochs. */
    points: path.map((step) => step.point),
    /** Whether the last weights are no numbers any more, and the path ends before them. */
    broken: whole >= 0,
  };
}

export type WeightPath = ReturnType<typeof weightPath>;

/** Snapshots are single precision: what is below this share of the path is rounding. */
const ROUNDING = 1e-10; // of squared lengths

/**
 * The plane that best holds a path: across from its start to its end, and up in the direction in which it strays
 * most from that line (its first principal component). Both directions have length 1.
 *
 * @param seed  of the random direction that stands in where the path is straight, or does not move
 */
export function pathPlane({ points }: Pick<WeightPath, "points">, seed: number) {
  const [origin] = points;
  const steps = points.map((point) => point.map((value, i) => value - origin[i]));
  const far = longestSquare(steps);
  const end = steps[steps.length - 1];
  const source = random(seed, "landscape");
  const draw = () => Float64Array.from(origin, () => source.normal());
  const closed = dot(end, end) <= ROUNDING * far; // back where it began: its main direction instead
  const moves = far > ROUNDING * dot(origin, origin);
  const across = unit(moves ? (closed ? turnedMain(steps) : end) : draw());
  const strays = steps.map((step) => without(step, across));
  const strayed = moves && longestSquare(strays) > ROUNDING * far;
  const up = unit(without(strayed ? turnedMain(strays) : draw(), across));
  const path = steps.map((step): Place => [dot(step, across), dot(step, up)]); // or what is nearest to it
  const share = moves ? heldShare(steps, path) : 1;
  /** Whether a direction had to be drawn at random, since the path goes no second way, or no way at all. */
  const drawn = strayed ? "none" : moves ? "up" : "both";
  return { origin, across, up, path, share, drawn } as const;
}

export type PathPlane = ReturnType<typeof pathPlane>;

/** The weights at a place of the plane. */
export function weightsAt({ origin, across, up }: PathPlane, [x, y]: Place): Float64Array {
  return origin.map((value, i) => value + x * across[i] + y * up[i]);
}

function longestSquare(rows: readonly Float64Array[]): number {
  return Math.max(...rows.map((row) => dot(row, row)));
}

/** The direction in which rows, not all 0, vary most, to the side of the row that lies farthest along it. */
function turnedMain(rows: readonly Float64Array[]): Float64Array {
  const direction = mainDirection(rows) ?? rows[0];
  const along = rows.map((row) => dot(row, direction));
  const farthest = along.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return farthest < 0 ? direction.map((value) => 0 - value) : direction; // no −0
}

/** The part of the path's variance about its middle that its picture in the plane has. */
function heldShare(steps: readonly Float64Array[], path: readonly Place[]): number {
  const variance = (rows: readonly ArrayLike<number>[]) => {
    const middle = meanOf(rows);
    return rows.reduce((sum, row) => sum + middle.reduce((all, mean, i) => all + (row[i] - mean) ** 2, 0), 0);
  };
  return Math.min(1, variance(path) / variance(steps));
}
