import { extent } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import type { Ending } from "../../verdict/outcome.js";
import { counted } from "../../words/english.js";
import { activationName } from "../../words/names.js";
import { accuracyText, rounded } from "../../words/numbers.js";
import { COLOURS, lineLooks } from "../parts/colours.js";
import { hoverName, keyEntry, line, marks, type Trace } from "../parts/marks.js";
import { runNames } from "../parts/runs.js";

/** More lines than this are not told apart: the key names activations and endings. */
const MOST_NAMED = 7;
/** Points of all lines together: about 60 kB in a notebook. */
const MOST_POINTS = 2500;
/** What stands at a line's end, as Plotly names it and in words. Its colour is that of the network's activation. */
const ENDINGS: Record<Ending, { readonly symbol: string; readonly text: string }> = {
  solved: { symbol: "circle", text: "dot, solved" },
  unsolved: { symbol: "x", text: "cross, not solved" },
  stopped: { symbol: "square", text: "square, stopped" },
  diverged: { symbol: "triangle-up", text: "triangle, diverged" },
};

export type LossLine = ReturnType<typeof lossLines>[number];

/** The lines of the runs, with the points that are drawn. */
export function lossLines(runs: readonly NetworkRun[]) {
  const names = runNames(runs);
  const kinds = runs.map(({ network }) => activationOf(network));
  const looks = lineLooks(kinds);
  const limit = Math.max(60, Math.min(500, Math.floor(MOST_POINTS / runs.length)));
  return runs.map((run, i) => {
    const { loss, accuracy } = run.history;
    const epoch = run.firstPerfectEpoch;
    const indices = thinned(loss, epoch === undefined ? [] : [epoch - 1], limit);
    return {
      name: names[i],
      ending: run.ending,
      activation: kinds[i],
      look: isMany(runs) ? { ...lineLooks([kinds[i]])[0] } : looks[i],
      ...pointsAt(loss, indices),
      /** At each point; of a regression there is none. */
      accuracy: accuracy.length === 0 ? [] : indices.map((index) => accuracyText(accuracy[index])),
      ...(epoch === undefined ? {} : { first: { epoch, loss: rounded(loss[epoch - 1]) } }),
      ...validationLine(run.history, limit),
    };
  });
}

/** The activation of a network's hidden layers; "" where they have several, or there is none. */
function activationOf(network: NetworkRun["network"]): string {
  const [first, ...others] = new Set(network?.layers.slice(0, -1).map((layer) => layer.activation));
  return first === undefined || others.length > 0 ? "" : first;
}

/** Losses over their epochs, which are counted from 1. */
function pointsAt(losses: readonly number[], indices: readonly number[]) {
  return { x: indices.map((index) => index + 1), y: indices.map((index) => rounded(losses[index])) };
}

/** The loss over the validation data, and where it is lowest. */
function validationLine({ valLoss = [] }: NetworkRun["history"], limit: number) {
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
  return lines.length > MOST_NAMED;
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
  const traces = lines.map(({ name, look: { colour, dash }, x, y, accuracy, ending }) => {
    const who = lines.length === 1 ? "" : `${hoverName(name)}<br>${ending}<br>`;
    const hover = `${who}epoch %{x}<br>loss %{y:.4f}${accuracy.length > 0 ? "<br>accuracy %{customdata}" : ""}`;
    const saying = many ? { hover } : { name, hover };
    return line({ x, y }, { color: colour, dash, width: many ? 1.2 : 2.2 }, saying, {
      ...(accuracy.length > 0 ? { customdata: accuracy } : {}),
      ...(many ? { opacity: 0.6 } : {}),
      ...(x.length === 1 ? { mode: "markers", marker: { color: colour, size: 8 } } : {}),
    });
  });
  return [
    ...traces,
    ...validationTraces(lines),
    ...(many ? manyKeys(lines) : []),
    ...rings(lines),
    ...ends(lines),
  ];
}

function validationTraces(lines: readonly LossLine[]): Trace[] {
  const width = isMany(lines) ? 1 : 1.8;
  return lines.flatMap(({ name, look: { colour }, validation }) => {
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

/** "ReLU: 15 runs", "solved: 13 runs". */
function manyKeys(lines: readonly LossLine[]): Trace[] {
  const kinds = [...new Set(lines.map((one) => one.activation))];
  const count = (is: (one: LossLine) => boolean) => counted(lines.filter(is).length, "run");
  return [
    ...kinds.map((kind) =>
      keyEntry(`${activationName(kind) || "others"}: ${count((one) => one.activation === kind)}`, {
        color: lineLooks([kind])[0].colour,
        width: 2.2,
      }),
    ),
    ...endingsOf(lines).map((ending) =>
      marks({ x: [null], y: [null] }, endMarker([ending], [COLOURS.ink]), {
        name: `${ending}: ${count((one) => one.ending === ending)}`,
      }),
    ),
  ];
}

function endingsOf(lines: readonly LossLine[]): Ending[] {
  return (Object.keys(ENDINGS) as Ending[]).filter((ending) => lines.some((one) => one.ending === ending));
}

function endMarker(endings: readonly Ending[], colours: readonly string[]): object {
  return { symbol: endings.map((ending) => ENDINGS[ending].symbol), size: 8, color: colours };
}

/** What came of each of several runs, at its line's end. */
function ends(lines: readonly LossLine[]): Trace[] {
  const shown = lines.filter(({ x }) => x.length > 0);
  if (lines.length === 1 || shown.length === 0) return [];
  const [x, y] = [shown.map((one) => one.x.at(-1) ?? 0), shown.map((one) => one.y.at(-1) ?? 0)];
  const marker = endMarker(
    shown.map((one) => one.ending),
    shown.map((one) => one.look.colour),
  );
  const text = shown.map(({ name, ending }) => `${hoverName(name)}<br>${ending}`);
  return [marks({ x, y }, marker, { hover: "%{text}" }, { text })];
}

/** Entries of the key. */
export function keyEntries(lines: readonly LossLine[]): number {
  if (lines.length === 1) return 0;
  return isMany(lines) ? new Set(lines.flatMap((one) => [one.ending, one.activation])).size : lines.length;
}

function rings(lines: readonly LossLine[]): Trace[] {
  const perfect = lines.flatMap(({ name, look: { colour }, first }) =>
    first ? [{ name, colour, ...first }] : [],
  );
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

/** What stands at the ends of several lines: "At the ends: dot, solved; cross, not solved." */
export function endsText(lines: readonly LossLine[]): string {
  if (lines.length === 1) return "";
  const texts = endingsOf(lines).map((ending) => ENDINGS[ending].text);
  return `At the ends: ${texts.join("; ")}.`;
}
