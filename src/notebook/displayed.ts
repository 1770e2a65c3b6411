import type { MimeBundle } from "./jupyter.js";

/** The method by which kernels ask a value how it is shown as a cell's last expression (Deno's convention, and ours). */
export const DISPLAY = Symbol.for("Jupyter.display");

/** The same value, which shows itself: a copy with one more, hidden method. */
export function displayed<Value extends object>(value: Value, bundle: () => MimeBundle): Value {
  const copy = Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value)) as Value;
  Object.defineProperty(copy, DISPLAY, { value: bundle, enumerable: false });
  return Object.isFrozen(value) ? Object.freeze(copy) : copy;
}
