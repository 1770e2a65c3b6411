import { layerPlaces } from "../network.js";
import { activationValue, timesSlope } from "./arithmetic.js";
import { type Code, f32x4, get, i32, i32x4, set, v128, when } from "./assembler.js";
import { at, cellsFrom, forEach, type Place, shifted } from "./body.js";
import { type Context, NUMBERS, rowWidth, WITH_LOSS } from "./layout.js";
import { inaccurate, summedLoss, writeOutputSlopes } from "./outputs.js";
import { type Units, writeSoftmax, writeSoftmaxSlopes } from "./units.js";

/** Reads the row's inputs and targets into their cells. */
export function readRow({ plan, body, row, layout, start }: Context, index: number): void {
  const width = rowWidth(plan.network);
  const rowAt = (shift: number): Code => i32.add(start, i32.shl(get(index), i32.const(shift)));
  if (plan.bits) {
    const packed = body.keep(i32x4.fromBytes(v128.load32Zero(rowAt(2), layout.rows)));
    const bit = (i: number): Code =>
      f32x4.fromWhole(v128.and(i32x4.shrUnsigned(packed, i32.const(i)), v128.whole(1)));
    for (let i = 0; i < width; i++) body.add(row.store(at(i), bit(i)));
    return;
  }
  const lanes = [0, 1, 2, 3].map((lane) => {
    const address = body.local("i32");
    const number = i32.load(rowAt(4), layout.rows + 4 * lane);
    const numbers = i32.add(get(NUMBERS), i32.mul(number, i32.const(16 * width)));
    body.add(set(address, i32.add(start, numbers)));
    return get(address);
  });
  const gathered = (i: number): Code =>
    lanes.reduce(
      (into, address, lane) => v128.load32Lane(address, 16 * i + 4 * lane, into, lane),
      v128.float(0),
    );
  for (let i = 0; i < width; i++) body.add(row.store(at(i), gathered(i)));
}

/** Forward and backward through all layers for one row; adds to the gradient. */
export function writeRow(context: Context, share: Code): void {
  const { body, plan, row, wrong, stepLoss } = context;
  const layers = unitsOf(context);
  const outputs = layers[layers.length - 1];
  const targets = cellsFrom(row, plan.network.inputs);
  for (const units of layers) writeForward(context, units);
  body.add(set(wrong, i32x4.sub(get(wrong), inaccurate(body, plan, outputs, targets))));
  const addLoss = body.inner(() => {
    const loss = summedLoss(body, plan.loss, outputs, targets);
    body.add(set(stepLoss, f32x4.add(get(stepLoss), loss)));
  });
  body.add(when(get(WITH_LOSS), addLoss));
  writeOutputSlopes(body, plan.loss, outputs, targets, share);
  for (let l = layers.length - 1; l >= 0; l--) writeBackward(context, layers[l], layers[l - 1]);
}

/** The layers' units, first to last. */
function unitsOf({ plan, body, unrolled, row, values, slopes }: Context): Units[] {
  let start = 0;
  let below = row;
  return layerPlaces(plan.network).map((place) => {
    const units: Units = {
      ...{ place, below, values: cellsFrom(values, start), slopes: cellsFrom(slopes, start) },
      each: (action) => forEach(body, place.units, unrolled, action),
    };
    start += place.units;
    below = units.values;
    return units;
  });
}

function writeForward({ body, weights, unrolled }: Context, units: Units): void {
  const { place, below, values, slopes, each } = units;
  const { inputs, kernel, bias, end, activation } = place;
  each((j) => {
    const sum = body.local();
    body.add(set(sum, end > bias ? weights.load(shifted(bias, [j, 1])) : v128.float(0)));
    forEach(body, inputs, unrolled, (i) => {
      const weight = weights.load(shifted(kernel, [i, place.units], [j, 1]));
      body.add(set(sum, f32x4.add(get(sum), f32x4.mul(below.load(i), weight))));
    });
    body.add(slopes.store(j, get(sum)));
    if (activation !== "softmax") body.add(values.store(j, activationValue(body, activation, get(sum))));
  });
  if (activation === "softmax") writeSoftmax(body, units);
}

function writeBackward(context: Context, { place, below, slopes, each }: Units, before?: Units): void {
  const { body, weights, gradient, unrolled } = context;
  const addTo = (index: Place, amount: Code): void =>
    body.add(gradient.store(index, f32x4.add(gradient.load(index), amount)));
  if (place.end > place.bias) each((j) => addTo(shifted(place.bias, [j, 1]), slopes.load(j)));
  forEach(body, place.inputs, unrolled, (i) => {
    const input = body.keep(below.load(i));
    const back = body.local();
    if (before) body.add(set(back, v128.float(0)));
    each((j) => {
      const index = shifted(place.kernel, [i, place.units], [j, 1]);
      addTo(index, f32x4.mul(input, slopes.load(j)));
      if (before) body.add(set(back, f32x4.add(get(back), f32x4.mul(slopes.load(j), weights.load(index)))));
    });
    if (before) body.add(before.slopes.store(i, backThrough(context, before, get(back), input)));
  });
  if (before?.place.activation === "softmax") writeSoftmaxSlopes(body, before);
}

/** `back` times the slope of a unit of value y; a softmax, whose units depend on each other, is for writeSoftmaxSlopes(). */
function backThrough({ body }: Context, { place }: Units, back: Code, y: Code): Code {
  return place.activation === "softmax" ? back : timesSlope(body, place.activation, back, y);
}
