import { optionsObject, wholeNumber } from "../../check.js";
import type { Network } from "../../engine/network.js";
import type { Run } from "../../train/run.js";
import { networkName } from "../../words/names.js";
import { significant } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { checkRun } from "../parts/check.js";
import { checkedEpoch, checkFinite, type EpochOptions, epochSlider, shownMoments } from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { type Frame, planeAxes } from "../parts/plane.js";
import { dataText, runMoment } from "../parts/runs.js";
import { LEGEND_ABOVE } from "../parts/theme.js";
import { cutName, type HiddenFacts, hiddenFinding } from "./finding.js";
import { type HiddenRows, type HiddenState, hiddenPoints, hiddenRows, hiddenState } from "./state.js";
import { hiddenTraces } from "./traces.js";
import { frameOf, hiddenViews } from "./view.js";

/** What figures.hiddenSpace can be asked. */
export interface HiddenSpaceOptions extends EpochOptions {
  /** Which hidden layer, the first one being 1; the last one unless given. */
  readonly layer?: number;
}

const SQUARE = 286; // pixels, about the width that a telephone has for it
const AXIS = 50;
const EDGE = 14; // below everything
const KEY_HEIGHT = 46; // two rows on a telephone

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
export function hiddenSpace(run: Run, options: HiddenSpaceOptions = {}): Figure {
  const where = "figures.hiddenSpace";
  checkRun(where, run);
  const { network, layer, epoch } = checkedOptions(where, run, options);
  const moments = shownMoments(run, epoch);
  const shown = moments[moments.length - 1];
  checkFinite(where, run, shown);
  const rows = hiddenRows(run);
  const states = moments.map((moment) => hiddenState(run, network, layer, rows, moment.epoch));
  const state = states[states.length - 1];
  const views = hiddenViews(states);
  const frame = frameOf(views, boundsOf(network, layer));
  const facts: HiddenFacts = {
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
        `${taskText(network, layer)}${detail}`,
        `${networkName(network)}; ${dataText(run)}; seed ${run.seed}; ${runMoment(run, epoch)}`,
      ],
      description: `${title}. ${landingText(rows, state)}`,
      height: SQUARE + AXIS + EDGE,
      keyHeight: KEY_HEIGHT,
    },
    axes: axesOf(network, layer, frame),
    drawing: epochSlider(moments, picture, AXIS),
    margin: { b: AXIS + EDGE },
    key: { ...LEGEND_ABOVE, entrywidthmode: "pixels", entrywidth: rows.classes ? 72 : 94 },
  });
}

function checkedOptions(where: string, run: Run, came: HiddenSpaceOptions) {
  const options = optionsObject<HiddenSpaceOptions>(where, came, ["epoch", "layer"]);
  const { network } = run;
  if (!network)
    throw new TypeError(
      `${where}: the model must be a chain of dense layers (made by mlp, …): ${run.engineReason}`,
    );
  const hidden = network.layers.length - 1;
  if (hidden === 0)
    throw new RangeError(
      `${where}: the network must have a hidden layer, got one without; figures.boundary draws it`,
    );
  const layer = options.layer === undefined ? hidden : wholeNumber(where, "layer", options.layer, 1, hidden);
  return { network, layer: layer - 1, epoch: checkedEpoch(where, run, options.epoch) };
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
function axesOf(network: Network, layer: number, frame: Frame): object {
  const { units } = network.layers[layer];
  const { last, unit } = namesOf(network, layer);
  const wide = last
    ? (["distance from output ½", "largest spread along it"] as const)
    : (["direction of largest spread", "direction of second largest spread"] as const);
  const axes = planeAxes(frame, units > 2 ? wide : [unit(1), units === 2 ? unit(2) : ""], true);
  return units === 1 ? { ...axes, yaxis: { ...axes.yaxis, visible: false } } : axes;
}

/** What the layer is for, and how the picture is read. */
function taskText(network: Network, layer: number): string {
  const { units } = network.layers[layer];
  if (!namesOf(network, layer).last)
    return "Where the inputs land; the layers above have to separate the classes.";
  const task = `The hidden layer must move the inputs so that one ${cutName(units)} separates the classes`;
  return units <= 2 ? `${task}.` : `${task}; it is seen edge-on.`;
}

/** Of a small table, where each row lands. */
function landingText({ labelled, names }: HiddenRows, { points }: HiddenState): string {
  if (!labelled) return `${points.length} points are drawn.`;
  const values = (point: readonly number[]) => point.slice(0, 8).map((value) => significant(value));
  const parts = points.map((point, row) => `${names[row]} → (${values(point).join(", ")})`);
  return `Hidden values: ${parts.join(", ")}.`;
}
