import type { Run } from "../../train/run.js";
import { evenRows, type MeanLoss, meanLoss } from "./loss.js";
import { type PathPlane, weightsAt } from "./plane.js";

/** The loss over a square of a plane of weights. */
export interface Landscape {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** loss[row][column]; NaN or Infinity where it is no finite number. */
  readonly loss: readonly (readonly number[])[];
  /** The mean loss at a place of the plane, over the rows that the square was computed with. */
  readonly at: (x: number, y: number) => number;
  /** The same of any weights. */
  readonly lossOf: (weights: Float64Array) => number;
  /** How many rows these are. */
  readonly rows: number;
  /** Half a side of the square, in weights. */
  readonly half: number;
}

const MARGIN = 0.75; // of the path's extent, from its middle to each side
const LEAST_HALF = 0.5; // of the last weights' length: a run that hardly moved is not looked at through a microscope
const WORK = 50e6; // multiplications, about an eighth of a second
const FINE = 61; // points along each side
const COARSE = 41;

/** The loss around the path, over all rows, or over so many of large data that it takes no noticeable time. */
export function landscapeOf(run: Run, plane: PathPlane): Landscape {
  const columns = [0, 1].map((axis) => plane.path.map((at) => at[axis]));
  const [low, high] = [
    columns.map((column) => Math.min(...column)),
    columns.map((column) => Math.max(...column)),
  ];
  const extent = Math.max(high[0] - low[0], high[1] - low[1]);
  const length = Math.hypot(...weightsAt(plane, ...plane.path[plane.path.length - 1]));
  const half = Math.max(MARGIN * extent, LEAST_HALF * length) || 1;
  const { mean, points, rows } = affordable(run);
  const at = (x: number, y: number) => mean.of(weightsAt(plane, x, y));
  const [x, y] = low.map((from, axis) => ticks((from + high[axis]) / 2, half, points));
  return { x, y, loss: y.map((up) => x.map((across) => at(across, up))), at, lossOf: mean.of, rows, half };
}

/** As many points and rows as the time allows. */
function affordable(run: Run): { mean: MeanLoss; points: number; rows: number } {
  const { network, data, settings } = run;
  if (!network) throw new TypeError("landscapeOf: the run has no network");
  const mean = meanLoss(network, data, settings.loss);
  if (mean.work * FINE ** 2 <= WORK) return { mean, points: FINE, rows: data.rows };
  const share = WORK / (mean.work * COARSE ** 2);
  if (share >= 1) return { mean, points: COARSE, rows: data.rows };
  const part = evenRows(data, Math.max(1, Math.floor(share * data.rows)));
  return { mean: meanLoss(network, part, settings.loss), points: COARSE, rows: part.rows };
}

function ticks(middle: number, half: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => middle + half * ((2 * i) / (points - 1) - 1));
}
