import { featureTitles } from "../../data/dataset.js";
import { extent, ticks } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { isYes } from "../../verdict/outcome.js";
import { levelText, rounded } from "../../words/numbers.js";
import { COLOURS, classLook } from "../parts/colours.js";
import type { FittedRows } from "../parts/fitted.js";
import { columns, line, marks, type Place, type Trace } from "../parts/marks.js";
import { PLANE } from "../parts/plane.js";
import { answersAt } from "../parts/rows.js";
import { simpler } from "../parts/simpler.js";
import { axis } from "../parts/theme.js";

const POINTS = 161; // of the curve
const MARGIN = 0.06; // of the extent

/** Of one input: the output as a curve over the data. The frame holds all data, and the curve as it is shown first. */
export function curveDrawing(run: NetworkRun, rows: FittedRows, first: number | undefined) {
  const { data, inputs, targets, name } = rows;
  const x = padded(inputs.map(([value]) => value));
  const places = ticks(x[0], x[1], POINTS).map((value) => [rounded(value, 5)]);
  const curveAt = (epoch: number | undefined) => answersAt(run, rows, places, epoch);
  const y = padded([...targets, ...curveAt(first).filter(Number.isFinite)]);
  const { threshold } = data;
  const onSide = `a point is right where the curve is on its side of the line at ${levelText(threshold ?? 0)}`;
  return {
    axes: {
      xaxis: axis(featureTitles(data)[0], { range: x, showgrid: false, fixedrange: true }),
      yaxis: axis(threshold === undefined ? name : "output", { range: y, fixedrange: true, nticks: 6 }),
    },
    shapes: threshold === undefined ? [] : [levelShape(threshold)],
    square: false,
    below: PLANE.axis,
    reading: `Curve: the network's output; ${threshold === undefined ? "points: the data" : onSide}.`,
    tracesAt: (epoch: number | undefined): Trace[] => {
      const curve = curveAt(epoch).map((value, i): Place => [places[i][0], rounded(value, 4)]);
      const shown = epoch === first ? curve : bends(curve, x[1] - x[0], y[1] - y[0]);
      const hover = "%{x:.4~g} → %{y:.4~g}";
      const stroke = { color: COLOURS.edge, width: 2.5 };
      const drawn = {
        x: shown.map(([at]) => at),
        y: shown.map(([, at]) => (Number.isFinite(at) ? at : null)),
      };
      return [pointTrace(rows), line(drawn, stroke, { hover })];
    },
  };
}

/** Of one among many pictures, the places that a drawing of such sides needs. */
function bends(curve: readonly Place[], width: number, height: number): readonly Place[] {
  if (!curve.every(([, y]) => Number.isFinite(y))) return curve;
  const scaled = curve.map(([x, y]): Place => [x / width, y / height]);
  const kept = new Set(simpler(scaled, 1 / 1000));
  return curve.filter((_, i) => kept.has(scaled[i]));
}

function padded(values: readonly number[]): [low: number, high: number] {
  const [low, high] = extent(values);
  const margin = MARGIN * (high - low) || 0.5;
  return [rounded(low - margin, 5), rounded(high + margin, 5)];
}

function levelShape(level: number): object {
  const across = { xref: "paper", x0: 0, x1: 1, yref: "y", y0: level, y1: level };
  return { type: "line", ...across, line: { color: COLOURS.quiet, width: 1, dash: "dash" }, layer: "below" };
}

/** The data: of two classes in their colours and shapes. */
function pointTrace({ data, inputs, targets, drawn }: FittedRows): Trace {
  const looks = drawn.map((row) => classLook(isYes(targets[row], data) ? 1 : 0));
  const look =
    data.task === "binary"
      ? { color: looks.map(({ point }) => point), symbol: looks.map(({ symbol }) => symbol) }
      : { color: COLOURS.quiet };
  const places = columns(
    drawn.map((row) => [inputs[row][0], targets[row]]),
    5,
  );
  return marks(places, { size: 7, opacity: 0.6, ...look }, { hover: "%{x:.4~g}: target %{y:.4~g}" });
}
