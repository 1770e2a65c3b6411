import { FLOOR_WIDTH } from "../floors.js";
import type { Run } from "../run.js";
import { COLOURS } from "./theme.js";
import { type Tie, tiesOf } from "./ties.js";

/** A horizontal line to which losses are compared. */
export interface Reference {
  readonly loss: number;
  /** What it means, in few words. */
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
  const ties = shownTies(tiesOf(runs), runs).map((tie) => ({
    loss: tie.loss,
    text: `${tie.loss.toFixed(4)}${marginText(tie)}: ${tie.inputs} inputs, 1 answer`,
    dash: "dot" as const,
    low: tie.low,
    high: tie.high,
  }));
  if (runs[0].settings.loss !== "binaryCrossentropy") return ties;
  const text = "chance: ln 2 = 0.6931";
  const chance = { loss: CHANCE, text, dash: "dash" as const, low: CHANCE, high: CHANCE };
  return [chance, ...ties.filter((tie) => Math.abs(tie.loss - CHANCE) > 1e-6)];
}

/** How far the data's own frequencies move a floor: " ± 0.02". */
function marginText({ loss, low, high }: Tie): string {
  const margin = Math.max(high - loss, loss - low);
  return margin < NO_BAND ? "" : ` ± ${margin.toFixed(2)}`;
}

/** Large truth tables have dozens of floors: of more than three, those at which a run ended. */
function shownTies(ties: readonly Tie[], runs: readonly Run[]): readonly Tie[] {
  if (ties.length <= 3) return ties;
  const ends = runs.filter((run) => !run.solved && run.history.loss.length > 0).map((run) => run.finalLoss);
  const distance = (tie: Tie, end: number) => Math.abs(tie.loss - end);
  return ties.filter((tie) =>
    ends.some(
      (end) =>
        end >= tie.low - FLOOR_WIDTH &&
        end <= tie.high + FLOOR_WIDTH &&
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
