import { written } from "../../check.js";
import { sameRows } from "../../data/rows.js";
import { networkSettings } from "../../settings/network.js";
import { optimizerSettings } from "../../settings/optimizers.js";
import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { courseOf, perfectFrom } from "../../verdict/course.js";
import { courseText } from "../../words/course.js";
import { capital, shortened } from "../../words/english.js";
import { networkName } from "../../words/names.js";
import { intervalText, lossText, percentText, r2Text } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { type LossLine, lossLines, lossTraces, ringText } from "../loss/curves.js";
import { runFinding, runsFinding } from "../loss/finding.js";
import { type LossScale, lossScale } from "../loss/loss.js";
import { keptApart, meaningsText, type Reference, references } from "../loss/references.js";
import { checkRuns, checkStudy } from "../parts/check.js";
import { COLOURS } from "../parts/colours.js";
import { solvedRemark } from "../parts/criterion.js";
import { type Card, figureOf, type Trace } from "../parts/marks.js";
import { commonSettings, lossRemark, runNames } from "../parts/runs.js";
import { trialsText } from "../parts/settings.js";
import {
  brokenLines,
  type HeadingLine,
  headingNotes,
  type Panel,
  panelAxes,
  panelShapes,
  panelsFor,
} from "./panels.js";

const MOST_PANELS = 12;
const AXIS = 46; // pixels below the lowest panels
const NUMBERS = 50; // left of the panels
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
export function story(runs: NetworkRun | readonly NetworkRun[], study?: Study): Figure {
  const { all, rows } = checkedStory(runs, study);
  const names = panelNames(all);
  const lines = all.map((run) => lossLines([run])[0]); // each by itself: coloured by what came of it
  const headings = all.map((run, i) => headingLines(run, names[i], lines[i], rows[i], all.length === 1));
  const most = Math.max(...headings.map((heading) => heading.length));
  const { panels, height, drawing } = panelsFor(all.length, most);
  const guides = references(all);
  const scale = lossScale(all, guides);
  const shown = scale.logarithmic ? [] : keptApart(guides, (2 * drawing) / scale.top);
  return figureOf({
    card: storyCard(all, names, greyText(rows), readingText(all, shown, lines, scale), height),
    axes: panelAxes(panels, all, scale),
    drawing: {
      traces: panels.flatMap((panel, i) => panelTraces(panel, lines[i])),
      notes: panels.flatMap((panel, i) => headingNotes(panel, headings[i], most)),
      shapes: panels.flatMap((panel) => panelShapes(panel, shown)),
    },
    margin: { b: AXIS, l: NUMBERS },
    more: { hoverdistance: 40 },
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

/**
 * The row of a study with the settings of a run. A run does not know how its weights were drawn: if rows differ in
 * their initializers alone, none of them is taken.
 */
function rowLike(study: Study, { network, data, settings }: NetworkRun): StudyRow | undefined {
  const { optimizer, loss, batchSize, epochs, shuffle } = settings;
  const wanted = JSON.stringify([network, optimizer, loss, batchSize, epochs, shuffle, data.name, data.rows]);
  const alike = study.rows.filter((row) => {
    const { hidden, activation, outputs, output, useBias, kernelRegularizer } = row;
    const shape = { hidden, activation, outputs, output, useBias, kernelRegularizer };
    const own = networkSettings("figures.story", { inputs: data.features, ...shape }).network;
    const steps = optimizerSettings("figures.story", row.optimizer, row.learningRate);
    const made = [own, steps, row.loss, row.batchSize, row.epochs, row.shuffle, row.data, row.rows];
    return row.trials > 0 && JSON.stringify(made) === wanted;
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** What stands above a panel: the network, what came of it, and how often that happens. */
function headingLines(
  run: NetworkRun,
  name: string,
  { look: { colour } }: LossLine,
  row: StudyRow | undefined,
  alone: boolean,
): HeadingLine[] {
  const rate = row && `${percentText(row.rate)} (${intervalText(row.interval)})`;
  const parts = [
    { text: name, colour: COLOURS.ink, bold: true },
    { text: outcomeText(run), colour },
  ];
  return brokenLines(rate ? [...parts, { text: rate, colour: COLOURS.quiet }] : parts, alone);
}

/** What came of a run, in a few words. */
function outcomeText({ ending, history, divergedAt, finalLoss, r2 }: NetworkRun): string {
  const epochs = history.loss.length;
  if (ending === "stopped") return epochs === 0 ? "stopped at once" : `stopped after epoch ${epochs}`;
  if (ending === "diverged") return `diverged in epoch ${(divergedAt?.epoch ?? epochs) + 1}`;
  if (ending === "solved" && r2 !== undefined) return `solved: R² ${r2Text(r2)}`;
  if (ending === "solved") {
    const from = perfectFrom(history.accuracy);
    return from === undefined ? "solved at the end" : `solved from epoch ${from}`;
  }
  const course = courseOf(history.loss);
  return course ? `loss ${courseText(course.word, finalLoss)}` : `unsolved at ${lossText(finalLoss)}`;
}

/** What the grey lines are, if there are any. */
function greyText(rows: readonly (StudyRow | undefined)[]): string {
  const tried = rows.filter((row) => row !== undefined);
  if (tried.length === 0) return "";
  return ` Grey: the share of ${trialsText(tried)} that solve with these settings, and its 95 % interval.`;
}

function storyCard(
  runs: readonly NetworkRun[],
  names: readonly string[],
  grey: string,
  reading: string,
  height: number,
): Card {
  const finding = runs.length === 1 ? runFinding(runs[0]) : runsFinding(runs);
  const same = runs.every((run) => sameRows(run.data, runs[0].data));
  const scope = same ? "All on the very same data." : "Not all on the same data.";
  const detail = runs.length === 1 ? finding.detail : scope;
  const outcomes = capital(runs.map((run, i) => `${names[i]}: ${outcomeText(run)}`).join("; "));
  const common = commonSettings(runs);
  return {
    title: finding.title,
    subtitle: [`${detail}${grey}`, reading, ...(common === "" ? [] : [common])],
    description: `${finding.title}. ${outcomes}.${grey}`,
    height: height + AXIS,
  };
}

/** The networks, and what else tells the runs apart where these do not. */
function panelNames(runs: readonly NetworkRun[]): string[] {
  const networks = runs.map((run) => networkName(run.network));
  const names = new Set(networks).size === runs.length ? networks : runNames(runs);
  return names.map((name) => shortened(name, LONGEST_NAME));
}

/** What the lines and rings mean. */
function readingText(
  runs: readonly NetworkRun[],
  shown: readonly Reference[],
  lines: readonly LossLine[],
  { beyond }: LossScale,
): string {
  const above = beyond === undefined ? "" : "Higher losses lie above the frames.";
  const remarks = [solvedRemark(runs), lossRemark(runs), ringText(lines), meaningsText(shown), above];
  return ["Mean loss by epoch.", ...remarks].filter(Boolean).join(" ");
}

function panelTraces(panel: Panel, line: LossLine): Trace[] {
  const place = { xaxis: `x${panel.axis}`, yaxis: `y${panel.axis}` };
  return lossTraces([line]).map((trace) => ({ ...trace, ...place }));
}
