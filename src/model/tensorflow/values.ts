/**
 * What TensorFlow.js is to a notebook, in declarations of our own: types only, small enough that a cell which imports
 * xorlab is checked at once (the package's own declarations are some 680 files). test/declarationsReal.test.ts holds
 * them against the real ones. Everything else: `import * as tf from "@tensorflow/tfjs"`.
 */

/** The kind of a tensor's numbers. */
export type DataType = keyof DataTypes;
export type NumericDataType = "float32" | "int32" | "bool" | "complex64";

/** How a tensor's values come out, by kind. */
export interface DataTypes {
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
  complex64: Float32Array;
  string: string[];
}

export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Values of a tensor in nested arrays, as many deep as the tensor has axes; of a scalar, the number. */
export type NestedNumbers =
  | number
  | number[]
  | number[][]
  | number[][][]
  | number[][][][]
  | number[][][][][]
  | number[][][][][][];

export interface NestedArray<Value> {
  [index: number]: Value | NestedArray<Value>;
}

/** What can stand for a tensor in an operation: a number, nested arrays, or a typed array. */
export type TensorLike =
  | TypedArray
  | number
  | boolean
  | string
  | NestedArray<number | number[] | TypedArray>
  | NestedArray<boolean>
  | NestedArray<string>
  | Uint8Array[];

export type ScalarLike = number | boolean | string | Uint8Array;
export type TensorLike1D = TypedArray | number[] | boolean[] | string[] | Uint8Array[];
/** Rows, or flat values in row-major order beside a shape. */
export type TensorLike2D = TensorLike1D | number[][] | boolean[][] | string[][] | Uint8Array[][];
export type TensorLike3D = TensorLike1D | number[][][] | boolean[][][] | string[][][];
export type TensorLike4D = TensorLike1D | number[][][][] | boolean[][][][] | string[][][][];

/** A model's or layer's shape; null is the number of rows, which is not fixed. */
export type Shape = (number | null)[];

/** How convolutions and poolings treat the edges. */
export type Padding = "valid" | "same" | number;
export type Rounding = "floor" | "round" | "ceil";
