import { ticks } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { rounded } from "../../words/numbers.js";
import type { Trace } from "../parts/marks.js";
import { colourBar, type Frame } from "../parts/plane.js";
import { CLASS_COLOURS, COLOURS } from "../parts/theme.js";

/** Points along each side of the picture that stays: fine enough for a straight edge, and 20 kB in a notebook. */
export const FINE = 61;
/** Of one among many pictures of a training: 3 kB. */
export const COARSE = 25;

/** The network's output after an epoch as colours, and its one contour at ½; the final output if it is undefined. */
export function groundTrace(run: Run, frame: Frame, epoch: number | undefined, points: number): Trace {
  const [x, y] = [frame.x, frame.y].map((side) =>
    ticks(side[0], side[1], points).map((value) => rounded(value, 5)),
  );
  const outputs = run.predict(
    y.flatMap((up) => x.map((across) => [across, up])),
    epoch,
  );
  const digits = points === FINE ? 1000 : 100;
  return {
    type: "contour",
    name: "output",
    x,
    y,
    z: y.map((_, row) => x.map((__, column) => short(outputs[row * points + column], digits))),
    zmin: 0,
    zmax: 1,
    colorscale: [
      [0, CLASS_COLOURS.zero.ground],
      [0.5, COLOURS.card],
      [1, CLASS_COLOURS.one.ground],
    ],
    contours: { coloring: "heatmap", start: 0.5, end: 0.5, size: 1, showlines: true },
    line: { color: "#000000", width: 2 },
    colorbar: colourBar("network's output (black line: ½)", TICKS),
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>output %{z:.3f}<extra></extra>",
  };
}

const TICKS = { tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0", "¼", "½", "¾", "1"] };

/** Few decimals; more next to ½, where rounding would bend the line; null where the output is no number. */
function short(value: number, digits: number): number | null {
  if (!Number.isFinite(value)) return null;
  const near = Math.abs(value - 0.5);
  const steps = near < 0.002 ? 1e6 : near < 0.05 ? 1000 : digits;
  return Math.round(value * steps) / steps;
}
