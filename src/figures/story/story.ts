import { written } from "../../check.js";
import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import type { Run } from "../../train/run.js";
import { shortened } from "../../words/english.js";
import { asFigure, type Figure } from "../figure.js";
import { firstPerfectTrace, type LossLine, lossLines, lossTraces, ringText } from "../loss/curves.js";
import { keptApart, meaningsText, type Reference, references } from "../loss/references.js";
import { type LossScale, lossScale } from "../loss/scale.js";
import { checkRuns, checkStudy } from "../parts/check.js";
import { commonSettings, runNames } from "../parts/runs.js";
import { trialsText } from "../parts/settings.js";
import { COLOURS, CONFIG, cardLayout } from "../parts/theme.js";
import { axesOf, panelShapes } from "./axes.js";
import { storyFinding, verdictsText } from "./finding.js";
import { brokenLines, type HeadingLine, headingAnnotations, type Panel, panelsFor } from "./panels.js";
import { rateLine, rowLike } from "./study.js";
import { verdict } from "./verdict.js";

const MOST_PANELS = 12;
const AXIS = 46; // pixels below the lowest panels
const LONGEST_NAME = 60; // letters

/**
 * Several runs side by side: a panel for each, in the order given, with its loss by epoch and what came of it. All
 * panels have the same axes. Lines and rings are those of figures.loss.
 *
 * @param runs  1 to 12 runs with one loss
 * @param study  a study: where one of its rows has a run's settings, the panel says how often they solve, with the 95 %
 *   interval
 * @returns a figure whose title says which of the networks solve their data
 * @throws TypeError if it is no run or no study; RangeError for none or too many runs, or losses that cannot be compared
 * @example figures.story([await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })]).data.length // 1
 */
export function story(runs: Run | readonly Run[], study?: Study): Figure {
  const { all, rows } = checkedStory(runs, study);
  const names = panelNames(all);
  const lines = all.flatMap((run) => lossLines([run])); // each by itself: coloured by what came of it
  const headings = all.map((run, i) => headingLines(run, names[i], lines[i], rows[i], all.length === 1));
  const most = Math.max(...headings.map((heading) => heading.length));
  const { panels, height, drawing } = panelsFor(all.length, most);
  const guides = references(all);
  const scale = lossScale(
    all,
    guides.map((guide) => guide.loss),
  );
  const shown = scale.logarithmic ? [] : keptApart(guides, (2 * drawing) / scale.top);
  const reading = readingText(shown, lines, scale);
  const card = storyCard(all, names, greyText(rows), reading, height);
  const layout = {
    ...card,
    margin: { ...card.margin, b: AXIS, l: 50 },
    ...axesOf(panels, all, scale),
    shapes: panels.flatMap((panel) => panelShapes(panel, shown)),
    annotations: panels.flatMap((panel, i) => headingAnnotations(panel, headings[i], most)),
    hovermode: "closest",
    hoverdistance: 40,
    dragmode: false,
  };
  return asFigure({
    data: panels.flatMap((panel, i) => panelTraces(panel, all[i], lines[i])),
    layout,
    config: CONFIG,
  });
}

/** The runs, and the row of the study that has the settings of each. */
function checkedStory(runs: unknown, study: unknown) {
  const all = checkRuns("figures.story", runs);
  if (all.length > MOST_PANELS)
    throw new RangeError(`figures.story: expected 1 to ${MOST_PANELS} runs, got ${written(all.length)}`);
  const many = study === undefined ? undefined : checkStudy("figures.story", study);
  return { all, rows: all.map((run) => (many ? rowLike(many, run) : undefined)) };
}

/** What stands above a panel: the network, what came of it, and how often that happens. */
function headingLines(
  run: Run,
  name: string,
  { colour }: LossLine,
  row: StudyRow | undefined,
  alone: boolean,
): HeadingLine[] {
  const rate = row === undefined ? [] : [{ text: rateLine(row), colour: COLOURS.quiet }];
  const parts = [{ text: name, colour: COLOURS.ink, bold: true }, { text: verdict(run), colour }, ...rate];
  return brokenLines(parts, alone);
}

/** What the grey lines are, if there are any. */
function greyText(rows: readonly (StudyRow | undefined)[]): string {
  const tried = rows.filter((row) => row !== undefined);
  if (tried.length === 0) return "";
  return ` Grey: the share of ${trialsText(tried)} that solve with these settings, and its 95 % interval.`;
}

function storyCard(
  runs: readonly Run[],
  names: readonly string[],
  grey: string,
  reading: string,
  height: number,
) {
  const { title, detail } = storyFinding(runs);
  return cardLayout({
    title,
    subtitle: [`${detail}${grey}`, reading, ...settingsLine(runs)],
    description: `${title}. ${verdictsText(runs, names)}${grey}`,
    height: height + AXIS,
  });
}

/** The networks, and what else tells the runs apart where these do not. */
function panelNames(runs: readonly Run[]): string[] {
  const names = runNames(runs);
  const plain = names.map((name) => name.split(", ")[0]);
  return (new Set(plain).size === runs.length ? plain : names).map((name) => shortened(name, LONGEST_NAME));
}

/** What the lines and rings mean. */
function readingText(shown: readonly Reference[], lines: readonly LossLine[], { beyond }: LossScale): string {
  const above = beyond === undefined ? "" : "Higher losses lie above the frames.";
  return ["Mean loss by epoch.", ringText(lines), meaningsText(shown), above].filter(Boolean).join(" ");
}

function settingsLine(runs: readonly Run[]): string[] {
  const text = commonSettings(runs);
  return text === "" ? [] : [text];
}

function panelTraces(panel: Panel, run: Run, line: LossLine): Record<string, unknown>[] {
  const place = { xaxis: `x${panel.axis}`, yaxis: `y${panel.axis}` };
  return [...lossTraces([run], [line]), ...firstPerfectTrace([line])].map((trace) => ({
    ...trace,
    ...place,
  }));
}
