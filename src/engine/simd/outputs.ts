import { CLIP, type Loss } from "../losses.js";
import { type Network, outputCount } from "../network.js";
import {
  between,
  exponential,
  logOnePlus,
  logOnePlusAny,
  minusLog,
  signOfDifference,
  timesSlope,
} from "./arithmetic.js";
import { type Code, f32x4, get, set, v128 } from "./assembler.js";
import type { Body, Cells, Place } from "./body.js";
import type { KernelPlan } from "./layout.js";
import { combined, summed, type Units, writeSoftmaxSlopes } from "./units.js";

/**
 * What becomes of a row's answers p and targets y: src/engine/accuracy.ts and src/engine/losses.ts again, on four lanes.
 */

const { add, sub, mul, div } = f32x4;
const one = v128.float(1);
const zero = v128.float(0);

/** Ones in the lanes whose answers are not accurate. */
export function inaccurate(body: Body, plan: KernelPlan, outputs: Units, targets: Cells): Code {
  if (plan.task === "classes") return notLargest(body, outputs, targets);
  if (plan.threshold === undefined) return v128.whole(-1);
  const threshold = v128.float(plan.threshold);
  const onOtherSides = (j: Place): Code =>
    v128.xor(f32x4.greater(outputs.values.load(j), threshold), f32x4.greater(targets.load(j), threshold));
  return combined(body, outputs, 0, v128.or, onOtherSides);
}

/** Whether the target of the largest answer, the first of equal ones, is not 1. */
function notLargest(body: Body, { each, values }: Units, targets: Cells): Code {
  const [largest, target] = [body.local(), body.local()];
  body.add(set(largest, v128.float(Number.NEGATIVE_INFINITY)), set(target, zero));
  each((j) => {
    const isLarger = body.keep(f32x4.greater(values.load(j), get(largest)));
    body.add(set(largest, v128.select(values.load(j), get(largest), isLarger)));
    body.add(set(target, v128.select(targets.load(j), get(target), isLarger)));
  });
  return v128.not(f32x4.equal(get(target), one));
}

/** By what the sum over a row's outputs is to be divided: all losses but one are the mean over the outputs. */
export function averagedOutputs({
  loss,
  network,
}: {
  readonly loss: Loss;
  readonly network: Network;
}): number {
  return loss === "categoricalCrossentropy" ? 1 : outputCount(network);
}

/** The row's loss, summed over the outputs. Must come before their slopes, which replace their inputs. */
export function summedLoss(body: Body, loss: Loss, outputs: Units, targets: Cells): Code {
  const { place, values, slopes } = outputs;
  if (loss !== "categoricalCrossentropy")
    return summed(body, outputs, (j) => {
      const [p, y] = [values.load(j), targets.load(j)];
      const isLogistic = loss === "binaryCrossentropy" && place.activation === "sigmoid";
      return isLogistic ? logisticLoss(body, slopes.load(j), y) : singleLoss(body, loss, p, y);
    });
  if (place.activation === "softmax") return softmaxLoss(body, outputs, targets);
  const sum = body.keep(summed(body, outputs, values.load));
  return summed(body, outputs, (j) =>
    mul(targets.load(j), minusLog(body, clipped(body, div(values.load(j), sum)))),
  );
}

type SingleLoss = Exclude<Loss, "categoricalCrossentropy">;

/** The loss of one output. */
function singleLoss(body: Body, loss: SingleLoss, p: Code, y: Code): Code {
  const difference = body.keep(sub(p, y));
  if (loss === "meanSquaredError") return mul(difference, difference);
  if (loss === "meanAbsoluteError") return f32x4.abs(difference);
  const q = clipped(body, p);
  return add(mul(y, minusLog(body, q)), mul(sub(one, y), minusLog(body, body.keep(sub(one, q)))));
}

function clipped(body: Body, p: Code): Code {
  return body.keep(between(p, CLIP, 1 - CLIP));
}

const LARGEST_LOSS = -Math.log(CLIP);

/**
 * The log loss from the input x of a sigmoid: −y ln p − (1 − y) ln(1 − p) = max(x, 0) − x y + ln(1 + e^−|x|), which keeps its digits
 * where p nears 0 or 1. From |x| = 16.1181 on p is beyond its clip.
 */
function logisticLoss(body: Body, sum: Code, y: Code): Code {
  const x = body.keep(between(sum, -16.1181, 16.1181));
  const small = body.keep(exponential(body, f32x4.neg(f32x4.abs(x))));
  const value = add(sub(f32x4.larger(x, zero), mul(x, y)), logOnePlus(body, small));
  return between(value, CLIP, LARGEST_LOSS);
}

/**
 * Categorical cross-entropy from the inputs x of a softmax: −ln p = m − x + ln(1 + r), where m is the largest x, and r the sum
 * of all other p divided by the largest p. It keeps its digits where p nears 1.
 */
function softmaxLoss(body: Body, outputs: Units, targets: Cells): Code {
  const { values, slopes } = outputs;
  const [largest, others] = [body.local(), body.local()];
  const most = body.keep(combined(body, outputs, Number.NEGATIVE_INFINITY, f32x4.larger, slopes.load));
  body.add(set(largest, zero), set(others, zero));
  outputs.each((j) => {
    body.add(set(others, add(get(others), f32x4.smaller(get(largest), values.load(j)))));
    body.add(set(largest, f32x4.larger(get(largest), values.load(j))));
  });
  const logTotal = body.keep(logOnePlusAny(body, body.keep(div(get(others), get(largest)))));
  return summed(body, outputs, (j) =>
    mul(targets.load(j), between(add(sub(most, slopes.load(j)), logTotal), CLIP, LARGEST_LOSS)),
  );
}

/** The derivatives of the summed loss with respect to the outputs' inputs, times `share`, as outputSlopes() has them. */
export function writeOutputSlopes(body: Body, loss: Loss, outputs: Units, targets: Cells, share: Code): void {
  const { place, slopes, each } = outputs;
  const slope = inputSlope(body, loss, outputs, targets);
  each((j) => body.add(slopes.store(j, mul(slope(j), share))));
  if (place.activation === "softmax" && loss !== "categoricalCrossentropy") writeSoftmaxSlopes(body, outputs);
}

/** The derivative with respect to an output's input; before writeSoftmaxSlopes(), which goes through all at once, to its answer. */
function inputSlope(body: Body, loss: Loss, outputs: Units, targets: Cells): (j: Place) => Code {
  const { values } = outputs;
  const { activation } = outputs.place;
  if (loss === "binaryCrossentropy" && activation === "sigmoid")
    return (j) => sub(values.load(j), targets.load(j));
  if (loss === "categoricalCrossentropy" && activation === "softmax") {
    const all = body.keep(summed(body, outputs, targets.load));
    return (j) => sub(mul(all, values.load(j)), targets.load(j));
  }
  const slope = answerSlope(body, loss, outputs, targets);
  if (activation === "softmax") return slope;
  return (j) => timesSlope(body, activation, slope(j), values.load(j));
}

/** The derivative with respect to an answer. */
function answerSlope(body: Body, loss: Loss, outputs: Units, targets: Cells): (j: Place) => Code {
  const { values } = outputs;
  if (loss !== "categoricalCrossentropy") return (j) => singleSlope(loss, values.load(j), targets.load(j));
  const sum = body.keep(summed(body, outputs, values.load));
  const part = (j: Place): Code => body.keep(div(values.load(j), sum));
  const all = body.keep(summed(body, outputs, (j) => v128.andNot(targets.load(j), isOutside(part(j)))));
  return (j) => {
    const q = part(j);
    return div(sub(all, v128.andNot(div(targets.load(j), q), isOutside(q))), sum);
  };
}

function singleSlope(loss: SingleLoss, p: Code, y: Code): Code {
  if (loss === "meanSquaredError") return mul(v128.float(2), sub(p, y));
  if (loss === "meanAbsoluteError") return signOfDifference(p, y);
  return v128.andNot(div(sub(p, y), mul(p, sub(one, p))), isOutside(p));
}

/** Whether a probability is beyond its clip, which NaN is not. */
function isOutside(p: Code): Code {
  return v128.or(f32x4.atMost(p, v128.float(CLIP)), f32x4.atLeast(p, v128.float(1 - CLIP)));
}
