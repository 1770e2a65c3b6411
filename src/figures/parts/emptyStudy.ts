import type { Study } from "../../study/result.js";
import { asFigure, type Figure } from "../figure.js";
import { commonText } from "./curves.js";
import { axis, CONFIG, cardLayout } from "./theme.js";

const HEIGHT = 290; // pixels

/** What is shown of a study that was stopped at once, or that has no settings: the axis alone. */
export function emptyStudy({ rows }: Study, xaxis: object): Figure {
  const title = "The study was stopped before its first trial ended";
  const common = rows.length > 0 ? commonText(rows) : "It has no settings.";
  const subtitle = ["There is no trial to show yet.", common] as const;
  const card = cardLayout({ title, subtitle, description: `${title}.`, height: HEIGHT });
  const yaxis = { ...axis(""), showticklabels: false, ticks: "", showgrid: false, fixedrange: true };
  return asFigure({ data: [], layout: { ...card, xaxis, yaxis }, config: CONFIG });
}
