import type { NetworkRun } from "../../train/networkRun.js";
import { levelText, rounded } from "../../words/numbers.js";
import { COLOURS, classLook } from "../parts/colours.js";
import type { Trace } from "../parts/marks.js";
import { colourBar, FINE, type Frame, type Grid, gridOver, groundTrace } from "../parts/plane.js";
import { answersAt } from "../parts/rows.js";
import { asText } from "../parts/text.js";
import { lineTrace } from "./line.js";
import type { BoundaryRows } from "./points.js";

/** The network's answers after an epoch as colours, the final ones if it is undefined. */
export function groundTraces(
  run: NetworkRun,
  rows: BoundaryRows,
  frame: Frame,
  epoch: number | undefined,
  points: number,
): Trace[] {
  const grid = gridOver(frame, points);
  const outputs = answersAt(run, rows, grid.places, epoch);
  const { task, threshold = 0.5 } = rows.judged;
  if (task === "classes") return regionTraces(rows, grid, outputs);
  const over = (values: readonly number[]) => values.map((value) => value - threshold);
  const border = lineTrace(grid, over(outputs), (places) => over(answersAt(run, rows, places, epoch)));
  return [outputTrace(rows, grid, outputs), border];
}

/** The output of a binary task as colours, white at the threshold. */
function outputTrace({ judged, output }: BoundaryRows, grid: Grid, outputs: readonly number[]): Trace {
  const { threshold = 0.5, targets } = judged;
  const half = targets.reduce((most, target) => Math.max(most, Math.abs(target - threshold)), 0) || 0.5;
  const ends = [threshold - half, threshold, threshold + half];
  const unit = 10 ** Math.round(Math.log10(2 * half));
  const usual = ends[0] === 0 && ends[2] === 1;
  const named = output === undefined ? "network's output" : `output ${output + 1}`;
  const bar = {
    tickvals: usual ? [0, 0.25, 0.5, 0.75, 1] : ends,
    ticktext: usual ? ["0", "¼", "½", "¾", "1"] : ends.map(levelText).map(asText),
  };
  return groundTrace(
    grid,
    outputs.map((value) => short(value, unit, grid.points === FINE)),
    { low: ends[0], high: ends[2], colours: [classLook(0).ground, COLOURS.card, classLook(1).ground] },
    {
      contours: { coloring: "heatmap" },
      line: { width: 0 },
      colorbar: colourBar(`${named} (line: ${levelText(threshold)})`, bar),
    },
  );
}

/** As many decimals as colours need. */
function short(value: number, unit: number, fine: boolean): number {
  const steps = fine ? 1000 : 100;
  return rounded((Math.round((value / unit) * steps) / steps) * unit, 9);
}

/**
 * A region for each class: where its output is larger than all others, with a line around it. Plotly fills the places where
 * a constraint does not hold.
 */
function regionTraces({ judged, classes }: BoundaryRows, grid: Grid, outputs: readonly number[]): Trace[] {
  return classes.map((_, place) => {
    const lead = grid.places.map((__, at) => {
      const theirs = outputs.slice(at * judged.outputs, (at + 1) * judged.outputs);
      return theirs[place] - Math.max(...theirs.filter((___, i) => i !== place));
    });
    return {
      type: "contour",
      ...{ x: grid.x, y: grid.y, z: besideBorders(grid.lines(lead), grid.points === FINE ? 3 : 2) },
      contours: { type: "constraint", operation: "<", value: 0 },
      fillcolor: classLook(place).ground,
      line: { color: COLOURS.edge, width: 2 },
      ...{ showscale: false, showlegend: false, hoverinfo: "skip" },
    };
  });
}

/** Numbers on a grid with so many digits where a neighbour has another sign; elsewhere the sign is all that is seen. */
function besideBorders(values: readonly (readonly number[])[], digits: number): (number | null)[][] {
  return values.map((line, row) =>
    line.map((value, column) => {
      const near = [-1, 0, 1].flatMap(
        (up) => values[row + up]?.slice(Math.max(0, column - 1), column + 2) ?? [],
      );
      if (!Number.isFinite(value)) return null;
      const inside = near.every((other) => Math.sign(other) === Math.sign(value));
      return inside ? Math.sign(value) : rounded(value, digits);
    }),
  );
}
