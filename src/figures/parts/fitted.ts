import type { Dataset } from "../../data/dataset.js";
import { answersInUnits } from "../../data/scaling.js";
import { evenly } from "../../numbers/vectors.js";
import { r2Of } from "../../verdict/outcome.js";
import { r2Text, significant } from "../../words/numbers.js";
import { inputRows, oneOutput } from "./rows.js";

/** Rows whose targets are numbers, in the units in which they were given, and how near answers come to them. */

export type FittedRows = ReturnType<typeof fittedRows>;

/** The rows of data, at most so many drawn, with the targets of one output and what these are called. */
export function fittedRows(whole: Dataset, output: number | undefined, most: number) {
  const data = whole.task === "binary" ? oneOutput(whole, output) : whole;
  const targets = Array.from(answersInUnits(whole, whole.targets));
  return {
    ...{ data, inputs: inputRows(data), output, drawn: evenly(data.rows, most) },
    targets: targets.filter((_, i) => i % whole.outputs === (output ?? 0)),
    name: whole.targetNames?.[output ?? 0] ?? "target",
  };
}

/** "R² 0.931", the share of the targets' variance that answers explain, and "RMSE 2.31", the root of the mean squared error. */
export function errorsOf(answers: readonly number[], targets: readonly number[]) {
  const squares = answers.reduce((sum, answer, row) => sum + (answer - targets[row]) ** 2, 0);
  if (!Number.isFinite(squares)) return { r2: "R² is no number", rmse: "nor is RMSE" };
  const r2 = r2Of(answers, { rows: targets.length, outputs: 1, targets });
  return { r2: `R² ${r2Text(r2)}`, rmse: `RMSE ${significant(Math.sqrt(squares / targets.length))}` };
}
