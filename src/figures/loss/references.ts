import type { Run } from "../../train/run.js";
import { commonFloors, type Floor } from "../../verdict/floors.js";
import { atCost } from "../../verdict/ties.js";
import { asText } from "../parts/text.js";
import { COLOURS, SIZES } from "../parts/theme.js";

/** A horizontal line to which losses are compared. */
export interface Reference {
  readonly loss: number;
  /** "0.4774 ± 0.05" */
  readonly value: string;
  /** "3 inputs, 1 answer", "chance" */
  readonly meaning: string;
  /** Both, as a label in the drawing. */
  readonly text: string;
  readonly dash: "dash" | "dot";
  /** Where the line would lie with the rows as frequent as they are in the data. */
  readonly low: number;
  readonly high: number;
}

/** Mean log loss, in nats, of always answering one half. */
const CHANCE = Math.LN2;
const NO_BAND = 0.01; // a band about as thin as a line is none

/** The losses that mean something for these runs: chance, and those of networks that tie inputs together. */
export function references(runs: readonly Run[]): Reference[] {
  const ties = shownTies(commonFloors(runs), runs).map(tieReference);
  if (runs[0].settings.loss !== "binaryCrossentropy") return ties;
  return [CHANCE_REFERENCE, ...ties.filter((tie) => Math.abs(tie.loss - CHANCE) > 1e-6)];
}

const CHANCE_REFERENCE: Reference = {
  loss: CHANCE,
  value: CHANCE.toFixed(4),
  meaning: "chance",
  text: "chance: ln 2 = 0.6931",
  dash: "dash",
  low: CHANCE,
  high: CHANCE,
};

function tieReference(tie: Floor): Reference {
  const value = `${tie.loss.toFixed(4)}${marginText(tie)}`;
  const meaning = `${tie.inputs} inputs, 1 answer`;
  return {
    loss: tie.loss,
    value,
    meaning,
    text: `${value}: ${meaning}`,
    dash: "dot",
    low: tie.low,
    high: tie.high,
  };
}

/** How far the data's own frequencies move a floor: " ± 0.02". */
function marginText({ loss, low, high }: Floor): string {
  const margin = Math.max(high - loss, loss - low);
  return margin < NO_BAND ? "" : ` ± ${margin.toFixed(2)}`;
}

/** Large truth tables have dozens of floors: of more than three, those at which a run ended. */
function shownTies(ties: readonly Floor[], runs: readonly Run[]): readonly Floor[] {
  if (ties.length <= 3) return ties;
  const ends = runs.filter((run) => !run.solved && run.history.loss.length > 0).map((run) => run.finalLoss);
  const distance = (tie: Floor, end: number) => Math.abs(tie.loss - end);
  return ties.filter((tie) =>
    ends.some(
      (end) =>
        (atCost(end, tie.low) || atCost(end, tie.high)) &&
        ties.every((other) => distance(tie, end) <= distance(other, end)),
    ),
  );
}

const LABEL_HEIGHT = 18; // pixels

/** The lines whose labels have room: on an axis that reaches far up, chance alone. */
export function keptApart(lines: readonly Reference[], pixelsPerUnit: number): Reference[] {
  const kept: Reference[] = [];
  for (const line of lines)
    if (kept.every((other) => Math.abs(other.loss - line.loss) * pixelsPerUnit >= LABEL_HEIGHT))
      kept.push(line);
  return kept;
}

/** "Lines: 0.3466 (2 inputs, 1 answer), 0.6931 (chance).", where the drawing itself has no room to say so. */
export function meaningsText(lines: readonly Reference[]): string {
  if (lines.length === 0) return "";
  const ascending = [...lines].sort((a, b) => a.loss - b.loss);
  return `Lines: ${ascending.map(({ loss, meaning }) => `${loss.toFixed(4)} (${meaning})`).join(", ")}.`;
}

/** What marginLabels() need to the right of the drawing, in pixels. */
export const LABEL_WIDTH = 40;

/** The lines' names to the right of the drawing, where no curve runs: "0.4774", "chance". */
export function marginLabels(lines: readonly Reference[]): object[] {
  return lines.map(({ loss, meaning }) => ({
    text: asText(meaning === "chance" ? meaning : loss.toFixed(4)),
    xref: "paper",
    x: 1,
    xanchor: "left",
    yref: "y",
    y: loss,
    yanchor: "middle",
    showarrow: false,
    borderpad: 1,
    font: { size: SIZES.label, color: COLOURS.quiet },
  }));
}

/** The lines, and behind them a band where the data's own frequencies move them. */
export function referenceShapes(lines: readonly Reference[]): object[] {
  const across = { xref: "paper", x0: 0, x1: 1, yref: "y", layer: "below" };
  const bands = lines
    .filter((line) => Math.max(line.high - line.loss, line.loss - line.low) >= NO_BAND)
    .map((line) => ({
      ...across,
      type: "rect",
      y0: line.low,
      y1: line.high,
      line: { width: 0 },
      fillcolor: COLOURS.quiet,
      opacity: 0.1,
    }));
  const strokes = lines.map((line) => ({
    ...across,
    type: "line",
    y0: line.loss,
    y1: line.loss,
    line: { color: COLOURS.quiet, width: 1, dash: line.dash },
  }));
  return [...bands, ...strokes];
}
