import type { Study } from "../../study/result.js";
import { widthsText } from "../../words/names.js";
import type { Figure } from "../figure.js";
import { checkStudy } from "../parts/check.js";
import { COLOURS } from "../parts/colours.js";
import { studyCriterion } from "../parts/criterion.js";
import { figureOf } from "../parts/marks.js";
import { type Curve, commonText, curvesOf, emptyStudy, leftOutText, trialsText } from "../parts/settings.js";
import { axis, EDGE, LEGEND } from "../parts/theme.js";
import {
  curveTraces,
  DRAWING_HEIGHT,
  endLabels,
  hasValues,
  labelRoom,
  type Places,
  placesOf,
} from "./curves.js";
import { studyFinding } from "./finding.js";

const LEGEND_ROW = 15; // pixels an entry; several stand in a row where there is room
const VALUE_ROOM = 16; // for what stands above points at 100 %, so that it keeps off the heading
const MOST_NAMES = 4;

/**
 * How often a network learns its task, by the width of its hidden layer: one curve a combination of the other
 * settings, with 95 % intervals (Wilson). Networks of several layers stand at the right.
 *
 * @param study  made by study()
 * @returns a figure whose title says where the curves start and end
 * @throws TypeError if it is no study
 * @example figures.successByWidth(await study({ hidden: [1, 2], trials: 2, epochs: 1 })).data.length // 1
 */
export function successByWidth(study: Study): Figure {
  const tried = checkStudy("figures.successByWidth", study).rows.filter((row) => row.trials > 0);
  if (tried.length === 0) return emptyStudy(study, EMPTY_AXIS);
  const curves = curvesOf(tried);
  const places = placesOf(curves);
  const { title, shape } = studyFinding(curves);
  const left = leftOutText(study, MOST_NAMES);
  const room = labelRoom(curves);
  const criterion = studyCriterion(study, tried);
  const solved = `solved${criterion === "" ? "" : ` (${criterion})`}`;
  const points = `Share of ${trialsText(tried)} ${solved}; 95 % Wilson intervals.`;
  const joined = (...parts: readonly string[]) => parts.filter(Boolean).join(" ");
  return figureOf({
    card: {
      title,
      subtitle: [joined(shape, points), joined(left, commonText(tried))],
      description: joined(`${title}.`, shape, points, left),
      room: hasValues(curves) ? VALUE_ROOM : VALUE_ROOM / 2,
      height: DRAWING_HEIGHT + 54 + (room === undefined ? curves.length * LEGEND_ROW + 12 : 0),
      spare: 50,
    },
    axes: { xaxis: widthAxis(curves, places), yaxis: RATE_AXIS },
    drawing: {
      traces: curveTraces(curves, places),
      notes: room === undefined ? [] : endLabels(curves, places),
      shapes: places.divider === undefined ? [] : [dividerShape(places.divider)],
    },
    margin: { r: EDGE + (room ?? 0) },
    ...(room === undefined ? { key: LEGEND } : {}),
  });
}

const WIDTH_TITLE = "width of the hidden layer (units)";
const EMPTY_AXIS = axis(WIDTH_TITLE, { range: [0, 5], showgrid: false, fixedrange: true });
const RATE_AXIS = axis("trials solved (%)", {
  ...{ range: [0, 100], tickvals: [0, 25, 50, 75, 100], fixedrange: true },
  ...{ showline: false, ticks: "" },
});

function widthAxis(curves: readonly Curve[], { range, ticks }: Places): object {
  return axis(widthTitle(curves), {
    range,
    tickvals: ticks.map((tick) => tick.at),
    ticktext: ticks.map((tick) => tick.text),
    showgrid: false,
    fixedrange: true,
  });
}

function widthTitle(curves: readonly Curve[]): string {
  const layered = curves.flatMap((curve) => curve.layered.map((row) => [row.hidden].flat()));
  const example = layered.find((widths) => widths.length > 1);
  if (layered.length === 0) return WIDTH_TITLE;
  return example ? `hidden units (${widthsText(example)}: ${example.length} layers)` : "hidden units";
}

function dividerShape(at: number): object {
  const line = { color: COLOURS.line, width: 1, dash: "dot" };
  return { type: "line", x0: at, x1: at, yref: "paper", y0: 0, y1: 1, line, layer: "below" };
}
