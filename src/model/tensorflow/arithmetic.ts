import type { Tensor } from "./tensor.js";
import type { TensorLike } from "./values.js";

/** Functions of two tensors, value by value, and sums along axes. */
export interface Arithmetic {
  /** Sum, value by value; shapes are broadcast. */
  add<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Difference a − b, value by value. */
  sub<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Product, value by value. The matrix product is matMul. */
  mul<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Quotient a / b, value by value. */
  div<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Quotient a / b, and 0 where b is 0. */
  divNoNan<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Quotient, rounded down. */
  floorDiv<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Remainder of a / b. */
  mod<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** a to the power of b. */
  pow<T extends Tensor>(base: Tensor | TensorLike, exp: Tensor | TensorLike): T;
  /** The larger of the two, value by value. */
  maximum<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** The smaller of the two, value by value. */
  minimum<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** (a − b)², value by value. */
  squaredDifference<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Angle of the point (b, a), in radians. */
  atan2<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a = b. */
  equal<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a ≠ b. */
  notEqual<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a < b. */
  less<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a ≤ b. */
  lessEqual<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a > b. */
  greater<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where a ≥ b. */
  greaterEqual<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where both are true (of kind bool). */
  logicalAnd<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where one of them is true (of kind bool). */
  logicalOr<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** 1 where exactly one of them is true (of kind bool). */
  logicalXor<T extends Tensor>(a: Tensor | TensorLike, b: Tensor | TensorLike): T;
  /** Sum along the axes; of all values unless given. */
  sum<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Mean along the axes; of all values unless given. */
  mean<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Largest value along the axes; of all unless given. */
  max<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Smallest value along the axes; of all unless given. */
  min<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Product along the axes; of all values unless given. */
  prod<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Whether all are true, along the axes (of kind bool). */
  all<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Whether one is true, along the axes (of kind bool). */
  any<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** ln Σ eˣ along the axes, without overflow. */
  logSumExp<T extends Tensor>(x: Tensor | TensorLike, axis?: number | number[], keepDims?: boolean): T;
  /** Sum of several tensors of one shape. */
  addN<T extends Tensor>(tensors: (T | TensorLike)[]): T;
  /** Index of the largest value along the axis; axis 0 unless given. */
  argMax<T extends Tensor>(x: Tensor | TensorLike, axis?: number): T;
  /** Index of the smallest value along the axis; axis 0 unless given. */
  argMin<T extends Tensor>(x: Tensor | TensorLike, axis?: number): T;
  /** Mean and variance along the axes; of all values unless given. */
  moments(
    x: Tensor | TensorLike,
    axis?: number | number[],
    keepDims?: boolean,
  ): { mean: Tensor; variance: Tensor };
  /** Running sums along the axis. */
  cumsum<T extends Tensor>(x: Tensor | TensorLike, axis?: number, exclusive?: boolean, reverse?: boolean): T;
  /** Running products along the axis. */
  cumprod<T extends Tensor>(x: Tensor | TensorLike, axis?: number, exclusive?: boolean, reverse?: boolean): T;
}
