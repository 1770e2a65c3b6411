import { written } from "../check.js";

/** Part `part` of a study that is cut into `of` parts, counted from 1; the whole study is part 1 of 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

export const WHOLE: Shard = { part: 1, of: 1 };

/** Consecutive trials of one setting. */
export interface TrialRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Reads "3/10".
 *
 * @param trials  of all settings together: no part may be empty
 */
export function readShard(where: string, came: unknown, trials: number): Shard {
  const rule = `${where}: shard must be "K/N", part K of N with 1 ≤ K ≤ N, such as "3/10"`;
  if (typeof came !== "string") throw new TypeError(`${rule}, got ${written(came)}`);
  const [, part, of] = (/^(\d{1,15})\/(\d{1,15})$/.exec(came) ?? []).map(Number);
  if (!(part >= 1 && part <= of)) throw new RangeError(`${rule}, got ${written(came)}`);
  if (of > trials)
    throw new RangeError(
      `${where}: shard must cut ${trials} trials into at most ${trials} parts, got ${written(came)}`,
    );
  return { part, of };
}

/** "3/10". */
export function shardText({ part, of }: Shard): string {
  return `${part}/${of}`;
}

/**
 * The trials of each setting that belong to a shard.
 *
 * Put all trials in a row: trial 0 of every setting, then trial 1 of every setting, and so on. A shard is one of N
 * stretches of this row, equally long but for one trial, so that every shard has its share of quick and of slow settings.
 *
 * @param trials  of each setting
 * @example trialRanges({ part: 2, of: 2 }, 2, 3) // [{ first: 2, count: 1 }, { first: 1, count: 2 }]
 */
export function trialRanges({ part, of }: Shard, settings: number, trials: number): TrialRange[] {
  const end = (parts: number) => Number((BigInt(settings) * BigInt(trials) * BigInt(parts)) / BigInt(of));
  const [from, to] = [end(part - 1), end(part)];
  const firstFrom = (position: number, row: number) => Math.max(0, Math.ceil((position - row) / settings));
  return Array.from({ length: settings }, (_, row) => {
    const first = firstFrom(from, row);
    return { first, count: firstFrom(to, row) - first };
  });
}
