import { wholeNumber } from "../../check.js";
import { roundStep } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { BUTTON, COLOURS } from "./colours.js";
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

const MOST_STEPS = 22; // with the first perfect epoch, so many frames as fit into a notebook's file and a slider

/**
 * The moments to show, first to last: every fifth, tenth, … epoch, the first perfect one, and the end, which is shown
 * first; or the one that is asked for alone. Moments at which the weights are no numbers are left out, unless there is
 * no other.
 */
export function shownMoments(run: NetworkRun, epoch?: number): readonly Moment[] {
  if (epoch !== undefined) return [momentAfter(epoch)];
  const end = endOf(run);
  if (!run.network) return [end];
  const last = run.history.loss.length;
  const step = roundStep(Math.max(1, last / MOST_STEPS), [1, 2, 3, 5]);
  const round = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  const near = [...round, run.firstPerfectEpoch ?? 0, last].map((one) => nearestKept(run, one));
  const epochs = [...new Set(near)].sort((a, b) => a - b).filter((one) => one !== end.epoch);
  const finite = [...epochs.map(momentAfter), end].filter((moment) => finiteAt(run, moment));
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
export interface Picture {
  /** All traces, complete; at every moment as many, in the same order and with the same keys. */
  readonly traces: readonly Trace[];
  readonly notes?: readonly object[];
  /** What is to be seen at this moment, plain text of 25 letters or fewer: "3 of 4 right". */
  readonly caption: string;
}

const CAPTION = 40; // pixels, the row with the buttons
const TRACK = 44;
const MILLISECONDS = 300; // a frame while it plays

/**
 * The drawing of the last moment, and below it a slider that shows the others, with buttons that play and pause.
 *
 * @param draw   what is to be seen at a moment; called once for each
 * @param below  pixels from the drawing's lower edge to the row of buttons: room for the axis and its title
 */
export function epochSlider(
  moments: readonly Moment[],
  draw: (moment: Moment, at: number) => Picture,
  below: number,
): Drawing {
  const pictures = moments.map((moment, at) => {
    const { traces, notes = [], caption } = draw(moment, at);
    const said = moments.length === 1 ? [] : [captionNote(moment.name, caption, below)]; // of one, the heading says it
    return { traces, notes: [...notes, ...said] };
  });
  const shown = pictures[pictures.length - 1];
  if (pictures.length === 1) return shown;
  const changing = shown.traces.map((trace, i) => changingKeys(trace, i, pictures));
  const traces = changing.flatMap((keys, i) => (keys.length > 0 ? [i] : []));
  const labels = moments.map((moment) => moment.label);
  const frames = pictures.map((picture, at) => ({
    name: labels[at],
    traces,
    data: traces.map((i) => Object.fromEntries(changing[i].map((key) => [key, picture.traces[i][key]]))),
    layout: { annotations: picture.notes },
  }));
  const controls = { sliders: [track(labels, below + CAPTION)], updatemenus: [buttons(below)] };
  return { ...shown, moving: { frames, controls, height: CAPTION + TRACK } };
}

/** A frame must set whatever any other frame has changed, and nothing else: that keeps the figure small. */
function changingKeys(trace: Trace, index: number, pictures: readonly Pick<Picture, "traces">[]): string[] {
  return Object.keys(trace).filter((key) => {
    const here = JSON.stringify(trace[key]);
    return pictures.some(({ traces }) => JSON.stringify(traces[index][key]) !== here);
  });
}

/** The moment and what is to be seen, in the row of the buttons at its right end. */
function captionNote(name: string, caption: string, below: number): object {
  const place = { xref: "paper", x: 1, xanchor: "right", yref: "paper", y: 0, yanchor: "middle" };
  return {
    ...note("", { ...place, yshift: -(below + CAPTION / 2 - 3), align: "right" }, { size: SIZES.text }),
    text: `<b>${asText(name)}</b><br>${asText(caption)}`,
  };
}

/** At once, without moving from one picture to the next; texts change too, so everything is drawn anew. */
function frameOptions(milliseconds: number): object {
  return {
    mode: "immediate",
    fromcurrent: true,
    frame: { duration: milliseconds, redraw: true },
    transition: { duration: 0 },
  };
}

/** So many pixels below the drawing, from its left edge. */
function below(pixels: number): object {
  return { x: 0, y: 0, xanchor: "left", yanchor: "top", pad: { t: pixels, b: 0, l: 0, r: 0 } };
}

function track(labels: readonly string[], pixels: number): object {
  return {
    active: labels.length - 1,
    ...below(pixels),
    len: 1,
    currentvalue: { visible: false },
    transition: { duration: 0 },
    bgcolor: COLOURS.grid,
    activebgcolor: COLOURS.line,
    bordercolor: COLOURS.line,
    tickcolor: COLOURS.line,
    ticklen: 4,
    minorticklen: 3,
    font: { size: SIZES.label, color: COLOURS.quiet },
    steps: labels.map((label) => ({
      label,
      method: "animate",
      args: [[label], frameOptions(0)],
    })),
  };
}

function buttons(pixels: number): object {
  return {
    type: "buttons",
    direction: "right",
    ...below(pixels),
    showactive: false,
    bgcolor: BUTTON.ground,
    bordercolor: BUTTON.edge,
    font: { size: SIZES.label, color: BUTTON.ink },
    buttons: [
      { label: "Play", method: "animate", args: [null, frameOptions(MILLISECONDS)] },
      { label: "Pause", method: "animate", args: [[null], frameOptions(0)] },
    ],
  };
}
