import type { Run } from "../../train/run.js";
import { runNames } from "../parts/runs.js";
import { asText, wrappedText } from "../parts/text.js";
import { COLOURS, PALETTE, SIZES } from "../parts/theme.js";
import { rounded, thinned } from "../parts/thin.js";
import { shareText } from "./finding.js";

/** One run's line, with the points that are drawn. */
export interface LossLine {
  readonly name: string;
  readonly colour: string;
  readonly outcome: Outcome;
  /** Epochs, counted from 1. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The first perfect epoch and its loss. */
  readonly first?: { readonly epoch: number; readonly loss: number };
}

type Outcome = "solved" | "not solved" | "stopped" | "diverged";

/** More lines than this are coloured by what came of them. */
export const MOST_COLOURS = 7;
/** Points of all lines together: about 60 kB in a notebook. */
const MOST_POINTS = 2500;
const OUTCOME_COLOURS: Record<Outcome, string> = {
  solved: COLOURS.good,
  "not solved": COLOURS.bad,
  stopped: COLOURS.quiet,
  diverged: PALETTE[6],
};

/** The lines of the runs. */
export function lossLines(runs: readonly Run[]): LossLine[] {
  const names = runNames(runs);
  const limit = Math.max(60, Math.min(500, Math.floor(MOST_POINTS / runs.length)));
  return runs.map((run, i) => {
    const { loss } = run.history;
    const outcome = outcomeOf(run);
    const epoch = run.firstPerfectEpoch;
    const indices = thinned(loss, epoch === undefined ? [] : [epoch - 1], limit);
    return {
      name: names[i],
      outcome,
      colour: runs.length === 1 || runs.length > MOST_COLOURS ? OUTCOME_COLOURS[outcome] : PALETTE[i],
      x: indices.map((index) => index + 1),
      y: indices.map((index) => rounded(loss[index])),
      ...(epoch === undefined ? {} : { first: { epoch, loss: rounded(loss[epoch - 1]) } }),
    };
  });
}

function outcomeOf(run: Run): Outcome {
  if (run.status !== "completed") return run.status;
  return run.solved ? "solved" : "not solved";
}

/** A trace a run; of many runs, the key names the outcomes. */
export function lossTraces(runs: readonly Run[], lines: readonly LossLine[]): Record<string, unknown>[] {
  const many = lines.length > MOST_COLOURS;
  const traces = lines.map((line, i) => ({
    type: "scatter",
    mode: line.x.length === 1 ? "markers" : "lines",
    name: wrappedText(line.name, 250, SIZES.text).text,
    x: line.x,
    y: line.y,
    customdata: line.x.map((epoch) => shareText(runs[i].history.accuracy[epoch - 1])),
    line: { color: line.colour, width: many ? 1.2 : 2.2 },
    marker: { color: line.colour, size: 8 },
    opacity: many ? 0.6 : 1,
    showlegend: !many,
    hovertemplate: `${hoverName(line, lines.length)}epoch %{x}<br>loss %{y:.4f}<br>accuracy %{customdata}<extra></extra>`,
  }));
  return many ? [...traces, ...outcomeKeys(lines)] : traces;
}

function hoverName(line: LossLine, count: number): string {
  return count === 1 ? "" : `<b>${wrappedText(line.name, 280, SIZES.text).text}</b><br>${line.outcome}<br>`;
}

/** Entries of the key without points of their own: "solved: 13 runs". */
function outcomeKeys(lines: readonly LossLine[]): Record<string, unknown>[] {
  return (Object.keys(OUTCOME_COLOURS) as Outcome[]).flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    if (count === 0) return [];
    const name = asText(`${outcome}: ${count} ${count === 1 ? "run" : "runs"}`);
    const line = { color: OUTCOME_COLOURS[outcome], width: 2.2 };
    return [{ type: "scatter", mode: "lines", name, x: [null], y: [null], line, hoverinfo: "skip" }];
  });
}

/** What firstPerfectTrace() draws, if anything. */
export function ringText(lines: readonly LossLine[]): string {
  return lines.some((line) => line.first) ? "Ring: first perfect epoch." : "";
}

/** A ring at every first epoch without a mistake. */
export function firstPerfectTrace(lines: readonly LossLine[]): Record<string, unknown>[] {
  const perfect = lines.flatMap((line) =>
    line.first ? [{ ...line.first, colour: line.colour, name: line.name }] : [],
  );
  if (perfect.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: "first perfect epoch",
      x: perfect.map((ring) => ring.epoch),
      y: perfect.map((ring) => ring.loss),
      text: perfect.map((ring) => wrappedText(ring.name, 280, SIZES.text).text),
      marker: {
        size: 9,
        color: COLOURS.card,
        line: { color: perfect.map((ring) => ring.colour), width: 2.2 },
      },
      cliponaxis: false,
      showlegend: false, // the heading says it
      hovertemplate: `<b>%{text}</b><br>first perfect epoch: %{x}<br>loss %{y:.4f}<extra></extra>`,
    },
  ];
}
