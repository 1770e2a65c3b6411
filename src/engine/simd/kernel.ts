import type { Loss } from "../functions.js";
import { type LayerPlace, layerPlaces, type Network, parameterCount } from "../network.js";
import type { OptimizerSettings } from "../optimizers.js";
import { activationValue, Body, lossValue, outputSlope, timesSlope } from "./arithmetic.js";
import { at, type Cells, forEach, localCells, memoryCells, type Place, shifted } from "./cells.js";
import { FINITE_STEPS, type Layout, LOSS_SUM, layoutOf, WEIGHTS, WRONG } from "./layout.js";
import { shuffleFunction } from "./shuffle.js";
import { averagesUsed, optimizerUpdate } from "./update.js";
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
} from "./wasm.js";

/** What a kernel is made for. */
export interface KernelPlan {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerSettings;
  readonly batchSize: number;
  /** Whether all inputs and targets are 0 or 1 and fit into a byte: a row is then one byte a lane. */
  readonly bits: boolean;
}

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

/** What the parts of the train function share. */
interface Context {
  readonly plan: KernelPlan;
  readonly layout: Layout;
  readonly body: Body;
  readonly unrolled: boolean;
  readonly weights: Cells;
  readonly gradient: Cells;
  readonly values: Cells;
  readonly slopes: Cells;
  readonly inputs: Cells;
}

const [FROM, TO, WITH_LOSS, NUMBERS] = [0, 1, 2, 3];

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
  lossSums.forEach((sum, half) => body.add(set(sum, v128.load(i32.const(0), LOSS_SUM + 16 * half))));
  const step = body.inner(() => {
    body.add(
      set(end, i32.add(get(row), i32.const(plan.batchSize))),
      when(i32.greaterThan(get(end), get(TO)), set(end, get(TO))),
    );
    writeStep(context, row, end, wrong, lossSums, averages);
  });
  body.add(whileLoop(i32.lessThan(get(row), get(TO)), step));
  body.add(v128.store(i32.const(0), WRONG, get(wrong)));
  lossSums.forEach((sum, half) => body.add(v128.store(i32.const(0), LOSS_SUM + 16 * half, get(sum))));
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

/** Reads the row's inputs into their cells and returns its target. */
function writeRowInputs({ plan, body, inputs, layout }: Context, row: number): Code {
  const features = plan.network.inputs;
  if (plan.bits) {
    const packed = body.keep(i32x4.fromBytes(v128.load32Zero(i32.shl(get(row), i32.const(2)), layout.rows)));
    const bit = (index: number): Code =>
      f32x4.fromWhole(v128.and(i32x4.shrUnsigned(packed, i32.const(index)), v128.whole(1)));
    for (let i = 0; i < features; i++) body.add(inputs.store(at(i), bit(i)));
    return body.keep(bit(features));
  }
  const lanes = [0, 1, 2, 3].map((lane) => {
    const address = body.local("i32");
    const index = i32.load(i32.shl(get(row), i32.const(4)), layout.rows + 4 * lane);
    body.add(set(address, i32.add(get(NUMBERS), i32.mul(index, i32.const(16 * (features + 1))))));
    return address;
  });
  const gathered = (i: number, address: (lane: number) => Code, offset: number): Code =>
    [0, 1, 2, 3].reduce<Code>(
      (into, lane) => v128.load32Lane(address(lane), offset + 16 * i + 4 * lane, into, lane),
      v128.float(0),
    );
  for (let i = 0; i < features; i++)
    body.add(
      inputs.store(
        at(i),
        gathered(i, (lane) => get(lanes[lane]), 0),
      ),
    );
  return body.keep(gathered(features, (lane) => get(lanes[lane]), 0));
}

/** Forward and backward through all layers for one row; adds to the gradient. */
function writeRow(context: Context, target: Code, share: Code, wrong: number, stepLoss: number): void {
  const { body, plan, values, slopes } = context;
  const places = layerPlaces(plan.network);
  const starts = places.map((_, l) => places.slice(0, l).reduce((sum, place) => sum + place.units, 0));
  places.forEach((place, l) =>
    writeForward(
      context,
      place,
      starts[l],
      l > 0 ? { cells: values, start: starts[l - 1] } : { cells: context.inputs, start: 0 },
    ),
  );
  const output = at(starts[places.length - 1]);
  const p = body.keep(values.load(output));
  const x = body.keep(slopes.load(output)); // the forward pass left the output unit's input there
  const half = v128.float(0.5);
  body.add(set(wrong, i32x4.sub(get(wrong), v128.xor(f32x4.greater(p, half), f32x4.greater(target, half)))));
  const { loss, network } = plan;
  const activation = network.layers[network.layers.length - 1].activation;
  body.add(
    when(
      get(WITH_LOSS),
      body.inner(() =>
        body.add(set(stepLoss, f32x4.add(get(stepLoss), lossValue(body, loss, activation, x, p, target)))),
      ),
    ),
  );
  body.add(slopes.store(output, f32x4.mul(outputSlope(body, loss, activation, p, target), share)));
  for (let l = places.length - 1; l >= 0; l--) writeBackward(context, places, starts, l);
}

/** Where a layer's inputs are. */
interface Below {
  readonly cells: Cells;
  readonly start: number;
}

function writeForward(context: Context, place: LayerPlace, start: number, below: Below): void {
  const { body, weights, values, slopes, unrolled } = context;
  forEach(body, place.units, unrolled, (j) => {
    const sum = body.local();
    body.add(set(sum, weights.load(shifted(place.bias, [j, 1]))));
    forEach(body, place.inputs, unrolled, (i) => {
      const weight = weights.load(shifted(place.kernel, [i, place.units], [j, 1]));
      body.add(
        set(sum, f32x4.add(get(sum), f32x4.mul(below.cells.load(shifted(below.start, [i, 1])), weight))),
      );
    });
    const unit = shifted(start, [j, 1]);
    body.add(slopes.store(unit, get(sum)));
    body.add(values.store(unit, activationValue(body, place.activation, get(sum))));
  });
}

function writeBackward(
  context: Context,
  places: readonly LayerPlace[],
  starts: readonly number[],
  l: number,
): void {
  const { body, weights, gradient, values, slopes, inputs, unrolled } = context;
  const place = places[l];
  const slopeOf = (j: Place): Code => slopes.load(shifted(starts[l], [j, 1]));
  const below = l > 0 ? { cells: values, start: starts[l - 1] } : { cells: inputs, start: 0 };
  const addTo = (index: Place, amount: Code): void =>
    body.add(gradient.store(index, f32x4.add(gradient.load(index), amount)));
  forEach(body, place.units, unrolled, (j) => addTo(shifted(place.bias, [j, 1]), slopeOf(j)));
  forEach(body, place.inputs, unrolled, (i) => {
    const input = body.keep(below.cells.load(shifted(below.start, [i, 1])));
    const back = body.local();
    if (l > 0) body.add(set(back, v128.float(0)));
    forEach(body, place.units, unrolled, (j) => {
      const index = shifted(place.kernel, [i, place.units], [j, 1]);
      addTo(index, f32x4.mul(input, slopeOf(j)));
      if (l > 0) body.add(set(back, f32x4.add(get(back), f32x4.mul(slopeOf(j), weights.load(index)))));
    });
    if (l > 0)
      body.add(
        slopes.store(
          shifted(starts[l - 1], [i, 1]),
          timesSlope(body, places[l - 1].activation, get(back), input),
        ),
      );
  });
}
