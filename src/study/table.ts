import { oneLine } from "../words/english.js";
import { differing, givenName, penaltiesText } from "../words/names.js";
import { accuracyText, intervalText, lossRangeText, lossText, percentText } from "../words/numbers.js";
import type { OutcomeSummary } from "./outcomes.js";
import { AXIS_NAMES, type AxisName, type GivenSetting } from "./settings.js";

/** One setting and the summary of its trials. */
export interface StudyRow extends GivenSetting, OutcomeSummary {}

/** The order of the columns: the data and the network, then how it was trained. */
const SETTING_COLUMNS = [...new Set<AxisName>(["data", "rows", "activation", "hidden", ...AXIS_NAMES])];

/** A study's rows as aligned columns of plain text. */
export function studyTable(rows: readonly StudyRow[]): string {
  const lines = studyCells(rows);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (line: readonly string[]) => line.map((cell, column) => cell.padEnd(widths[column]));
  return lines.map((line) => padded(line).join("  ").trimEnd()).join("\n");
}

/** A study's rows as cells, headings first: the settings that differ, then what came of them. */
export function studyCells(rows: readonly StudyRow[]): string[][] {
  const unlike: readonly string[] = ["activation", "hidden", ...differing<Exclude<AxisName, "hidden">>(rows)];
  const columns = SETTING_COLUMNS.filter((key) => unlike.includes(key));
  const validated = VALIDATED.filter(({ key }) => rows.some((row) => row[key] !== undefined));
  const lines = rows.map((row) => [
    ...columns.map((key) => cellText(key, row)),
    `${row.solved}/${row.trials}`,
    percentText(row.rate, 1),
    intervalText(row.interval, 1),
    row.epochsToSolve ? String(Math.round(row.epochsToSolve.median)) : NONE,
    ...validated.map(({ key, text }) => (row[key] === undefined ? NONE : text(row[key]))),
    floorsText(row),
  ]);
  return [
    [
      ...[...columns, "solved", "rate", "95 % interval", "median epoch"],
      ...[...validated.map(({ title }) => title), "unsolved at loss (trials)"],
    ],
    ...lines,
  ];
}

/** Columns that there are with validation data. */
const VALIDATED = [
  { key: "valLoss", title: "median validation loss", text: lossText },
  { key: "valAccuracy", title: "validation accuracy", text: accuracyText },
] as const;

function cellText(key: AxisName, row: StudyRow): string {
  const value = row[key];
  if (key === "activation" && [row.hidden].flat().length === 0) return NONE; // there is no unit that it could be of
  if (key === "kernelRegularizer") return penaltiesText(row.kernelRegularizer);
  if (Array.isArray(value)) return value.join("-") || "none";
  return oneLine(typeof value === "object" ? givenName(value as { name: string }) : String(value));
}

const NONE = "–";

const MOST_FLOORS = 3;

/** "0.3466 (19), 0.4774 (20), elsewhere 0.21–0.62 (42), diverged (1)". */
function floorsText(row: StudyRow): string {
  const floors = row.floors.filter(({ floor }) => floor !== undefined);
  const parts = floors
    .slice(0, MOST_FLOORS)
    .map(({ floor, trials }) => `${lossText(floor as number)} (${trials})`);
  if (floors.length > MOST_FLOORS) parts.push("…");
  const elsewhere = row.floors.find(({ floor }) => floor === undefined);
  if (elsewhere)
    parts.push(`elsewhere ${lossRangeText(elsewhere.low, elsewhere.high)} (${elsewhere.trials})`);
  if (row.diverged > 0) parts.push(`diverged (${row.diverged})`);
  return parts.join(", ") || NONE;
}
