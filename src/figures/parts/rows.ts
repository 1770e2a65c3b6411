import { optionsObject, wholeNumber } from "../../check.js";
import { type Dataset, judgedRows, makeDataset } from "../../data/dataset.js";
import { fittingRows } from "../../data/fitting.js";
import { distinctRows, rowsAt } from "../../data/rows.js";
import { inputsInUnits, scaledBy } from "../../data/scaling.js";
import { evenly } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { r2Of, rightRows } from "../../verdict/outcome.js";
import { allOf } from "../../words/english.js";
import { significant } from "../../words/numbers.js";
import { checkedEpoch } from "./epochs.js";

/** The rows of a run's data that a figure shows, and what the network answers to them. */

const MOST_LABELLED = 8; // rows, up to which each is called by its name

/**
 * The rows to show of a run's data, at most so many drawn.
 *
 * @param output  which of several is looked at, counted from 0: the rows have its targets alone; undefined where all are
 */
export function shownRows(run: NetworkRun, most: number, output?: number) {
  /** All rows on which the network is judged. */
  const judged = oneOutput(judgedRows(run.data), output);
  /** The different ones of a table; of other data all, or an evenly spread part of very many. */
  const different = distinctRows(judged).rows;
  const drawn = rowsAt(different, evenly(different.rows, most));
  const inputs = inputRows(drawn);
  const bits = inputs.every((row) => row.every((value) => value === 0 || value === 1));
  /** What those are called that are drawn: "01", "(0.3, 1)". */
  const names = inputs.map((row) => rowName(row, bits));
  return { judged, different, drawn, names, output, labelled: different.rows <= MOST_LABELLED };
}

export type ShownRows = ReturnType<typeof shownRows>;

/** The inputs of rows, in their own units. */
export function inputRows(data: Dataset): number[][] {
  return Array.from({ length: data.rows }, (_, row) => Array.from(inputsInUnits(data, row)));
}

/** What figures of a run's answers can be asked, each what concerns it. */
export interface ShownOptions {
  /** Only the network after this epoch, without a slider; 0 is before training. */
  readonly epoch?: number;
  /** Which output, the first one being 1, of a network with several that are no classes; the first one unless given. */
  readonly output?: number;
  /** The rows that are answered: validation or test data, say; those by which the run was judged unless given. */
  readonly data?: Dataset;
}

/** The checked options. `output` is counted from 0, and undefined where outputs are one, or classes, which belong together. */
export function shownOptions<Options extends ShownOptions>(
  where: string,
  run: NetworkRun,
  came: unknown,
  names: readonly (keyof Options & string)[],
) {
  const options = optionsObject<Options>(where, came, names);
  const { epoch, output, data } = options;
  return {
    options,
    epoch: checkedEpoch(where, run, epoch),
    output: checkedOutput(where, run, output),
    data: data === undefined ? judgedRows(run.data) : fittingRows(where, "data", data, run.data),
  };
}

function checkedOutput(where: string, { data }: NetworkRun, output: number | undefined): number | undefined {
  const { task, outputs } = data;
  if (task === "classes" && output !== undefined)
    throw new RangeError(`${where}: output is for outputs that are no classes, got ${output}`);
  const place = wholeNumber(where, "output", output ?? 1, 1, outputs) - 1;
  return task === "classes" || outputs === 1 ? undefined : place;
}

/** Data of a binary task with the targets of one output alone; as they are without one. */
export function oneOutput(data: Dataset, output: number | undefined): Dataset {
  if (output === undefined) return data;
  const { outputs, targetNames, judge, ...parts } = data;
  return makeDataset({ ...parts, targets: data.targets.filter((_, i) => i % outputs === output) });
}

const MOST_VALUES = 4; // of a row, in its name

function rowName(inputs: readonly number[], bits: boolean): string {
  if (bits) return inputs.join("");
  if (inputs.length === 1) return significant(inputs[0]);
  const shown = inputs.slice(0, MOST_VALUES).map((value) => significant(value));
  return `(${shown.join(", ")}${inputs.length > MOST_VALUES ? ", …" : ""})`;
}

/**
 * The network's answers after an epoch, the final ones if it is undefined, row after row, in the targets' own units. They are
 * those of run.predict(): what counts as right is the same everywhere.
 *
 * @param inputs  rows, in their own units
 */
export function answersAt(
  run: NetworkRun,
  { output }: Pick<ShownRows, "output">,
  inputs: readonly (readonly number[])[],
  epoch: number | undefined,
): number[] {
  const answers = run.predict(inputs, epoch).flat();
  const { outputs } = run.data;
  return output === undefined ? answers : answers.filter((_, i) => i % outputs === output);
}

/** The same to rows of data. */
export function answersTo(
  run: NetworkRun,
  shown: Pick<ShownRows, "output">,
  rows: Dataset,
  epoch: number | undefined,
): number[] {
  return answersAt(run, shown, inputRows(rows), epoch);
}

/** How many of the judged rows the network gets right. */
export function rightOf(run: NetworkRun, rows: ShownRows, epoch: number | undefined): number {
  return rightRows(answersTo(run, rows, rows.judged, epoch), rows.judged);
}

/** The share of the targets' variance that the network explains over the judged rows of a regression. */
export function r2At(run: NetworkRun, rows: ShownRows, epoch: number | undefined): number {
  const { judged } = rows;
  const answers = answersTo(run, rows, judged, epoch);
  return r2Of(scaledBy(judged.scaling, { inputs: [], targets: answers }).targets, judged); // as the verdict does
}

/** As it follows "gets": "3 of 4 inputs right". */
export function rightText(right: number, rows: number, what: string): string {
  if (rows === 1) return `its only ${what} ${right === 1 ? "right" : "wrong"}`;
  if (right === rows) return `${allOf(rows, what)} right`;
  return right === 0 ? `none of the ${rows} ${what}s right` : `${right} of ${rows} ${what}s right`;
}
