import type { Study } from "../../study/result.js";
import type { AxisName } from "../../study/settings.js";
import type { StudyRow } from "../../study/table.js";
import { countedRange, listed, shortened } from "../../words/english.js";
import { dataInSentence, differing, inCommon, said, unitsText } from "../../words/names.js";
import type { Figure } from "../figure.js";
import { COLOURS, lineLooks } from "./colours.js";
import { studyCriterion } from "./criterion.js";
import { figureOf } from "./marks.js";
import { wrappedText } from "./text.js";
import { axis, SIZES } from "./theme.js";

/** A study's settings in figures: as lines from the top down, as curves over the width, and what is said of them. */

const MOST_LINES = 16;
const LABEL_WIDTH = 110; // pixels; a telephone's card leaves twice that for the drawing
const LONGEST_LABEL = 60; // letters; the whole name is in the hover
const LABEL_LINE = 16;
const LINE_GAP = 7;
const LEAST_SLOT = 28; // a point and the number above it
const LEAST_HEIGHT = 180;

/** What names say: not the widths, which have a place of their own. */
type SaidAxis = Exclude<AxisName, "hidden">;

/** The settings that have trials: at most 16, in the study's order. */
export function rowLines({ rows }: Study) {
  const shown = rows.filter((row) => row.trials > 0).slice(0, MOST_LINES);
  const more = differing<SaidAxis>(shown).filter((key) => key !== "activation"); // the network's name says that
  const wordsOf = wordsFor(shown);
  return shown.map((row) => ({
    row,
    /** In a sentence, what tells it from the others: "ReLU", "5 ReLU units", "5 units". */
    words: [wordsOf(row), ...more.map((key) => said(key, row))].filter(Boolean).join(", "),
    /** "2 ReLU units", and what else tells it from the others. */
    name: [unitsText(row.activation, row.hidden), ...more.map((key) => said(key, row))].join(", "),
  }));
}

export type RowLine = ReturnType<typeof rowLines>[number];

/** How networks are called in a sentence: by what they differ in. */
function wordsFor(rows: readonly StudyRow[]): (row: StudyRow) => string {
  const [activations, layers] = [
    rows.map(({ activation }) => said("activation", { activation })),
    rows.map((row) => layersText(row)),
  ].map((values) => new Set(values).size > 1 || rows.length === 1);
  return ({ activation, hidden }) => {
    if ([hidden].flat().length === 0) return activations || layers ? "no hidden layer" : "";
    if (!activations && !layers) return "";
    if (layers) return unitsText(activations ? activation : "", hidden);
    return said("activation", { activation });
  };
}

/** The height of the lines together, in pixels, and the axis that names them. */
export function linesAxis(lines: readonly RowLine[]) {
  const labels = lines.map((line) =>
    wrappedText(shortened(line.name, LONGEST_LABEL), LABEL_WIDTH, SIZES.label),
  );
  const tallest = Math.max(1, ...labels.map((label) => label.lines));
  return {
    height: Math.max(LEAST_HEIGHT, lines.length * Math.max(LEAST_SLOT, tallest * LABEL_LINE + LINE_GAP)),
    axis: {
      ...axis(""),
      range: [lines.length - 0.5, -0.5],
      tickvals: lines.map((_, i) => i),
      ticktext: labels.map((label) => label.text),
      showgrid: false,
      showline: false,
      tickcolor: COLOURS.card, // a gap between the labels and what they name
      fixedrange: true,
    },
  };
}

export type Curve = ReturnType<typeof curvesOf>[number];

/** The curves of rows, in the study's order: a curve has those that differ in their hidden layers only. */
export function curvesOf(rows: readonly StudyRow[]) {
  const keys = differing<SaidAxis>(rows);
  const groups = new Map<string, StudyRow[]>();
  for (const row of rows) {
    const group = JSON.stringify(keys.map((key) => row[key]));
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  const told: readonly SaidAxis[] = keys.length > 0 ? keys : ["activation"];
  const looks = lineLooks([...groups.values()].map(([{ activation }]) => activation));
  /** What a row's other settings are, as far as they differ from curve to curve: "ReLU". Without hidden layers there is no activation. */
  const nameOf = (row: StudyRow) => {
    const its = told.filter((key) => key !== "activation" || isHidden(row));
    return shortened(its.map((key) => said(key, row)).join(", "));
  };
  return [...groups.values()].map((members, i) => ({
    look: looks[i],
    name: nameOf(members.find(isHidden) ?? members[0]),
    nameOf,
    rows: members,
    /** One hidden layer, by its width. */
    single: members
      .flatMap((row) => {
        const width = widthOf(row);
        return width === undefined ? [] : [{ width, row }];
      })
      .sort((a, b) => a.width - b.width),
    /** No hidden layer, or several. */
    layered: members.filter((row) => widthOf(row) === undefined),
  }));
}

/** Whether it has a hidden layer. */
function isHidden({ hidden }: StudyRow): boolean {
  return [hidden].flat().length > 0;
}

/** The width of the only hidden layer. */
function widthOf({ hidden }: StudyRow): number | undefined {
  if (typeof hidden === "number") return hidden;
  return hidden.length === 1 ? hidden[0] : undefined;
}

/** Layers in a sentence: "4 and 2 units", "no hidden layer". */
export function layersText({ hidden }: StudyRow): string {
  return unitsText("", hidden);
}

/** "60 trials", or "12 to 60 trials" of a stopped study. */
export function trialsText(rows: readonly StudyRow[]): string {
  return countedRange(
    rows.map((row) => row.trials),
    "trial",
  );
}

/** How many trials the lines stand for, and which settings are not among them. */
export function linesText(study: Study, lines: readonly RowLine[]): string {
  const tried = study.rows.filter((row) => row.trials > 0).length;
  const shown = lines.map((line) => line.row);
  const criterion = studyCriterion(study, shown);
  const facts = [
    `${trialsText(shown)}${lines.length > 1 ? " a setting" : ""}.`,
    criterion && `Solved: ${criterion}.`,
    tried > lines.length && `The first ${lines.length} of ${tried} settings.`,
    leftOutText(study),
  ];
  return facts.filter(Boolean).join(" ");
}

/** What a stopped study did not come to: settings by their names, up to so many of them. */
export function leftOutText({ rows, status }: Study, mostNames = 0): string {
  const missing = rows.filter((row) => row.trials === 0);
  if (missing.length === 0) return status === "stopped" ? "The study was stopped early." : "";
  const names =
    missing.length > mostNames
      ? `${missing.length} of ${rows.length} settings`
      : listed(missing.map((row) => unitsText(row.activation, row.hidden)));
  return `Stopped early, without a trial of ${names}.`;
}

/** Of whose trials a figure speaks that does not show all of them, after "every trial". */
export function scopeText({ rows }: Study, lines: readonly RowLine[]): string {
  const tried = rows.filter((row) => row.trials > 0).length;
  return tried > lines.length ? ` of these ${lines.length} settings` : "";
}

/** That no trial of these lines solves its data: "none of 40 trials solves xor". */
export function noneText(study: Study, lines: readonly RowLine[]): string {
  const rows = lines.map((line) => line.row);
  const trials = rows.reduce((sum, row) => sum + row.trials, 0);
  const none =
    trials === 1
      ? "the one trial does not solve"
      : `none of ${trials} trials${scopeText(study, lines)} solves`;
  return `${none} ${taskText(rows, 1)}`;
}

/** What so many trials had to learn, for the end of a sentence: "xor". */
export function taskText(rows: readonly StudyRow[], trials: number): string {
  const names = new Set(rows.map((row) => row.data));
  if (names.size === 1) return dataInSentence({ name: rows[0].data });
  return trials === 1 ? "its data" : "their data";
}

/** What all rows were given, for the line under the title. */
export function commonText(rows: readonly StudyRow[]): string {
  return inCommon<SaidAxis>(rows, ["data", "rows", "optimizer", "learningRate", "epochs"]).join(", ");
}

const EMPTY_HEIGHT = 290; // pixels

/** What is shown of a study that was stopped at once, or that has no settings: the axis alone. */
export function emptyStudy({ rows }: Study, xaxis: object): Figure {
  const title = "The study was stopped before its first trial ended";
  const common = rows.length > 0 ? commonText(rows) : "It has no settings.";
  const subtitle = ["There is no trial to show yet.", common] as const;
  return figureOf({
    card: { title, subtitle, description: `${title}.`, height: EMPTY_HEIGHT },
    axes: {
      xaxis,
      yaxis: { ...axis(""), showticklabels: false, ticks: "", showgrid: false, fixedrange: true },
    },
    drawing: { traces: [] },
  });
}
