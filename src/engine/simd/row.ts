import { singleActivation } from "../functions.js";
import { type LayerPlace, layerPlaces } from "../network.js";
import { activationValue, lossValue, outputSlope, timesSlope } from "./arithmetic.js";
import { type Code, f32x4, get, i32, i32x4, set, v128, when } from "./assembler.js";
import { at, type Cells, forEach, type Place, shifted } from "./body.js";
import { type Context, NUMBERS, WITH_LOSS } from "./layout.js";

/** Reads the row's inputs into their cells and returns its target. */
export function writeRowInputs({ plan, body, inputs, layout, start }: Context, row: number): Code {
  const features = plan.network.inputs;
  const rowAt = (shift: number): Code => i32.add(start, i32.shl(get(row), i32.const(shift)));
  if (plan.bits) {
    const packed = body.keep(i32x4.fromBytes(v128.load32Zero(rowAt(2), layout.rows)));
    const bit = (index: number): Code =>
      f32x4.fromWhole(v128.and(i32x4.shrUnsigned(packed, i32.const(index)), v128.whole(1)));
    for (let i = 0; i < features; i++) body.add(inputs.store(at(i), bit(i)));
    return body.keep(bit(features));
  }
  const lanes = [0, 1, 2, 3].map((lane) => {
    const address = body.local("i32");
    const index = i32.load(rowAt(4), layout.rows + 4 * lane);
    const numbers = i32.add(get(NUMBERS), i32.mul(index, i32.const(16 * (features + 1))));
    body.add(set(address, i32.add(start, numbers)));
    return get(address);
  });
  const gathered = (i: number): Code =>
    lanes.reduce(
      (into, address, lane) => v128.load32Lane(address, 16 * i + 4 * lane, into, lane),
      v128.float(0),
    );
  for (let i = 0; i < features; i++) body.add(inputs.store(at(i), gathered(i)));
  return body.keep(gathered(features));
}

/** Forward and backward through all layers for one row; adds to the gradient. */
export function writeRow(context: Context, target: Code, share: Code): void {
  const { body, plan, values, slopes, wrong, stepLoss } = context;
  const places = layerPlaces(plan.network);
  const starts = places.map((_, l) => places.slice(0, l).reduce((sum, place) => sum + place.units, 0));
  places.forEach((place, l) => {
    const below = l > 0 ? { cells: values, start: starts[l - 1] } : { cells: context.inputs, start: 0 };
    writeForward(context, place, starts[l], below);
  });
  const output = at(starts[places.length - 1]);
  const p = body.keep(values.load(output));
  const x = body.keep(slopes.load(output)); // the forward pass left the output unit's input there
  const half = v128.float(0.5);
  body.add(set(wrong, i32x4.sub(get(wrong), v128.xor(f32x4.greater(p, half), f32x4.greater(target, half)))));
  const { loss, network } = plan;
  const activation = singleActivation(network.layers[network.layers.length - 1].activation);
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
    body.add(values.store(unit, activationValue(body, singleActivation(place.activation), get(sum))));
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
          timesSlope(body, singleActivation(places[l - 1].activation), get(back), input),
        ),
      );
  });
}
