import type {
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorBuffer,
  Variable,
} from "./tensor.js";
import type {
  DataType,
  DataTypes,
  NestedNumbers,
  ScalarLike,
  TensorLike,
  TensorLike1D,
  TensorLike2D,
  TensorLike3D,
  TensorLike4D,
} from "./values.js";

/** How tensors are made. */
export interface Creation {
  /** A tensor of nested arrays, or of flat values and a shape. */
  tensor<T extends Tensor>(values: TensorLike, shape?: number[], dtype?: DataType): T;
  /** A tensor of one value. */
  scalar(value: ScalarLike, dtype?: DataType): Scalar;
  tensor1d(values: TensorLike1D, dtype?: DataType): Tensor1D;
  /** A matrix of rows, or of flat values and a shape. */
  tensor2d(values: TensorLike2D, shape?: [number, number], dtype?: DataType): Tensor2D;
  tensor3d(values: TensorLike3D, shape?: [number, number, number], dtype?: DataType): Tensor3D;
  tensor4d(values: TensorLike4D, shape?: [number, number, number, number], dtype?: DataType): Tensor4D;
  /** A variable that starts with these values: what an optimizer trains. */
  variable<Nested extends NestedNumbers>(
    initialValue: Tensor<Nested>,
    trainable?: boolean,
    name?: string,
    dtype?: DataType,
  ): Variable<Nested>;
  /** Values that can be set one by one; toTensor() makes a tensor of them. */
  buffer<Kind extends DataType = "float32">(
    shape: number[],
    dtype?: Kind,
    values?: DataTypes[Kind],
  ): TensorBuffer<Kind>;
  zeros<T extends Tensor>(shape: number[], dtype?: DataType): T;
  ones<T extends Tensor>(shape: number[], dtype?: DataType): T;
  /** One value everywhere. */
  fill<T extends Tensor>(shape: number[], value: number | string, dtype?: DataType): T;
  /** Ones on the diagonal. */
  eye(
    numRows: number,
    numColumns?: number,
    batchShape?: [number] | [number, number],
    dtype?: DataType,
  ): Tensor2D;
  /** Whole steps from start up to, but without, stop. */
  range(start: number, stop: number, step?: number, dtype?: "float32" | "int32"): Tensor1D;
  /** So many values, evenly from start to stop, both included. */
  linspace(start: number, stop: number, num: number): Tensor1D;
  /** Indices as rows of zeros with a one. */
  oneHot(
    indices: Tensor | TensorLike,
    depth: number,
    onValue?: number,
    offValue?: number,
    dtype?: DataType,
  ): Tensor;
  /** Normally distributed; mean 0, deviation 1 unless given. Repeats only with a seed. */
  randomNormal<T extends Tensor>(
    shape: number[],
    mean?: number,
    stdDev?: number,
    dtype?: "float32" | "int32",
    seed?: number,
  ): T;
  /** Normally distributed within two deviations. Repeats only with a seed. */
  truncatedNormal<T extends Tensor>(
    shape: number[],
    mean?: number,
    stdDev?: number,
    dtype?: "float32" | "int32",
    seed?: number,
  ): T;
  /** Evenly distributed in [minval, maxval), 0 to 1 unless given. Repeats only with a seed. */
  randomUniform<T extends Tensor>(
    shape: number[],
    minval?: number,
    maxval?: number,
    dtype?: DataType,
    seed?: number | string,
  ): T;
  /** Whole numbers in [minval, maxval). Repeats only with a seed. */
  randomUniformInt<T extends Tensor>(
    shape: number[],
    minval: number,
    maxval: number,
    seed?: number | string,
  ): T;
  /** Each value by a function of your own. */
  rand<T extends Tensor>(shape: number[], randFunction: () => number, dtype?: DataType): T;
  /** Indices of so many draws from each row's distribution. Repeats only with a seed. */
  multinomial(
    logits: Tensor1D | Tensor2D | TensorLike,
    numSamples: number,
    seed?: number,
    normalized?: boolean,
  ): Tensor1D | Tensor2D;
  clone<T extends Tensor>(x: T | TensorLike): T;
  /** A matrix with these values on its diagonal. */
  diag(x: Tensor): Tensor;
  /** Prints the values. `verbose` adds kind, rank and shape. */
  print<T extends Tensor>(x: T, verbose?: boolean): void;
}
