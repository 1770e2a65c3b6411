import { significant } from "../words/numbers.js";

/** What a slider goes through. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/**
 * A slider's range around a number: up to the power of ten above twice the value, whole numbers for a whole one.
 *
 * @param from, to  its ends, where they are known
 */
export function rangeOf(value: number, from?: number, to?: number): Range {
  const size = 10 ** Math.ceil(Math.log10(2 * Math.abs(value || 0.5)) - 1e-9);
  const whole = Number.isInteger(value) && value !== 0 && size > 1;
  const low = from ?? (value < 0 ? -size : whole ? 1 : 0);
  const high = to ?? size;
  const span = high - low;
  return { low, high, step: whole && span > 1 ? 1 : Number(significant(span / 100, 1)) };
}
