import type { NamedTensors, Scalar, Tensor, TensorContainer, Variable } from "./tensor.js";
import type { TensorLike } from "./values.js";

/** What tensors hold of the memory. */
export interface MemoryInfo {
  numBytes: number;
  /** How many tensors exist; it grows where tensors are forgotten. */
  numTensors: number;
  numDataBuffers: number;
  unreliable?: boolean;
  reasons: string[];
}

/** TensorFlow.js's settings. */
export interface Environment {
  get(flag: string): number | boolean | string;
  getBool(flag: string): boolean;
  getNumber(flag: string): number;
  set(flag: string, value: number | boolean | string): void;
  getFlags(): { [flag: string]: number | boolean | string };
}

/** The one place that all tensors of a process live in. */
export interface Engine {
  readonly backendName: string;
  memory(): MemoryInfo;
  /** Begins a scope: what is made until endScope() is freed there. */
  startScope(name?: string): void;
  endScope(result?: TensorContainer): void;
  /** Forgets all tensors. */
  reset(): void;
}

/** Memory, backends and gradients. */
export interface Workings {
  /** Runs the function and frees all tensors it made, except those it returns. */
  tidy<T extends TensorContainer>(name: string | (() => T), run?: () => T): T;
  /** Frees a tensor, or all within an array or object. */
  dispose(container: TensorContainer): void;
  /** Keeps a tensor beyond the tidy() it was made in. */
  keep<T extends Tensor>(result: T): T;
  /** How many tensors there are, and their bytes. */
  memory(): MemoryInfo;
  /** How long the function takes, in milliseconds. */
  time(run: () => void): Promise<{ wallMs: number; kernelMs: number | { error: string } }>;
  disposeVariables(): void;
  engine(): Engine;
  env(): Environment;
  /** Settles when the backend is ready. */
  ready(): Promise<void>;
  /** The backend in use: "tensorflow" (native), "cpu" (plain JavaScript). */
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  removeBackend(name: string): void;
  /** Lets the process do other work. */
  nextFrame(): Promise<void>;
  enableProdMode(): void;
  /** Checks every result for NaN, and is slow. */
  enableDebugMode(): void;
  /** The gradient of a function of one tensor, as a function. */
  grad(f: (x: Tensor) => Tensor): (x: Tensor | TensorLike, dy?: Tensor | TensorLike) => Tensor;
  /** The gradients of a function of several tensors, as a function. */
  grads(
    f: (...args: Tensor[]) => Tensor,
  ): (args: (Tensor | TensorLike)[], dy?: Tensor | TensorLike) => Tensor[];
  /** The value and gradient of a function of one tensor, as a function. */
  valueAndGrad<I extends Tensor, O extends Tensor>(f: (x: I) => O): (x: I, dy?: O) => { value: O; grad: I };
  /** The value and gradients of a function of several tensors, as a function. */
  valueAndGrads<O extends Tensor>(
    f: (...args: Tensor[]) => O,
  ): (args: Tensor[], dy?: O) => { grads: Tensor[]; value: O };
  /** A loss and its gradients by variable (all trainable ones unless given). */
  variableGrads(f: () => Scalar, variables?: Variable[]): { value: Scalar; grads: NamedTensors };
}

/** The packages' versions. */
export interface Versions {
  readonly tfjs: string;
  readonly "tfjs-core": string;
  readonly "tfjs-layers": string;
  readonly "tfjs-data": string;
  readonly "tfjs-converter": string;
}
