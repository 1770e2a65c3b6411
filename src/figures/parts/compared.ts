import type { Rate } from "../../numbers/statistics.js";
import { extent } from "../../numbers/vectors.js";
import { listed } from "../../words/english.js";
import { percentsText } from "../../words/numbers.js";

/** What a headline may say of numbers that are only known within intervals. */

/** A number with its 95 % interval. */
export interface Compared {
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/** Whether the intervals are apart, the first below the second. */
export function clearlyBelow(one: Pick<Compared, "interval">, other: Pick<Compared, "interval">): boolean {
  return one.interval[1] < other.interval[0];
}

/** Whether the smallest is clearly below the largest. */
export function clearlyDiffer(compared: readonly Compared[]): boolean {
  const [smallest, largest] = ends(compared);
  return clearlyBelow(smallest, largest);
}

const MOST_NAMES = 2;
const LONGEST_NAMES = 40; // letters, of two together

/**
 * From the smallest number to the largest: "19 % (relu-2) to 90–94 % (relu-4 and relu-5)". At each end all are named
 * that cannot be told from the outermost; nobody is where some stand between both ends, or all are alike: "40–47 %".
 *
 * @param compared  at least one
 * @param write     how a range is written; its ends may be the same
 */
export function fromTo(compared: readonly Compared[], write: (low: number, high: number) => string): string {
  const [smallest, largest] = ends(compared);
  const low = compared.filter((one) => !clearlyBelow(smallest, one));
  const high = compared.filter((one) => !clearlyBelow(one, largest));
  if (low.some((one) => high.includes(one))) return write(smallest.value, largest.value);
  const said = (group: readonly Compared[]): string => {
    const names = listed(group.map((one) => one.name));
    const told = group.length <= MOST_NAMES && (group.length === 1 || names.length <= LONGEST_NAMES);
    const who = told ? names : `${group.length} of ${compared.length} settings`;
    return `${write(...extent(group.map((one) => one.value)))} (${who})`;
  };
  return `${said(low)} to ${said(high)}`;
}

/** From the least successful setting to the most successful one, as fromTo(). */
export function ratesText(settings: readonly Compared[]): string {
  return fromTo(settings, (low, high) => percentsText(low, high, "–"));
}

/** How often a setting's trials solve their data. */
export function rateOf(name: string, { rate, interval }: Rate): Compared {
  return { name, value: rate, interval };
}

function ends(compared: readonly Compared[]): [smallest: Compared, largest: Compared] {
  return [
    compared.reduce((a, b) => (b.value < a.value ? b : a)),
    compared.reduce((a, b) => (b.value > a.value ? b : a)),
  ];
}
