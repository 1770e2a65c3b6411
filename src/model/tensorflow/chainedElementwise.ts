import type { Tensor } from "./tensor.js";
import type { TensorLike } from "./values.js";

/** Functions of the tensor they are called on, value by value. */
export interface ChainedElementwise {
  /** Absolute values. */
  abs<T extends Tensor>(this: T): T;
  /** Each value with its sign turned. */
  neg<T extends Tensor>(this: T): T;
  /** −1, 0 or 1 by the sign. */
  sign<T extends Tensor>(this: T): T;
  /** Each value times itself. */
  square<T extends Tensor>(this: T): T;
  /** Square roots. */
  sqrt<T extends Tensor>(this: T): T;
  /** 1 / √x. */
  rsqrt<T extends Tensor>(this: T): T;
  /** 1 / x. */
  reciprocal<T extends Tensor>(this: T): T;
  /** eˣ. */
  exp<T extends Tensor>(this: T): T;
  /** eˣ − 1, exact for small x. */
  expm1<T extends Tensor>(this: T): T;
  /** Natural logarithms. */
  log<T extends Tensor>(this: T): T;
  /** ln(1 + x), exact for small x. */
  log1p<T extends Tensor>(this: T): T;
  /** Rounded up. */
  ceil<T extends Tensor>(this: T): T;
  /** Rounded down. */
  floor<T extends Tensor>(this: T): T;
  /** Rounded to the nearest whole number, halves to the even one. */
  round<T extends Tensor>(this: T): T;
  /** Sines, of radians. */
  sin<T extends Tensor>(this: T): T;
  /** Cosines, of radians. */
  cos<T extends Tensor>(this: T): T;
  /** Tangents, of radians. */
  tan<T extends Tensor>(this: T): T;
  /** Arc sines, in radians. */
  asin<T extends Tensor>(this: T): T;
  /** Arc cosines, in radians. */
  acos<T extends Tensor>(this: T): T;
  /** Arc tangents, in radians. */
  atan<T extends Tensor>(this: T): T;
  /** Hyperbolic sines. */
  sinh<T extends Tensor>(this: T): T;
  /** Hyperbolic cosines. */
  cosh<T extends Tensor>(this: T): T;
  /** Inverse hyperbolic sines. */
  asinh<T extends Tensor>(this: T): T;
  /** Inverse hyperbolic cosines. */
  acosh<T extends Tensor>(this: T): T;
  /** Inverse hyperbolic tangents. */
  atanh<T extends Tensor>(this: T): T;
  /** Hyperbolic tangents, the activation: values in (−1, 1). */
  tanh<T extends Tensor>(this: T): T;
  /** 1 / (1 + e⁻ˣ), the activation: values in (0, 1). */
  sigmoid<T extends Tensor>(this: T): T;
  /** ln(sigmoid(x)), exact for large negative x. */
  logSigmoid<T extends Tensor>(this: T): T;
  /** ln(1 + eˣ), the activation: a smooth ReLU. */
  softplus<T extends Tensor>(this: T): T;
  /** The error function, (2 / √π) ∫₀ˣ exp(−t²) dt. */
  erf<T extends Tensor>(this: T): T;
  /** 1 where the value is not a number. */
  isNaN<T extends Tensor>(this: T): T;
  /** 1 where the value is infinite. */
  isInf<T extends Tensor>(this: T): T;
  /** 1 where the value is finite. */
  isFinite<T extends Tensor>(this: T): T;
  /** Zeros in the same shape. */
  zerosLike<T extends Tensor>(this: T): T;
  /** Ones in the same shape. */
  onesLike<T extends Tensor>(this: T): T;
  /** max(x, 0), the activation. */
  relu<T extends Tensor>(): T;
  /** min(max(x, 0), 6). */
  relu6<T extends Tensor>(): T;
  /** x where positive, else eˣ − 1. */
  elu<T extends Tensor>(): T;
  /** The scaled ELU of self-normalizing networks. */
  selu<T extends Tensor>(): T;
  /** 1 where the value is 0 (of kind bool). */
  logicalNot<T extends Tensor>(): T;
  /** x where positive, else alpha · x. */
  leakyRelu<T extends Tensor>(alpha: number): T;
  /** x where positive, else alpha · x, with a tensor of alphas. */
  prelu<T extends Tensor>(alpha: T | TensorLike): T;
  /** 0 for negative x, else 1 (alpha · x below 0, if given). */
  step<T extends Tensor>(this: T, alpha?: number): T;
  /** Values kept within [min, max]. */
  clipByValue(min: number, max: number): Tensor;
  /** eˣ / Σ eˣ along the last axis: probabilities. */
  softmax<T extends Tensor>(this: T, dim?: number): T;
  /** ln(softmax(x)), exact for very unlike values. */
  logSoftmax<T extends Tensor>(this: T, axis?: number): T;
}
