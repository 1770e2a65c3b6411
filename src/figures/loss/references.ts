import { extent } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { commonFloors, constantAnswer, type Floor } from "../../verdict/floors.js";
import { atCost } from "../../verdict/ties.js";
import { constantName, dataName, floorName } from "../../words/names.js";
import { lossText, withDecimals } from "../../words/numbers.js";
import { COLOURS } from "../parts/colours.js";
import { note } from "../parts/marks.js";
import { asText } from "../parts/text.js";

const NO_BAND = 0.01; // a band about as thin as a line is none
const NOTHING = 1e-6; // what a constant answer costs where all targets are the same
const MOST_FLOORS = 3;

/**
 * The losses that mean something for these runs: what the best constant answer costs on their data, and what those
 * networks cost that give several inputs one answer.
 */
export function references(runs: readonly NetworkRun[]): Reference[] {
  const floors = commonFloors(runs);
  if (floors.length === 0) return constants(runs);
  const shown = shownFloors(floors, runs);
  const named = [...shown.filter((floor) => floor.constant), ...shown.filter((floor) => !floor.constant)];
  return named.map((floor) => reference(floorName(floor), floor, floor.constant));
}

export type Reference = ReturnType<typeof reference>;

/**
 * A horizontal line to which losses are compared.
 *
 * @param meaning  "3 inputs, 1 answer", "constant answer"
 * @param floor    its loss, and between which others the line would lie with the rows as frequent as they are in the data
 */
function reference(
  meaning: string,
  { loss, low, high }: Pick<Floor, "loss" | "low" | "high">,
  constant: boolean,
) {
  const margin = Math.max(high - loss, loss - low);
  const around = margin < NO_BAND ? "" : ` ± ${withDecimals(margin, 2)}`;
  const text = `${lossText(loss)}${around}: ${meaning}`;
  return { loss, meaning, text, dash: constant ? "dash" : "dot", low, high };
}

/** The best constant answer: one line where it costs about the same on all data, else one for each. */
function constants(runs: readonly NetworkRun[]): Reference[] {
  const costs = new Map<string, number[]>();
  for (const { data, settings } of runs) {
    const [name, { loss }] = [dataName(data), constantAnswer(data, settings.loss)];
    costs.set(name, [...(costs.get(name) ?? []), loss]);
  }
  const made = (meaning: string, theirs: readonly number[]): Reference[] => {
    const [low, high] = extent(theirs);
    const loss = (low + high) / 2;
    return high > NOTHING ? [reference(meaning, { loss, low, high }, true)] : [];
  };
  const all = [...costs.values()].flat();
  const [low, high] = extent(all);
  if (high - low < NO_BAND) return made(constantName((low + high) / 2), all);
  if (costs.size === 1) return made("constant answer", all);
  return [...costs].flatMap(([data, theirs]) => made(`constant answer to ${data}`, theirs));
}

/** Large truth tables have dozens of floors: of more than three, the constant answer and those at which a run ended. */
function shownFloors(floors: readonly Floor[], runs: readonly NetworkRun[]): readonly Floor[] {
  if (floors.length <= MOST_FLOORS) return floors;
  const ends = runs.filter((run) => run.ending === "unsolved").map((run) => run.finalLoss);
  const distance = (floor: Floor, end: number) => Math.abs(floor.loss - end);
  const nearest = (floor: Floor, end: number) =>
    floors.every((other) => distance(floor, end) <= distance(other, end));
  const under = (floor: Floor, end: number) => atCost(end, floor.low) || atCost(end, floor.high);
  return floors.filter(
    (floor) => floor.constant || ends.some((end) => under(floor, end) && nearest(floor, end)),
  );
}

const LABEL_HEIGHT = 18; // pixels

/** The lines whose labels have room: on an axis that reaches far up, the constant answer alone. */
export function keptApart(lines: readonly Reference[], pixelsPerUnit: number): Reference[] {
  const kept: Reference[] = [];
  for (const line of lines)
    if (kept.every((other) => Math.abs(other.loss - line.loss) * pixelsPerUnit >= LABEL_HEIGHT))
      kept.push(line);
  return kept;
}

/**
 * "Lines: 0.3466 (2 inputs, 1 answer), 0.6931 (constant answer, ln 2)."
 *
 * @param order  how several are told apart, after a comma: ", from light to dark"
 */
export function meaningsText(lines: readonly Reference[], order = ""): string {
  if (lines.length === 0) return "";
  const ascending = [...lines].sort((a, b) => a.loss - b.loss);
  const said = ascending.map(({ loss, meaning }) => `${lossText(loss)} (${meaning})`).join(", ");
  return `${lines.length === 1 ? "Line" : `Lines${order}`}: ${said}.`;
}

/** What marginNotes() need to the right of the drawing, in pixels. */
export const NOTES_WIDTH = 40;

/** The lines' losses to the right of the drawing, where no curve runs; what they mean is in the hover. */
export function marginNotes(lines: readonly Reference[]): object[] {
  return lines.map(({ loss, text }) => {
    const place = { xref: "paper", x: 1, xanchor: "left", yref: "y", y: loss, yanchor: "middle" };
    return note(lossText(loss), { ...place, hovertext: asText(text) }, { color: COLOURS.quiet });
  });
}

/** The lines, and behind them a band where the data's own frequencies move them. */
export function referenceShapes(lines: readonly Reference[]): object[] {
  const across = { xref: "paper", x0: 0, x1: 1, yref: "y", layer: "below" };
  const bands = lines
    .filter((line) => Math.max(line.high - line.loss, line.loss - line.low) >= NO_BAND)
    .map((line) => ({
      ...across,
      ...{ type: "rect", y0: line.low, y1: line.high },
      ...{ line: { width: 0 }, fillcolor: COLOURS.quiet, opacity: 0.1 },
    }));
  const strokes = lines.map((line) => ({
    ...across,
    ...{ type: "line", y0: line.loss, y1: line.loss },
    line: { color: COLOURS.quiet, width: 1, dash: line.dash },
  }));
  return [...bands, ...strokes];
}
