import { finiteNumber, oneOf, trueOrFalse, unknownName, written } from "../check.js";
import {
  INITIALIZER_NAMES,
  INITIALIZERS,
  type InitializerName,
  type InitializerSettings,
} from "../engine/initializers.js";
import {
  OPTIMIZER_NAMES,
  OPTIMIZERS,
  type OptimizerName,
  type OptimizerSettings,
} from "../engine/optimizers.js";

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

/** What each number of an optimizer may be. */
const NUMBER_RANGES: Readonly<Record<string, { low?: number; above?: number; below?: number }>> = {
  learningRate: { above: 0 },
  momentum: { low: 0, below: 1 },
  rho: { low: 0, below: 1 },
  beta1: { low: 0, below: 1 },
  beta2: { low: 0, below: 1 },
  epsilon: { above: 0 },
  initialAccumulator: { low: 0 },
  stddev: { low: 0 },
};

/** An optimizer option with everything filled in. */
export function optimizerSettings(where: string, came: unknown, learningRate?: unknown): OptimizerSettings {
  const settings = namedSettings(where, "optimizer", came, OPTIMIZERS, OPTIMIZER_NAMES) as OptimizerSettings;
  if (settings.name === "sgd" && settings.nesterov && settings.momentum === 0)
    throw new RangeError(`${where}: optimizer nesterov needs a momentum > 0, got 0`);
  if (learningRate === undefined) return settings;
  return { ...settings, learningRate: finiteNumber(where, "learningRate", learningRate, { above: 0 }) };
}

/** An initializer option with everything filled in. */
export function initializerSettings(where: string, option: string, came: unknown): InitializerSettings {
  const settings = namedSettings(where, option, came, INITIALIZERS, INITIALIZER_NAMES) as InitializerSettings;
  if (settings.name === "randomUniform" && settings.minval > settings.maxval)
    throw new RangeError(
      `${where}: ${option} minval must be ≤ maxval, got ${settings.minval} and ${settings.maxval}`,
    );
  return settings;
}

/** A thing given as "name" or { name, …numbers }: its numbers checked, the rest from the table. */
function namedSettings<Name extends string>(
  where: string,
  option: string,
  came: unknown,
  table: Readonly<Record<Name, Readonly<Record<string, number | boolean>>>>,
  names: readonly Name[],
): object {
  const given = typeof came === "string" ? { name: came } : (came as Record<string, unknown> | null);
  if (given === null || typeof given !== "object" || Array.isArray(given) || given.name === undefined)
    throw new TypeError(
      `${where}: ${option} must be a name or { name, … } (${[...names].sort().join(", ")}), got ${written(came)}`,
    );
  const name = oneOf(where, option, given.name, names);
  const settings: Record<string, unknown> = { name, ...table[name] };
  for (const [key, value] of Object.entries(given)) {
    if (key === "name" || value === undefined) continue;
    if (!Object.hasOwn(table[name], key))
      throw unknownName(where, `option of ${option} "${name}"`, key, Object.keys(table[name]));
    const label = `${option} ${key}`;
    settings[key] =
      typeof table[name][key] === "boolean"
        ? trueOrFalse(where, label, value)
        : finiteNumber(where, label, value, NUMBER_RANGES[key]);
  }
  return settings;
}
