import { type Dataset, makeDataset } from "../../data/dataset.js";
import { unlikeInputs } from "../../data/rows.js";
import { separableByLine } from "../../explain/facts/separable.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { classOf } from "../../verdict/classes.js";
import { perfectFrom } from "../../verdict/course.js";
import { allOf, capital, counted, listed } from "../../words/english.js";
import type { Moment } from "../parts/epochs.js";
import { divergedText, runMoment } from "../parts/runs.js";
import { groupsOf, type HiddenPoint, type HiddenRows } from "./state.js";

/** Where the different rows land, how many of the judged ones are right, how the space is called, and whether the output divides it. */
interface HiddenFacts {
  readonly points: readonly HiddenPoint[];
  readonly right: number;
  readonly space: string;
  readonly last: boolean;
}

const MOST_NAMED = 6; // inputs in a title
const MOST_TESTED = 1000; // points of which it is worked out which are tied, and whether any line could separate them

/** What separates so many classes in a space of so many units: "one straight line", "planes". */
export function cutsText(units: number, classes: number): string {
  const cut = cutName(units);
  return classes > 2 ? `${cut}s` : `one ${cut}`;
}

/** What a flat border is called in a space of so many units. */
function cutName(units: number): string {
  return units === 1 ? "threshold" : units === 2 ? "straight line" : "plane";
}

/**
 * What the layer has done with the classes.
 *
 * @param asked  whether this moment is the one that was asked for
 */
export function hiddenFinding(
  run: NetworkRun,
  rows: HiddenRows,
  facts: HiddenFacts,
  { epoch }: Moment,
  asked: boolean,
) {
  if (run.status === "diverged" && !asked)
    return { title: divergedText(run, "this is its hidden layer", epoch), detail: "" };
  const claim = claimOf(rows, facts);
  if (asked) return { title: `${capital(runMoment(run, epoch))}, ${claim}`, detail: "" };
  const from = facts.right === rows.judged.rows ? perfectFrom(run.history.accuracy) : undefined;
  return {
    title: capital(claim),
    detail: from === undefined ? "" : ` Accuracy is 1.0 from epoch ${from} on.`,
  };
}

/** The claim, true of this moment. */
function claimOf(rows: HiddenRows, { space, points, last, right }: HiddenFacts): string {
  const { judged, different, classes } = rows;
  const several = classes.length > 2;
  const cut = cutName(points[0].length);
  const short = `${cut === "straight line" ? "line" : cut}${several ? "s" : ""}`;
  if (new Set(Array.from({ length: judged.rows }, (_, row) => classOf(judged, row))).size === 1)
    return `the data have only one class: there is nothing to separate in ${space}`;
  if (last && right === judged.rows)
    return `${cutsText(points[0].length, classes.length)} ${several ? "separate" : "separates"} the classes in ${space}`;
  const tested = points.length <= MOST_TESTED;
  const mixed = tested ? mixedGroups(points, different) : [];
  // Of many rows it is worth a title if the layer ties them, not if some of the data contradict each other.
  const tied = rows.labelled ? mixed : mixed.filter((group) => unlikeInputs(different, group).length > 1);
  if (tied.length > 0) return `${tiedText(tied, rows, space)}: no ${short} can separate them`;
  const possible = tested && !several ? separable(points, different) : undefined;
  if (possible === false) return `no ${cut} can separate the classes in ${space}`;
  const count = `${judged.rows - right} of ${judged.rows} points`;
  const wrong = several
    ? `the outputs' ${short} leave ${count} in the wrong region`
    : `the output's ${short} leaves ${count} on the wrong side`;
  if (possible) return `a ${cut} could separate the classes in ${space}${last ? `, but ${wrong}` : ""}`;
  return last ? wrong : `the network gets ${right} of ${judged.rows} points right`;
}

/** Whether a flat border could separate two classes. */
function separable(points: readonly HiddenPoint[], data: Dataset): boolean | undefined {
  const [inputs, targets] = [points.flat(), points.map((_, row) => classOf(data, row))].map((numbers) =>
    Float32Array.from(numbers),
  );
  return separableByLine(makeDataset({ name: "", features: points[0].length, inputs, targets }));
}

/** Groups of rows of unlike classes that land on one point: no line can take these apart. */
function mixedGroups(points: readonly HiddenPoint[], data: Dataset): number[][] {
  return groupsOf(points).filter((group) =>
    group.some((row) => classOf(data, row) !== classOf(data, group[0])),
  );
}

/** "the hidden layer puts 00, 01 and 11 on one point", or, where it is the data that tie rows, "the data put 11 in both classes". */
function tiedText(groups: readonly number[][], rows: HiddenRows, space: string): string {
  const { names, labelled, different, classes } = rows;
  const kinds = classes.length > 2 ? "different classes" : "both classes";
  const layer = space === "hidden space" ? "the hidden layer" : space;
  const unlike = groups.map((group) => unlikeInputs(different, group));
  const tied = unlike.filter((group) => group.length > 1);
  const count = (tied.length > 0 ? tied : unlike).flat().length;
  const named = labelled && count <= MOST_NAMED;
  const namesOf = (group: readonly number[]) => listed(group.map((row) => names[row]));
  if (tied.length === 0)
    return `the data put ${named ? namesOf(unlike.flat()) : counted(count, "input")} in ${kinds}`;
  if (groups.length === 1 && groups[0].length === different.rows)
    return `${layer} puts ${allOf(count, labelled ? "input" : "point")} on one point`;
  if (!named)
    return `${layer} puts ${count} inputs of ${kinds} on ${tied.length === 1 ? "one point" : `${tied.length} points`}`;
  return `${layer} puts ${tied.map((group, i) => `${namesOf(group)} on ${i === 0 ? "one point" : "another"}`).join(", ")}`;
}
