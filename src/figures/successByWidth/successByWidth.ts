import type { Study } from "../../study/result.js";
import { asFigure, type Figure } from "../figure.js";
import { checkStudy } from "../parts/check.js";
import { type Curve, commonText, curvesOf, rowName } from "../parts/curves.js";
import { emptyStudy } from "../parts/emptyStudy.js";
import { trialsText } from "../parts/studyTexts.js";
import { axis, COLOURS, CONFIG, cardLayout, LEGEND } from "../parts/theme.js";
import { curveTraces, DRAWING_HEIGHT, endLabels, hasValues, labelRoom } from "./curves.js";
import { studyFinding } from "./finding.js";
import { placesOf } from "./places.js";

const LEGEND_ROW = 15; // pixels an entry; several stand in a row where there is room
const LABEL_ROOM = 16; // for what stands above points at 100 %, so that it keeps off the heading

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
  const left = leftOutText(study);
  const room = labelRoom(curves);
  const points = `Share of ${trialsText(tried)} solved; 95 % Wilson intervals.`;
  const card = cardLayout({
    title,
    subtitle: [`${shape} ${points}`.trim(), `${left}${commonText(tried)}`],
    description: [`${title}.`, shape, points, left].join(" ").replace(/ +/g, " ").trim(),
    keyHeight: hasValues(curves) ? LABEL_ROOM : LABEL_ROOM / 2,
    height: DRAWING_HEIGHT + 54 + (room === undefined ? curves.length * LEGEND_ROW + 12 : 0),
  });
  const layout = {
    ...card,
    margin: { ...card.margin, r: card.margin.r + (room ?? 0) },
    xaxis: axis(widthTitle(curves), {
      range: places.range,
      tickvals: places.ticks.map((tick) => tick.at),
      ticktext: places.ticks.map((tick) => tick.text),
      showgrid: false,
      fixedrange: true,
    }),
    yaxis: rateAxis(),
    shapes: places.divider === undefined ? [] : [dividerShape(places.divider)],
    annotations: room === undefined ? [] : endLabels(curves, places),
    hovermode: "closest",
    dragmode: false,
    legend: LEGEND,
    showlegend: room === undefined,
  };
  return asFigure({ data: curveTraces(curves, places), layout, config: CONFIG });
}

const EMPTY_AXIS = axis("width of the hidden layer (units)", {
  range: [0, 5],
  showgrid: false,
  fixedrange: true,
});

function rateAxis(): object {
  const more = { range: [0, 100], tickvals: [0, 25, 50, 75, 100], fixedrange: true };
  return axis("trials solved (%)", { ...more, showline: false, ticks: "" });
}

function dividerShape(at: number): object {
  const line = { color: COLOURS.line, width: 1, dash: "dot" };
  return { type: "line", x0: at, x1: at, yref: "paper", y0: 0, y1: 1, line, layer: "below" };
}

function widthTitle(curves: readonly Curve[]): string {
  const layers = curves.flatMap((curve) => curve.layered.map((point) => point.layers));
  const example = layers.find((text) => text.includes("-"));
  if (layers.length === 0) return "width of the hidden layer (units)";
  return example ? `hidden units (${example}: ${example.split("-").length} layers)` : "hidden units";
}

/** What a stopped study did not come to. */
function leftOutText({ rows, status }: Study): string {
  const missing = rows.filter((row) => row.trials === 0);
  if (missing.length === 0) return status === "stopped" ? "The study was stopped early. " : "";
  const names =
    missing.length > 4 ? `${missing.length} of ${rows.length} settings` : missing.map(rowName).join(", ");
  return `Stopped early, without a trial of ${names}. `;
}
