import { distance } from "fastest-levenshtein";
import { oneLine } from "./words/english.js";

/**
 * Checks of what users give. Every message names the function and the option, says what is allowed and what was given; a
 * wrong kind is a TypeError, a wrong value a RangeError.
 */

/** How a value is written in an error message: short, on one line. */
export function written(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (value === null || typeof value !== "object") return String(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  try {
    const text = kindOf(value) ?? JSON.stringify(value) ?? "an object";
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
  } catch {
    return "an object";
  }
}

/** What an object of this library, or of TensorFlow.js, is called that has such a property. */
const KINDS: Readonly<Record<string, string>> = {
  applyGradients: "an optimizer of TensorFlow.js",
  getWeights: "a model",
  dataSync: "a tensor",
  getClassName: "an object of TensorFlow.js",
  epochsKept: "a run",
  replay: "a study",
  threshold: "a dataset",
};

function kindOf(value: object): string | undefined {
  const known = Object.keys(KINDS).find((name) => name in value);
  return known && KINDS[known];
}

/** What was given instead of what was expected, with advice where the mistake is a known one. */
export function came(value: unknown): string {
  if (typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function")
    return "a promise; write await before train(…) or study(…)";
  return written(value);
}

/** The error for a name that is not in a list, with the nearest allowed name where one is near. */
export function unknownName(where: string, what: string, came: unknown, allowed: readonly string[]): Error {
  const list = [...allowed].sort().map(oneLine).join(", ");
  if (typeof came !== "string")
    return new TypeError(`${where}: ${what} must be a name (${list}), got ${written(came)}`);
  const near = nearest(came, allowed) ?? spelledOut(came, allowed);
  return new RangeError(
    `${where}: unknown ${what} ${written(came)}; ${near ? `did you mean ${written(near)}? ` : ""}(${list})`,
  );
}

/** The name that letters such as "mse" or "bce" stand for: its words' first letters, or the only one that has them in this order. */
function spelledOut(came: string, allowed: readonly string[]): string | undefined {
  const initials = (name: string) => name.replace(/(?<=.)[a-z]/g, "").toLowerCase();
  const inOrder = new RegExp(`^${[...came.toLowerCase().replace(/[^a-z]/g, "_")].join(".*")}`, "i");
  const fitting = allowed.filter((name) => inOrder.test(name));
  return (
    allowed.find((name) => initials(name) === came.toLowerCase()) ??
    (fitting.length === 1 ? fitting[0] : undefined)
  );
}

function nearest(came: string, allowed: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(came.length / 3)) + 1;
  for (const name of allowed) {
    const apart = distance(plain(came), plain(name));
    const shared = apart < Math.max(plain(came).length, plain(name).length); // a letter in common, at least
    if (shared && apart < least) [best, least] = [name, apart];
  }
  return best;
}

/** One of the allowed names. */
export function oneOf<Name extends string>(
  where: string,
  option: string,
  came: unknown,
  allowed: readonly Name[],
): Name {
  if (!allowed.includes(came as Name)) throw unknownName(where, option, came, allowed);
  return came as Name;
}

/** The options object itself: a plain object with known keys only. */
export function optionsObject<Options extends object>(
  where: string,
  came: unknown,
  known: readonly (keyof Options & string)[],
): Partial<Options> {
  if (came === undefined) return {};
  if (came === null || typeof came !== "object" || Array.isArray(came) || kindOf(came))
    throw new TypeError(
      `${where}: the options must be an object { ${known.join(", ")} }, got ${written(came)}`,
    );
  for (const key of Object.keys(came))
    if (!(known as readonly string[]).includes(key)) throw unknownName(where, "option", key, known);
  return came as Partial<Options>;
}

/** A finite number within [low, high]; `above` makes the lower end exclusive. */
export function finiteNumber(
  where: string,
  option: string,
  came: unknown,
  range: {
    readonly low?: number;
    readonly high?: number;
    readonly above?: number;
    readonly below?: number;
  } = {},
): number {
  const { low, high, above, below } = range;
  const bounds = [
    low !== undefined ? `≥ ${low}` : above !== undefined ? `> ${above}` : "",
    high !== undefined ? `≤ ${high}` : below !== undefined ? `< ${below}` : "",
  ].filter((bound) => bound !== "");
  const rule = `${where}: ${option} must be a finite number${bounds.length ? ` ${bounds.join(" and ")}` : ""}`;
  if (typeof came !== "number") throw new TypeError(`${rule}, got ${written(came)}`);
  const inside =
    Number.isFinite(came) &&
    came >= (low ?? -Infinity) &&
    came <= (high ?? Infinity) &&
    came > (above ?? -Infinity) &&
    came < (below ?? Infinity);
  if (!inside) throw new RangeError(`${rule}, got ${came}`);
  return came;
}

/** A whole number within [low, high]. */
export function wholeNumber(
  where: string,
  option: string,
  came: unknown,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): number {
  const tooLarge = typeof came === "number" && came > high;
  const rule = `${where}: ${option} must be a whole number ≥ ${low}${tooLarge ? ` and ≤ ${high}` : ""}`;
  if (typeof came !== "number") throw new TypeError(`${rule}, got ${written(came)}`);
  if (!Number.isSafeInteger(came) || came < low || came > high) throw new RangeError(`${rule}, got ${came}`);
  return came;
}

/** A seed: any whole number from 0 to 2⁵³ − 1. */
export function seedNumber(where: string, came: unknown): number {
  return wholeNumber(where, "seed", came, 0);
}

/** The seed that is used where none is given: results repeat unless you ask for another. */
export const DEFAULT_SEED = 1;

/** true or false. */
export function trueOrFalse(where: string, option: string, came: unknown): boolean {
  if (typeof came !== "boolean")
    throw new TypeError(`${where}: ${option} must be true or false, got ${written(came)}`);
  return came;
}

/** Text, kept as it is: it is never markup. */
export function plainText(where: string, option: string, came: unknown): string {
  if (typeof came !== "string")
    throw new TypeError(`${where}: ${option} must be a text, got ${written(came)}`);
  return came;
}

/** A list of different names; undefined if nothing was given. */
export function differentNames(where: string, option: string, came: unknown): readonly string[] | undefined {
  if (came === undefined) return undefined;
  const rule = `${where}: ${option} must be an array of different names`;
  if (!Array.isArray(came)) throw new TypeError(`${rule}, got ${written(came)}`);
  const names = Array.from(came, (name: unknown) => {
    if (typeof name !== "string") throw new TypeError(`${rule}, got ${written(name)} among them`);
    return name;
  });
  const wrong = names.find((name, i) => name.trim() === "" || names.indexOf(name) !== i);
  if (wrong === undefined) return Object.freeze(names);
  throw new RangeError(`${rule}, got ${written(wrong)} ${wrong.trim() === "" ? "among them" : "twice"}`);
}

/** What can stop work; undefined if nothing was given. */
export function abortSignal(where: string, came: unknown): AbortSignal | undefined {
  if (came !== undefined && !(came instanceof AbortSignal))
    throw new TypeError(`${where}: signal must be an AbortSignal, got ${written(came)}`);
  return came;
}
