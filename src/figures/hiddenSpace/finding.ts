import { makeDataset } from "../../data/dataset.js";
import { separableByLine } from "../../explain/separable.js";
import type { Run } from "../../train/run.js";
import { listed } from "../../words/english.js";
import { runFinding } from "../loss/finding.js";
import type { Moment as EpochStop } from "../parts/epochs.js";
import { mixedGroups } from "./groups.js";
import type { HiddenRows } from "./rows.js";
import type { HiddenState } from "./state.js";

/** What is known of the hidden layer at one moment. */
export interface HiddenFacts {
  readonly kind: "apart" | "tied" | "inseparable" | "separable" | "wrong" | "oneClass";
  readonly claim: string;
}

/** What a flat border is called in a space of so many units. */
export function cutName(units: number): string {
  return units === 1 ? "threshold" : units === 2 ? "straight line" : "plane";
}

const MOST_NAMED = 6; // inputs in a title
const MOST_TESTED = 1000; // points of which it is worked out which are tied, and whether any line could separate them

/** What the hidden layer has done with the classes, in words that are true of this state. */
export function hiddenFacts(rows: HiddenRows, state: HiddenState, where: string): HiddenFacts {
  const cut = cutName(state.points[0].length);
  const short = cut === "straight line" ? "line" : cut;
  const { judged } = rows;
  const above = judged.targets.filter((target) => target > 0.5).length;
  if (above === 0 || above === judged.rows)
    return {
      kind: "oneClass",
      claim: `the data hold one class only: there is nothing to separate in ${where}`,
    };
  if (state.border && state.right === judged.rows)
    return { kind: "apart", claim: `one ${cut} separates the classes in ${where}` };
  const tested = rows.drawn.rows <= MOST_TESTED;
  const tied = tested ? mixedGroups(state.points, rows.drawn) : [];

  if (tied.length > 0)
    return {
      kind: "tied",
      claim: `${where === "hidden space" ? "the hidden layer" : where} puts ${tiedText(tied, rows)}: no ${short} can separate them`,
    };
  const wrong = `${judged.rows - state.right} of ${judged.rows} points`;
  const points = makeDataset(
    "",
    state.points[0].length,
    Float32Array.from(state.points.flat()),
    rows.drawn.targets,
  );
  const possible = tested ? separableByLine(points) : undefined;
  if (possible === false)
    return { kind: "inseparable", claim: `no ${cut} can separate the classes in ${where}` };
  if (possible)
    return {
      kind: "separable",
      claim: `a ${cut} could separate the classes in ${where}${state.border ? `, but the output's ${short} leaves ${wrong} on the wrong side` : ""}`,
    };
  if (!state.border)
    return { kind: "wrong", claim: `the network answers ${state.right} of ${judged.rows} right` };
  return { kind: "wrong", claim: `the output's ${short} leaves ${wrong} on the wrong side` };
}

/** "00, 01 and 11 on one point". */
function tiedText(groups: readonly number[][], { names, labelled, drawn }: HiddenRows): string {
  const all = groups.length === 1 && groups[0].length === drawn.rows;
  if (all) return `all ${drawn.rows} ${labelled ? "inputs" : "points"} on one point`;
  const count = groups.flat().length;
  if (!labelled || count > MOST_NAMED)
    return `${count} inputs of both classes on ${groups.length === 1 ? "one point" : `${groups.length} points`}`;
  const parts = groups.map((group) => listed(group.map((row) => names[row])));
  return parts.map((part, i) => `${part} on ${i === 0 ? "one point" : "another"}`).join(", ");
}

/** Since when what is true of a moment has been true: an epoch, and whether it was the very first. */
export interface Since {
  readonly epoch: number;
  readonly exact: boolean;
}

/** The title of the figure and a line that backs it. */
export function hiddenFinding(
  run: Run,
  stop: EpochStop,
  asked: boolean,
  facts: HiddenFacts,
  since: Since | undefined,
): { readonly title: string; readonly detail: string } {
  if (run.status === "diverged")
    return { title: `${runFinding(run).title}; this is its hidden layer ${momentText(stop)}`, detail: "" };
  const moment = asked ? `${upper(momentText(stop))}, ` : "";
  const title = upper(`${moment}${facts.claim}`);
  if (asked || !since || facts.kind === "oneClass") return { title, detail: "" };
  const from =
    since.epoch === 0
      ? "from the start"
      : since.exact
        ? `from epoch ${since.epoch} on`
        : `by epoch ${since.epoch}`;
  if (facts.kind === "apart") return { title: `${title}, ${from}`, detail: "" };
  return { title, detail: ` So it is ${from}.` };
}

/** "after epoch 79", "before training". */
function momentText({ epoch, name }: EpochStop): string {
  if (epoch === undefined) return "at that moment";
  return epoch === 0 ? name : `after ${name}`;
}

function upper(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
