import {
  type Code,
  type FunctionCode,
  f32x4,
  f64x2,
  get,
  i32,
  i32x4,
  moduleBytes,
  set,
  v128,
  when,
  whileLoop,
} from "./assembler.js";
import { at, Body, type Cells, forEach, memoryCells } from "./body.js";
import {
  type Context,
  FINITE_STEPS,
  FROM,
  type KernelPlan,
  LOSS_SUM,
  layoutOf,
  makeContext,
  REGION,
  TO,
  TRAIN_PARAMETERS,
  WITH_LOSS,
  WRONG,
} from "./layout.js";
import { averagedOutputs } from "./outputs.js";
import { addPenalties, writePenaltySlopes } from "./penalties.js";
import { readRow, writeRow } from "./row.js";
import { shuffleFunction } from "./shuffle.js";
import { optimizerUpdate } from "./update.js";

/**
 * A WebAssembly module that trains networks side by side, one in each of the four lanes of a vector, with one vector
 * or two. What belongs to the second vector lies `region` bytes after what belongs to the first. Exports
 *
 * - `shuffle(rows, start)`: puts the rows of the vector whose region starts there into a new order;
 * - `train(from, to, withLoss, numbers, region)`: takes the batches of rows from … to − 1; `numbers` is where, within
 *   a region, the rows' numbers are, if they are not bits.
 */
export function kernelBytes(plan: KernelPlan): Uint8Array<ArrayBuffer> {
  return moduleBytes([shuffleFunction(plan.bits, layoutOf(plan.network).rows), trainFunction(plan)]);
}

function trainFunction(plan: KernelPlan): FunctionCode {
  const body = new Body(TRAIN_PARAMETERS);
  const starts = [i32.const(0), get(REGION)].slice(0, plan.vectors);
  const contexts = starts.map((start) => makeContext(plan, body, start));
  const row = body.local("i32");
  const end = body.local("i32");
  body.add(set(row, get(FROM)));
  for (const context of contexts) takeOver(context);
  const step = body.inner(() => {
    body.add(set(end, i32.add(get(row), i32.const(plan.batchSize))));
    body.add(when(i32.greaterThan(get(end), get(TO)), set(end, get(TO))));
    writeStep(body, contexts, row, end);
  });
  body.add(whileLoop(i32.lessThan(get(row), get(TO)), step));
  for (const context of contexts) handBack(context);
  return { name: "train", parameters: TRAIN_PARAMETERS, locals: body.locals, body: body.statements };
}

/** From memory into locals, where the cells are locals. */
function takeOver(context: Context): void {
  const { body, start, wrong, lossSums, lasting, unrolled } = context;
  if (unrolled) for (const { cells, address } of lasting) copy(context, memoryCells(address, start), cells);
  body.add(set(wrong, v128.load(start, WRONG)));
  lossSums.forEach((sum, half) => {
    body.add(set(sum, v128.load(start, LOSS_SUM + 16 * half)));
  });
}

/** And back. */
function handBack(context: Context): void {
  const { body, start, wrong, lossSums, lasting, unrolled } = context;
  if (unrolled) for (const { cells, address } of lasting) copy(context, cells, memoryCells(address, start));
  body.add(v128.store(start, WRONG, get(wrong)));
  lossSums.forEach((sum, half) => {
    body.add(v128.store(start, LOSS_SUM + 16 * half, get(sum)));
  });
}

function copy(context: Context, from: Cells, to: Cells): void {
  for (let i = 0; i < context.layout.parameters; i++) context.body.add(to.store(at(i), from.load(at(i))));
}

/**
 * One step: the gradient's sum over the batch's rows, then the optimizer. The vectors take turns row by row, so that
 * the processor can work on one while it waits for the other.
 */
function writeStep(body: Body, contexts: readonly Context[], row: number, end: number): void {
  const { plan } = contexts[0];
  const rowCount = body.keep(f32x4.fromWhole(i32x4.splat(i32.sub(get(end), get(row)))));
  const share = body.keep(f32x4.div(v128.float(1), f32x4.mul(rowCount, v128.float(averagedOutputs(plan)))));
  for (const { gradient, layout, unrolled, stepLoss } of contexts) {
    body.add(set(stepLoss, v128.float(0)));
    forEach(body, layout.parameters, unrolled, (i) => body.add(gradient.store(i, v128.float(0))));
  }
  const rowCode = body.inner(() => {
    for (const context of contexts) {
      readRow(context, row);
      writeRow(context, share);
    }
    body.add(set(row, i32.add(get(row), i32.const(1))));
  });
  body.add(whileLoop(i32.lessThan(get(row), get(end)), rowCode));
  const losses = body.inner(() => {
    for (const context of contexts) addLoss(context, rowCount);
  });
  body.add(when(get(WITH_LOSS), losses));
  for (const context of contexts) {
    const { start, layout, unrolled, gradient, weights, averages } = context;
    writePenaltySlopes(context);
    const update = optimizerUpdate(body, plan.optimizer, start);
    forEach(body, layout.parameters, unrolled, (i) => update(i, gradient, weights, averages));
  }
}

/** Adds the step's loss to the sums in double precision, and counts the step if the loss is finite. */
function addLoss(context: Context, rows: Code): void {
  const { body, plan, start, stepLoss, lossSums } = context;
  const outputs = averagedOutputs(plan);
  if (outputs > 1) body.add(set(stepLoss, f32x4.div(get(stepLoss), v128.float(outputs))));
  addPenalties(context, rows);
  const upperTwo = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
  const halves: Code[] = [get(stepLoss), v128.shuffle(upperTwo, get(stepLoss), get(stepLoss))];
  halves.forEach((half, i) => {
    body.add(set(lossSums[i], f64x2.add(get(lossSums[i]), f64x2.promoteLow(half))));
  });
  const finite = f32x4.equal(f32x4.sub(get(stepLoss), get(stepLoss)), v128.float(0));
  body.add(v128.store(start, FINITE_STEPS, i32x4.sub(v128.load(start, FINITE_STEPS), finite)));
}
