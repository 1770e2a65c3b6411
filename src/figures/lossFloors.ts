import type { Study } from "../study/result.js";
import { asFigure, type Figure } from "./figure.js";
import { type Ending, endingsOf } from "./lossFloorsEndings.js";
import { checkStudy } from "./parts/check.js";
import { commonText } from "./parts/curves.js";
import { emptyStudy } from "./parts/emptyStudy.js";
import {
  hoverName,
  linesAxis,
  linesText,
  type RowLine,
  rowLines,
  scopeText,
  taskText,
} from "./parts/settings.js";
import { asText } from "./parts/text.js";
import { axis, COLOURS, CONFIG, cardLayout, LEGEND, SIZES } from "./parts/theme.js";
import { rounded } from "./parts/thin.js";
import { rateText } from "./successByWidth/finding.js";

const LEGEND_ROW = 19; // pixels; on a telephone each entry has its own
const THICKEST_BAR = 34;
const NARROWEST_LABELLED = 0.08; // of a bar: two digits fit at 340 pixels

/**
 * At which losses the trials of a study end unsolved: a bar for each setting, divided by how its trials ended.
 *
 * A trial that is not solved counts at a floor if its loss over the truth table is what inputs that share an answer
 * cost at best. At most 16 settings are drawn, and the 4 most frequent floors.
 *
 * @param study  made by study()
 * @returns a figure whose title says how most trials fail with the setting that solves least
 * @throws TypeError if it is no study
 * @example figures.lossFloors(await study({ hidden: 1, trials: 2, epochs: 1 })).layout.barmode // "stack"
 */
export function lossFloors(study: Study): Figure {
  const lines = rowLines(checkStudy("figures.lossFloors", study));
  const xaxis = shareAxis();
  if (lines.length === 0) return emptyStudy(study, xaxis);
  const endings = endingsOf(study, lines);
  const title = findingText(study, lines, endings);
  const { height, axis: yaxis } = linesAxis(lines);
  const floors = endings.some((ending) => ending.verb.startsWith("end unsolved at loss"));
  const what = floors ? `How the trials ended: solved, or unsolved at a loss.` : "How the trials ended.";
  const card = cardLayout({
    title,
    subtitle: [`${what} ${linesText(study, lines)}`, commonText(lines.map((line) => line.row))],
    description: `${title}. ${numbersText(lines, endings)} ${linesText(study, lines)}`,
    height: height + 54 + endings.length * LEGEND_ROW + 12,
  });
  const layout = {
    ...card,
    xaxis,
    yaxis,
    barmode: "stack",
    hovermode: "closest",
    dragmode: false,
    legend: { ...LEGEND, traceorder: "normal" },
    showlegend: true,
  };
  return asFigure({ data: endings.map((ending) => barTrace(lines, ending, height)), layout, config: CONFIG });
}

function shareAxis(): object {
  return axis("trials (%)", { range: [0, 100], tickvals: [0, 25, 50, 75, 100], fixedrange: true });
}

/** The parts of all bars that stand for one ending. */
function barTrace(lines: readonly RowLine[], ending: Ending, height: number): Record<string, unknown> {
  const shares = lines.map(({ row }) => ending.count(row) / row.trials);
  return {
    type: "bar",
    orientation: "h",
    name: asText(ending.name),
    x: shares.map((share) => rounded(100 * share)),
    y: lines.map((_, i) => i),
    width: Math.min(0.72, (THICKEST_BAR * lines.length) / height),
    customdata: lines.map((line, i) => [
      hoverName(line),
      `${ending.count(line.row)} of ${line.row.trials} trials (${rateText({ rate: shares[i] })})`,
    ]),
    text: shares.map((share) => (share >= NARROWEST_LABELLED ? `${Math.round(100 * share)}` : "")),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    textfont: { size: SIZES.label },
    marker: { color: ending.colour, line: { color: COLOURS.card, width: 0.5 } },
    hovertemplate: `%{customdata[0]}<br>${asText(ending.name)}<br>%{customdata[1]}<extra></extra>`,
  };
}

/** How most trials of the least successful setting fail. */
function findingText(study: Study, lines: readonly RowLine[], endings: readonly Ending[]): string {
  const worst = lines.reduce((least, line) => (line.row.rate < least.row.rate ? line : least));
  const { row, name } = worst;
  if (row.solved === row.trials) {
    if (lines.length === 1) return `${name}: every trial solves ${taskText(lines)}`;
    return `Every trial${scopeText(study, lines)} solves ${taskText(lines)}`;
  }
  const failures = endings.filter((ending) => ending.name !== "solved");
  const main = failures.reduce((most, ending) => (ending.count(row) > most.count(row) ? ending : most));
  return `${name}: ${rateText({ rate: main.count(row) / row.trials })} of trials ${main.verb}`;
}

/** "relu-2: solved 19 %, 0.4774 46 %; …". */
function numbersText(lines: readonly RowLine[], endings: readonly Ending[]): string {
  const parts = lines.map(({ row, name }) => {
    const shares = endings
      .filter((ending) => ending.count(row) > 0)
      .map((ending) => `${ending.name.split(":")[0]} ${rateText({ rate: ending.count(row) / row.trials })}`);
    return `${name}: ${shares.join(", ")}`;
  });
  return `${parts.join("; ")}.`;
}
