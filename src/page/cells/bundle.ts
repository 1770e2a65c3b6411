import { inspect } from "node-inspect-extracted";
import { DISPLAY, type MimeBundle } from "../../display.js";

/**
 * How the value of a cell's last expression is shown: as its own method says, or as text, as the kernel does it. Undefined
 * is not shown, nor is a value whose method returns no format at all.
 *
 * @param complain  is told why a value's own method failed
 */
export async function bundleOf(
  value: unknown,
  complain: (text: string) => void,
): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  const own = await ownBundle(value, complain);
  if (own && (Object.keys(own).length === 0 || "text/plain" in own))
    return Object.keys(own).length > 0 ? own : undefined;
  const text = textOf(value);
  const hint =
    text.startsWith("Promise {") && text.includes("<pending>") ? " (await it to get its value)" : "";
  return { "text/plain": text + hint, ...own };
}

async function ownBundle(value: unknown, complain: (text: string) => void): Promise<MimeBundle | undefined> {
  try {
    const method: unknown = (value as { [DISPLAY]?: unknown } | null)?.[DISPLAY];
    if (typeof method !== "function") return undefined;
    const bundle: unknown = await method.call(value);
    if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) return undefined;
    return JSON.parse(JSON.stringify(bundle)); // what JSON cannot carry fails here
  } catch (error) {
    complain(`This value's own display failed: ${textOf(error)}\n`);
    return undefined;
  }
}

/** Any value as Node's console writes it, whatever its methods do. */
export function textOf(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return "a value that cannot be shown";
  }
}
