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
 * From the smallest number to the largest: "8 (ReLU) to 35–40 (tanh and sigmoid)". At each end all are named
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
    return `${write(...extent(group.map((one) => one.value)))} (${groupText(group, compared.length)})`;
  };
  return `${said(low)} to ${said(high)}`;
}

const PLURAL = /\b(units|batches|rows|epochs|outputs|biases)\b/; // what settings are called: "5 units", "batches of 16"

/** Settings by their names, or by their count where that would be long. */
function groupText(group: readonly Compared[], all: number): string {
  const names = listed(group.map((one) => one.name));
  const told = group.length <= MOST_NAMES && (group.length === 1 || names.length <= LONGEST_NAMES);
  return told ? names : `${group.length} of ${all} settings`;
}

/**
 * Who solves what share of trials, from the most successful setting to the least: "ELU solves 76 % of trials, ReLU 21 %", "6 of 9
 * settings solve 53–65 % of trials, 3 of 9 34–38 %". Nobody is named where some stand between both ends, or all are alike.
 *
 * @param task  what is solved, after "solves": "xor in "
 */
export function ratesText(settings: readonly Compared[], task = ""): string {
  const [smallest, largest] = ends(settings);
  const low = settings.filter((one) => !clearlyBelow(smallest, one));
  const high = settings.filter((one) => !clearlyBelow(one, largest));
  const share = (group: readonly Compared[]) => percentsText(...extent(group.map((one) => one.value)), "–");
  const told = task === "" ? "" : `${task} in `;
  if (settings.length === 1) return `${share(settings)} of trials solve ${task || "their data"}`;
  if (low.some((one) => high.includes(one)))
    return `${settings.length} settings solve ${told}${share(settings)} of trials`;
  const names = (group: readonly Compared[]) => groupText(group, settings.length);
  const verb = high.length === 1 && !PLURAL.test(high[0].name) ? "solves" : "solve";
  return `${names(high)} ${verb} ${told}${share(high)} of trials, ${names(low)} ${told === "" ? "" : "in "}${share(low)}`;
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
