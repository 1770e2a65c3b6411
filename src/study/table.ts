import { oneLine } from "../check.js";
import type { OutcomeSummary } from "./outcomes.js";
import type { GivenSetting } from "./settings.js";

/** One setting and what its trials say together. */
export interface StudyRow extends GivenSetting, OutcomeSummary {}

/** The settings by which rows can differ, with their headings. */
const SETTING_COLUMNS: readonly (keyof GivenSetting)[] = [
  "data",
  "rows",
  "activation",
  "hidden",
  "output",
  "kernelInitializer",
  "biasInitializer",
  "optimizer",
  "learningRate",
  "loss",
  "batchSize",
  "epochs",
  "shuffle",
];

/** A share in per cent with one decimal: "52.0 %". */
export function percentText(share: number): string {
  return Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`;
}

/** A study's rows as aligned columns of plain text. */
export function studyTable(rows: readonly StudyRow[]): string {
  return aligned(studyCells(rows));
}

/** A study's rows as cells, headings first: the settings that differ, then what came of them. */
export function studyCells(rows: readonly StudyRow[]): string[][] {
  const columns = SETTING_COLUMNS.filter(
    (key) => key === "activation" || key === "hidden" || differs(rows, key),
  );
  const lines = rows.map((row) => [
    ...columns.map((key) => cellText(row[key])),
    `${row.solved}/${row.trials}`,
    percentText(row.rate),
    `${(100 * row.interval[0]).toFixed(1)}–${(100 * row.interval[1]).toFixed(1)} %`,
    row.epochsToSolve ? String(Math.round(row.epochsToSolve.median)) : "–",
    floorsText(row),
  ]);
  return [
    [...columns, "solved", "rate", "95 % interval", "median epoch", "stalled at loss (trials)"],
    ...lines,
  ];
}

function differs(rows: readonly StudyRow[], key: keyof GivenSetting): boolean {
  return rows.some((row) => cellText(row[key]) !== cellText(rows[0][key]));
}

function cellText(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join("-") : "none";
  if (typeof value !== "object" || value === null) return oneLine(String(value));
  const { name, ...numbers } = value as { name: string };
  const rest = Object.entries(numbers).map(([key, number]) => `${key} ${number}`);
  return rest.length > 0 ? `${name} (${rest.join(", ")})` : name;
}

function floorsText(row: StudyRow): string {
  const parts = row.floors
    .slice(0, 3)
    .map(
      (floor) =>
        `${floor.loss.toFixed(floor.loss * 10 === Math.round(floor.loss * 10) ? 1 : 4)} (${floor.trials})`,
    );
  if (row.floors.length > 3) parts.push("…");
  if (row.diverged > 0) parts.push(`diverged (${row.diverged})`);
  return parts.join(", ") || "–";
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** "relu-2": what tells a setting in few characters. */
export function settingLabel(given: Pick<GivenSetting, "activation" | "hidden">): string {
  const hidden = cellText(given.hidden);
  return hidden === "none" ? "no hidden layer" : `${given.activation}-${hidden}`;
}
