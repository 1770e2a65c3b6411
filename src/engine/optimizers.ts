/**
 * The optimizers, with the formulas and defaults of Keras 3. g is the batch's mean gradient, w the weights.
 */
export const OPTIMIZERS = {
  sgd: { learningRate: 0.01, momentum: 0, nesterov: false },
  rmsprop: { learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7 },
  adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  adagrad: { learningRate: 0.001, initialAccumulator: 0.1, epsilon: 1e-7 },
} as const;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof OPTIMIZERS;
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];

type Widened<T> = { readonly [Key in keyof T]: T[Key] extends boolean ? boolean : number };

/** An optimizer with all its numbers. */
export type OptimizerSettings = {
  [Name in OptimizerName]: { readonly name: Name } & Widened<(typeof OPTIMIZERS)[Name]>;
}[OptimizerName];

type Step = (weights: Float64Array, gradient: Float64Array) => void;

/** Makes the function that takes one step; it keeps the moving averages of `count` weights. */
export function optimizerStep(settings: OptimizerSettings, count: number): Step {
  switch (settings.name) {
    case "sgd":
      return settings.momentum === 0 ? descent(settings) : momentumDescent(settings, count);
    case "rmsprop":
      return rootMeanSquare(settings, count);
    case "adam":
      return adaptiveMoments(settings, count);
    case "adagrad":
      return adaptiveGradient(settings, count);
  }
}

type Settings<Name extends OptimizerName> = Extract<OptimizerSettings, { name: Name }>;

/** w −= η g */
function descent({ learningRate }: Settings<"sgd">): Step {
  return (w, g) => {
    for (let i = 0; i < w.length; i++) w[i] -= learningRate * g[i];
  };
}

/** m = μ m − η g; then w += m, or with Nesterov w += μ m − η g with the new m. */
function momentumDescent({ learningRate, momentum, nesterov }: Settings<"sgd">, count: number): Step {
  const m = new Float64Array(count);
  return (w, g) => {
    for (let i = 0; i < w.length; i++) {
      m[i] = momentum * m[i] - learningRate * g[i];
      w[i] += nesterov ? momentum * m[i] - learningRate * g[i] : m[i];
    }
  };
}

/** v = ρ v + (1 − ρ) g²; step = η g / √(v + ε); with momentum m = μ m + step, w −= m, else w −= step. */
function rootMeanSquare({ learningRate, rho, momentum, epsilon }: Settings<"rmsprop">, count: number): Step {
  const v = new Float64Array(count);
  const m = new Float64Array(momentum === 0 ? 0 : count);
  return (w, g) => {
    for (let i = 0; i < w.length; i++) {
      v[i] = rho * v[i] + (1 - rho) * g[i] * g[i];
      const step = (learningRate * g[i]) / Math.sqrt(v[i] + epsilon);
      if (momentum === 0) w[i] -= step;
      else {
        m[i] = momentum * m[i] + step;
        w[i] -= m[i];
      }
    }
  };
}

/** m += (1 − β₁)(g − m); v += (1 − β₂)(g² − v); w −= η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), t counted from 1. */
function adaptiveMoments({ learningRate, beta1, beta2, epsilon }: Settings<"adam">, count: number): Step {
  const m = new Float64Array(count);
  const v = new Float64Array(count);
  let power1 = 1; // β₁ᵗ
  let power2 = 1; // β₂ᵗ
  return (w, g) => {
    power1 *= beta1;
    power2 *= beta2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    for (let i = 0; i < w.length; i++) {
      m[i] += (1 - beta1) * (g[i] - m[i]);
      v[i] += (1 - beta2) * (g[i] * g[i] - v[i]);
      w[i] -= (rate * m[i]) / (Math.sqrt(v[i]) + epsilon);
    }
  };
}

/** v += g², from the initial accumulator; w −= η g / √(v + ε). */
function adaptiveGradient(
  { learningRate, initialAccumulator, epsilon }: Settings<"adagrad">,
  count: number,
): Step {
  const v = new Float64Array(count).fill(initialAccumulator);
  return (w, g) => {
    for (let i = 0; i < w.length; i++) {
      v[i] += g[i] * g[i];
      w[i] -= (learningRate * g[i]) / Math.sqrt(v[i] + epsilon);
    }
  };
}
