import { optionsObject, wholeNumber } from "../../check.js";
import type { Network } from "../../engine/network.js";
import type { Run } from "../../train/run.js";
import { networkName } from "../../words/names.js";
import type { Figure } from "../figure.js";
import type { Finding } from "../loss/finding.js";
import { checkRun } from "../parts/check.js";
import {
  checkedEpoch,
  type EpochOptions,
  type Moment as EpochStop,
  epochSlider,
  shownMoments,
} from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { dataText } from "../parts/runs.js";
import { LEGEND_ABOVE } from "../parts/theme.js";
import { boundsOf, planeAxes, type SpaceNames, spaceNames } from "./axes.js";
import { cutName, type HiddenFacts, hiddenFacts, hiddenFinding, type Since } from "./finding.js";
import { mixedGroups } from "./groups.js";
import { type HiddenRows, hiddenRows } from "./rows.js";
import { sinceWhen } from "./since.js";
import { type HiddenState, hiddenState } from "./state.js";
import { hiddenTraces } from "./traces.js";
import { hiddenViews } from "./view.js";
import { windowOf } from "./window.js";

/** What figures.hiddenSpace can be asked. */
export interface HiddenSpaceOptions extends EpochOptions {
  /** Which hidden layer, the first one being 1; the last one unless given. */
  readonly layer?: number;
}

const SQUARE = 300; // pixels, about the width that a telephone has for it
const AXIS = 50;
const EDGE = 14;
const KEY_HEIGHT = 46; // two rows on a telephone

const KEY = { ...LEGEND_ABOVE, entrywidthmode: "pixels", entrywidth: 72 };

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
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if there is no such layer or epoch
 * @see Olah, Neural Networks, Manifolds, and Topology (2014)
 * @example figures.hiddenSpace(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).frames?.length // 4
 */
export function hiddenSpace(run: Run, options: HiddenSpaceOptions = {}): Figure {
  const where = "figures.hiddenSpace";
  checkRun(where, run);
  const { network, layer, epoch } = checkedOptions(where, run, options);
  const stops = shownMoments(run, epoch);
  const rows = hiddenRows(run);
  const names = spaceNames(network, layer);
  const states = stops.map((stop) => hiddenState(run, network, layer, rows, stop.epoch));
  const views = hiddenViews(states);
  const window = windowOf(views, boundsOf(network, layer));
  const draw = (_: EpochStop, at: number) => {
    const traces = hiddenTraces(rows, states[at], views[at], window);
    return { traces, caption: `${states[at].right} of ${rows.judged.rows} right` };
  };
  const stop = stops[stops.length - 1];
  const finding = findingOf(run, network, layer, rows, stop, epoch !== undefined);
  return figureOf({
    card: hiddenCard(run, finding, rows, states[states.length - 1], names),
    axes: planeAxes(network.layers[layer].units, names, window),
    drawing: epochSlider(stops, draw, AXIS),
    margin: { b: EDGE + AXIS },
    key: KEY,
  });
}

/** The heading: what is found, what the layer is for, and what was trained. */
function hiddenCard(
  run: Run,
  { title, detail }: Finding,
  rows: HiddenRows,
  state: HiddenState,
  { last }: SpaceNames,
) {
  return {
    title,
    subtitle: [
      `${subtitleText(state.points[0].length, last)}${detail}`,
      `${networkName(run.network)}; ${dataText(run)}; seed ${run.seed}; ${lengthText(run)}`,
    ],
    description: `${title}. ${landingText(rows, state)}`,
    height: SQUARE + AXIS,
    keyHeight: KEY_HEIGHT,
  } as const;
}

function findingOf(
  run: Run,
  network: Network,
  layer: number,
  rows: HiddenRows,
  stop: EpochStop,
  asked: boolean,
): Finding {
  const all = { ...rows, drawn: rows.different, lines: [] };
  const { space } = spaceNames(network, layer);
  const facts = hiddenFacts(all, hiddenState(run, network, layer, all, stop.epoch), space);
  return hiddenFinding(run, stop, asked, facts, sinceOf(run, network, layer, all, facts, stop));
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

/** Since when it has been as it is at the end; only for what can be told of every epoch without much work. */
function sinceOf(
  run: Run,
  network: Network,
  layer: number,
  rows: HiddenRows,
  { kind }: HiddenFacts,
  stop: EpochStop,
): Since | undefined {
  if (stop.epoch === undefined || (kind !== "apart" && kind !== "tied")) return undefined;
  const stateAt = (epoch: number) => hiddenState(run, network, layer, rows, epoch);
  const tiesAt = (epoch: number) => JSON.stringify(mixedGroups(stateAt(epoch).points, rows.drawn));
  if (kind === "apart")
    return sinceWhen(run, stop.epoch, (epoch) => stateAt(epoch).right === rows.judged.rows);
  const ties = tiesAt(stop.epoch);
  return rows.labelled ? sinceWhen(run, stop.epoch, (epoch) => tiesAt(epoch) === ties) : undefined;
}

/** What the layer is for, and how the picture is read. */
function subtitleText(units: number, last: boolean): string {
  if (!last) return "Where the inputs land; the layers above have to separate the classes.";
  const task = `The hidden layer must move the inputs so that one ${cutName(units)} separates the classes`;
  return units <= 2 ? `${task}.` : `${task}; it is seen edge-on.`;
}

function lengthText({ status, history }: Run): string {
  const epochs = history.loss.length;
  const length = `${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  return status === "completed" ? length : `${status} after ${length}`;
}

/** Of a small table, where each row lands. */
function landingText({ labelled, names }: HiddenRows, { points }: HiddenState): string {
  if (!labelled) return `${points.length} points are drawn.`;
  const short = (value: number) => String(Number(value.toPrecision(3)));
  const parts = points.map((point, row) => `${names[row]} → (${point.slice(0, 8).map(short).join(", ")})`);
  return `Hidden values: ${parts.join(", ")}.`;
}
