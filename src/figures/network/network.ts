import { featureTitles } from "../../data/dataset.js";
import { inputsOf } from "../../data/rows.js";
import type { LayerWeights, Network } from "../../engine/network.js";
import { spread } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { capital, shortened } from "../../words/english.js";
import { networkName } from "../../words/names.js";
import { significant, weightText } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { checkChain, checkRun } from "../parts/check.js";
import { classNames } from "../parts/classes.js";
import { checkFinite, shownMoments } from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { type ShownOptions, shownOptions, shownRows } from "../parts/rows.js";
import { divergedText, runLine, runMoment } from "../parts/runs.js";
import { asText } from "../parts/text.js";
import { LEGEND_ABOVE } from "../parts/theme.js";
import { networkFinding } from "./finding.js";
import { MOST_DRAWN, type Node, nodeNotes, nodeTrace, placedNodes } from "./nodes.js";
import { type DrawnUnit, drawnUnits } from "./units.js";
import { weightDrawing } from "./weights.js";

const ROOMY = { most: 6, row: 84, size: 28 }; // units in a layer up to which each has two lines below it; pixels
const TIGHT = { row: 38, size: 20 };
const LEAST_HEIGHT = 235;
const EDGE = 14; // beside and below the drawing
const KEY_HEIGHT = 30;
const MOST_NAMED = 8; // rows
const LONGEST_NAME = 18; // letters beside a node

/**
 * The network: inputs, hidden units and output, its weights as lines and its biases as short ones.
 *
 * Wide lines are large weights; negative ones are purple and broken. At each hidden unit stands on which inputs its
 * weighted sum is positive. A cross marks units that are dead (no gradient passes on any input) or constant, a
 * diamond those that are linear on all inputs, a hexagon those that repeat another. The mouse shows the numbers. Of
 * layers with more than 16 units those are drawn that move the next layer most.
 *
 * @param run      a run of a chain of dense layers
 * @param options  `epoch` that is shown; the last one unless given
 * @returns a figure whose title says what the hidden units are good for
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if there is no such epoch, or if
 *   the weights are no finite numbers
 * @example figures.network(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).layout.showlegend // true
 */
export function network(run: NetworkRun, options: Pick<ShownOptions, "epoch"> = {}): Figure {
  const where = "figures.network";
  const structure = checkChain(where, checkRun(where, run));
  const { epoch: asked } = shownOptions(where, run, options, ["epoch"]);
  const moment = shownMoments(run, asked).slice(-1)[0];
  checkFinite(where, run, moment);
  const picture = pictureOf(run, structure, moment.epoch);
  const { nodes, weights, units, most, roomy } = picture;
  const nameOf = nodeNames(structure, run);
  const lines = weightDrawing(nodes, weights, nameOf);
  const unitOf = (node: Node): DrawnUnit | undefined => units[node.layer - 1]?.[node.unit];
  const hoverOf = (node: Node) =>
    hoverLines(node, nameOf(node), unitOf(node), weights).map(asText).join("<br>");
  const labelOf = (node: Node) => {
    const unit = unitOf(node);
    if (!unit) return [shortened(nameOf(node), LONGEST_NAME)];
    return roomy ? unit.lines : [unit.short];
  };
  const { row, size } = roomy ? ROOMY : TIGHT;
  const stubs = weights.some(({ bias }) => bias.length > 0) ? "; short lines: biases" : "";
  const widths = `Line width: size of the weight, the widest ${weightText(lines.largest)}${stubs}.`;
  const title = titleText(run, picture, moment.epoch, asked !== undefined);
  return figureOf({
    card: {
      title,
      subtitle: [
        `${widths}${omitted(nodes, weights)}`,
        `${networkName(structure)}; ${runLine(run, moment.epoch)}`,
      ],
      description: [`${title}.`, ...layerTexts(units)].join(" "),
      height: Math.max((most + 0.5) * row, LEAST_HEIGHT) + EDGE,
      room: KEY_HEIGHT,
    },
    axes: {
      xaxis: bare([-0.32, nodes.length - 1 + 0.32]),
      yaxis: bare([(most - 1) / 2 + 0.75, -(most - 1) / 2 - 0.75]),
    },
    drawing: {
      traces: [...lines.traces, nodeTrace(nodes.flat(), unitOf, hoverOf, size)],
      notes: [...lines.notes, ...nodeNotes(nodes, labelOf, size)],
    },
    margin: { l: EDGE },
    key: LEGEND_ABOVE,
    more: { hoverdistance: 12 },
  });
}

/** Everything that is drawn, before it is drawn. */
function pictureOf(run: NetworkRun, structure: Network, epoch: number | undefined) {
  const rows = shownRows(run, MOST_NAMED);
  const { different } = rows;
  const weights = run.weights(epoch);
  const units = drawnUnits(structure, weights, rows);
  const inputs = [...inputsOf(different, 0).keys()].map((input) =>
    spread(different.inputs.filter((_, i) => i % different.features === input)),
  );
  const spreads = units.map((layer) => layer.map((unit) => unit.spread));
  const outputs = weights[weights.length - 1].kernel[0].map(() => 1);
  const nodes = placedNodes(weights, [inputs, ...spreads, outputs]);
  const most = Math.max(...nodes.map((layer) => layer.length)); // in the longest column
  return { rows, weights, units, nodes, most, roomy: most <= ROOMY.most };
}

function titleText(
  run: NetworkRun,
  { units, rows }: ReturnType<typeof pictureOf>,
  epoch: number | undefined,
  asked: boolean,
): string {
  if (run.status === "diverged" && !asked) return divergedText(run, "these are its weights", epoch);
  const finding = networkFinding(run, rows, units, epoch);
  if (epoch === undefined || epoch === run.history.loss.length) return capital(finding);
  return `${capital(runMoment(run, epoch))}, ${finding}`;
}

/** "input 1", "hidden unit 2", "unit 2 of hidden layer 1", "output"; inputs and outputs by their own names. */
function nodeNames({ layers }: Network, { data }: NetworkRun): (node: Node) => string {
  const inputs = featureTitles(data);
  const { outputs, task, targetNames } = data;
  const named = task === "classes" ? classNames(data) : (targetNames ?? []);
  return ({ layer, unit }) => {
    if (layer === 0) return inputs[unit];
    if (layer === layers.length) return named[unit] ?? (outputs === 1 ? "output" : `output ${unit + 1}`);
    return layers.length === 2 ? `hidden unit ${unit + 1}` : `unit ${unit + 1} of hidden layer ${layer}`;
  };
}

/** What the mouse shows of a node. */
function hoverLines(
  { layer, unit }: Node,
  name: string,
  drawn: DrawnUnit | undefined,
  weights: readonly LayerWeights[],
): string[] {
  const bias = weights[layer - 1]?.bias[unit];
  const said = bias === undefined ? [] : [`bias ${significant(bias, 4)}`];
  return [drawn ? `${name} is ${drawn.doing()}` : name, ...said];
}

/** Says where units are left out. */
function omitted(nodes: readonly (readonly Node[])[], weights: readonly LayerWeights[]): string {
  const sizes = [weights[0].kernel.length, ...weights.map(({ kernel }) => kernel[0].length)];
  const cut = sizes.filter((size, layer) => size > nodes[layer].length);
  return cut.length === 0
    ? ""
    : ` Of ${cut.join(" and ")} in a layer, the ${MOST_DRAWN} that move the next layer most are drawn.`;
}

/** "Hidden layer 1: unit 1 is on for (1, 0); unit 2 is dead (off on all inputs)." */
function layerTexts(layers: readonly (readonly DrawnUnit[])[]): string[] {
  return layers.map((units, i) => {
    const texts = units.slice(0, MOST_DRAWN).map(({ doing }, unit) => `unit ${unit + 1} is ${doing()}`);
    return `Hidden layer ${i + 1}: ${texts.join("; ")}.`;
  });
}

function bare(range: readonly [number, number]): object {
  return { range, visible: false, fixedrange: true };
}
