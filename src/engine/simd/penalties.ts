import { layerPlaces } from "../network.js";
import { signOfDifference } from "./arithmetic.js";
import { type Code, f32x4, get, set, v128 } from "./assembler.js";
import { forEach, type Place, shifted } from "./body.js";
import type { Context } from "./layout.js";

/** penaltyOf() of src/engine/plain.ts again, on four lanes. */

const { add, mul } = f32x4;
const zero = v128.float(0);

/** Adds the penalties with the present weights, each `times`, to the step's loss. */
export function addPenalties(context: Context, times: Code): void {
  const { body, weights, stepLoss } = context;
  eachPenalized(context, (place, l1, l2) => {
    const weight = body.keep(weights.load(place));
    const addLoss = (amount: Code): void => body.add(set(stepLoss, add(get(stepLoss), mul(times, amount))));
    if (l1 > 0) addLoss(mul(v128.float(l1), f32x4.abs(weight)));
    if (l2 > 0) addLoss(mul(v128.float(l2), mul(weight, weight)));
  });
}

/** Adds the penalties' derivatives to the gradient. */
export function writePenaltySlopes(context: Context): void {
  const { body, weights, gradient } = context;
  eachPenalized(context, (place, l1, l2) => {
    const weight = body.keep(weights.load(place));
    const addTo = (amount: Code): void => body.add(gradient.store(place, add(gradient.load(place), amount)));
    if (l1 > 0) addTo(mul(v128.float(l1), signOfDifference(weight, zero)));
    if (l2 > 0) addTo(mul(v128.float(2 * l2), weight));
  });
}

function eachPenalized(
  { plan, body, unrolled }: Context,
  write: (place: Place, l1: number, l2: number) => void,
): void {
  for (const { kernel, bias, l1 = 0, l2 = 0 } of layerPlaces(plan.network))
    if (l1 > 0 || l2 > 0)
      forEach(body, bias - kernel, unrolled, (i) => write(shifted(kernel, [i, 1]), l1, l2));
}
