import type { Network } from "../engine/network.js";
import { optionsObject, wholeNumber } from "../options.js";
import { networkLabel, type Run } from "../run.js";
import { checkRun } from "./check.js";
import { epochSlider } from "./epochSlider.js";
import { checkedEpoch, type EpochOptions, type EpochStop, epochStops } from "./epochStops.js";
import type { Figure } from "./figure.js";
import { cutName, type HiddenFacts, hiddenFacts, hiddenFinding, type Since } from "./hiddenFinding.js";
import { mixedGroups } from "./hiddenGroups.js";
import { type HiddenRows, hiddenRows } from "./hiddenRows.js";
import { sinceWhen } from "./hiddenSince.js";
import { type HiddenState, hiddenState } from "./hiddenState.js";
import { hiddenTraces } from "./hiddenTraces.js";
import { hiddenViews } from "./hiddenView.js";
import { type Window, windowOf } from "./hiddenWindow.js";
import { dataText } from "./names.js";
import { axis, CONFIG, cardLayout, LEGEND } from "./theme.js";

/** What figures.hiddenSpace can be asked. */
export interface HiddenSpaceOptions extends EpochOptions {
  /** Which hidden layer, the first one being 1; the last one unless given. */
  readonly layer?: number;
}

const SQUARE = 300; // pixels, about the width that a telephone has for it
const AXIS = 50;
const KEY_HEIGHT = 46; // two rows on a telephone

const KEY = {
  ...LEGEND,
  ...{ yref: "paper", y: 1, yanchor: "bottom", xref: "paper", x: 0.5, xanchor: "center", indentation: 0 },
  ...{ entrywidthmode: "pixels", entrywidth: 100 },
};

/**
 * Where the inputs land in the hidden layer, and the straight line that must separate them, with the epochs as a slider.
 *
 * The axes are the values of the hidden units: of one unit a line, of two the plane itself. Of more units one looks
 * along the plane where the output is ½: across is the distance from it, upwards the direction along it in which the
 * inputs are spread most. Inputs that land on one point share a mark and a name, "00 = 11".
 *
 * @param run      a run of a network with a hidden layer
 * @param options  `epoch` that is shown first; `layer`, counted from 1
 * @returns a figure whose title says whether a line separates the classes, and if not, why
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if there is no such layer or epoch
 * @see Olah, Neural Networks, Manifolds, and Topology (2014)
 * @example figures.hiddenSpace(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).frames?.length // 4
 */
export function hiddenSpace(run: Run, options: HiddenSpaceOptions = {}): Figure {
  const where = "figures.hiddenSpace";
  checkRun(where, run);
  const { network, layer, epoch } = checkedOptions(where, run, options);
  const stops = epochStops(run, epoch);
  const rows = hiddenRows(run);
  const states = stops.stops.map((stop) => hiddenState(run, network, layer, rows, stop.epoch));
  const views = hiddenViews(states);
  const window = windowOf(views, boundsOf(network, layer));
  const units = network.layers[layer].units;
  const names = spaceNames(network, layer);
  const border = names.last ? `output ½` : "";
  const slider = epochSlider(
    stops,
    (stop) => {
      const at = stops.stops.indexOf(stop);
      const data = hiddenTraces(rows, states[at], views[at], window, border);
      return { data, caption: `${states[at].right} of ${rows.judged.rows} right` };
    },
    AXIS,
  );
  const stop = stops.stops[stops.active];
  const state = states[stops.active];
  const all = { ...rows, drawn: rows.different, lines: [] };
  const facts = hiddenFacts(all, hiddenState(run, network, layer, all, stop.epoch), names.space);
  const since = sinceOf(run, network, layer, all, facts, stop);
  const finding = hiddenFinding(run, stop, epoch !== undefined, facts, since);
  const detail = `${subtitleText(units, names.last)}${finding.detail}`;
  const card = cardLayout({
    title: finding.title,
    subtitle: [detail, `${networkLabel(network)}; ${dataText(run)}; seed ${run.seed}; ${lengthText(run)}`],
    description: `${finding.title}. ${landingText(rows, state)}`,
    height: SQUARE + AXIS + slider.height,
    keyHeight: KEY_HEIGHT,
  });
  const layout = {
    ...card,
    margin: { ...card.margin, b: card.margin.b + AXIS + slider.height },
    ...planeAxes(units, names, window),
    ...slider.layout,
    hovermode: "closest",
    dragmode: false,
    legend: KEY,
    showlegend: true,
  };
  return { data: slider.data, layout, config: CONFIG, frames: slider.frames };
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

/** The values that these units can take, where there are bounds. */
function boundsOf(network: Network, layer: number): [number, number] | undefined {
  const { units, activation } = network.layers[layer];
  if (units !== 2) return undefined;
  return activation === "sigmoid" ? [0, 1] : activation === "tanh" ? [-1, 1] : undefined;
}

/** What the layer, its units and its space are called. */
function spaceNames(network: Network, layer: number) {
  const several = network.layers.length > 2;
  const last = layer === network.layers.length - 2;
  return {
    last,
    space: last ? "hidden space" : `hidden layer ${layer + 1}`,
    unit: (unit: number) => (several ? `unit ${unit} of hidden layer ${layer + 1}` : `hidden unit ${unit}`),
  };
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

function planeAxes(units: number, names: ReturnType<typeof spaceNames>, { x, y }: Window): object {
  const shared = { showgrid: false, nticks: 6, fixedrange: true, constrain: "domain" };
  const ratio = (x[1] - x[0]) / (y[1] - y[0]); // the drawing is a square, whatever the units of its sides
  const square = { scaleanchor: "x", scaleratio: ratio, constraintoward: "top" };
  const across = names.last ? "distance from output ½" : "direction of largest spread";
  const up = names.last ? "largest spread along it" : "direction of second largest spread";
  return {
    xaxis: axis(units > 2 ? across : names.unit(1), { range: x, ...shared }),
    yaxis: axis(units > 2 ? up : units === 2 ? names.unit(2) : "", {
      range: y,
      ...shared,
      ...square,
      ...(units === 1 ? { visible: false } : {}),
    }),
  };
}
