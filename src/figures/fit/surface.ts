import { featureTitles } from "../../data/dataset.js";
import { extent } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { rounded, significant } from "../../words/numbers.js";
import { COLOURS, colourScale } from "../parts/colours.js";
import type { FittedRows } from "../parts/fitted.js";
import { columns, marks, type Trace } from "../parts/marks.js";
import {
  COARSE,
  colourBar,
  FINE,
  frameAround,
  gridOver,
  groundTrace,
  PLANE,
  planeAxes,
} from "../parts/plane.js";
import { answersAt } from "../parts/rows.js";
import { asText } from "../parts/text.js";

const MARGIN = 0.06; // of the extent

/** Of two inputs: the output as colours over their plane, and the data in the colours of their targets. */
export function surfaceDrawing(run: NetworkRun, rows: FittedRows, first: number | undefined) {
  const frame = frameAround(rows.inputs, MARGIN);
  const scale = scaleOf(rows);
  return {
    axes: planeAxes(frame, featureTitles(rows.data), frame.alike),
    shapes: [],
    square: frame.alike,
    below: PLANE.axis + PLANE.bar,
    reading:
      "Ground: the network's output. Points: the data in the colours of their targets; large ones are missed by far.",
    tracesAt: (epoch: number | undefined): Trace[] => {
      const grid = gridOver(frame, epoch === first ? FINE : COARSE);
      const step = (scale.high - scale.low) / (epoch === first ? 500 : 100);
      const outputs = answersAt(run, rows, grid.places, epoch);
      const short = outputs.map((value) => rounded(Math.round(value / step) * step, 4));
      const look = {
        contours: { coloring: "heatmap" },
        line: { color: "rgba(31,36,41,0.4)", width: 0.6 },
        colorbar: colourBar(`${rows.name} (points) and output (ground)`, { nticks: 5 }),
      };
      return [groundTrace(grid, short, scale, look), pointTrace(run, rows, scale, epoch)];
    },
  };
}

/** Colours of numbers, in steps of lightness that every eye, and a grey print, shows (Cividis), over all targets. */
function scaleOf({ targets }: FittedRows) {
  const [least, most] = extent(targets);
  const [low, high] = least < most ? [least, most] : [least - 0.5, most + 0.5];
  return { low, high, colours: ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"] };
}

const SIZE = { least: 5, most: 15 }; // pixels, of a point without error and of one missed by a third of all colours

function pointTrace(
  run: NetworkRun,
  rows: FittedRows,
  { low, high, colours }: ReturnType<typeof scaleOf>,
  epoch: number | undefined,
): Trace {
  const { inputs, targets, drawn } = rows;
  const its = drawn.map((row) => inputs[row]);
  const errors = answersAt(run, rows, its, epoch).map((answer, i) => answer - targets[drawn[i]]);
  const sizes = errors.map((error) => {
    const share = Math.min(1, (3 * Math.abs(error)) / (high - low));
    return Math.round(SIZE.least + (SIZE.most - SIZE.least) * (Number.isFinite(share) ? share : 1));
  });
  const color = drawn.map((row) => rounded(targets[row], 4));
  const marker = { size: sizes, color, cmin: low, cmax: high, colorscale: colourScale(colours), opacity: 1 };
  const line = { color: COLOURS.card, width: 1 };
  const hover =
    "inputs (%{x:.3~g}, %{y:.3~g})<br>target %{marker.color:.4~g}<br>output is off by %{customdata}";
  const off = errors.map((error) => asText(significant(error, 2)));
  return marks(columns(its, 4), { ...marker, line }, { hover }, { customdata: off });
}
