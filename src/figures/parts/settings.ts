import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import { shortened } from "../../words/english.js";
import { settingName } from "../../words/names.js";
import { curvesOf } from "./curves.js";
import { trialsText } from "./studyTexts.js";
import { wrappedText } from "./text.js";
import { axis, COLOURS, SIZES } from "./theme.js";

/** Figures of a study with a line for each of its settings, from the top down. */

/** A setting's line. */
export interface RowLine {
  readonly row: StudyRow;
  /** "relu-2", and what else tells it from the others. */
  readonly name: string;
}

const MOST_LINES = 16;
const LABEL_WIDTH = 110; // pixels; a telephone's card leaves twice that for the drawing
const LONGEST_LABEL = 60; // letters; the whole name is in the hover
const LABEL_LINE = 16;
const LINE_GAP = 7;
const LEAST_SLOT = 28; // a point and the number above it
const LEAST_HEIGHT = 180;

/** The settings that have trials: at most 16, in the study's order. */
export function rowLines({ rows }: Study): RowLine[] {
  const shown = rows.filter((row) => row.trials > 0).slice(0, MOST_LINES);
  const alike = shown.map((row) => ({ ...row, activation: shown[0].activation })); // labels name it already
  const groups = curvesOf(alike);
  const groupOf = (row: StudyRow) =>
    groups.find(({ single, layered }) => [...single, ...layered].some((point) => point.row === row));
  return shown.map((row, i) => {
    const more = groups.length > 1 ? [groupOf(alike[i])?.name ?? ""] : [];
    return { row, name: [settingName(row.activation, row.hidden), ...more].join(", ") };
  });
}

/** How many trials the lines stand for, and which settings are not among them. */
export function linesText({ rows, status }: Study, lines: readonly RowLine[]): string {
  const tried = rows.filter((row) => row.trials > 0).length;
  const facts = [`${trialsText(lines.map((line) => line.row))}${lines.length > 1 ? " a setting" : ""}.`];
  if (tried > lines.length) facts.push(`The first ${lines.length} of ${tried} settings.`);
  if (tried < rows.length)
    facts.push(`Stopped early, without a trial of ${rows.length - tried} of ${rows.length} settings.`);
  else if (status === "stopped") facts.push("The study was stopped early.");
  return facts.join(" ");
}

/** Of whose trials a figure speaks that does not show all of them, after "every trial". */
export function scopeText({ rows }: Study, lines: readonly RowLine[]): string {
  const tried = rows.filter((row) => row.trials > 0).length;
  return tried > lines.length ? ` of these ${lines.length} settings` : "";
}

/** What the trials had to learn, for the end of a sentence: "xor". */
export function taskText(lines: readonly RowLine[]): string {
  const names = new Set(lines.map((line) => line.row.data));
  return names.size === 1 ? shortened(lines[0].row.data) || "data without a name" : "its data";
}

/** The height of the lines together, in pixels, and the axis that names them. */
export function linesAxis(lines: readonly RowLine[]): { readonly height: number; readonly axis: object } {
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

/** A line's name in its hover. */
export function hoverName({ name }: RowLine): string {
  return `<b>${wrappedText(name, 280, SIZES.text).text}</b>`;
}

/** An epoch, which of a median can be a half. */
export function numberText(value: number): string {
  return String(Number(value.toFixed(1)));
}
