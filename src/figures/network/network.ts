import type { LayerWeights, Network } from "../../engine/network.js";
import { spread } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { networkName } from "../../words/names.js";
import { weightText } from "../../words/numbers.js";
import { asFigure, type Figure } from "../figure.js";
import { type HiddenRows, hiddenRows } from "../hiddenSpace/state.js";
import { runFinding } from "../loss/finding.js";
import { checkRun } from "../parts/check.js";
import { type EpochOptions, epochOption, shownMoments } from "../parts/epochs.js";
import { dataText } from "../parts/runs.js";
import { asText } from "../parts/text.js";
import { CONFIG, cardLayout, LEGEND } from "../parts/theme.js";
import { momentOf, networkFinding } from "./finding.js";
import { nodeLabels, nodeTrace } from "./nodes.js";
import { MOST_DRAWN, type Node, placedNodes } from "./places.js";
import { type DrawnUnit, drawnUnits, silentInputs } from "./units.js";
import { lineTraces } from "./weights.js";

const ROOMY = 6; // units in a layer up to which each has two lines below it
const ROW = { roomy: 84, tight: 38 }; // pixels from unit to unit
const SIZE = { roomy: 28, tight: 20 }; // of a unit's mark
const LEAST_HEIGHT = 235;
const EDGE = 14; // below it
const KEY_HEIGHT = 30;
const KEY = {
  ...LEGEND,
  ...{ yref: "paper", y: 1, yanchor: "bottom", xref: "paper", x: 0.5, xanchor: "center", indentation: 0 },
};

/**
 * The network: inputs, hidden units and output, its weights as lines and its biases as short ones.
 *
 * Wide lines are large weights; negative ones are orange and broken. At each hidden unit stands on which inputs its
 * weighted sum is positive. A cross marks units that are dead (no gradient passes on any input) or constant, a
 * diamond those that are linear on all inputs, a hexagon those that repeat another. The mouse shows the numbers. Of
 * layers with more than 16 units those are drawn that move the next layer most.
 *
 * @param run      a run of a chain of dense layers
 * @param options  `epoch` that is shown; the last one unless given
 * @returns a figure whose title says what the hidden units are good for
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if there is no such epoch
 * @example figures.network(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).layout.showlegend // true
 */
export function network(run: Run, options: EpochOptions = {}): Figure {
  const where = "figures.network";
  checkRun(where, run);
  const asked = epochOption(where, run, options);
  if (!run.network)
    throw new TypeError(
      `${where}: the model must be a chain of dense layers (made by mlp, …): ${run.engineReason}`,
    );
  const moments = shownMoments(run, asked);
  const picture = pictureOf(run, run.network, moments[moments.length - 1].epoch);
  const { nodes, weights, most, room } = picture;
  const nameOf = nodeNames(run.network);
  const lines = lineTraces(nodes, weights, nameOf);
  const unitOf = (node: Node): DrawnUnit | undefined => picture.units[node.layer - 1]?.[node.unit];
  const hoverOf = (node: Node): string =>
    [nameOf(node), ...(unitOf(node)?.lines ?? []), ...biasText(node, weights)].map(asText).join("<br>");
  const marks = nodeTrace(nodes.flat(), unitOf, hoverOf, SIZE[room]);
  const labels = nodeLabels(nodes, (node) => labelLines(node, unitOf(node), room), SIZE[room]);
  const card = networkCard(run, picture, lines.largest);
  const layout = {
    ...card,
    margin: { ...card.margin, l: card.margin.r },
    xaxis: bare([-0.32, nodes.length - 1 + 0.32]),
    yaxis: bare([(most - 1) / 2 + 0.75, -(most - 1) / 2 - 0.75]),
    annotations: [...lines.annotations, ...labels],
    ...{ hovermode: "closest", hoverdistance: 12, dragmode: false, legend: KEY, showlegend: true },
  };
  return asFigure({ data: [...lines.traces, marks], layout, config: CONFIG });
}

/** Everything that is drawn, before it is drawn. */
interface Picture {
  readonly epoch: number | undefined;
  readonly rows: HiddenRows;
  readonly weights: readonly LayerWeights[];
  readonly units: readonly (readonly DrawnUnit[])[];
  readonly nodes: readonly (readonly Node[])[];
  /** Nodes in the longest column, and whether there is room for two lines below each. */
  readonly most: number;
  readonly room: "roomy" | "tight";
}

function pictureOf(run: Run, structure: Network, epoch: number | undefined): Picture {
  const rows = hiddenRows(run);
  const weights = run.weights(epoch);
  const units = drawnUnits(structure, weights, rows.different, rows.labelled ? rows.names : undefined);
  const spreads = units.map((layer) => layer.map((unit) => unit.spread));
  const nodes = placedNodes(weights, [inputSpreads(rows), ...spreads, [1]]);
  const most = Math.max(...nodes.map((layer) => layer.length));
  return { epoch, rows, weights, units, nodes, most, room: most <= ROOMY ? "roomy" : "tight" };
}

/** The heading, and room for the drawing. */
function networkCard(run: Run, picture: Picture, largest: number) {
  const { epoch, nodes, weights, units, most, room } = picture;
  const title = titleText(run, picture);
  const widths = `Line width: size of the weight, the widest ${weightText(largest)}; short lines: biases.`;
  return cardLayout({
    title,
    subtitle: [
      `${widths}${omitted(nodes, weights)}`,
      `${networkName(run.network)}; ${dataText(run)}; seed ${run.seed}; ${momentOf(run, epoch)}`,
    ],
    description: [`${title}.`, ...unitTexts(units)].join(" "),
    height: Math.max((most + 0.5) * ROW[room], LEAST_HEIGHT) + EDGE,
    keyHeight: KEY_HEIGHT,
  });
}

/** What stands below a node. */
function labelLines(node: Node, unit: DrawnUnit | undefined, room: "roomy" | "tight"): readonly string[] {
  if (!unit) return [node.layer === 0 ? `input ${node.unit + 1}` : "output"];
  return room === "roomy" ? unit.lines : [unit.short];
}

function titleText(run: Run, { units, rows, epoch }: Picture): string {
  if (run.status === "diverged") {
    const moment = epoch === undefined ? "at that moment" : momentOf(run, epoch);
    return `${runFinding(run).title}; these are its weights ${moment}`;
  }
  const { inputs, targets, features } = rows.judged;
  const listed = Array.from(targets, (_, row) =>
    Array.from(inputs.subarray(row * features, (row + 1) * features)),
  );
  const answers = run.predict(listed, epoch);
  const right = answers.filter((answer, row) => answer > 0.5 === targets[row] > 0.5).length;
  const silent = rows.labelled ? silentInputs(units, rows.different, rows.names) : [];
  const finding = networkFinding(units.flat(), { right, rows: rows.judged.rows }, silent);
  if (epoch === undefined || epoch === run.history.loss.length) return finding;
  const moment = momentOf(run, epoch);
  return `${moment[0].toUpperCase()}${moment.slice(1)}, ${finding[0].toLowerCase()}${finding.slice(1)}`;
}

function inputSpreads({ different }: HiddenRows): number[] {
  const { features, rows, inputs } = different;
  return Array.from({ length: features }, (_, input) =>
    spread(Array.from({ length: rows }, (__, row) => inputs[row * features + input])),
  );
}

/** "input 1", "hidden unit 2", "unit 2 of hidden layer 1", "output". */
function nodeNames({ layers }: Network): (node: Node) => string {
  return ({ layer, unit }) => {
    if (layer === 0) return `input ${unit + 1}`;
    if (layer === layers.length) return "output";
    return layers.length === 2 ? `hidden unit ${unit + 1}` : `unit ${unit + 1} of hidden layer ${layer}`;
  };
}

function biasText({ layer, unit }: Node, weights: ReturnType<Run["weights"]>): string[] {
  return layer === 0 ? [] : [`bias ${Number(weights[layer - 1].bias[unit].toPrecision(4))}`];
}

/** Says where units are left out. */
function omitted(nodes: readonly (readonly Node[])[], weights: ReturnType<Run["weights"]>): string {
  const sizes = [weights[0].kernel.length, ...weights.map(({ bias }) => bias.length)];
  const cut = sizes.filter((size, layer) => size > nodes[layer].length);
  return cut.length === 0 ? "" : ` Of ${cut.join(" and ")} the ${MOST_DRAWN} that move the next layer most.`;
}

/** "Hidden layer 1: on for 10; dead: off for all 4 inputs." */
function unitTexts(units: readonly (readonly DrawnUnit[])[]): string[] {
  const most = (layer: readonly DrawnUnit[]) =>
    layer.slice(0, MOST_DRAWN).map(({ lines }) => lines.join(" "));
  return units.map((layer, i) => `Units of hidden layer ${i + 1}: ${most(layer).join("; ")}.`);
}

function bare(range: readonly [number, number]): object {
  return { range, visible: false, fixedrange: true };
}
