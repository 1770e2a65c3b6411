import type { Tensor } from "./tensor.js";
import type { TensorLike } from "./values.js";

/** Functions of one tensor, value by value. */
export interface Elementwise {
  /** Absolute values. */
  abs<T extends Tensor>(x: T | TensorLike): T;
  /** Each value with its sign turned. */
  neg<T extends Tensor>(x: T | TensorLike): T;
  /** −1, 0 or 1 by the sign. */
  sign<T extends Tensor>(x: T | TensorLike): T;
  /** Each value times itself. */
  square<T extends Tensor>(x: T | TensorLike): T;
  /** Square roots. */
  sqrt<T extends Tensor>(x: T | TensorLike): T;
  /** 1 / √x. */
  rsqrt<T extends Tensor>(x: T | TensorLike): T;
  /** 1 / x. */
  reciprocal<T extends Tensor>(x: T | TensorLike): T;
  /** eˣ. */
  exp<T extends Tensor>(x: T | TensorLike): T;
  /** eˣ − 1, exact for small x. */
  expm1<T extends Tensor>(x: T | TensorLike): T;
  /** Natural logarithms. */
  log<T extends Tensor>(x: T | TensorLike): T;
  /** ln(1 + x), exact for small x. */
  log1p<T extends Tensor>(x: T | TensorLike): T;
  /** Rounded up. */
  ceil<T extends Tensor>(x: T | TensorLike): T;
  /** Rounded down. */
  floor<T extends Tensor>(x: T | TensorLike): T;
  /** Rounded to the nearest whole number, halves to the even one. */
  round<T extends Tensor>(x: T | TensorLike): T;
  /** Sines, of radians. */
  sin<T extends Tensor>(x: T | TensorLike): T;
  /** Cosines, of radians. */
  cos<T extends Tensor>(x: T | TensorLike): T;
  /** Tangents, of radians. */
  tan<T extends Tensor>(x: T | TensorLike): T;
  /** Arc sines, in radians. */
  asin<T extends Tensor>(x: T | TensorLike): T;
  /** Arc cosines, in radians. */
  acos<T extends Tensor>(x: T | TensorLike): T;
  /** Arc tangents, in radians. */
  atan<T extends Tensor>(x: T | TensorLike): T;
  /** Hyperbolic sines. */
  sinh<T extends Tensor>(x: T | TensorLike): T;
  /** Hyperbolic cosines. */
  cosh<T extends Tensor>(x: T | TensorLike): T;
  /** Inverse hyperbolic sines. */
  asinh<T extends Tensor>(x: T | TensorLike): T;
  /** Inverse hyperbolic cosines. */
  acosh<T extends Tensor>(x: T | TensorLike): T;
  /** Inverse hyperbolic tangents. */
  atanh<T extends Tensor>(x: T | TensorLike): T;
  /** Hyperbolic tangents, the activation: values in (−1, 1). */
  tanh<T extends Tensor>(x: T | TensorLike): T;
  /** 1 / (1 + e⁻ˣ), the activation: values in (0, 1). */
  sigmoid<T extends Tensor>(x: T | TensorLike): T;
  /** ln(sigmoid(x)), exact for large negative x. */
  logSigmoid<T extends Tensor>(x: T | TensorLike): T;
  /** ln(1 + eˣ), the activation: a smooth ReLU. */
  softplus<T extends Tensor>(x: T | TensorLike): T;
  /** The error function, (2 / √π) ∫₀ˣ exp(−t²) dt. */
  erf<T extends Tensor>(x: T | TensorLike): T;
  /** 1 where the value is not a number. */
  isNaN<T extends Tensor>(x: T | TensorLike): T;
  /** 1 where the value is infinite. */
  isInf<T extends Tensor>(x: T | TensorLike): T;
  /** 1 where the value is finite. */
  isFinite<T extends Tensor>(x: T | TensorLike): T;
  /** Zeros in the same shape. */
  zerosLike<T extends Tensor>(x: T | TensorLike): T;
  /** Ones in the same shape. */
  onesLike<T extends Tensor>(x: T | TensorLike): T;
  /** max(x, 0), the activation. */
  relu<T extends Tensor>(x: T | TensorLike): T;
  /** min(max(x, 0), 6). */
  relu6<T extends Tensor>(x: T | TensorLike): T;
  /** x where positive, else eˣ − 1. */
  elu<T extends Tensor>(x: T | TensorLike): T;
  /** The scaled ELU of self-normalizing networks. */
  selu<T extends Tensor>(x: T | TensorLike): T;
  /** 1 where the value is 0 (of kind bool). */
  logicalNot<T extends Tensor>(x: T | TensorLike): T;
  /** x where positive, else alpha · x; alpha 0.2 unless given. */
  leakyRelu<T extends Tensor>(x: T | TensorLike, alpha?: number): T;
  /** x where positive, else alpha · x, with a tensor of alphas. */
  prelu<T extends Tensor>(x: T | TensorLike, alpha: T | TensorLike): T;
  /** 0 for negative x, else 1 (alpha · x below 0, if given). */
  step<T extends Tensor>(x: T | TensorLike, alpha?: number): T;
  /** Values kept within [min, max]. */
  clipByValue<T extends Tensor>(x: T | TensorLike, clipValueMin: number, clipValueMax: number): T;
  /** eˣ / Σ eˣ along the last axis: probabilities. */
  softmax<T extends Tensor>(logits: T | TensorLike, dim?: number): T;
  /** ln(softmax(x)), exact for very unlike values. */
  logSoftmax<T extends Tensor>(logits: T | TensorLike, axis?: number): T;
}
