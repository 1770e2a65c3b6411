import { exponential, logarithm } from "../numbers/elementary.js";

/**
 * Activations and losses, each with its derivative beside it. Definitions and constants are those of Keras 3.
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

/** The activation as a pair of functions. */
export function activationFunction(name: Activation): ActivationFunction {
  return ACTIVATIONS[name];
}

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

/** A loss of one prediction p for one target y, and its derivative with respect to p. */
interface LossFunction {
  readonly value: (p: number, y: number) => number;
  readonly slope: (p: number, y: number) => number;
}

/** Probabilities are kept this far from 0 and 1, as in Keras, so that no logarithm is infinite. */
export const CLIP = 1e-7;

export const LOSSES = {
  /** Log loss in nats: −y ln p − (1 − y) ln(1 − p). */
  binaryCrossentropy: {
    value: (p, y) =>
      y === 1 ? -logarithm(clipped(p)) : y === 0 ? -logarithm(1 - clipped(p)) : mixedLogLoss(p, y),
    slope: (p, y) => (p < CLIP || p > 1 - CLIP ? 0 : (p - y) / (p * (1 - p))),
  },
  meanSquaredError: { value: (p, y) => (p - y) * (p - y), slope: (p, y) => 2 * (p - y) },
} satisfies Record<string, LossFunction>;

/** The name of a loss. */
export type Loss = keyof typeof LOSSES;
export const LOSS_NAMES = Object.keys(LOSSES) as Loss[];

/** The loss as a pair of functions. */
export function lossFunction(name: Loss): LossFunction {
  return LOSSES[name];
}

function mixedLogLoss(p: number, y: number): number {
  return -y * logarithm(clipped(p)) - (1 - y) * logarithm(1 - clipped(p));
}

function clipped(p: number): number {
  return p < CLIP ? CLIP : Math.min(p, 1 - CLIP);
}

/**
 * The derivative of the loss with respect to the *input* of the output unit.
 *
 * For log loss behind a sigmoid it is simply p − y (Goodfellow, Bengio, Courville, Deep Learning, 6.2.2.2), which
 * stays exact where p rounds to 0 or 1.
 */
export function outputSlope(loss: Loss, activation: Activation): (x: number, p: number, y: number) => number {
  if (loss === "binaryCrossentropy" && activation === "sigmoid") return (_, p, y) => p - y;
  const outer = LOSSES[loss].slope;
  const inner = activationFunction(activation).slope;
  return (x, p, y) => outer(p, y) * inner(x, p);
}

/** Whether a prediction is accurate in Keras's sense: on the same side of ½ as its target. */
export function isAccurate(prediction: number, target: number): boolean {
  return prediction > 0.5 === target > 0.5;
}
