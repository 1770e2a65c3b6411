import { inspect, types } from "node:util";
import { attempt } from "./attempt.js";
import { ownJson } from "./globals.js";

/** A value in several formats, by MIME type. */
export type MimeBundle = Readonly<Record<string, unknown>>;

const [Timeout, Immediate] = [setTimeout(() => {}, 0), setImmediate(() => {})].map(
  (timer) => timer.constructor,
);

/** With this method objects say how they are shown, as in Deno's kernel. */
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * How the value of a cell's last expression is shown: as its own method says, or as text. Undefined is not shown, nor is a
 * value whose method returns no format at all.
 */
export async function bundleOf(value: unknown): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  const own = await ownBundle(value);
  if (own && Object.keys(own).length === 0) return undefined;
  if (own && "text/plain" in own) return own;
  const text = timerText(value) ?? textOf(value);
  const hint = types.isPromise(value) && text.includes("<pending>") ? " (await it to get its value)" : "";
  return { "text/plain": text + hint, ...own };
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    const method = (value as Record<symbol, unknown>)[DISPLAY];
    if (typeof method !== "function") return undefined;
    const bundle: unknown = await method.call(value);
    if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) return undefined;
    const { "text/plain": text, ...rest } = ownJson.parse(ownJson.stringify(bundle)); // what JSON cannot carry fails here
    const carried: MimeBundle = typeof text === "string" ? { "text/plain": text, ...rest } : rest;
    return Object.keys(carried).length > 0 || Object.keys(bundle).length === 0 ? carried : undefined;
  } catch (error) {
    console.error(`This value's own display failed: ${textOf(error)}`);
    return undefined;
  }
}

/** What setTimeout() and its kin return, in a line: a cell often ends with such a call. */
function timerText(value: unknown): string | undefined {
  if (!(value instanceof Timeout)) return value instanceof Immediate ? "Immediate {}" : undefined;
  return `Timeout { id: ${Number(value)} }`;
}

/** Any value as text, whatever its methods do. */
export function textOf(value: unknown): string {
  return (
    attempt(() => inspect(value, { colors: false })) ??
    attempt(() => inspect(value, { colors: false, customInspect: false, getters: false })) ??
    "a value that cannot be shown"
  );
}
