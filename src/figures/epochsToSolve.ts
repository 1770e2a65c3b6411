import type { EpochsToSolve } from "../study/outcomes.js";
import type { Study } from "../study/result.js";
import type { StudyRow } from "../study/table.js";
import { capital, counted } from "../words/english.js";
import { rounded, withDecimals } from "../words/numbers.js";
import type { Figure } from "./figure.js";
import { checkStudy } from "./parts/check.js";
import { COLOURS } from "./parts/colours.js";
import { type Compared, clearlyBelow, fromTo } from "./parts/compared.js";
import { figureOf, hoverName, type Trace } from "./parts/marks.js";
import {
  type Curve,
  commonText,
  curvesOf,
  emptyStudy,
  linesAxis,
  linesText,
  noneText,
  type RowLine,
  rowLines,
} from "./parts/settings.js";
import { asText } from "./parts/text.js";
import { axis, HALO, SIZES } from "./parts/theme.js";

/**
 * How soon the trials of a study solve their task: for each setting the median of the first epochs after which the
 * judged rows are right, with a line from the first to the last tenth (10 % to 90 %). Trials that were not solved do
 * not count.
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
  const rows = lines.map((line) => line.row);
  const title = findingText(study, lines);
  const { height, axis: yaxis } = linesAxis(lines);
  const what = "Solved trials only: median, and a line from 10 to 90 % of them.";
  return figureOf({
    card: {
      title,
      subtitle: [`${what} ${linesText(study, lines)}`, commonText(rows)],
      description: `${title}. ${numbersText(lines)} ${linesText(study, lines)}`,
      height: height + 54 + 30,
    },
    axes: { xaxis: epochAxis(lines), yaxis: { ...yaxis, showgrid: true } },
    drawing: { traces: [medianTrace(lines), unsolvedTrace(lines)] },
  });
}

/** Epochs from 0, so that twice as far right is twice as late. */
function epochAxis(lines: readonly RowLine[]): object {
  const last = Math.max(0, ...lines.map(({ row }) => row.epochsToSolve?.q90 ?? 0));
  const end = last > 0 ? 1.06 * last : Math.max(1, ...lines.map(({ row }) => row.epochs));
  return axis("first solved epoch", { range: [0, rounded(end)], nticks: 6, fixedrange: true });
}

/** The medians with their lines; the number stands above its point. */
function medianTrace(lines: readonly RowLine[]): Trace {
  const curves = curvesOf(lines.map((line) => line.row));
  const looks = new Map(curves.flatMap(({ rows, look }) => rows.map((row) => [row, look])));
  const values = lines.map(({ row }) => row.epochsToSolve);
  const each = (say: (value: EpochsToSolve) => number) =>
    values.map((value) => (value ? rounded(say(value)) : null));
  return {
    type: "scatter",
    mode: "markers+text",
    x: each((value) => value.median),
    y: lines.map((_, i) => i),
    error_x: {
      ...{ type: "data", symmetric: false, thickness: 1.6, width: 3, color: COLOURS.quiet },
      array: each((value) => value.q90 - value.median),
      arrayminus: each((value) => value.median - value.q10),
    },
    text: values.map((value) => (value ? epochText(value.median) : "")),
    textposition: "top center",
    textfont: { size: SIZES.label, color: COLOURS.ink, shadow: HALO },
    marker: { size: 10, color: lines.map(({ row }) => looks.get(row)?.colour), opacity: 1 },
    customdata: lines.map((line) => [hoverName(line.name), ...hoverFacts(line)]),
    cliponaxis: false,
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
  };
}

function hoverFacts({ row }: RowLine): [string, string] {
  const { solved, trials, epochsToSolve: epochs } = row;
  if (!epochs) return [`none of ${counted(trials, "trial")} solved`, ""];
  const range = `${epochText(epochs.q10)} to ${epochText(epochs.q90)}`;
  return [
    `${solved} of ${counted(trials, "trial")} solved`,
    `median epoch ${epochText(epochs.median)}; 10 to 90 %: ${range}`,
  ];
}

/** Settings of which no trial was solved, in words. */
function unsolvedTrace(lines: readonly RowLine[]): Trace {
  const unsolved = lines.flatMap(({ row }, i) => (row.epochsToSolve ? [] : [i]));
  return {
    type: "scatter",
    mode: "text",
    x: unsolved.map(() => 0),
    y: unsolved,
    text: unsolved.map(() => asText(" none solved")),
    textposition: "middle right",
    textfont: { size: SIZES.label, color: COLOURS.quiet, shadow: HALO },
    customdata: unsolved.map((i) => [hoverName(lines[i].name), hoverFacts(lines[i])[0]]),
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
  };
}

/** An epoch, which of a median can be a half. */
function epochText(epoch: number): string {
  return withDecimals(epoch, 1);
}

/** From the soonest to the latest median, as far as their intervals tell. */
function findingText(study: Study, lines: readonly RowLine[]): string {
  const rows = lines.map((line) => line.row);
  const medians = lines.flatMap(({ words, row }) => medianOf(words, row) ?? []);
  if (medians.length === 0) return capital(noneText(study, lines));
  const curves = curvesOf(rows);
  const compared = curves.length === 2 ? atCommonWidth(curves) : undefined;
  if (compared) return compared;
  const range = fromTo(medians, (low, high) => [...new Set([low, high].map(epochText))].join("–"));
  if (medians.length === 1) {
    const solved = rows.reduce((sum, row) => sum + row.solved, 0);
    return `With ${medians[0].name}: median first solved epoch ${range} (of ${counted(solved, "solved trial")})`;
  }
  return `Median first solved epoch: ${range}`;
}

/** A median as it is compared; of very few solved trials it could be anything. */
function medianOf(name: string, { epochsToSolve: epochs }: StudyRow): Compared | undefined {
  if (!epochs) return undefined;
  return { name, value: epochs.median, interval: epochs.medianInterval ?? [0, Number.POSITIVE_INFINITY] };
}

/** Two curves at the largest width at which both solve: "At width 5, ReLU solves sooner: median epoch 6 against 42". */
function atCommonWidth(curves: readonly Curve[]): string | undefined {
  const [one, other] = curves.map(
    ({ name, single }) => new Map(single.map(({ width, row }) => [width, medianOf(name, row)])),
  );
  const widths = [...one.keys()].filter((width) => one.get(width) && other.get(width));
  if (widths.length === 0) return undefined;
  const width = Math.max(...widths);
  const [sooner, later] = [one, other]
    .flatMap((medians) => medians.get(width) ?? [])
    .sort((a, b) => a.value - b.value);
  const [first, second] = [sooner, later].map(({ value }) => epochText(value));
  return clearlyBelow(sooner, later)
    ? `At width ${width}, ${sooner.name} solves sooner: median epoch ${first} against ${second}`
    : `At width ${width}, median epochs ${first} (${sooner.name}) and ${second} (${later.name})`;
}

/** "5 ReLU units: 6 (4 to 11); 1 ReLU unit: none solved." */
function numbersText(lines: readonly RowLine[]): string {
  const parts = lines.map(({ row: { epochsToSolve: epochs }, name }) => {
    if (!epochs) return `${name}: none solved`;
    const [low, median, high] = [epochs.q10, epochs.median, epochs.q90].map(epochText);
    return `${name}: ${median} (${low} to ${high})`;
  });
  return `Median first solved epochs (10 to 90 %): ${parts.join("; ")}.`;
}
