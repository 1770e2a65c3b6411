import { spread } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { dataName } from "../../words/names.js";
import { subject } from "../parts/runs.js";

/** What a figure of runs says in words, plain text. */
export interface Finding {
  /** The claim. It must be true of the data. */
  readonly title: string;
  /** What backs the claim, in numbers. */
  readonly detail: string;
}

/** What one run shows. */
export function runFinding(run: Run): Finding {
  const epochs = run.history.loss.length;
  if (run.status === "stopped") return stoppedFinding(run, epochs);
  if (run.status === "diverged") {
    const { epoch = epochs, step = 0 } = run.divergedAt ?? {};
    const title = `${subject(run)} diverged in epoch ${epoch + 1}`;
    return { title, detail: `At step ${step} the loss stopped being a finite number.` };
  }
  return run.solved ? solvedFinding(run) : unsolvedFinding(run, epochs);
}

function stoppedFinding(run: Run, epochs: number): Finding {
  if (epochs === 0)
    return {
      title: `${subject(run)} was stopped before its first epoch ended`,
      detail: "There is no loss to show yet.",
    };
  const title = `${subject(run)} was stopped after epoch ${epochs} of ${run.settings.epochs}`;
  return {
    title,
    detail: `Its loss was ${lossText(run.finalLoss)}, its accuracy ${shareText(run.finalAccuracy)}.`,
  };
}

function solvedFinding(run: Run): Finding {
  const { loss } = run.history;
  const detail = `Loss ${lossText(loss[0])} in epoch 1, ${lossText(run.finalLoss)} in epoch ${loss.length}.`;
  const solves = `${subject(run)} solves ${dataName(run.data)}`;
  const from = perfectFrom(run);
  if (from !== undefined) return { title: `${solves}: accuracy 1.0 from epoch ${from} on`, detail };
  return { title: `${solves}: accuracy ${shareText(run.finalAccuracy)} in the last epoch`, detail };
}

/** The epoch from which on no epoch had a mistake, counted from 1; undefined if the last one had. */
export function perfectFrom({ history }: Run): number | undefined {
  const from = history.accuracy.map((share) => share < 1).lastIndexOf(true) + 2;
  return from <= history.accuracy.length ? from : undefined;
}

/** The loss hardly moves if its whole range over the last quarter is within this share of it. */
const STILL = 0.01;
const SHORTEST_QUARTER = 5; // epochs; fewer prove nothing

/** Whether the loss rested over the last quarter of the epochs, and that was long enough to tell. */
export function isStuck(run: Run): boolean {
  const quarter = lastQuarter(run);
  return quarter.length >= SHORTEST_QUARTER && spread(quarter) <= STILL * run.finalLoss;
}

function lastQuarter({ history }: Run): readonly number[] {
  const length = Math.floor(history.loss.length / 4);
  return length === 0 ? [] : history.loss.slice(-length);
}

function unsolvedFinding(run: Run, epochs: number): Finding {
  const quarter = lastQuarter(run);
  const range = spread(quarter);
  const accuracy = `Accuracy ${shareText(run.finalAccuracy)}`;
  if (isStuck(run))
    return {
      title: `${subject(run)} stalls at loss ${lossText(run.finalLoss)}`,
      detail: `${accuracy}; the loss moved by less than ${above(range)} in the last ${quarter.length} epochs.`,
    };
  const title = `${subject(run)} has not solved ${dataName(run.data)} by epoch ${epochs}`;
  return { title, detail: `${accuracy}, loss ${lossText(run.finalLoss)} in the last epoch.` };
}

/** What several runs show together. */
export function runsFinding(runs: readonly Run[]): Finding {
  const solved = runs.filter((run) => run.solved);
  const names = [...new Set(runs.map((run) => subject(run)))];
  const oneData = new Set(runs.map((run) => run.data.name)).size === 1;
  const detail = othersText(runs);
  if (oneData && runs.length === 2 && names.length === 2 && solved.length === 1) {
    const other = runs.find((run) => !run.solved) as Run;
    return {
      title: `${subject(solved[0])} solves ${dataName(runs[0].data)}, ${subject(other)} does not`,
      detail,
    };
  }
  const count = countText(solved.length, runs.length, names.length === 1 ? `${names[0]} ` : "");
  const theirs = count.endsWith("solves") ? "its data" : "their data";
  return { title: `${count} ${oneData ? dataName(runs[0].data) : theirs}`, detail };
}

/** "3 of 5 sigmoid-2 runs solve". */
function countText(solved: number, runs: number, who: string): string {
  if (runs === 1) return `${solved} of 1 ${who}run solves`;
  if (runs === 2 && solved === 0) return `Neither ${who}run solves`;
  if (runs === 2 && solved === 2) return `Both ${who}runs solve`;
  if (solved === runs) return `All ${runs} ${who}runs solve`;
  if (solved === 0) return `None of ${runs} ${who}runs solves`;
  return `${solved} of ${runs} ${who}runs ${solved === 1 ? "solves" : "solve"}`;
}

/** How the runs ended that did not solve their data. */
function othersText(runs: readonly Run[]): string {
  const completed = runs.filter((run) => !run.solved && run.status === "completed");
  const stopped = runs.filter((run) => run.status === "stopped").length;
  const diverged = runs.filter((run) => run.status === "diverged").length;
  const facts: string[] = [];
  const losses = completed.map((run) => run.finalLoss).sort((a, b) => a - b);
  if (losses.length > 3)
    facts.push(
      `${losses.length} end at losses from ${lossText(losses[0])} to ${lossText(losses[losses.length - 1])}`,
    );
  else if (losses.length > 0) facts.push(`not solved: loss ${losses.map(lossText).join(", ")} at the end`);
  if (stopped > 0) facts.push(`${stopped} stopped`);
  if (diverged > 0) facts.push(`${diverged} diverged`);
  const text = facts.join("; ");
  return text === ""
    ? "Each of them has every answer right at the end."
    : `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** A loss as figures write it: four decimals, as Keras does, or two significant digits where that would be 0. */
export function lossText(loss: number): string {
  return loss >= 0.00095 && loss < 1e4 ? loss.toFixed(4) : smallText(loss);
}

function smallText(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(2)));
}

/** The next power of ten above a small number. */
function above(value: number): string {
  return value === 0 ? "1e-9" : String(Number(`1e${Math.floor(Math.log10(value)) + 1}`));
}

/** A share of right answers: "0.771"; never rounded up to 1. */
export function shareText(share: number): string {
  if (share === 1) return "1.0";
  return Math.min(share, 0.999).toFixed(3);
}
