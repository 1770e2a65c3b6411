import { wholeNumber } from "../../check.js";
import type { Network } from "../../engine/network.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { networkName } from "../../words/names.js";
import { significant } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { checkChain, checkTask } from "../parts/check.js";
import { checkFinite, epochSlider, shownMoments } from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { type Frame, planeAxes } from "../parts/plane.js";
import { type ShownOptions, shownOptions } from "../parts/rows.js";
import { outputName, runLine } from "../parts/runs.js";
import { cutsText, hiddenFinding } from "./finding.js";
import { type HiddenRows, type HiddenState, hiddenPoints, hiddenRows, hiddenState } from "./state.js";
import { borderName, hiddenTraces } from "./traces.js";
import { frameOf, hiddenViews, MOST_SEEN } from "./view.js";

/** What figures.hiddenSpace can be asked. */
export interface HiddenSpaceOptions extends Pick<ShownOptions, "epoch" | "output"> {
  /** Which hidden layer, the first one being 1; the last one unless given. */
  readonly layer?: number;
}

const SQUARE = 286; // pixels, about the width that a telephone has for it
const AXIS = 50;
const EDGE = 14; // below everything

/**
 * Where the inputs land in the hidden layer, and the straight line that must separate them, with the epochs as a slider.
 *
 * The axes are the values of the hidden units: of one unit a line, of two the plane itself. Of more units one looks
 * along the plane where the output is ½: across is the distance from it, upwards the direction along it in which the
 * inputs are spread most. Inputs that land on one point share a mark and a name, "00 = 11".
 *
 * @param run      a run of a network with a hidden layer
 * @param options  `epoch`: only the network after this epoch, without a slider; `layer`, counted from 1
 * @returns a figure whose title says whether a line separates the classes, and if not, why
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if there is no such layer or
 *   epoch, or if the weights are no finite numbers
 * @see Olah, Neural Networks, Manifolds, and Topology (2014)
 * @example figures.hiddenSpace(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).frames?.length // 4
 */
export function hiddenSpace(run: NetworkRun, options: HiddenSpaceOptions = {}): Figure {
  const where = "figures.hiddenSpace";
  const { network, layer, epoch, output } = checkedOptions(where, run, options);
  const moments = shownMoments(run, epoch);
  const shown = moments[moments.length - 1];
  checkFinite(where, run, shown);
  const rows = hiddenRows(run, output);
  const states = moments.map((moment) => hiddenState(run, network, layer, rows, moment.epoch));
  const state = states[states.length - 1];
  const views = hiddenViews(states);
  const frame = frameOf(views, boundsOf(network, layer));
  const facts = {
    ...namesOf(network, layer),
    points: hiddenPoints(run, network, layer, rows.different, shown.epoch),
    right: state.right,
  };
  const { title, detail } = hiddenFinding(run, rows, facts, shown, epoch !== undefined);
  const picture = (_: unknown, at: number) => ({
    traces: hiddenTraces(rows, states[at], views[at], frame),
    caption: `${states[at].right} of ${rows.judged.rows} right`,
  });
  return figureOf({
    card: {
      title,
      subtitle: [
        `${taskText(network, layer, rows)}${detail}`,
        `${[networkName(network), ...(output === undefined ? [] : [outputName(run, output)])].join(", ")}; ${runLine(run, epoch)}`,
      ],
      description: `${title}. ${landingText(rows, state)}`,
      height: SQUARE + AXIS + EDGE,
      square: SQUARE,
      key: [...rows.classes, borderName(rows), "input plane"],
    },
    axes: axesOf(network, layer, frame, rows),
    drawing: epochSlider(moments, picture, AXIS),
    margin: { b: AXIS + EDGE },
  });
}

function checkedOptions(where: string, run: NetworkRun, came: HiddenSpaceOptions) {
  checkTask(where, run, "classes");
  const network = checkChain(where, run);
  const hidden = network.layers.length - 1;
  if (hidden === 0)
    throw new RangeError(
      `${where}: the network must have a hidden layer, got one without; figures.${run.data.features === 2 ? "boundary" : "network"} draws it`,
    );
  const names = ["epoch", "layer", "output"] as const;
  const { options, epoch, output } = shownOptions<HiddenSpaceOptions>(where, run, came, names);
  const layer = options.layer === undefined ? hidden : wholeNumber(where, "layer", options.layer, 1, hidden);
  return { network, layer: layer - 1, epoch, output };
}

/** What the layer and its units are called, and whether it is the last one before the output. */
function namesOf({ layers }: Network, layer: number) {
  const last = layer === layers.length - 2;
  const several = layers.length > 2;
  return {
    last,
    space: last ? "hidden space" : `hidden layer ${layer + 1}`,
    unit: (unit: number) => (several ? `unit ${unit} of hidden layer ${layer + 1}` : `hidden unit ${unit}`),
  };
}

/** The values between which two units stay, where there are bounds. */
function boundsOf({ layers }: Network, layer: number): readonly number[] {
  const { units, activation } = layers[layer];
  if (units !== 2) return [];
  return activation === "sigmoid" ? [0, 1] : activation === "tanh" ? [-1, 1] : [];
}

/** The axes of a square drawing. */
function axesOf(network: Network, layer: number, frame: Frame, rows: HiddenRows): object {
  const { units } = network.layers[layer];
  const { last, unit } = namesOf(network, layer);
  const { length } = rows.classes;
  const wide =
    last && length <= MOST_SEEN
      ? ([
          `distance from ${borderName(rows)}`,
          length > 2 ? "at right angles to it" : "largest spread along it",
        ] as const)
      : (["direction of largest spread", "direction of second largest spread"] as const);
  const axes = planeAxes(frame, units > 2 ? wide : [unit(1), units === 2 ? unit(2) : ""], true);
  return units === 1 ? { ...axes, yaxis: { ...axes.yaxis, visible: false } } : axes;
}

/** What the layer is for, and how the picture is read. */
function taskText(network: Network, layer: number, { classes: { length } }: HiddenRows): string {
  const { units } = network.layers[layer];
  if (!namesOf(network, layer).last)
    return "Where the inputs land; the layers above have to separate the classes.";
  const several = length > 2;
  const task = `The hidden layer must move the inputs so that ${cutsText(units, length)} ${several ? "separate" : "separates"} the classes`;
  if (units <= 2) return `${task}.`;
  return `${task}; ${length > MOST_SEEN ? "no plane shows all of these at once" : several ? "they are seen edge-on" : "it is seen edge-on"}.`;
}

/** Of a small table, where each row lands. */
function landingText({ labelled, names }: HiddenRows, { points }: HiddenState): string {
  if (!labelled) return `${points.length} points are drawn.`;
  const values = (point: readonly number[]) => point.slice(0, 8).map((value) => significant(value));
  const parts = points.map((point, row) => `${names[row]} → (${values(point).join(", ")})`);
  return `Hidden values: ${parts.join(", ")}.`;
}
