import { spread } from "../numbers/vectors.js";

/** What the loss did in the last quarter of a training's epochs. */
export interface Course {
  /** Epochs looked at: the last quarter, at least 8. A training of fewer than 8 epochs has no course. */
  readonly epochs: number;
  /** By which share the mean loss fell from the first half of them to the second; negative if it rose. */
  readonly fell: number;
  /** Mean change of the loss from an epoch to the next, without sign, as a share of the mean loss. */
  readonly change: number;
  /** From the smallest to the largest loss. */
  readonly range: number;
  /**
   * - "falling": the loss fell, by more than 2 %, and by more than three standard errors or in every epoch.
   * - "slow": it fell likewise, but by no more than 2 %.
   * - "rising": it rose, by more than 2 %, and by more than three standard errors or in every epoch.
   * - "oscillating": it changed by more than 10 % an epoch, without falling or rising.
   * - "flat": none of these.
   */
  readonly word: "falling" | "slow" | "oscillating" | "rising" | "flat";
}

const SHORTEST = 8; // epochs
const LEAST_FALL = 1e-6; // single precision cannot show less
const CLEAR = 0.02;
const STANDARD_ERRORS = 3;
const LARGE_CHANGE = 0.1;

/**
 * The course of a history of losses; undefined for fewer than 8 epochs.
 *
 * @param losses  one finite number an epoch
 */
export function courseOf(losses: readonly number[]): Course | undefined {
  if (losses.length < SHORTEST) return undefined;
  const last = losses.slice(-Math.max(SHORTEST, Math.floor(losses.length / 4)));
  const middle = Math.floor(last.length / 2);
  const [first, second] = [last.slice(0, middle), last.slice(middle)].map(sample);
  const mean = sample(last).mean;
  const fell = first.mean === 0 ? 0 : (first.mean - second.mean) / first.mean;
  const rises = last.slice(1).map((loss, i) => Math.sign(loss - last[i]));
  const steady = rises.every((sign) => sign === rises[0]); // however unlike the changes are
  const certain =
    steady || Math.abs(first.mean - second.mean) > STANDARD_ERRORS * Math.sqrt(first.square + second.square);
  const changes = last.slice(1).map((loss, i) => Math.abs(loss - last[i]));
  const change = mean === 0 ? 0 : sample(changes).mean / mean;
  const range = spread(last);
  return { epochs: last.length, fell, change, range, word: wordOf(fell, change, certain) };
}

function wordOf(fell: number, change: number, certain: boolean): Course["word"] {
  if (certain && fell > LEAST_FALL) return fell > CLEAR ? "falling" : "slow";
  if (certain && fell < -CLEAR) return "rising";
  return change > LARGE_CHANGE ? "oscillating" : "flat";
}

/** A loss that is so many times what it was in the first epoch has grown. */
export const GREW = 1.5;

/** Whether the last epoch's loss is far above the first's, or every one above the one before. */
export function hasGrown(losses: readonly number[]): boolean {
  const last = losses[losses.length - 1];
  const always = losses.length > 2 && losses.every((loss, i) => i === 0 || loss > losses[i - 1]);
  return last >= GREW * losses[0] || always;
}

/** The mean, and the square of its standard error, estimated from the changes from one number to the next. */
function sample(numbers: readonly number[]): { mean: number; square: number } {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const jumps = numbers.slice(1).map((value, i) => (value - numbers[i]) ** 2);
  const variance = jumps.reduce((sum, value) => sum + value, 0) / (2 * Math.max(1, jumps.length)); // von Neumann
  return { mean, square: variance / numbers.length };
}

/** The epoch from which on no epoch had a wrong answer, counted from 1; undefined if the last one had. */
export function perfectFrom(accuracy: readonly number[]): number | undefined {
  const from = accuracy.map((share) => share < 1).lastIndexOf(true) + 2;
  return from <= accuracy.length ? from : undefined;
}
