import { exponential, logarithm } from "../numbers/elementary.js";

/**
 * Activations, each with its derivative beside it. Definitions and constants are those of Keras 3.
 */

/** A function of one unit's input x, and its derivative in terms of x and of the value y = value(x). */
interface ActivationFunction {
  readonly value: (x: number) => number;
  readonly slope: (x: number, y: number) => number;
}

/** How far a leaky ReLU leaks: Keras 3's default for `activation="leaky_relu"`. */
export const LEAK = 0.2;

export const ACTIVATIONS = {
  linear: { value: (x) => x, slope: () => 1 },
  relu: { value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  leakyRelu: { value: (x) => (x > 0 ? x : LEAK * x), slope: (x) => (x > 0 ? 1 : LEAK) },
  elu: { value: (x) => (x > 0 ? x : exponential(x) - 1), slope: (x, y) => (x > 0 ? 1 : y + 1) },
  sigmoid: { value: sigmoid, slope: (_, y) => y * (1 - y) },
  tanh: { value: tangent, slope: (_, y) => 1 - y * y },
  softplus: { value: softplus, slope: sigmoid },
} satisfies Record<string, ActivationFunction>;

/** The name of an activation. */
export type Activation = keyof typeof ACTIVATIONS;
export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as Activation[];

/** What a layer may have: an activation of single units, or softmax over all of them. */
export type LayerActivation = Activation | "softmax";
export const OUTPUT_ACTIVATION_NAMES: readonly LayerActivation[] = [...ACTIVATION_NAMES, "softmax"];

/** 1 / (1 + e⁻ˣ). */
function sigmoid(x: number): number {
  return 1 / (1 + exponential(-x));
}

/** tanh x = 1 − 2 / (e²ˣ + 1). */
function tangent(x: number): number {
  return 1 - 2 / (exponential(2 * x) + 1);
}

/** ln(1 + eˣ), written so that nothing overflows. */
function softplus(x: number): number {
  return Math.max(x, 0) + logarithm(1 + exponential(x > 0 ? -x : x));
}

/**
 * eˣ divided by the sum of all eˣ, into `values`. The largest x is subtracted from each, which changes nothing but that nothing
 * overflows (Goodfellow, Bengio, Courville, Deep Learning, 4.1).
 */
function softmax(sums: ArrayLike<number>, values: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < values.length; j++) largest = Math.max(largest, sums[j]);
  let total = 0;
  for (let j = 0; j < values.length; j++) {
    values[j] = exponential(sums[j] - largest);
    total += values[j];
  }
  for (let j = 0; j < values.length; j++) values[j] /= total;
}

/** A layer's values from its units' inputs; into `values`. */
export function activate(activation: LayerActivation, sums: ArrayLike<number>, values: Float64Array): void {
  if (activation === "softmax") softmax(sums, values);
  else for (let j = 0; j < values.length; j++) values[j] = unitValue(activation, sums[j]);
}

/** A unit's value. V8 compiles the usual ones, named one by one, into the loop, and makes no object of each number. */
function unitValue(activation: Activation, x: number): number {
  if (activation === "relu") return Math.max(x, 0);
  if (activation === "sigmoid") return sigmoid(x);
  return activation === "tanh" ? tangent(x) : ACTIVATIONS[activation].value(x);
}

/** Each unit's own derivative f′(x), into `slopes`; of a softmax p (1 − p), as of a sigmoid. */
export function slopesOf(
  activation: LayerActivation,
  sums: ArrayLike<number>,
  values: ArrayLike<number>,
  slopes: Float64Array,
): void {
  const { slope } = ACTIVATIONS[activation === "softmax" ? "sigmoid" : activation];
  for (let j = 0; j < slopes.length; j++) slopes[j] = slope(sums[j], values[j]);
}

/**
 * From derivatives with respect to a layer's values to those with respect to its units' inputs, in place: times f′(x). A softmax's
 * values depend on all inputs, ∂pₖ/∂xⱼ = pₖ (δⱼₖ − pⱼ), where δⱼₖ is 1 for j = k and else 0.
 */
export function throughActivation(
  activation: LayerActivation,
  sums: Float64Array,
  values: Float64Array,
  slopes: Float64Array,
): void {
  if (activation === "softmax") {
    let mean = 0;
    for (let j = 0; j < values.length; j++) mean += values[j] * slopes[j];
    for (let j = 0; j < values.length; j++) slopes[j] = values[j] * (slopes[j] - mean);
    return;
  }
  const { slope } = ACTIVATIONS[activation];
  for (let j = 0; j < values.length; j++) slopes[j] *= slope(sums[j], values[j]);
}
