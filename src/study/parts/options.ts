import { makeDataset } from "../../data/dataset.js";
import { isDataset } from "../settings.js";
import { fromBase64, toBase64 } from "./base64.js";

/**
 * A study's options as JSON and back, data sets included, so that nothing else is needed to put its parts together. What
 * JSON cannot say is an object with the key "$".
 */

/** Options as a value for JSON. */
export function packOptions(value: unknown): unknown {
  if (value === undefined) return { $: "undefined" };
  if (typeof value === "number" && !(Number.isFinite(value) && !Object.is(value, -0)))
    return { $: "number", value: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float32Array) return { $: "float32", value: toBase64(value) };
  if (Array.isArray(value)) return Array.from(value, packOptions);
  const inner = Object.entries(value).map(([key, each]) => [key, packOptions(each)]);
  return isDataset(value) ? { $: "dataset", value: Object.fromEntries(inner) } : Object.fromEntries(inner);
}

/** What packOptions() was given; throws some error if it did not make the value. */
export function unpackOptions(packed: unknown): unknown {
  if (typeof packed !== "object" || packed === null) return packed;
  if (Array.isArray(packed)) return packed.map(unpackOptions);
  if ("$" in packed) return special(packed as { $: unknown; value: unknown });
  return Object.fromEntries(Object.entries(packed).map(([key, each]) => [key, unpackOptions(each)]));
}

function special({ $: kind, value }: { readonly $: unknown; readonly value: unknown }): unknown {
  if (kind === "undefined") return undefined;
  if (kind === "number") return Number(value);
  if (kind === "float32") return new Float32Array(fromBase64(value as string).buffer);
  if (kind === "dataset") return makeDataset(unpackOptions(value) as Parameters<typeof makeDataset>[0]);
  throw new Error(`"$" is ${kind}`);
}
