import { parameterCount } from "../network.js";
import type { Body } from "./arithmetic.js";
import type { Code } from "./assembler.js";
import { type Cells, localCells, memoryCells } from "./body.js";
import { type Layout, layoutOf, WEIGHTS } from "./layout.js";
import type { KernelPlan } from "./plan.js";
import { averagesUsed } from "./update.js";

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
  readonly inputs: Cells;
  /** The cells that live on between two calls, with their addresses. */
  readonly lasting: readonly { readonly cells: Cells; readonly address: number }[];
  /** Locals: rows on the wrong side, the step's loss, and the sums of losses in double precision. */
  readonly wrong: number;
  readonly stepLoss: number;
  readonly lossSums: readonly [number, number];
}

/** Networks up to this many weights are written out in full, with their weights in registers; others use loops. */
const UNROLLED_WEIGHTS = 120;

export function makeContext(plan: KernelPlan, body: Body, start: Code): Context {
  const layout = layoutOf(plan.network);
  const unrolled = parameterCount(plan.network) <= UNROLLED_WEIGHTS;
  const units = plan.network.layers.reduce((sum, layer) => sum + layer.units, 0);
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
    inputs: cells(plan.network.inputs, layout.inputs),
    lasting: [
      { cells: weights, address: WEIGHTS },
      ...averages.map((average, i) => ({ cells: average, address: addresses[i] })),
    ],
    wrong: body.local(),
    stepLoss: body.local(),
    lossSums: [body.local(), body.local()],
  };
}
