import type { LayerPlace } from "../network.js";
import { exponential } from "./arithmetic.js";
import { type Code, f32x4, get, set, v128 } from "./assembler.js";
import { at, type Body, type Cells, type Place } from "./body.js";

const { add, sub, mul, div } = f32x4;

/** A layer while a row passes through it. */
export interface Units {
  readonly place: LayerPlace;
  /** The layer's inputs. */
  readonly below: Cells;
  /** The units' values. */
  readonly values: Cells;
  /** The units' inputs x in the forward pass; the loss's derivatives with respect to them in the backward pass. */
  readonly slopes: Cells;
  /** Writes something for every unit. */
  readonly each: (action: (j: Place) => void) => void;
}

/** Combines a term of every unit, in the units' order, beginning with `start`; of a single unit it is the term itself. */
export function combined(
  body: Body,
  units: Units,
  start: number,
  combine: (sum: Code, term: Code) => Code,
  term: (j: Place) => Code,
): Code {
  if (units.place.units === 1) return term(at(0));
  const sum = body.local();
  body.add(set(sum, v128.float(start)));
  units.each((j) => body.add(set(sum, combine(get(sum), term(j)))));
  return get(sum);
}

/** The sum over all units. */
export function summed(body: Body, units: Units, term: (j: Place) => Code): Code {
  return combined(body, units, 0, add, term);
}

/** The units' values: eˣ divided by the sum of all eˣ, the largest x subtracted from each, so that nothing overflows. */
export function writeSoftmax(body: Body, units: Units): void {
  const { each, values, slopes } = units;
  const largest = body.keep(combined(body, units, Number.NEGATIVE_INFINITY, f32x4.larger, slopes.load));
  each((j) => body.add(values.store(j, exponential(body, body.keep(sub(slopes.load(j), largest))))));
  const total = body.keep(summed(body, units, values.load));
  each((j) => body.add(values.store(j, div(values.load(j), total))));
}

/** From the derivatives with respect to the values p to those with respect to the inputs x: ∂pₖ/∂xⱼ = pₖ (δⱼₖ − pⱼ). */
export function writeSoftmaxSlopes(body: Body, units: Units): void {
  const { each, values, slopes } = units;
  const mean = body.keep(summed(body, units, (j) => mul(slopes.load(j), values.load(j))));
  each((j) => body.add(slopes.store(j, mul(values.load(j), sub(slopes.load(j), mean)))));
}
