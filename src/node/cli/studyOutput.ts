import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import { writeText } from "../files.js";

/** Writes a study's table to standard output, and its rows to files; "-" is standard output, in place of the table. */
export function writeStudy(
  where: string,
  study: Study,
  { json, csv }: { json?: string | undefined; csv?: string | undefined },
): void {
  if (json !== "-" && csv !== "-") process.stdout.write(`${String(study)}\n`);
  if (json !== undefined) put(where, json, studyJson(study));
  if (csv !== undefined) put(where, csv, studyCsv(study));
}

function put(where: string, file: string, text: string): void {
  if (file === "-") process.stdout.write(text);
  else writeText(where, file, text);
}

/** A study as JSON: what made it, and its rows. */
export function studyJson(study: Study): string {
  const { seed, engine, status, milliseconds, rows } = study;
  return `${JSON.stringify({ seed, engine, status, milliseconds: Math.round(milliseconds), rows }, null, 2)}\n`;
}

/** A study as CSV (RFC 4180): one line a row; lists such as the floors are JSON within their field. */
export function studyCsv(study: Study): string {
  const lines = study.rows.map(flatRow);
  const header = Object.keys(lines[0]);
  return [header, ...lines.map((line) => header.map((key) => line[key]))]
    .map((cells) => `${cells.map(field).join(",")}\r\n`)
    .join("");
}

function flatRow(row: StudyRow): Record<string, unknown> {
  const { interval, epochsToSolve, floors, ...rest } = row;
  const [intervalLow, intervalHigh] = interval;
  const { q10, median, q90, medianInterval = [] } = epochsToSolve ?? {};
  const [epochsMedianLow, epochsMedianHigh] = medianInterval;
  const epochs = { epochsQ10: q10, epochsMedian: median, epochsQ90: q90, epochsMedianLow, epochsMedianHigh };
  return { ...rest, intervalLow, intervalHigh, ...epochs, floors };
}

function field(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
