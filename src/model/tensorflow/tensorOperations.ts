import type { ChainedArithmetic } from "./chainedArithmetic.js";
import type { ChainedElementwise } from "./chainedElementwise.js";
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "./tensor.js";
import type { DataType, TensorLike } from "./values.js";

/** What can be called on a tensor: the operations of `tf`, with the tensor as their first argument. */
export interface TensorOperations extends ChainedElementwise, ChainedArithmetic {
  /** Matrix product. */
  matMul(b: Tensor | TensorLike, transposeA?: boolean, transposeB?: boolean): Tensor;
  /** Dot product, or a matrix times a vector. */
  dot(b: Tensor | TensorLike): Tensor;
  /** Norm of the values or along the axes: "euclidean" unless given. */
  norm(ord?: number | "euclidean" | "fro", axis?: number | number[], keepDims?: boolean): Tensor;
  /** The same values in another shape; −1 stands for the length that remains. */
  reshape<T extends Tensor>(shape: number[]): T;
  /** The same values in the shape of another tensor. */
  reshapeAs<T extends Tensor>(x: T): T;
  /** The same values in one axis. */
  flatten(): Tensor1D;
  /** The one value as a scalar. */
  asScalar(): Scalar;
  as1D(): Tensor1D;
  as2D(rows: number, columns: number): Tensor2D;
  as3D(rows: number, columns: number, depth: number): Tensor3D;
  as4D(rows: number, columns: number, depth: number, depth2: number): Tensor4D;
  /** The values as another kind. */
  cast<T extends Tensor>(dtype: DataType): T;
  /** The values as another kind. */
  asType<T extends Tensor>(this: T, dtype: DataType): T;
  toFloat<T extends Tensor>(this: T): T;
  toInt<T extends Tensor>(this: T): T;
  toBool<T extends Tensor>(this: T): T;
  /** With its axes in another order; turned round unless given. */
  transpose<T extends Tensor>(perm?: number[]): T;
  /** With one more axis, of length 1. */
  expandDims<T extends Tensor>(axis?: number): T;
  /** Without the axes of length 1. */
  squeeze<T extends Tensor>(axis?: number[]): T;
  /** The part that begins at these indices and has this size. */
  slice<T extends Tensor>(this: T, begin: number | number[], size?: number | number[]): T;
  /** The rows (or what lies along another axis) with these indices. */
  gather<T extends Tensor>(this: T, indices: Tensor | TensorLike, axis?: number, batchDims?: number): T;
  /** Followed by other tensors along the axis. */
  concat<T extends Tensor>(tensors: T | (T | TensorLike)[], axis?: number): T;
  /** With other tensors along a new axis. */
  stack<T extends Tensor>(x: Tensor | Tensor[], axis?: number): T;
  /** One tensor for each index of the axis. */
  unstack<T extends Tensor>(axis?: number): T[];
  /** In parts along the axis: so many, or of these lengths. */
  split<T extends Tensor>(numOrSizeSplits: number | number[], axis?: number): T[];
  /** Repeated so often along each axis. */
  tile<T extends Tensor>(reps: number[]): T;
  /** With a margin before and after each axis. */
  pad<T extends Tensor>(paddings: [number, number][], constantValue?: number): T;
  /** Backwards along the axes. */
  reverse<T extends Tensor>(this: T, axis?: number | number[]): T;
  /** Repeated to a larger shape. */
  broadcastTo(shape: number[]): Tensor;
  /** The k largest values of each row, and where they are. */
  topk<T extends Tensor>(this: T, k?: number, sorted?: boolean): { values: T; indices: T };
  /** The different values along the axis, and where each value is among them. */
  unique<T extends Tensor>(this: T, axis?: number): { values: T; indices: T };
  /** Its values where the condition is true, else those of x. */
  where<T extends Tensor>(condition: Tensor | TensorLike, x: Tensor | TensorLike): T;
  /** Indices as rows of zeros with a one. */
  oneHot(depth: number, onValue: number, offValue: number): Tensor;
}
