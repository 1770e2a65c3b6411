import type { OptimizerSettings } from "../optimizers.js";
import { type Code, f32x4, f64, get, set, v128 } from "./assembler.js";
import type { Body, Cells, Place } from "./body.js";
import { POWERS } from "./layout.js";

const { add, sub, mul, div, sqrt } = f32x4;

/** Updates one weight; averages are the moving averages that averagesUsed() names. */
type Update = (index: Place, gradient: Cells, weights: Cells, averages: readonly Cells[]) => void;

/** The formulas of src/engine/optimizers.ts again, on four lanes; what all weights share is computed first. */
export function optimizerUpdate(body: Body, optimizer: OptimizerSettings, region: Code): Update {
  switch (optimizer.name) {
    case "sgd":
      return gradientDescent(body, optimizer);
    case "rmsprop":
      return rootMeanSquare(body, optimizer);
    case "adam":
      return adaptiveMoments(body, optimizer, region);
    case "adagrad":
      return adaptiveGradient(body, optimizer);
  }
}

type Settings<Name> = Extract<OptimizerSettings, { name: Name }>;

function gradientDescent(body: Body, { learningRate, momentum, nesterov }: Settings<"sgd">): Update {
  const rate = v128.float(learningRate);
  return (i, gradient, weights, [mean]) => {
    const step = body.keep(mul(rate, gradient.load(i)));
    if (momentum === 0) return body.add(weights.store(i, sub(weights.load(i), step)));
    const m = body.keep(sub(mul(v128.float(momentum), mean.load(i)), step));
    body.add(mean.store(i, m));
    body.add(weights.store(i, add(weights.load(i), nesterov ? sub(mul(v128.float(momentum), m), step) : m)));
  };
}

function rootMeanSquare(body: Body, { learningRate, rho, momentum, epsilon }: Settings<"rmsprop">): Update {
  return (i, gradient, weights, [square, mean]) => {
    const g = body.keep(gradient.load(i));
    const v = body.keep(add(mul(v128.float(rho), square.load(i)), mul(v128.float(1 - rho), mul(g, g))));
    body.add(square.store(i, v));
    let step: Code = div(mul(v128.float(learningRate), g), sqrt(add(v, v128.float(epsilon))));
    if (momentum !== 0) {
      step = body.keep(add(mul(v128.float(momentum), mean.load(i)), step));
      body.add(mean.store(i, step));
    }
    body.add(weights.store(i, sub(weights.load(i), step)));
  };
}

function adaptiveMoments(
  body: Body,
  { learningRate, beta1, beta2, epsilon }: Settings<"adam">,
  region: Code,
): Update {
  const powers = [body.local("f64"), body.local("f64")];
  powers.forEach((power, i) => {
    const address = POWERS + 8 * i;
    body.add(set(power, f64.mul(f64.load(region, address), f64.const(i === 0 ? beta1 : beta2))));
    body.add(f64.store(region, address, get(power)));
  });
  const [left1, left2] = powers.map((power) => f64.sub(f64.const(1), get(power)));
  const rate = body.keep(
    f32x4.splat(f64.demote(f64.div(f64.mul(f64.const(learningRate), f64.sqrt(left2)), left1))),
  );
  return (i, gradient, weights, [mean, square]) => {
    const g = body.keep(gradient.load(i));
    const m = body.keep(add(mean.load(i), mul(v128.float(1 - beta1), sub(g, mean.load(i)))));
    const v = body.keep(add(square.load(i), mul(v128.float(1 - beta2), sub(mul(g, g), square.load(i)))));
    body.add(mean.store(i, m), square.store(i, v));
    body.add(weights.store(i, sub(weights.load(i), div(mul(rate, m), add(sqrt(v), v128.float(epsilon))))));
  };
}

function adaptiveGradient(body: Body, { learningRate, epsilon }: Settings<"adagrad">): Update {
  return (i, gradient, weights, [square]) => {
    const g = body.keep(gradient.load(i));
    const v = body.keep(add(square.load(i), mul(g, g)));
    body.add(square.store(i, v));
    body.add(
      weights.store(
        i,
        sub(weights.load(i), div(mul(v128.float(learningRate), g), sqrt(add(v, v128.float(epsilon))))),
      ),
    );
  };
}
