import type { Run } from "../run.js";
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

const POINTS = 61; // along each side: fine enough for a straight edge, and less than 60 kB in a notebook
const LABEL_MARGIN = 0.45; // around labelled points, in parts of the data's extent
const MARGIN = 0.06;
const MOST_UNLIKE = 4; // sides more unlike than this would make a sliver of one scale

/** The output around the data, with the weights after the last epoch. */
export function planeOf(run: Run, answers: Answers): Plane {
  const columns = [0, 1].map((axis) => answers.drawn.map((answer) => answer.inputs[axis]));
  const [width, height] = columns.map((column) => spread(column));
  const longest = Math.max(width, height) || 1;
  const alike = Math.min(width, height) === 0 || longest / Math.min(width, height) <= MOST_UNLIKE;
  const margin = answers.labelled ? LABEL_MARGIN : MARGIN;
  const [x, y] = columns.map((column, axis) => {
    const extent = alike ? longest : axis === 0 ? width : height;
    const middle = (Math.min(...column) + Math.max(...column)) / 2;
    return ticks(middle - extent * (0.5 + margin), middle + extent * (0.5 + margin));
  });
  const outputs = run.predict(y.flatMap((second) => x.map((first) => [first, second])));
  const z = y.map((_, row) => x.map((__, column) => shortened(outputs[row * POINTS + column])));
  return { x, y, z, alike };
}

function ticks(from: number, to: number): number[] {
  return Array.from({ length: POINTS }, (_, i) =>
    Number((from + ((to - from) * i) / (POINTS - 1)).toPrecision(5)),
  );
}

/** Three decimals; six next to ½, where rounding would bend the line. */
function shortened(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const steps = Math.abs(value - 0.5) < 0.002 ? 1e6 : 1000;
  return Math.round(value * steps) / steps;
}
