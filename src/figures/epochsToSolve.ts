import type { Study } from "../study/result.js";
import { epochsFinding } from "./epochsToSolveFinding.js";
import { asFigure, type Figure } from "./figure.js";
import { checkStudy } from "./parts/check.js";
import { commonText, curvesOf } from "./parts/curves.js";
import { emptyStudy } from "./parts/emptyStudy.js";
import { hoverName, linesAxis, linesText, numberText, type RowLine, rowLines } from "./parts/settings.js";
import { asText } from "./parts/text.js";
import { axis, COLOURS, CONFIG, cardLayout, HALO, PALETTE, SIZES } from "./parts/theme.js";
import { rounded } from "./parts/thin.js";

/**
 * How soon the trials of a study solve their task: for each setting the median of the first perfect epochs, with a line
 * from the first to the last tenth (10 % to 90 %). Trials that were not solved do not count.
 *
 * At most 16 settings are drawn. Networks that differ in nothing but their layers have one colour.
 *
 * @param study  made by study()
 * @returns a figure whose title compares the medians
 * @throws TypeError if it is no study
 * @example figures.epochsToSolve(await study({ hidden: 1, trials: 2, epochs: 1 })).data.length // 2
 */
export function epochsToSolve(study: Study): Figure {
  const lines = rowLines(checkStudy("figures.epochsToSolve", study));
  if (lines.length === 0) return emptyStudy(study, epochAxis(lines));
  const title = epochsFinding(study, lines);
  const { height, axis: yaxis } = linesAxis(lines);
  const what = "Solved trials only: median, and a line from 10 to 90 % of them.";
  const card = cardLayout({
    title,
    subtitle: [`${what} ${linesText(study, lines)}`, commonText(lines.map((line) => line.row))],
    description: `${title}. ${numbersText(lines)} ${linesText(study, lines)}`,
    height: height + 54 + 30,
  });
  const layout = {
    ...card,
    xaxis: epochAxis(lines),
    yaxis: { ...yaxis, showgrid: true },
    hovermode: "closest",
    dragmode: false,
  };
  return asFigure({ data: [medianTrace(lines), unsolvedTrace(lines)], layout, config: CONFIG });
}

/** Epochs from 0, so that twice as far right is twice as late. */
function epochAxis(lines: readonly RowLine[]): object {
  const last = Math.max(1, ...lines.map(({ row }) => row.epochsToSolve?.q90 ?? 0));
  const none = lines.every(({ row }) => row.epochsToSolve === undefined);
  const range = [0, none ? Math.max(1, ...lines.map(({ row }) => row.epochs)) : rounded(1.06 * last)];
  return axis("first perfect epoch", { range, nticks: 6, fixedrange: true });
}

/** The medians with their lines; the number stands above its point. */
function medianTrace(lines: readonly RowLine[]): Record<string, unknown> {
  const curves = curvesOf(lines.map((line) => line.row));
  const colours = lines.map(({ row }) => {
    const curve = curves.findIndex((one) =>
      [...one.single, ...one.layered].some((point) => point.row === row),
    );
    return curves.length > PALETTE.length ? COLOURS.good : PALETTE[curve];
  });
  const values = lines.map(({ row }) => row.epochsToSolve);
  return {
    type: "scatter",
    mode: "markers+text",
    x: values.map((value) => (value ? rounded(value.median) : null)),
    y: lines.map((_, i) => i),
    error_x: {
      type: "data",
      symmetric: false,
      array: values.map((value) => (value ? rounded(value.q90 - value.median) : null)),
      arrayminus: values.map((value) => (value ? rounded(value.median - value.q10) : null)),
      thickness: 1.6,
      width: 3,
      color: COLOURS.quiet,
    },
    text: values.map((value) => (value ? numberText(value.median) : "")),
    textposition: "top center",
    textfont: { size: SIZES.label, color: COLOURS.ink, shadow: HALO },
    marker: { size: 10, color: colours, opacity: 1 },
    customdata: lines.map((line) => [hoverName(line), ...hoverFacts(line)]),
    cliponaxis: false,
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
  };
}

function hoverFacts({ row }: RowLine): [string, string] {
  const { solved, trials, epochsToSolve: epochs } = row;
  if (!epochs) return [`none of ${trials} trials solved`, ""];
  const [low, median, high] = [epochs.q10, epochs.median, epochs.q90].map(numberText);
  return [`${solved} of ${trials} trials solved`, `median epoch ${median}; 10 to 90 %: ${low} to ${high}`];
}

/** Settings of which no trial was solved, in words. */
function unsolvedTrace(lines: readonly RowLine[]): Record<string, unknown> {
  const unsolved = lines.flatMap(({ row }, i) => (row.epochsToSolve ? [] : [i]));
  return {
    type: "scatter",
    mode: "text",
    x: unsolved.map(() => 0),
    y: unsolved,
    text: unsolved.map(() => asText(" none solved")),
    textposition: "middle right",
    textfont: { size: SIZES.label, color: COLOURS.quiet, shadow: HALO },
    customdata: unsolved.map((i) => [hoverName(lines[i]), hoverFacts(lines[i])[0]]),
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
  };
}

/** "relu-5: 6 (4 to 11); relu-1: none solved." */
function numbersText(lines: readonly RowLine[]): string {
  const parts = lines.map(({ row, name }) => {
    const epochs = row.epochsToSolve;
    if (!epochs) return `${name}: none solved`;
    const [low, median, high] = [epochs.q10, epochs.median, epochs.q90].map(numberText);
    return `${name}: ${median} (${low} to ${high})`;
  });
  return `Median first perfect epochs (10 to 90 %): ${parts.join("; ")}.`;
}
