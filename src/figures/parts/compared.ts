import type { Rate } from "../../numbers/statistics.js";
import { extent } from "../../numbers/vectors.js";
import { intervalText, percentsText } from "../../words/numbers.js";

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
 * From the smallest number to the largest: "8 (ReLU) to 35–40 (tanh and sigmoid)". At each end all are named
 * that cannot be told from the outermost; nobody is where some stand between both ends, or all are alike: "40–47 %".
 *
 * @param compared  at least one
 * @param write     how a range is written; its ends may be the same
 */
export function fromTo(compared: readonly Compared[], write: (low: number, high: number) => string): string {
  const [low, high] = groupsApart(compared);
  const range = (group: readonly Compared[]) => write(...extent(group.map((one) => one.value)));
  if (!high) return range(low);
  const said = (group: readonly Compared[]) => `${range(group)} (${groupText(group, compared.length)})`;
  return `${said(low)} to ${said(high)}`;
}

/** Those that cannot be told from the smallest, and those that cannot from the largest; all together where these are not all apart. */
function groupsApart(compared: readonly Compared[]): readonly (readonly Compared[])[] {
  const [smallest, largest] = ends(compared);
  const low = compared.filter((one) => !clearlyBelow(smallest, one));
  const high = compared.filter((one) => !clearlyBelow(one, largest));
  const apart = low.every((one) => high.every((other) => clearlyBelow(one, other)));
  return apart ? [low, high] : [compared];
}

const AND = / and /; // "4 and 2 units"

/** Settings by their names, or by their count where that would be long. */
function groupText(group: readonly Compared[], all: number): string {
  const each = group.map(({ name }) => name);
  const names = each.join(each.some((name) => AND.test(name)) ? " as well as " : " and ");
  const told = group.length <= MOST_NAMES && (group.length === 1 || names.length <= LONGEST_NAMES);
  return told ? names : `${group.length} of ${all} settings`;
}

/**
 * Which share of trials solves the task, from the most successful setting to the least, with 95 % intervals: "76 % of trials (72–80 %)
 * solve xor with ELU, 21 % (18–25 %) with ReLU". Nobody is named where some stand between both ends, or all are alike.
 *
 * @param task  what is solved: "xor"
 */
export function ratesText(settings: readonly Compared[], task: string): string {
  const solve = (group: readonly Compared[]) => `${estimateText(group, " of trials")} solve ${task}`;
  const [low, high] = groupsApart(settings);
  if (!high)
    return settings.length === 1 ? solve(low) : `${solve(low)} with each of ${settings.length} settings`;
  const names = (group: readonly Compared[]) => groupText(group, settings.length);
  return `${solve(high)} with ${names(high)}, ${estimateText(low)} with ${names(low)}`;
}

const NARROW = 0.01; // intervals shorter than this need a decimal

/**
 * A share that is an estimate, with its 95 % interval: "70 % of trials (55–82 %)"; of several shares from the smallest to the
 * largest, with the interval that all of theirs lie in: "0–3 % (0–13 %)".
 *
 * @param what  what it is a share of, after a space
 */
export function estimateText(shares: readonly Pick<Compared, "value" | "interval">[], what = ""): string {
  const [low, high] = extent(shares.flatMap((one) => one.interval));
  const decimals = high - low < NARROW ? 1 : 0;
  const share = percentsText(...extent(shares.map((one) => one.value)), decimals);
  return `${share}${what} (${intervalText([low, high], decimals)})`;
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
