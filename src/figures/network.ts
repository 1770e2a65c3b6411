import type { Network } from "../engine/network.js";
import { networkLabel, type Run } from "../run.js";
import { spread } from "./answers.js";
import { checkRun } from "./check.js";
import { type EpochOptions, epochOption, epochStops } from "./epochStops.js";
import type { Figure } from "./figure.js";
import { type HiddenRows, hiddenRows } from "./hiddenRows.js";
import { dataText } from "./names.js";
import { momentOf, networkFinding } from "./networkFinding.js";
import { lineTraces } from "./networkLines.js";
import { nodeLabels, nodeTrace } from "./networkNodes.js";
import { written } from "./networkNumbers.js";
import { MOST_DRAWN, type Node, placedNodes } from "./networkPlaces.js";
import { type DrawnUnit, drawnUnits, silentInputs } from "./networkUnits.js";
import { runFinding } from "./runFinding.js";
import { asText } from "./text.js";
import { CONFIG, cardLayout, LEGEND } from "./theme.js";

const ROOMY = 6; // units in a layer up to which each has two lines below it
const ROW = { roomy: 84, tight: 42 }; // pixels from unit to unit
const SIZE = { roomy: 28, tight: 20 }; // of a unit's mark
const KEY = 30;

/**
 * The network: inputs, hidden units and output, its weights as lines and its biases as short ones.
 *
 * Wide lines are large weights; negative ones are orange and broken. Below each hidden unit stands on which inputs its
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
  const { stops, active } = epochStops(run, asked);
  const { epoch } = stops[active];
  const rows = hiddenRows(run);
  const weights = run.weights(epoch);
  const units = drawnUnits(run.network, weights, rows.different, rows.labelled ? rows.names : undefined);
  const nodes = placedNodes(weights, [
    inputSpreads(rows),
    ...units.map((layer) => layer.map((unit) => unit.spread)),
    [1],
  ]);
  const nameOf = nodeNames(run.network);
  const unitOf = (node: Node): DrawnUnit | undefined => units[node.layer - 1]?.[node.unit];
  const most = Math.max(...nodes.map((layer) => layer.length));
  const room = most <= ROOMY ? "roomy" : "tight";
  const lines = lineTraces(nodes, weights, nameOf);
  const finding = titleText(run, run.network, units, rows, epoch);
  const subtitle = [
    `Line width: size of the weight, the widest ${written(lines.largest)}; short lines: biases.${omitted(nodes, weights)}`,
    `${networkLabel(run.network)}; ${dataText(run)}; seed ${run.seed}; ${momentOf(run, epoch)}`,
  ] as const;
  const labelOf = (node: Node): readonly string[] => {
    const unit = unitOf(node);
    if (!unit) return [node.layer === 0 ? `input ${node.unit + 1}` : "output"];
    return room === "roomy" ? unit.lines : [unit.short];
  };
  const hoverOf = (node: Node): string =>
    [nameOf(node), ...(unitOf(node)?.lines ?? []), ...biasText(node, weights)].map(asText).join("<br>");
  const height = most * ROW[room] + KEY;
  const card = cardLayout({
    title: finding,
    subtitle,
    description: `${finding}. ${unitTexts(units)}`,
    height: Math.max(height, 260) + KEY,
    keyHeight: KEY,
  });
  const layout = {
    ...card,
    margin: { ...card.margin, l: card.margin.r, b: card.margin.b },
    xaxis: bare([-0.32, nodes.length - 1 + 0.32]),
    yaxis: bare([(most - 1) / 2 + 0.75, -(most - 1) / 2 - 0.75]),
    annotations: [...lines.annotations, ...nodeLabels(nodes.flat(), labelOf, SIZE[room])],
    hovermode: "closest",
    hoverdistance: 12,
    dragmode: false,
    legend: {
      ...LEGEND,
      yref: "paper",
      y: 1,
      yanchor: "bottom",
      xref: "paper",
      x: 0.5,
      xanchor: "center",
      indentation: 0,
    },
    showlegend: true,
  };
  return {
    data: [...lines.traces, nodeTrace(nodes.flat(), unitOf, hoverOf, SIZE[room])],
    layout,
    config: CONFIG,
  };
}

function titleText(
  run: Run,
  structure: Network,
  units: readonly (readonly DrawnUnit[])[],
  rows: HiddenRows,
  epoch: number | undefined,
): string {
  if (run.status === "diverged") return `${runFinding(run).title}; this is it ${momentOf(run, epoch)}`;
  const { inputs, targets, features } = rows.judged;
  const listed = Array.from(targets, (_, row) =>
    Array.from(inputs.subarray(row * features, (row + 1) * features)),
  );
  const right = run
    .predict(listed, epoch)
    .filter((answer, row) => answer > 0.5 === targets[row] > 0.5).length;
  const silent = rows.labelled ? silentInputs(structure, units, rows.different, rows.names) : [];
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
function unitTexts(units: readonly (readonly DrawnUnit[])[]): string {
  const most = (layer: readonly DrawnUnit[]) =>
    layer.slice(0, MOST_DRAWN).map(({ lines }) => lines.join(" "));
  return units.map((layer, i) => `Units of hidden layer ${i + 1}: ${most(layer).join("; ")}.`).join(" ");
}

function bare(range: readonly [number, number]): object {
  return { range, visible: false, fixedrange: true };
}
