import type { InitializerName } from "../engine/initializers.js";
import type { OptimizerName } from "../engine/optimizers.js";

/*
 * The numbers of optimizers and initializers, one plain interface each: editors and the kernel offer their members
 * with these descriptions. The defaults are those of the tables OPTIMIZERS and INITIALIZERS.
 */

/** Gradient descent: w −= η g. */
export interface SgdOption {
  readonly name: "sgd";
  /** Step size η, > 0; 0.01 unless given. */
  readonly learningRate?: number;
  /** Share of the last step that is kept, from 0 to below 1; 0 unless given. */
  readonly momentum?: number;
  /** Whether momentum looks ahead (Nesterov), for a momentum > 0; false unless given. */
  readonly nesterov?: boolean;
}

/** RMSprop: steps divided by the root of the mean squared gradient. */
export interface RmspropOption {
  readonly name: "rmsprop";
  /** Step size η, > 0; 0.001 unless given. */
  readonly learningRate?: number;
  /** Share of the old mean squared gradient at each step, from 0 to below 1; 0.9 unless given. */
  readonly rho?: number;
  /** Share of the last step that is kept, from 0 to below 1; 0 unless given. */
  readonly momentum?: number;
  /** Added under the root, > 0; 1e-7 unless given. */
  readonly epsilon?: number;
}

/** Adam: RMSprop with a running mean of the gradient, both corrected for their start at 0. */
export interface AdamOption {
  readonly name: "adam";
  /** Step size η, > 0; 0.001 unless given. */
  readonly learningRate?: number;
  /** Share of the old mean gradient at each step, from 0 to below 1; 0.9 unless given. */
  readonly beta1?: number;
  /** Share of the old mean squared gradient at each step, from 0 to below 1; 0.999 unless given. */
  readonly beta2?: number;
  /** Added to the root, > 0; 1e-7 unless given. */
  readonly epsilon?: number;
}

/** Adagrad: steps divided by the root of the sum of squared gradients. */
export interface AdagradOption {
  readonly name: "adagrad";
  /** Step size η, > 0; 0.001 unless given. */
  readonly learningRate?: number;
  /** What the sum starts with, ≥ 0; 0.1 unless given. */
  readonly initialAccumulator?: number;
  /** Added under the root, > 0; 1e-7 unless given. */
  readonly epsilon?: number;
}

/** An optimizer by name, or with some of its numbers if they are not to be Keras's defaults. */
export type OptimizerOption = OptimizerName | SgdOption | RmspropOption | AdamOption | AdagradOption;

/** An initializer without numbers. */
export interface PlainInitializerOption {
  readonly name: Exclude<InitializerName, "randomUniform" | "randomNormal" | "truncatedNormal" | "constant">;
}

/** Even within [minval, maxval]. */
export interface UniformInitializerOption {
  readonly name: "randomUniform";
  /** −0.05 unless given. */
  readonly minval?: number;
  /** 0.05 unless given. */
  readonly maxval?: number;
}

/** Normal; the truncated one stays within two standard deviations. */
export interface NormalInitializerOption {
  readonly name: "randomNormal" | "truncatedNormal";
  /** 0 unless given. */
  readonly mean?: number;
  /** Standard deviation, ≥ 0; 0.05 unless given. */
  readonly stddev?: number;
}

/** One value everywhere. */
export interface ConstantInitializerOption {
  readonly name: "constant";
  /** 0 unless given. */
  readonly value?: number;
}

/** An initializer by name, or with some of its numbers if they are not to be Keras's defaults. */
export type InitializerOption =
  | InitializerName
  | PlainInitializerOption
  | UniformInitializerOption
  | NormalInitializerOption
  | ConstantInitializerOption;
