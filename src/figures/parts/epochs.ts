import { wholeNumber } from "../../check.js";
import { roundStep } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { rounded } from "../../words/numbers.js";
import { BUTTON, COLOURS } from "./colours.js";
import { TRACK, TRACK_NUMBER } from "./fit.js";
import { type Drawing, note, type Trace } from "./marks.js";
import { runMoment } from "./runs.js";
import { asText } from "./text.js";
import { SIZES } from "./theme.js";

/** The epochs as a slider: which moments of a training are shown, and one drawing with a picture of each. */

/** A moment of the training that a figure shows. */
export interface Moment {
  /** After this epoch, 0 for the initial weights; undefined for what a training left that ended within an epoch. */
  readonly epoch: number | undefined;
  /** In a few letters, for the slider: "79". */
  readonly label: string;
  /** Beside the slider: "epoch 79", "before training", "stopped in epoch 12". */
  readonly name: string;
  /** How many round epochs come before it, if it is one: where there is no room for all, every second or so is shown. */
  readonly turn?: number;
}

/** An epoch of which the run still knows the weights. */
export function checkedEpoch(where: string, run: NetworkRun, epoch: number | undefined): number | undefined {
  if (epoch === undefined) return undefined;
  wholeNumber(where, "epoch", epoch, 0, run.history.loss.length);
  const near = nearestKept(run, epoch);
  if (near !== epoch)
    throw new RangeError(
      `${where}: of this run the weights after epoch ${epoch} were not kept; the nearest epoch is ${near}`,
    );
  return epoch;
}

const MOST_STEPS = 100; // on a telephone's slider more are no longer told apart

/**
 * The moments to show, first to last: every epoch, every second, fifth, …, the first perfect one, and the end, which is
 * shown first; or the one that is asked for alone. Moments at which the weights are no numbers are left out, unless there
 * is no other.
 */
export function shownMoments(run: NetworkRun, epoch?: number): readonly Moment[] {
  if (epoch !== undefined) return [momentAfter(epoch)];
  const end = endOf(run);
  if (!run.network) return [end];
  const last = run.history.loss.length;
  const step = roundStep(Math.max(1, last / MOST_STEPS), [1, 2, 3, 5]);
  const round = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => nearestKept(run, i * step));
  const near = [...round, ...[run.firstPerfectEpoch ?? 0, last].map((one) => nearestKept(run, one))];
  const epochs = [...new Set(near)].sort((a, b) => a - b).filter((one) => one !== end.epoch);
  const turns = new Map([...new Set(round)].map((one, turn) => [one, turn]));
  turns.delete(run.firstPerfectEpoch ?? -1);
  const moments = [...epochs.map((one) => ({ ...momentAfter(one), turn: turns.get(one) })), end];
  const finite = moments.filter((moment) => finiteAt(run, moment));
  return finite.length > 0 ? finite : [end];
}

/** Whether all weights of a moment are numbers. */
function finiteAt(run: NetworkRun, { epoch }: Moment): boolean {
  const layers = run.weights(epoch);
  return layers.every(({ kernel, bias }) => [...kernel.flat(), ...bias].every(Number.isFinite));
}

/** Refuses weights that cannot be drawn. */
export function checkFinite(where: string, run: NetworkRun, moment: Moment): void {
  if (!finiteAt(run, moment))
    throw new RangeError(`${where}: the run must have finite weights, got weights that are no numbers`);
}

/** The nearest epoch whose weights the run has kept; a model that is no chain of dense layers knows only its end. */
function nearestKept({ network, epochsKept, history }: NetworkRun, epoch: number): number {
  const kept = network ? epochsKept : [history.loss.length];
  return kept.reduce((best, one) => (Math.abs(one - epoch) < Math.abs(best - epoch) ? one : best));
}

function momentAfter(epoch: number): Moment {
  return { epoch, label: String(epoch), name: epoch === 0 ? "before training" : `epoch ${epoch}` };
}

/** The final weights: those after the last epoch, or what a training left that ended within one. */
function endOf(run: NetworkRun): Moment {
  const last = run.history.loss.length;
  const within = { epoch: undefined, label: "end", name: runMoment(run) };
  if (!run.network) return within;
  if (run.status === "completed") return momentAfter(last);
  const text = (epoch?: number) => JSON.stringify(run.weights(epoch));
  return run.epochsKept.includes(last) && text(last) === text() ? momentAfter(last) : within;
}

/** What a figure shows at one moment of the training. */
export interface Picture extends Pick<Drawing, "notes"> {
  /** All traces, complete; at every moment as many, in the same order and with the same keys. */
  readonly traces: readonly Trace[];
  /** What is to be seen at this moment, plain text of 25 letters or fewer: "3 of 4 right". */
  readonly caption: string;
}

const CAPTION = 40; // pixels, the row with the buttons
const PLAYING = 7000; // milliseconds, all frames together
const LEFT_OUT = [1, 2, 5]; // every epoch, every second or every fifth
const MOST_BYTES = 175_000; // of all frames: some other figures still fit into a notebook below 500 kB

/**
 * The drawing of the last moment, and below it a slider that shows the others, with buttons that play and pause. Of large
 * pictures every second or fifth is shown.
 *
 * @param draw   what is to be seen at a moment
 * @param below  pixels from the drawing's lower edge to the row of buttons: room for the axis and its title
 */
export function epochSlider(
  moments: readonly Moment[],
  draw: (moment: Moment, at: number) => Picture,
  below: number,
): Drawing {
  const pictures = new Map<Moment, Shown>();
  const pictureAt = (moment: Moment): Shown => {
    const known = pictures.get(moment);
    if (known) return known;
    const { traces, notes = [], caption } = draw(moment, moments.indexOf(moment));
    const said = moments.length === 1 ? [] : [captionNote(moment.name, caption, below)]; // of one, the heading says it
    const picture = { traces, notes: [...notes, ...said] };
    pictures.set(moment, picture);
    return picture;
  };
  const shown = pictureAt(moments[moments.length - 1]);
  if (moments.length === 1) return shown;
  const chosen = LEFT_OUT.map((every) => moments.filter(({ turn = 0 }) => turn % every === 0));
  const few = framesOf(chosen[chosen.length - 1].map(pictureAt));
  const last = JSON.stringify(few[few.length - 1]).length; // may be finer than the others
  const other = (JSON.stringify(few).length - last) / (few.length - 1);
  const fitting = chosen.find(({ length }) => last + (length - 1) * other <= MOST_BYTES);
  const kept = fitting ?? chosen[chosen.length - 1];
  const numbers = numberNotes(kept, below + CAPTION);
  const withNumbers = ({ traces, notes }: Shown): Shown => ({ traces, notes: [...numbers, ...notes] });
  const frames = framesOf(kept.map((moment) => withNumbers(pictureAt(moment))));
  const named = frames.map((frame, at) => ({ name: kept[at].label, ...frame }));
  const controls = {
    sliders: [track(kept, below + CAPTION)],
    updatemenus: [buttons(below, kept.length)],
  };
  return { ...withNumbers(shown), moving: { frames: named, controls, height: CAPTION + TRACK } };
}

type Shown = Required<Pick<Drawing, "traces" | "notes">>;

/** What changes, and nothing else: Plotly leaves the rest as it is, and the figure stays small. */
function framesOf(pictures: readonly Shown[]) {
  const changes = changesOf(pictures.map((picture) => picture.traces));
  const traces = changes[0].flatMap((change, i) => (Object.keys(change).length > 0 ? [i] : []));
  const notes = pictures.map((picture) => picture.notes);
  const alike = notes.every(({ length }) => length === notes[0].length);
  const annotations = alike ? changesOf(notes) : notes;
  return changes.map((change, at) => ({
    traces,
    data: traces.map((i) => change[i]),
    layout: { annotations: annotations[at] },
  }));
}

/** Of lists of as many objects each, the keys that differ in any other list, with their values. */
function changesOf<Item extends object>(lists: readonly (readonly Item[])[]): object[][] {
  const texts = lists.map((list) =>
    list.map((item) => new Map(Object.entries(item).map(([key, value]) => [key, JSON.stringify(value)]))),
  );
  const [first] = texts;
  const changing = first.map((item, i) =>
    [...item.keys()].filter((key) => texts.some((list) => list[i].get(key) !== item.get(key))),
  );
  return lists.map((list) =>
    list.map((item, i) =>
      Object.fromEntries(Object.entries(item).filter(([key]) => changing[i].includes(key))),
    ),
  );
}

/** The moment and what is to be seen, in the row of the buttons at its right end. */
function captionNote(name: string, caption: string, below: number): object {
  const place = { xref: "paper", x: 1, xanchor: "right", yref: "paper", y: 0, yanchor: "middle" };
  return {
    ...note("", { ...place, yshift: -(below + CAPTION / 2 - 3), align: "right" }, { size: SIZES.text }),
    text: `<b>${asText(name)}</b><br>${asText(caption)}`,
  };
}

const INSET = 10; // pixels, Plotly's: from a slider's ends to its first and last step
const PARTS = 5; // of a slider, with a number at each end

/** Numbers below the slider: Plotly's own would be of every twelfth epoch, or whichever has room, and not of the last. */
function numberNotes(moments: readonly Moment[], pixels: number): object[] {
  const end = moments.length - 1;
  const [first = 0, second = first + 1] = moments.flatMap(({ turn, epoch }) =>
    turn === undefined ? [] : (epoch ?? []),
  );
  const last = Math.max(...moments.map(({ epoch = 0 }) => epoch));
  const step = (second - first) * roundStep(Math.max(1, last / PARTS / (second - first)));
  return moments.flatMap(({ epoch = 0, label }, at) => {
    const free = at === 0 || (epoch % step === 0 && (end - at) / end > 0.5 / PARTS);
    if (!free && at !== end) return [];
    const x = rounded(at / end, 4);
    const across = { xref: "paper", x, xshift: Math.round(INSET * (1 - 2 * x)), xanchor: "center" };
    const up = { yref: "paper", y: 0, yshift: -(pixels + 26), yanchor: "top" };
    return [{ ...note(label, { ...across, ...up }, { color: COLOURS.quiet }), name: TRACK_NUMBER }];
  });
}

/** At once, without moving from one picture to the next. Plotly draws everything anew, as texts that change need. */
function frameOptions(milliseconds: number): object {
  return { mode: "immediate", frame: { duration: milliseconds }, transition: { duration: 0 } };
}

/** So many pixels below the drawing, from its left edge. */
function below(pixels: number): object {
  return { x: 0, y: 0, xanchor: "left", yanchor: "top", pad: { t: pixels, b: 0, l: 0, r: 0 } };
}

function track(moments: readonly Moment[], pixels: number): object {
  return {
    active: moments.length - 1,
    ...below(pixels),
    len: 1,
    currentvalue: { visible: false },
    transition: { duration: 0 },
    bgcolor: COLOURS.grid,
    activebgcolor: COLOURS.line,
    bordercolor: COLOURS.quiet,
    tickcolor: COLOURS.line,
    ...{ ticklen: 3, minorticklen: 3 },
    steps: moments.map(({ label }) => ({ label: "", method: "animate", args: [[label], frameOptions(0)] })),
  };
}

function buttons(pixels: number, frames: number): object {
  return {
    type: "buttons",
    direction: "right",
    ...below(pixels),
    showactive: false,
    bgcolor: BUTTON.ground,
    bordercolor: BUTTON.edge,
    font: { size: SIZES.label, color: BUTTON.ink },
    buttons: [
      {
        label: "Play",
        method: "animate",
        args: [null, { ...frameOptions(Math.round(PLAYING / frames)), fromcurrent: true }],
      },
      { label: "Pause", method: "animate", args: [[null], frameOptions(0)] },
    ],
  };
}
