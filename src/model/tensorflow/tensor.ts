import type { TensorOperations } from "./tensorOperations.js";
import type { DataType, DataTypes, NestedNumbers, NumericDataType } from "./values.js";

/** A tensor as models take it: of `tf` here, or of "@tensorflow/tfjs" itself. */
export interface AnyTensor {
  readonly id: number;
  /** Length along each axis: `[rows, columns]` of a matrix, `[]` of a scalar. */
  readonly shape: number[];
  /** How many numbers there are: the product of the shape. */
  readonly size: number;
  readonly dtype: DataType;
  /** How many axes there are. */
  readonly rank: number;
  readonly strides: number[];
  readonly isDisposed: boolean;
  /** The values in one flat typed array, row by row; waits for them. */
  dataSync(): DataTypes[DataType];
  /** Frees the memory; the tensor cannot be used any more. */
  dispose(): void;
}

/**
 * An immutable array of numbers with a shape. Its memory is freed by dispose(), or at the end of the tf.tidy() it was
 * made in.
 */
export interface Tensor<Nested = NestedNumbers> extends AnyTensor, TensorOperations {
  /** The values as nested arrays, once they are computed. */
  array(): Promise<Nested>;
  /** The values as nested arrays; waits for them. */
  arraySync(): Nested;
  /** The values in one flat typed array, row by row, once they are computed. */
  data<Kind extends DataType = NumericDataType>(): Promise<DataTypes[Kind]>;
  /** The values in one flat typed array, row by row; waits for them. */
  dataSync<Kind extends DataType = NumericDataType>(): DataTypes[Kind];
  /** The values' bytes. */
  bytes(): Promise<Uint8Array[] | Uint8Array>;
  /** A copy in which single values can be changed; its toTensor() makes a tensor again. */
  buffer<Kind extends DataType = "float32">(): Promise<TensorBuffer<Kind>>;
  /** Like buffer(); waits for the values. */
  bufferSync<Kind extends DataType = "float32">(): TensorBuffer<Kind>;
  throwIfDisposed(): void;
  /** Prints the values. `verbose` adds kind, rank and shape. */
  print(verbose?: boolean): void;
  toString(verbose?: boolean): string;
  /** The same values as another tensor, to be disposed of on its own. */
  clone<T extends Tensor>(this: T): T;
  /** A variable that starts with these values. */
  variable(trainable?: boolean, name?: string, dtype?: DataType): Variable<Nested>;
}

/** A tensor of one number. */
export interface Scalar extends Tensor<number> {}
export interface Tensor1D extends Tensor<number[]> {
  readonly shape: [number];
}
/** A matrix: rows by columns. */
export interface Tensor2D extends Tensor<number[][]> {
  readonly shape: [number, number];
}
export interface Tensor3D extends Tensor<number[][][]> {
  readonly shape: [number, number, number];
}
export interface Tensor4D extends Tensor<number[][][][]> {
  readonly shape: [number, number, number, number];
}

/** A tensor whose values can be replaced: what an optimizer trains. */
export interface Variable<Nested = NestedNumbers> extends Tensor<Nested> {
  trainable: boolean;
  name: string;
  /** Replaces the values; the shape must be the same. */
  assign(newValue: Tensor<Nested>): void;
}

/** Values on the way to a tensor. */
export interface TensorBuffer<Kind extends DataType = "float32"> {
  readonly dtype: Kind;
  readonly size: number;
  readonly shape: number[];
  /** All values, row by row. */
  readonly values: DataTypes[Kind];
  /** Puts a value at these indices, one for each axis. */
  set(value: number | boolean | string, ...indices: number[]): void;
  /** The value at these indices. */
  get(...indices: number[]): number | boolean | string;
  toTensor(): Tensor;
}

/** Tensors by name, such as gradients by variable. */
export interface NamedTensors {
  [name: string]: Tensor;
}

/** Tensors by the name of the input or output. */
export interface NamedInputs {
  [name: string]: AnyTensor;
}

/** What tf.tidy() and tf.dispose() look into for tensors. */
export type TensorContainer =
  // biome-ignore lint/suspicious/noConfusingVoidType: tidy() also takes functions that return nothing
  | void
  | AnyTensor
  | string
  | number
  | boolean
  | TensorContainerObject
  | TensorContainerArray
  | Float32Array
  | Int32Array
  | Uint8Array;
export interface TensorContainerObject {
  [name: string]: TensorContainer;
}
export interface TensorContainerArray extends Array<TensorContainer> {}
