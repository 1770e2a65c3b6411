import { type Activation, LEAK } from "../functions.js";
import { type Code, f32x4, i32, i32x4, v128 } from "./assembler.js";
import type { Body } from "./body.js";

/**
 * The functions of src/engine/functions.ts again, in single precision on four lanes. Only additions, multiplications,
 * divisions and square roots, which IEEE 754 fixes to the bit.
 */

const { add, sub, mul, div } = f32x4;
const one = v128.float(1);
const zero = v128.float(0);

/** By Horner's method; the coefficient of the highest power is the first. */
function polynomial([highest, ...lower]: readonly number[], x: Code): Code {
  return lower.reduce<Code>((sum, c) => add(mul(sum, x), v128.float(c)), v128.float(highest));
}

// Cephes' expf: coefficients of (eʳ − 1 − r) / r² on |r| ≤ ½ ln 2, highest power first (Moshier 1989).
const EXPONENTIAL = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

/** eˣ for |x| ≤ 87; beyond, its value there. Relative error below 2e-7. */
export function exponential(body: Body, x: Code): Code {
  const within = body.keep(between(x, -87, 87));
  const k = body.keep(f32x4.nearest(mul(within, v128.float(Math.LOG2E))));
  const r = body.keep(sub(sub(within, mul(k, v128.float(0.693359375))), mul(k, v128.float(-2.1219444e-4))));
  const series = polynomial(EXPONENTIAL, r);
  const value = add(add(mul(mul(series, r), r), r), one);
  const power = i32x4.shl(i32x4.add(i32x4.truncate(k), v128.whole(127)), i32.const(23));
  return mul(value, power);
}

// Cephes' logf: coefficients of (ln(1 + x) − x + x²/2) / x³ on √½ − 1 ≤ x ≤ √2 − 1, highest power first.
const LOGARITHM = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/** ln(1 + e) for 0 ≤ e ≤ 1, good to the last bits for small e too. */
export function logOnePlus(body: Body, e: Code): Code {
  const large = body.keep(f32x4.greater(e, v128.float(Math.SQRT2 - 1)));
  const x = body.keep(v128.select(sub(mul(e, v128.float(0.5)), v128.float(0.5)), e, large)); // (1 + e) / 2 − 1
  const square = body.keep(mul(x, x));
  const series = polynomial(LOGARITHM, x);
  const value = add(sub(x, mul(v128.float(0.5), square)), mul(mul(series, square), x));
  return add(value, v128.and(large, v128.float(Math.LN2)));
}

/** −ln p for 1e-7 ≤ p ≤ 1: p = m · 2ᵏ with m in [1, 2). Of NaN, whose bits are no such number, it is NaN: p − p is added. */
export function minusLog(body: Body, p: Code): Code {
  const { exponent, fraction } = parts(body, p);
  return sub(sub(p, p), add(mul(exponent, v128.float(Math.LN2)), logOnePlus(body, fraction)));
}

/** ln(1 + e) for any e ≥ 0, good to the last bits for small e too. Of NaN it is NaN. */
export function logOnePlusAny(body: Body, e: Code): Code {
  const sum = body.keep(add(one, e));
  const { exponent, fraction } = parts(body, sum);
  const rest = body.keep(v128.select(e, fraction, f32x4.less(sum, v128.float(2))));
  return add(sub(e, e), add(mul(exponent, v128.float(Math.LN2)), logOnePlus(body, rest)));
}

/** k and m − 1 of a number m · 2ᵏ with m in [1, 2). */
function parts(body: Body, number: Code): { readonly exponent: Code; readonly fraction: Code } {
  const exponent = body.keep(i32x4.sub(i32x4.shrUnsigned(number, i32.const(23)), v128.whole(127)));
  const mantissa = v128.or(v128.and(number, v128.whole(0x7fffff)), v128.whole(0x3f800000));
  return { exponent: f32x4.fromWhole(exponent), fraction: body.keep(sub(mantissa, one)) };
}

/** 1, 0 or −1: the sign of a − b. */
export function signOfDifference(a: Code, b: Code): Code {
  return sub(v128.and(f32x4.greater(a, b), one), v128.and(f32x4.less(a, b), one));
}

/** x, at least `low` and at most `high`. NaN stays. */
export function between(x: Code, low: number, high: number): Code {
  return f32x4.smaller(f32x4.larger(x, v128.float(low)), v128.float(high));
}

function sigmoid(body: Body, x: Code): Code {
  return div(one, add(one, exponential(body, f32x4.neg(x))));
}

/** An activation's value at x. */
export function activationValue(body: Body, activation: Activation, x: Code): Code {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return f32x4.larger(x, zero);
    case "leakyRelu":
      return v128.select(x, mul(x, v128.float(LEAK)), body.keep(f32x4.greater(x, zero)));
    case "elu":
      return v128.select(x, sub(exponential(body, x), one), body.keep(f32x4.greater(x, zero)));
    case "sigmoid":
      return sigmoid(body, x);
    case "tanh":
      return sub(one, div(v128.float(2), add(exponential(body, mul(x, v128.float(2))), one)));
    case "softplus":
      return add(
        f32x4.larger(x, zero),
        logOnePlus(body, body.keep(exponential(body, f32x4.neg(f32x4.abs(x))))),
      );
  }
}

/** `back` times an activation's derivative, computed from its value y. */
export function timesSlope(body: Body, activation: Activation, back: Code, y: Code): Code {
  switch (activation) {
    case "linear":
      return back;
    case "relu":
      return v128.andNot(back, f32x4.atMost(y, zero)); // so that NaN stays NaN
    case "leakyRelu": {
      const kept = body.keep(back);
      return v128.select(kept, mul(kept, v128.float(LEAK)), f32x4.greater(y, zero));
    }
    case "elu": {
      const kept = body.keep(back);
      return v128.select(kept, mul(kept, add(y, one)), f32x4.greater(y, zero));
    }
    case "sigmoid":
      return mul(back, mul(y, sub(one, y)));
    case "tanh":
      return mul(back, sub(one, mul(y, y)));
    case "softplus":
      return mul(back, sub(one, exponential(body, f32x4.neg(y)))); // the sigmoid of x is 1 − e⁻ʸ
  }
}
