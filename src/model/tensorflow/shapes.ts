import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "./tensor.js";
import type { DataType, Padding, Rounding, TensorLike } from "./values.js";

/** Operations that take tensors apart, put them together, and matrix products. */
export interface Shapes {
  /** Matrix product. */
  matMul<T extends Tensor>(
    a: Tensor | TensorLike,
    b: Tensor | TensorLike,
    transposeA?: boolean,
    transposeB?: boolean,
  ): T;
  /** Dot product, or a matrix times a vector. */
  dot(t1: Tensor | TensorLike, t2: Tensor | TensorLike): Tensor;
  /** All products of a value of one vector and a value of the other. */
  outerProduct(v1: Tensor1D | TensorLike, v2: Tensor1D | TensorLike): Tensor2D;
  /** Sums of products by Einstein's notation: einsum("ij,jk->ik", a, b) is the matrix product. */
  einsum(equation: string, ...tensors: Tensor[]): Tensor;
  /** Norm of the values or along the axes: "euclidean" unless given. */
  norm(
    x: Tensor | TensorLike,
    ord?: number | "euclidean" | "fro",
    axis?: number | number[],
    keepDims?: boolean,
  ): Tensor;
  /** The same values in another shape; −1 stands for the length that remains. */
  reshape<T extends Tensor>(x: Tensor | TensorLike, shape: number[]): T;
  /** The values as another kind. */
  cast<T extends Tensor>(x: T | TensorLike, dtype: DataType): T;
  /** With the axes in another order; turned round unless given. */
  transpose<T extends Tensor>(x: T | TensorLike, perm?: number[], conjugate?: boolean): T;
  /** With one more axis, of length 1. */
  expandDims<T extends Tensor>(x: Tensor | TensorLike, axis?: number): T;
  /** Without the axes of length 1. */
  squeeze<T extends Tensor>(x: Tensor | TensorLike, axis?: number[]): T;
  /** The part that begins at these indices and has this size. */
  slice<T extends Tensor>(x: T | TensorLike, begin: number | number[], size?: number | number[]): T;
  /** The rows (or what lies along another axis) with these indices. */
  gather<T extends Tensor>(
    x: T | TensorLike,
    indices: Tensor | TensorLike,
    axis?: number,
    batchDims?: number,
  ): T;
  /** Tensors one after another along the axis; axis 0 unless given. */
  concat<T extends Tensor>(tensors: (T | TensorLike)[], axis?: number): T;
  /** Tensors of one shape along a new axis. */
  stack<T extends Tensor>(tensors: (T | TensorLike)[], axis?: number): Tensor;
  /** One tensor for each index of the axis. */
  unstack(x: Tensor | TensorLike, axis?: number): Tensor[];
  /** Parts along the axis: so many, or of these lengths. */
  split<T extends Tensor>(x: Tensor | TensorLike, numOrSizeSplits: number | number[], axis?: number): T[];
  /** Repeated so often along each axis. */
  tile<T extends Tensor>(x: T | TensorLike, reps: number[]): T;
  /** With a margin before and after each axis. */
  pad<T extends Tensor>(x: T | TensorLike, paddings: [number, number][], constantValue?: number): T;
  /** Backwards along the axes. */
  reverse<T extends Tensor>(x: T | TensorLike, axis?: number | number[]): T;
  /** Repeated to a larger shape. */
  broadcastTo<T extends Tensor>(x: Tensor | TensorLike, shape: number[]): T;
  /** Matrices of the coordinates of a grid. */
  meshgrid<T extends Tensor>(x?: T | TensorLike, y?: T | TensorLike, options?: { indexing?: string }): T[];
  /** The k largest values of each row, and where they are. */
  topk<T extends Tensor>(x: T | TensorLike, k?: number, sorted?: boolean): { values: T; indices: T };
  /** The different values along the axis, and where each value is among them. */
  unique<T extends Tensor>(x: T | TensorLike, axis?: number): { values: T; indices: Tensor1D };
  /** a where the condition is true, else b. */
  where<T extends Tensor>(condition: Tensor | TensorLike, a: T | TensorLike, b: T | TensorLike): T;
  /** The indices at which the condition is true, one row for each. */
  whereAsync(condition: Tensor | TensorLike): Promise<Tensor2D>;
  /** The rows (or what lies along another axis) where the mask is true. */
  booleanMaskAsync(tensor: Tensor | TensorLike, mask: Tensor | TensorLike, axis?: number): Promise<Tensor>;
  /** How often each whole number from 0 to size − 1 occurs, or the sum of its weights. */
  bincount<T extends Tensor1D>(x: T | TensorLike, weights: T | TensorLike, size: number): T;
  /** Values set to 0 at random with this rate, the others scaled up. */
  dropout(x: Tensor | TensorLike, rate: number, noiseShape?: number[], seed?: number | string): Tensor;
  /** Two-dimensional convolution. */
  conv2d<T extends Tensor3D | Tensor4D>(
    x: T | TensorLike,
    filter: Tensor4D | TensorLike,
    strides: [number, number] | number,
    pad: Padding,
    dataFormat?: "NHWC" | "NCHW",
    dilations?: [number, number] | number,
    dimRoundingMode?: Rounding,
  ): T;
  /** The largest value in each window. */
  maxPool<T extends Tensor3D | Tensor4D>(
    x: T | TensorLike,
    filterSize: [number, number] | number,
    strides: [number, number] | number,
    pad: Padding,
    dimRoundingMode?: Rounding,
  ): T;
  /** The mean of each window. */
  avgPool<T extends Tensor3D | Tensor4D>(
    x: T | TensorLike,
    filterSize: [number, number] | number,
    strides: [number, number] | number,
    pad: Padding,
    dimRoundingMode?: Rounding,
  ): T;
}
