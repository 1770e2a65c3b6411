import { type Dataset, judgedRows } from "../../data/dataset.js";
import { distinctRows, inputsOf, rowsAt } from "../../data/rows.js";
import { evenly } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { rightRows } from "../../verdict/outcome.js";
import { significant } from "../../words/numbers.js";

/** The rows of a run's data that a figure shows, and what the network answers to them. */

export interface ShownRows {
  /** All rows on which the network is judged. */
  readonly judged: Dataset;
  /** The different ones of a table; of other data all, or an evenly spread part of very many. */
  readonly different: Dataset;
  /** Those of them that are drawn, and what each is called: "01", "(0.3, 1)". */
  readonly drawn: Dataset;
  readonly names: readonly string[];
  /** Whether all targets are 0 or 1. */
  readonly classes: boolean;
}

/** The rows to show of a run's data, at most so many drawn. */
export function shownRows(run: Run, most: number): ShownRows {
  const judged = judgedRows(run.data);
  const different = distinctRows(judged).rows;
  const drawn = rowsAt(different, evenly(different.rows, most));
  const bits = drawn.inputs.every((value) => value === 0 || value === 1);
  const names = Array.from(drawn.targets, (_, row) => rowName(inputsOf(drawn, row), bits));
  const classes = judged.targets.every((target) => target === 0 || target === 1);
  return { judged, different, drawn, names, classes };
}

/** What the rows of one side of ½ are called in a key: "target 1". */
export function targetName({ classes }: ShownRows, yes: boolean): string {
  return classes ? `target ${yes ? 1 : 0}` : `target ${yes ? "above" : "up to"} ½`;
}

const MOST_VALUES = 4; // of a row, in its name

function rowName(inputs: Float32Array, bits: boolean): string {
  if (bits) return inputs.join("");
  if (inputs.length === 1) return significant(inputs[0]);
  const shown = Array.from(inputs.subarray(0, MOST_VALUES), (value) => significant(value));
  return `(${shown.join(", ")}${inputs.length > MOST_VALUES ? ", …" : ""})`;
}

/**
 * The network's answers after an epoch, the final ones if it is undefined. They are those of run.predict(): what counts as
 * right is the same everywhere.
 */
export function answersTo(run: Run, rows: Dataset, epoch: number | undefined): number[] {
  return run.predict(
    Array.from(rows.targets, (_, row) => Array.from(inputsOf(rows, row))),
    epoch,
  );
}

/** How many of the judged rows the network gets right. */
export function rightOf(run: Run, { judged }: ShownRows, epoch: number | undefined): number {
  return rightRows(answersTo(run, judged, epoch), judged);
}
