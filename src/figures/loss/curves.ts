import { extent } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import type { Ending } from "../../verdict/outcome.js";
import { counted } from "../../words/english.js";
import { accuracyText, rounded } from "../../words/numbers.js";
import { hoverName, keyEntry, line, marks, type Trace } from "../parts/marks.js";
import { runNames } from "../parts/runs.js";
import { COLOURS, PALETTE } from "../parts/theme.js";

/** One run's line, with the points that are drawn. */
export interface LossLine {
  readonly name: string;
  readonly colour: string;
  readonly ending: Ending;
  /** Epochs, counted from 1. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The accuracy at each point; of a regression there is none. */
  readonly accuracy: readonly string[];
  /** The first perfect epoch and its loss. */
  readonly first?: EpochLoss;
  /** The loss over the validation data, and where it is lowest. */
  readonly validation?: Pick<LossLine, "x" | "y"> & { readonly best: EpochLoss };
}

interface EpochLoss {
  readonly epoch: number;
  readonly loss: number;
}

/** More lines than this are coloured by what came of them. */
const MOST_COLOURS = 7;
/** Points of all lines together: about 60 kB in a notebook. */
const MOST_POINTS = 2500;
const ENDING_COLOURS: Record<Ending, string> = {
  solved: COLOURS.good,
  unsolved: COLOURS.bad,
  stopped: COLOURS.quiet,
  diverged: PALETTE[6],
};

/** The lines of the runs. */
export function lossLines(runs: readonly NetworkRun[]): LossLine[] {
  const names = runNames(runs);
  const limit = Math.max(60, Math.min(500, Math.floor(MOST_POINTS / runs.length)));
  return runs.map((run, i) => {
    const { loss, accuracy } = run.history;
    const epoch = run.firstPerfectEpoch;
    const indices = thinned(loss, epoch === undefined ? [] : [epoch - 1], limit);
    return {
      name: names[i],
      ending: run.ending,
      colour: runs.length === 1 || isMany(runs) ? ENDING_COLOURS[run.ending] : PALETTE[i],
      ...pointsAt(loss, indices),
      accuracy: accuracy.length === 0 ? [] : indices.map((index) => accuracyText(accuracy[index])),
      ...(epoch === undefined ? {} : { first: { epoch, loss: rounded(loss[epoch - 1]) } }),
      ...validationLine(run.history, limit),
    };
  });
}

function pointsAt(losses: readonly number[], indices: readonly number[]): Pick<LossLine, "x" | "y"> {
  return { x: indices.map((index) => index + 1), y: indices.map((index) => rounded(losses[index])) };
}

function validationLine(
  { valLoss = [] }: NetworkRun["history"],
  limit: number,
): Pick<LossLine, "validation"> {
  const best = lowestAt(valLoss);
  if (best < 0) return {};
  const indices = thinned(valLoss, [best], limit).filter((index) => Number.isFinite(valLoss[index]));
  const point = { epoch: best + 1, loss: rounded(valLoss[best]) };
  return { validation: { ...pointsAt(valLoss, indices), best: point } };
}

/** The index of the lowest finite loss, the first of equal ones; −1 if there is none. */
export function lowestAt(losses: readonly number[]): number {
  return losses.indexOf(extent(losses.filter(Number.isFinite))[0]);
}

function isMany(lines: readonly unknown[]): boolean {
  return lines.length > MOST_COLOURS;
}

/**
 * The indices of the points to draw of a long line: the first, the last, the smallest and the largest of every
 * stretch, and those that must be kept. No peak is lost.
 *
 * @param keep   indices that are drawn in any case
 * @param limit  about how many may be drawn, ≥ 4
 * @returns ascending
 */
export function thinned(values: readonly number[], keep: readonly number[], limit: number): number[] {
  if (values.length <= limit) return values.map((_, i) => i);
  const stretches = Math.floor((limit - 2 - keep.length) / 2);
  const kept = new Set([0, values.length - 1, ...keep]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * values.length) / stretches);
    const to = Math.floor(((stretch + 1) * values.length) / stretches);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/**
 * The lines, those of validation data broken and with a diamond where they are lowest, and a ring at every first epoch without
 * a wrong answer; of many runs, the key names the endings.
 */
export function lossTraces(lines: readonly LossLine[]): Trace[] {
  const many = isMany(lines);
  const traces = lines.map(({ name, colour, x, y, accuracy, ending }) => {
    const who = lines.length === 1 ? "" : `${hoverName(name)}<br>${ending}<br>`;
    const hover = `${who}epoch %{x}<br>loss %{y:.4f}${accuracy.length > 0 ? "<br>accuracy %{customdata}" : ""}`;
    const saying = many ? { hover } : { name, hover };
    return line({ x, y }, { color: colour, width: many ? 1.2 : 2.2 }, saying, {
      ...(accuracy.length > 0 ? { customdata: accuracy } : {}),
      ...(many ? { opacity: 0.6 } : {}),
      ...(x.length === 1 ? { mode: "markers", marker: { color: colour, size: 8 } } : {}),
    });
  });
  return [...traces, ...validationTraces(lines), ...(many ? endingKeys(lines) : []), ...rings(lines)];
}

function validationTraces(lines: readonly LossLine[]): Trace[] {
  const width = isMany(lines) ? 1 : 1.8;
  return lines.flatMap(({ name, colour, validation }) => {
    if (!validation) return [];
    const { best, ...places } = validation;
    const who = lines.length === 1 ? "" : `${hoverName(name)}<br>`;
    const marker = { symbol: "diamond", size: 9, color: COLOURS.card, line: { color: colour, width } };
    return [
      line(
        places,
        { color: colour, width, dash: "dash" },
        { hover: `${who}epoch %{x}<br>validation loss %{y:.4f}` },
      ),
      marks({ x: [best.epoch], y: [best.loss] }, marker, {
        hover: `${who}lowest validation loss: %{y:.4f}, after epoch %{x}`,
      }),
    ];
  });
}

/** "solved: 13 runs". */
function endingKeys(lines: readonly LossLine[]): Trace[] {
  return (Object.keys(ENDING_COLOURS) as Ending[]).flatMap((ending) => {
    const count = lines.filter((one) => one.ending === ending).length;
    const stroke = { color: ENDING_COLOURS[ending], width: 2.2 };
    return count === 0 ? [] : [keyEntry(`${ending}: ${counted(count, "run")}`, stroke)];
  });
}

/** Entries of the key. */
export function keyEntries(lines: readonly LossLine[]): number {
  if (lines.length === 1) return 0;
  return isMany(lines) ? new Set(lines.map((one) => one.ending)).size : lines.length;
}

function rings(lines: readonly LossLine[]): Trace[] {
  const perfect = lines.flatMap(({ name, colour, first }) => (first ? [{ name, colour, ...first }] : []));
  if (perfect.length === 0) return [];
  const places = { x: perfect.map((ring) => ring.epoch), y: perfect.map((ring) => ring.loss) };
  const marker = {
    size: 9,
    color: COLOURS.card,
    line: { color: perfect.map((ring) => ring.colour), width: 2.2 },
  };
  const hover = "%{text}<br>first perfect epoch: %{x}<br>loss %{y:.4f}";
  return [marks(places, marker, { hover }, { text: perfect.map((ring) => hoverName(ring.name)) })];
}

/** What the rings, broken lines and diamonds are, if there are any: of one run, a ring's epoch too. */
export function ringText(lines: readonly LossLine[]): string {
  const epochs = lines.flatMap((one) => one.first?.epoch ?? []);
  const which = lines.length === 1 ? ` (${epochs[0]})` : "";
  const ring = epochs.length > 0 ? [`Ring: first perfect epoch${which}.`] : [];
  const validated = lines.some((one) => one.validation);
  return [...ring, ...(validated ? ["Dashed: validation loss; diamond: its lowest."] : [])].join(" ");
}
