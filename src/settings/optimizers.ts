import { finiteNumber, oneOf, trueOrFalse, unknownName, written } from "../check.js";
import { INITIALIZER_NAMES, INITIALIZERS, type InitializerSettings } from "../engine/initializers.js";
import { OPTIMIZER_NAMES, OPTIMIZERS, type OptimizerSettings } from "../engine/optimizers.js";

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
  if (given === null || typeof given !== "object" || Array.isArray(given))
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
