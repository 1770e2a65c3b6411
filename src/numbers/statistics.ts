/** Statistics of many trials. */

const Z95 = 1.959963984540054; // the standard normal's 97.5 % quantile

/**
 * Wilson's score interval for a probability, at 95 % confidence: it stays within [0, 1] and is honest for 0 and n
 * successes too.
 *
 * @param successes  0 ≤ successes ≤ trials
 * @param trials     ≥ 0; without trials nothing is known: [0, 1]
 * @see Wilson 1927, Journal of the American Statistical Association 22(158):209–212
 * @example Math.round(1000 * wilsonInterval(0, 10)[1]) // 278
 */
export function wilsonInterval(successes: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const rate = successes / trials;
  const square = (Z95 * Z95) / trials;
  const centre = (rate + square / 2) / (1 + square);
  const half = (Z95 / (1 + square)) * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials));
  return [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half];
}

/** A share of trials and its interval. */
export interface Rate {
  readonly rate: number;
  readonly interval: readonly [low: number, high: number];
}

/**
 * By how much one probability is larger than another, at 95 % confidence, from the rates of separate trials and their
 * Wilson intervals.
 *
 * @see Newcombe 1998, Statistics in Medicine 17:873–890, method 10
 */
export function differenceInterval(larger: Rate, smaller: Rate): readonly [low: number, high: number] {
  const difference = larger.rate - smaller.rate;
  const [up, down] = [larger, smaller].map(({ rate, interval: [low, high] }) => [high - rate, rate - low]);
  return [difference - Math.hypot(up[1], down[0]), difference + Math.hypot(up[0], down[1])];
}

/**
 * Where the median of the population lies, at 95 % confidence or a little more: between the numbers of the ranks
 * (n ± z √n) / 2, rounded outward.
 *
 * @param sorted  ascending
 * @returns undefined for fewer than 8 numbers: they tell too little
 * @see Conover, Practical Nonparametric Statistics (1999), 3.2
 */
export function medianInterval(sorted: ArrayLike<number>): readonly [low: number, high: number] | undefined {
  const n = sorted.length;
  const rank = Math.floor((n - Z95 * Math.sqrt(n)) / 2);
  return rank < 1 ? undefined : [sorted[rank - 1], sorted[n - rank]];
}

/**
 * A quantile of sorted numbers, interpolated between neighbours (Hyndman and Fan's type 7, as NumPy does).
 *
 * @param sorted  ascending
 * @param share   0 the smallest, ½ the median, 1 the largest
 * @returns undefined if there are no numbers
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(sorted: ArrayLike<number>, share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
