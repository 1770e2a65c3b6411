import type { Dataset } from "../../data/dataset.js";
import { type DistinctRows, distinctRows, inputsOf, rowsAt } from "../../data/rows.js";
import type { Loss } from "../../engine/losses.js";
import { layerPlaces, type Network } from "../../engine/network.js";
import { meanLoss, penaltyOf, rowPredictor } from "../../engine/plain.js";
import { evenly, extent, ticks } from "../../numbers/vectors.js";
import { between, type Place } from "../parts/marks.js";
import { crossedSides } from "../parts/zeroLine.js";
import { type PathPlane, weightsAt } from "./path.js";

const MARGIN = 0.75; // of the path's extent, from its middle to each side
const LEAST_HALF = 0.5; // of the last weights' length: a run that hardly moved is not looked at through a microscope
const WORK = 50e6; // multiplications, about an eighth of a second
const FINE = 61; // points along each side
const COARSE = 41;

export type Landscape = ReturnType<typeof landscapeOf>;

/**
 * The loss over a square of a plane of weights, around the path: over all rows, or over so many of large data that it takes no
 * noticeable time. It is NaN or Infinity where it is no finite number.
 */
export function landscapeOf(network: Network, data: Dataset, lossName: Loss, plane: PathPlane) {
  const sides = [0, 1].map((axis) => extent(plane.path.map((place) => place[axis])));
  const longest = Math.max(...sides.map(([low, high]) => high - low));
  const length = Math.hypot(...weightsAt(plane, plane.path[plane.path.length - 1]));
  const half = Math.max(MARGIN * longest, LEAST_HALF * length) || 1;
  const { part, points } = affordable(network, data);
  /** The mean loss of weights over these rows, penalties included, and that at a place of the plane. */
  const lossOf = lossOver(network, part, lossName);
  const at = (place: Place) => lossOf(weightsAt(plane, place));
  const [x, y] = sides.map(([low, high]) => {
    const middle = (low + high) / 2;
    return ticks(middle - half, middle + half, points);
  });
  const rows = part.counts.reduce((sum, count) => sum + count, 0);
  const loss = y.map((up) => x.map((across) => at([across, up])));
  return { x, y, loss, at, lossOf, rows, half };
}

/** As many points and rows as the time allows; equal rows are computed once. */
function affordable(network: Network, data: Dataset): { part: DistinctRows; points: number } {
  const perRow = layerPlaces(network).reduce((sum, { inputs, units }) => sum + (inputs + 8) * units, 12);
  const all = distinctRows(data);
  if (all.rows.rows * perRow * FINE ** 2 <= WORK) return { part: all, points: FINE };
  const share = WORK / (all.rows.rows * perRow * COARSE ** 2);
  if (share >= 1) return { part: all, points: COARSE };
  const chosen = evenly(data.rows, Math.max(1, Math.floor(share * all.rows.rows)));
  return { part: distinctRows(rowsAt(data, chosen)), points: COARSE };
}

/** Makes the function that gives the mean loss with these weights. */
function lossOver(network: Network, { rows, counts }: DistinctRows, loss: Loss) {
  const predict = rowPredictor(network);
  const penalty = penaltyOf(network);
  const inputs = counts.map((_, row) => inputsOf(rows, row));
  return (weights: Float64Array): number => {
    const answers = inputs.flatMap((row) => Array.from(predict(weights, row, 0)));
    return meanLoss(answers, rows, loss, counts) + penalty.value(weights);
  };
}

const RADIUS = 1 / 6; // of half a side of the square
const RINGS = [1 / 3, 2 / 3, 1]; // of the radius
const DIRECTIONS = 48;

/**
 * Looks around the end of the path, in 48 directions, at three distances: at so many places, up to a radius in weights, and by how
 * much the loss differs there from that at the end, at least and at most; Infinity where it is no number.
 */
export function ringAround({ at, half }: Landscape, end: Place) {
  const radius = RADIUS * half;
  const loss = at(end);
  const changes = Array.from({ length: DIRECTIONS }, (_, i) => (2 * Math.PI * i) / DIRECTIONS).flatMap(
    (angle) =>
      RINGS.map((part) => {
        const [right, up] = [Math.cos(angle), Math.sin(angle)].map((step) => part * radius * step);
        const change = at([end[0] + right, end[1] + up]) - loss;
        return Number.isFinite(change) ? change : Infinity;
      }),
  );
  return { radius, places: changes.length, change: extent(changes) };
}

export type Ring = ReturnType<typeof ringAround>;

/**
 * The line on which a landscape's loss has a value, as pieces of straight line, one for each cell of the grid that
 * it crosses. Along a cell's edges the logarithm of the loss is taken to be straight.
 */
export function lineAt({ x, y, loss }: Pick<Landscape, "x" | "y" | "loss">, value: number) {
  const heights = loss.flat().map((at) => Math.log(at / value));
  const placeOf = (corner: number): Place => [x[corner % x.length], y[Math.floor(corner / x.length)]];
  const pieces = crossedSides(x.length, heights);
  return pieces.map((sides) =>
    sides.map(([one, other]) => {
      const share = heights[one] / (heights[one] - heights[other]);
      return between(placeOf(one), placeOf(other), share);
    }),
  );
}
