import type { Dataset } from "../../data/dataset.js";
import { groupsByKey, unlike } from "../../data/rows.js";
import { hiddenLayers, type Layer, type Network, outputLayer } from "../../engine/network.js";
import { columnsOf } from "../../numbers/columns.js";
import { classAnswered } from "../../verdict/classes.js";
import { drawsOneLine } from "./separable.js";

/** What follows for networks of a single input from how often their answer can turn. */

/**
 * The best answers, by squared error, of a network whose answer only rises or only falls along its one input: of each output the
 * better of the two. Undefined for other networks.
 *
 * They are means of targets, and so of all such answers the best by cross-entropy as well.
 */
export function bestOneWayAnswers(network: Network, data: Dataset): Float64Array | undefined {
  const { activation, units } = outputLayer(network);
  if (data.features !== 1 || !drawsOneLine(network) || (activation === "softmax" && units > 1))
    return undefined;
  const answers = new Float64Array(data.targets.length);
  const groups = rowsInOrder(data);
  for (let j = 0; j < data.outputs; j++) {
    const at = (row: number): number => row * data.outputs + j;
    const [rising, falling] = [groups, [...groups].reverse()].map((order) =>
      risingMeans(order, (row) => data.targets[at(row)]),
    );
    const best = rising.squares <= falling.squares ? rising : falling;
    for (const { rows, mean } of best.blocks) for (const row of rows) answers[at(row)] = mean;
  }
  return answers;
}

interface Block {
  readonly rows: readonly number[];
  readonly mean: number;
}

/** Neighbours that do not rise are put together until all do: pool adjacent violators. */
function risingMeans(order: readonly (readonly number[])[], target: (row: number) => number) {
  const blocks: Block[] = [];
  for (const rows of order) {
    let last: Block = { rows, mean: meanOf(rows, target) };
    for (let before = blocks.at(-1); before && before.mean >= last.mean; before = blocks.at(-1)) {
      blocks.pop();
      const both = [...before.rows, ...last.rows];
      last = { rows: both, mean: meanOf(both, target) };
    }
    blocks.push(last);
  }
  const squares = blocks.reduce(
    (sum, { rows, mean }) => rows.reduce((all, row) => all + (target(row) - mean) ** 2, sum),
    0,
  );
  return { blocks, squares };
}

function meanOf(rows: readonly number[], target: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + target(row), 0) / rows.length;
}

/** Rows in the order of their one input, those of the same input together. */
function rowsInOrder({ rows, inputs }: Dataset): number[][] {
  const groups = groupsByKey(Array.from({ length: rows }, (_, row) => String(inputs[row])));
  return groups.map((group) => [...group]).sort(([a], [b]) => inputs[a] - inputs[b]);
}

/** How often the class changes along the one input, or a target turns from rising to falling or back, and what is against it. */
export type TurnFacts = NonNullable<ReturnType<typeof turnFacts>>;

/** Stretches of so many inputs on average, or so many changes an input, are no chance. */
const PATTERN = { stretch: 5, changes: 0.6 };

/** Undefined where that is no more often than the network can, and than it has units; and where the same inputs have different targets. */
export function turnFacts(network: Network, data: Dataset, answers: ArrayLike<number>) {
  const { features, outputs, task, threshold = 0 } = data;
  if (features !== 1) return undefined;
  const groups = rowsInOrder(data);
  if (groups.some((rows) => unlike(rows, data))) return undefined;
  const bending = hiddenLayers(network).filter(({ activation }) => activation !== "linear");
  /** How many hidden units bend. */
  const units = bending.reduce((sum, layer) => sum + layer.units, 0);
  const kinds = task === "classes" ? outputs : 2;
  /** How often a network's answer can turn, whatever its weights; Infinity where that is not known. */
  const most = task === "regression" ? Infinity : mostChanges(bending, kinds);
  const scale = columnsOf(data.targets, outputs);
  const count = (numbers: ArrayLike<number>, j: number): number => {
    if (task === "classes") return changesOf(groups.map(([row]) => classAnswered(numbers, data, row)));
    const along = groups.map(([row]) => numbers[row * outputs + j]);
    return task === "binary"
      ? changesOf(along.map((answer) => answer > threshold))
      : turnsOf(along, SWING * scale[j].deviation);
  };
  const each = scale.map((_, j) => count(data.targets, j));
  const needed = Math.max(...each);
  const alternates = task !== "regression" && needed >= PATTERN.changes * groups.length;
  const few = needed <= units + (task === "regression" ? 0 : kinds - 1); // c ordered classes need no hidden units
  /** Whether they are more, and no chance: stretches are long, or classes alternate more often than by chance. */
  const isPattern = !few && (alternates || PATTERN.stretch * needed <= groups.length);
  if (!isPattern && needed <= most) return undefined;
  return { needed, made: count(answers, each.indexOf(needed)), most, units, isPattern };
}

function changesOf(sides: readonly unknown[]): number {
  return sides.filter((side, i) => i > 0 && side !== sides[i - 1]).length;
}

/** Numbers turn where they go the other way by so many deviations at least. */
const SWING = 0.5;

function turnsOf(numbers: readonly number[], least: number): number {
  let [low, high] = [numbers[0], numbers[0]]; // since the last turn
  let [way, turns] = [0, 0];
  for (const value of numbers) {
    const next = way >= 0 && value < high - least ? -1 : way <= 0 && value > low + least ? 1 : way;
    if (next === way) [low, high] = [Math.min(low, value), Math.max(high, value)];
    else {
      turns += way === 0 ? 0 : 1;
      [low, high, way] = [value, value, next];
    }
  }
  return turns;
}

/** Each unit of these bends once. */
const BENDS_ONCE: ReadonlySet<string> = new Set(["relu", "leakyRelu"]);
const S_SHAPED: ReadonlySet<string> = new Set(["sigmoid", "tanh"]);

/**
 * How often the largest of several answers can change along one input.
 *
 * A unit that bends once does so at most once on each straight piece of what comes from below, so that n of them make at most
 * n + 1 times as many pieces; on each, of c straight lines the highest changes at most c − 1 times. A weighted sum of n sigmoids
 * and a number, times the product of their denominators, is a sum of at most 2ⁿ exponentials, which has fewer zeros than that.
 *
 * @see Pólya and Szegő, Problems and Theorems in Analysis II, part V, problem 75: zeros of sums of exponentials
 */
function mostChanges(bending: readonly Layer[], classes: number): number {
  if (bending.every(({ activation }) => BENDS_ONCE.has(activation)))
    return (classes - 1) * bending.reduce((pieces, { units }) => pieces * (units + 1), 1);
  const [only, ...others] = bending;
  const known = others.length === 0 && S_SHAPED.has(only.activation) && classes === 2;
  return known ? 2 ** only.units - 1 : Infinity;
}
