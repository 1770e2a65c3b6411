import { parameterCount } from "../network.js";
import { Body } from "./arithmetic.js";
import { at, type Cells, forEach, localCells, memoryCells } from "./cells.js";
import { FINITE_STEPS, LOSS_SUM, layoutOf, WEIGHTS, WRONG } from "./layout.js";
import { type FunctionCode, moduleBytes } from "./module.js";
import { type Context, FROM, type KernelPlan, TO, WITH_LOSS, writeRow, writeRowInputs } from "./row.js";
import { shuffleFunction } from "./shuffle.js";
import { averagesUsed, optimizerUpdate } from "./update.js";
import { f32x4, f64x2, get, i32, i32x4, set, v128, when, whileLoop } from "./wasm.js";

/** Networks up to this many weights are written out in full, with their weights in registers; others use loops. */
const UNROLLED_WEIGHTS = 120;

/**
 * A WebAssembly module that trains four networks side by side, one in each lane of its vectors. Exports
 * `shuffle(rows)`, which puts the rows into a new order, and `train(from, to, withLoss, numbers)`, which takes the
 * batches of rows from … to − 1; `numbers` is the address of the rows' numbers where they are not bits.
 */
export function kernelBytes(plan: KernelPlan): Uint8Array {
  return moduleBytes([shuffleFunction(plan.bits, layoutOf(plan.network).rows), trainFunction(plan)]);
}

function trainFunction(plan: KernelPlan): FunctionCode {
  const context = makeContext(plan);
  const { body, layout, weights } = context;
  const averages = averagesUsed(plan.optimizer).map((_, i) =>
    cellsFor(context, layout.parameters, i === 0 ? layout.first : layout.second),
  );
  const kept = [
    [weights, WEIGHTS],
    ...averages.map((cells, i) => [cells, i === 0 ? layout.first : layout.second]),
  ] as [Cells, number][];
  if (context.unrolled) for (const [cells, start] of kept) copy(context, memoryCells(start), cells);
  const row = body.local("i32");
  const end = body.local("i32");
  const wrong = body.local();
  const lossSums = [body.local(), body.local()];
  body.add(set(row, get(FROM)), set(wrong, v128.load(i32.const(0), WRONG)));
  lossSums.forEach((sum, half) => {
    body.add(set(sum, v128.load(i32.const(0), LOSS_SUM + 16 * half)));
  });
  const step = body.inner(() => {
    body.add(
      set(end, i32.add(get(row), i32.const(plan.batchSize))),
      when(i32.greaterThan(get(end), get(TO)), set(end, get(TO))),
    );
    writeStep(context, row, end, wrong, lossSums, averages);
  });
  body.add(whileLoop(i32.lessThan(get(row), get(TO)), step));
  body.add(v128.store(i32.const(0), WRONG, get(wrong)));
  lossSums.forEach((sum, half) => {
    body.add(v128.store(i32.const(0), LOSS_SUM + 16 * half, get(sum)));
  });
  if (context.unrolled) for (const [cells, start] of kept) copy(context, cells, memoryCells(start));
  return { name: "train", parameters: 4, locals: body.locals, body: body.statements };
}

function makeContext(plan: KernelPlan): Context {
  const body = new Body(4);
  const layout = layoutOf(plan.network);
  const unrolled = parameterCount(plan.network) <= UNROLLED_WEIGHTS;
  const units = plan.network.layers.reduce((sum, layer) => sum + layer.units, 0);
  const cells = (count: number, start: number): Cells =>
    unrolled ? localCells(body, count) : memoryCells(start);
  return {
    plan,
    layout,
    body,
    unrolled,
    weights: cells(layout.parameters, WEIGHTS),
    gradient: cells(layout.parameters, layout.gradient),
    values: cells(units, layout.values),
    slopes: cells(units, layout.slopes),
    inputs: cells(plan.network.inputs, layout.inputs),
  };
}

function cellsFor(context: Context, count: number, start: number): Cells {
  return context.unrolled ? localCells(context.body, count) : memoryCells(start);
}

function copy(context: Context, from: Cells, to: Cells): void {
  for (let i = 0; i < context.layout.parameters; i++) context.body.add(to.store(at(i), from.load(at(i))));
}

/** One step: the gradient's sum over the batch's rows, then the optimizer. */
function writeStep(
  context: Context,
  row: number,
  end: number,
  wrong: number,
  lossSums: number[],
  averages: Cells[],
): void {
  const { body, plan, layout, gradient, weights } = context;
  const stepLoss = body.local();
  const share = body.keep(
    f32x4.div(v128.float(1), f32x4.fromWhole(i32x4.splat(i32.sub(get(end), get(row))))),
  );
  body.add(set(stepLoss, v128.float(0)));
  forEach(body, layout.parameters, context.unrolled, (i) => body.add(gradient.store(i, v128.float(0))));
  const rowCode = body.inner(() => {
    const target = writeRowInputs(context, row);
    writeRow(context, target, share, wrong, stepLoss);
    body.add(set(row, i32.add(get(row), i32.const(1))));
  });
  body.add(whileLoop(i32.lessThan(get(row), get(end)), rowCode));
  const update = optimizerUpdate(body, plan.optimizer);
  forEach(body, layout.parameters, context.unrolled, (i) => update(i, gradient, weights, averages));
  body.add(
    when(
      get(WITH_LOSS),
      body.inner(() => addLoss(body, stepLoss, lossSums)),
    ),
  );
}

/** Adds the step's loss to the sums in double precision, and counts the step if the loss is finite. */
function addLoss(body: Body, stepLoss: number, lossSums: number[]): void {
  const upper = v128.shuffle(
    [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
    get(stepLoss),
    get(stepLoss),
  );
  body.add(set(lossSums[0], f64x2.add(get(lossSums[0]), f64x2.promoteLow(get(stepLoss)))));
  body.add(set(lossSums[1], f64x2.add(get(lossSums[1]), f64x2.promoteLow(upper))));
  const finite = f32x4.equal(f32x4.sub(get(stepLoss), get(stepLoss)), v128.float(0));
  body.add(v128.store(i32.const(0), FINITE_STEPS, i32x4.sub(v128.load(i32.const(0), FINITE_STEPS), finite)));
}
