import type { MimeBundle } from "../node/notebook.js";

/** The method by which kernels ask a value how it is shown as a cell's last expression (Deno's convention, and ours). */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** The same value, which shows itself: a copy with one more, hidden method, and with others in the place of its own. */
export function displayed<Value extends object>(
  value: Value,
  bundle: () => MimeBundle,
  others: Partial<Value> = {},
): Value {
  const copy = Object.create(Object.getPrototypeOf(value), {
    ...Object.getOwnPropertyDescriptors(value),
    ...Object.getOwnPropertyDescriptors(others),
  }) as Value;
  Object.defineProperty(copy, DISPLAY, { value: bundle, enumerable: false });
  return Object.isFrozen(value) ? Object.freeze(copy) : copy;
}
