import type { Run } from "../../train/run.js";
import { type Answers, spread } from "./answers.js";

/** The network's output on a grid over the plane of its two inputs. */
export interface Plane {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** z[row][column], 3 decimals or more; null where the output is no number. */
  readonly z: readonly (readonly (number | null)[])[];
  /** Whether both axes are to have one scale. */
  readonly alike: boolean;
}

/** Points along each side of the picture that stays: fine enough for a straight edge, and 20 kB in a notebook. */
export const FINE = 61;
/** Of one among many pictures of a training: 3 kB. */
export const COARSE = 25;
const LABEL_MARGIN = 0.45; // around labelled points, in parts of the data's extent
const MARGIN = 0.06;
const MOST_UNLIKE = 4; // sides more unlike than this would make a sliver of one scale

/** The output around the data, with the weights after an epoch; the final ones if it is undefined. */
export function planeOf(run: Run, answers: Answers, epoch: number | undefined, points: number): Plane {
  const columns = [0, 1].map((axis) => answers.drawn.map((answer) => answer.inputs[axis]));
  const [width, height] = columns.map((column) => spread(column));
  const longest = Math.max(width, height) || 1;
  const alike = Math.min(width, height) === 0 || longest / Math.min(width, height) <= MOST_UNLIKE;
  const margin = answers.labelled ? LABEL_MARGIN : MARGIN;
  const [x, y] = columns.map((column, axis) => {
    const extent = alike ? longest : axis === 0 ? width : height;
    const middle = (Math.min(...column) + Math.max(...column)) / 2;
    return ticks(middle - extent * (0.5 + margin), middle + extent * (0.5 + margin), points);
  });
  const places = y.flatMap((second) => x.map((first) => [first, second]));
  const outputs = run.predict(places, epoch);
  const digits = points === FINE ? 1000 : 100;
  const z = y.map((_, row) => x.map((__, column) => shortened(outputs[row * points + column], digits)));
  return { x, y, z, alike };
}

function ticks(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) =>
    Number((from + ((to - from) * i) / (points - 1)).toPrecision(5)),
  );
}

/** Few decimals; more next to ½, where rounding would bend the line. */
function shortened(value: number, digits: number): number | null {
  if (!Number.isFinite(value)) return null;
  const near = Math.abs(value - 0.5);
  const steps = near < 0.002 ? 1e6 : near < 0.05 ? 1000 : digits;
  return Math.round(value * steps) / steps;
}
