import type { Dataset } from "../../data/dataset.js";
import type { Loss } from "../losses.js";
import { type Network, outputCount, parameterCount } from "../network.js";
import type { OptimizerSettings } from "../optimizers.js";
import type { Code } from "./assembler.js";
import { type Body, type Cells, localCells, memoryCells } from "./body.js";

/** What a kernel is made for; task and threshold of the data say which answers are accurate. */
export interface KernelPlan extends Pick<Dataset, "task" | "threshold"> {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerSettings;
  readonly batchSize: number;
  /** Whether all inputs and targets are 0 or 1 and fit into a byte: a row is then one byte a lane. */
  readonly bits: boolean;
  /** Vectors that are trained in turns: two keep the processor busier, one is quicker for a single trial. */
  readonly vectors: 1 | 2;
}

/** The train function's parameters. */
export const [FROM, TO, WITH_LOSS, NUMBERS, REGION] = [0, 1, 2, 3, 4];
export const TRAIN_PARAMETERS = 5;

/** The moving averages that an optimizer keeps of every weight, at most two. */
export function averagesUsed(optimizer: OptimizerSettings): readonly string[] {
  switch (optimizer.name) {
    case "sgd":
      return optimizer.momentum === 0 ? [] : ["momentum"];
    case "rmsprop":
      return optimizer.momentum === 0 ? ["square"] : ["square", "momentum"];
    case "adam":
      return ["mean", "square"];
    case "adagrad":
      return ["square"];
  }
}

/** Where things lie in a kernel's memory, in bytes. A cell is one number for each of the four lanes: 16 bytes. */
export const LANES = 4;
export const CELL = 16;

export const GENERATOR = 0; // sfc32's a, b, c and counter
export const LOSS_SUM = 64; // four sums in double precision
export const WRONG = 96; // rows whose answers were not accurate
export const POWERS = 112; // Adam's β₁ᵗ and β₂ᵗ, in double precision
export const FINITE_STEPS = 128; // steps whose loss was finite
export const WEIGHTS = 144;

/** The places that depend on the network. */
export interface Layout {
  readonly parameters: number;
  /** The optimizer's two moving averages, and the gradient. */
  readonly first: number;
  readonly second: number;
  readonly gradient: number;
  /** Values and slopes of the units, layer after layer, and the row's inputs and targets. */
  readonly values: number;
  readonly slopes: number;
  readonly row: number;
  /** The rows: packed bits in the order of the epoch, or an order followed by the numbers. */
  readonly rows: number;
}

export function layoutOf(network: Network): Layout {
  const parameters = parameterCount(network);
  const units = unitCount(network);
  const first = WEIGHTS + parameters * CELL;
  const second = first + parameters * CELL;
  const gradient = second + parameters * CELL;
  const values = gradient + parameters * CELL;
  const slopes = values + units * CELL;
  const row = slopes + units * CELL;
  const rows = row + rowWidth(network) * CELL;
  return { parameters, first, second, gradient, values, slopes, row, rows };
}

function unitCount({ layers }: Network): number {
  return layers.reduce((sum, layer) => sum + layer.units, 0);
}

/** How many numbers a row has: its inputs, then its targets. */
export function rowWidth(network: Network): number {
  return network.inputs + outputCount(network);
}

/** What the parts of the train function share about one vector of networks. */
export interface Context {
  readonly plan: KernelPlan;
  readonly layout: Layout;
  readonly body: Body;
  /** Where the vector's region of the memory starts. */
  readonly start: Code;
  /** Whether everything is written out, with the cells in locals. */
  readonly unrolled: boolean;
  readonly weights: Cells;
  readonly averages: readonly Cells[];
  readonly gradient: Cells;
  readonly values: Cells;
  readonly slopes: Cells;
  /** The row's inputs, then its targets. */
  readonly row: Cells;
  /** The cells that live on between two calls, with their addresses. */
  readonly lasting: readonly { readonly cells: Cells; readonly address: number }[];
  /** Locals: rows that were not accurate, the step's loss, and the sums of losses in double precision. */
  readonly wrong: number;
  readonly stepLoss: number;
  readonly lossSums: readonly [number, number];
}

/** Networks up to this many weights are written out in full, with their weights in registers; others use loops. */
export const UNROLLED_WEIGHTS = 120;

export function makeContext(plan: KernelPlan, body: Body, start: Code): Context {
  const layout = layoutOf(plan.network);
  const unrolled = parameterCount(plan.network) <= UNROLLED_WEIGHTS;
  const units = unitCount(plan.network);
  const cells = (count: number, address: number): Cells =>
    unrolled ? localCells(body, count) : memoryCells(address, start);
  const weights = cells(layout.parameters, WEIGHTS);
  const addresses = [layout.first, layout.second].slice(0, averagesUsed(plan.optimizer).length);
  const averages = addresses.map((address) => cells(layout.parameters, address));
  return {
    ...{ plan, layout, body, start, unrolled, weights, averages },
    gradient: cells(layout.parameters, layout.gradient),
    values: cells(units, layout.values),
    slopes: cells(units, layout.slopes),
    row: cells(rowWidth(plan.network), layout.row),
    lasting: [
      { cells: weights, address: WEIGHTS },
      ...averages.map((average, i) => ({ cells: average, address: addresses[i] })),
    ],
    wrong: body.local(),
    stepLoss: body.local(),
    lossSums: [body.local(), body.local()],
  };
}
