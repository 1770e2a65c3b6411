/**
 * How values are shown: hidden methods, one that notebooks call, one that Node's console calls, and toString().
 *
 * Data sets, models, runs, studies, diagnoses and figures have them. The text that they return is written where each of
 * these values is made.
 */

/** One output in several formats, by MIME type; the front end shows the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The method by which kernels ask a value how it is shown as a cell's last expression (Deno's convention, and ours). */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** The method by which Node's console and `util.inspect` ask a value how it is printed. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The hidden methods of a value. */
export interface Shows {
  /** In a notebook. */
  readonly display?: () => MimeBundle;
  /** In Node's console. */
  readonly inspect?: () => string;
  /** As a string, as in a template. */
  readonly text?: () => string;
}

/**
 * Gives a value, which must not be frozen yet, its hidden methods.
 *
 * @returns the same value
 */
export function showing<Value extends object>(value: Value, { display, inspect, text }: Shows): Value {
  if (display) Object.defineProperty(value, DISPLAY, { value: display });
  if (inspect) Object.defineProperty(value, INSPECT, { value: inspect });
  if (text) Object.defineProperty(value, "toString", { value: text });
  return value;
}
