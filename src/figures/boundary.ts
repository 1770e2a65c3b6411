import { written } from "../options.js";
import type { Run } from "../run.js";
import { answersOf } from "./answers.js";
import { boundaryFinding } from "./boundaryFinding.js";
import { answerLabels, pointTraces } from "./boundaryPoints.js";
import { checkRun } from "./check.js";
import type { Figure } from "./figure.js";
import { dataText } from "./names.js";
import { type Plane, planeOf } from "./plane.js";
import { asText } from "./text.js";
import { axis, CLASS_COLOURS, COLOURS, CONFIG, cardLayout, LEGEND, SIZES } from "./theme.js";

const SQUARE_HEIGHT = 290; // pixels, about the width that a telephone has for it
const COLOUR_BAR = 66;
const LEGEND_ROW = 26;

/**
 * The network's output over the plane of its two inputs: colours from 0 to 1, black where it is ½, and the data on it.
 *
 * A point is right where its colour is that of the ground. Of a truth table, every row is labelled with its target
 * and the network's answer; of continuous data, at most 400 points are drawn.
 *
 * @param run  a run on data with two inputs
 * @returns a figure whose title counts the right answers
 * @throws TypeError if it is no run; RangeError if its data have other than two inputs
 * @example figures.boundary(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function boundary(run: Run): Figure {
  const { data } = checkRun("figures.boundary", run);
  if (data.features !== 2)
    throw new RangeError(
      `figures.boundary: the data must have 2 inputs to be drawn in a plane, got ${written(data.name)} with ${data.features}`,
    );
  const answers = answersOf(run);
  const plane = planeOf(run, answers);
  const points = pointTraces(answers);
  const finding = boundaryFinding(run, answers);
  const legend = answers.labelled ? 0 : LEGEND_ROW;
  const layout = {
    ...cardLayout({
      title: finding.title,
      subtitle: [finding.detail, `${dataText(run)}; seed ${run.seed}; ${progressText(run)}`],
      description: finding.description,
      height: SQUARE_HEIGHT + 54 + COLOUR_BAR,
      keyHeight: legend,
    }),
    xaxis: planeAxis("first input", plane.x, plane.alike ? { constrain: "domain" } : {}),
    yaxis: planeAxis(
      "second input",
      plane.y,
      plane.alike ? { scaleanchor: "x", scaleratio: 1, constrain: "domain", constraintoward: "top" } : {},
    ),
    annotations: answers.labelled ? answerLabels(answers, plane) : [],
    hovermode: "closest",
    dragmode: false,
    legend: {
      ...LEGEND,
      yref: "paper",
      y: 1,
      yanchor: "bottom",
      xref: "paper",
      x: 0.5,
      xanchor: "center",
      indentation: 0,
    },
    showlegend: legend > 0,
  };
  return { data: [outputTrace(plane), ...points], layout, config: CONFIG };
}

function progressText({ status, history }: Run): string {
  const epochs = history.loss.length;
  const when =
    epochs === 0 ? "before the first epoch ended" : `after ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  return status === "completed" ? when : `${status} ${when}`;
}

function planeAxis(title: string, values: readonly number[], more: object): object {
  const range = [values[0], values[values.length - 1]];
  return axis(title, { range, showgrid: false, nticks: 6, fixedrange: true, ...more });
}

/** The network's output as colours, and its one contour at ½. */
function outputTrace({ x, y, z }: Plane): Record<string, unknown> {
  return {
    type: "contour",
    name: "output",
    x,
    y,
    z,
    zmin: 0,
    zmax: 1,
    colorscale: [
      [0, CLASS_COLOURS.zero.ground],
      [0.5, COLOURS.card],
      [1, CLASS_COLOURS.one.ground],
    ],
    contours: { coloring: "heatmap", start: 0.5, end: 0.5, size: 1, showlines: true },
    line: { color: "#000000", width: 2 },
    colorbar: {
      orientation: "h",
      x: 0.5,
      xanchor: "center",
      y: -56 / SQUARE_HEIGHT,
      yanchor: "top",
      ypad: 0,
      lenmode: "pixels",
      len: 240,
      thickness: 12,
      outlinewidth: 0,
      tickvals: [0, 0.25, 0.5, 0.75, 1],
      ticktext: ["0", "¼", "½", "¾", "1"],
      tickfont: { size: SIZES.label, color: COLOURS.quiet },
      title: {
        text: asText("network's output (black line: ½)"),
        side: "top",
        font: { size: SIZES.label, color: COLOURS.quiet },
      },
    },
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>output %{z:.3f}<extra></extra>",
  };
}
