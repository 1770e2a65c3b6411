import type { Outcomes } from "../outcomes.js";
import { type Shard, shardText, type TrialRange, trialRanges } from "../shard.js";

/** A part that was read. */
export interface PartRead {
  readonly name: string;
  readonly shard: Shard;
  /** How many of its trials are in it. */
  readonly ended: number;
  /** As in PartHeader. */
  readonly command: readonly string[] | undefined;
}

/** A shard that is to be run, or to be continued. */
export interface MissingShard {
  readonly shard: Shard;
  /** The part that has some of its trials already. */
  readonly begun: PartRead | undefined;
  readonly trials: number;
}

/**
 * The shards that have all missing trials, and as few others as can be: parts that were begun are continued, and the rest
 * is cut as the parts are.
 *
 * @param outcomes  all that is known, a setting each
 */
export function missingShards(
  parts: readonly PartRead[],
  outcomes: readonly Outcomes[],
  trials: number,
): MissingShard[] {
  const done = outcomes.map(({ status }) => status.map((code) => Math.min(code, 1)));
  const rangesOf = (shard: Shard) => trialRanges(shard, outcomes.length, trials);
  const chosen: MissingShard[] = [];
  const choose = (
    shard: Shard,
    begun: PartRead | undefined,
    wanted: (open: number, all: number) => boolean,
  ) => {
    const ranges = rangesOf(shard);
    const all = ranges.reduce((sum, { count }) => sum + count, 0);
    const open = all - sumOver(done, ranges);
    if (open === 0 || !wanted(open, all)) return;
    for (const [row, { first, count }] of ranges.entries()) done[row].fill(1, first, first + count);
    chosen.push({ shard, begun, trials: open });
  };
  for (const part of parts) choose(part.shard, part, (open, all) => open === all - part.ended);
  const cuts = cutsOf(parts, outcomes.length * trials);
  for (const onlyMissing of [true, false]) // first the shards of which nothing is there, then any
    for (const of of cuts)
      for (let part = 1; part <= of; part++)
        choose({ part, of }, undefined, (open, all) => open === all || !onlyMissing);
  return chosen.sort((a, b) => a.shard.part / a.shard.of - b.shard.part / b.shard.of);
}

function sumOver(done: readonly Uint8Array[], ranges: readonly TrialRange[]): number {
  return ranges.reduce(
    (sum, { first, count }, row) => sum + done[row].subarray(first, first + count).reduce((a, b) => a + b, 0),
    0,
  );
}

const FINEST_CUT = 10_000;

/** Into how many parts the study was cut, and into how many pieces all cuts together cut it. */
function cutsOf(parts: readonly PartRead[], trials: number): number[] {
  const cuts = [...new Set(parts.map(({ shard }) => shard.of))].sort((a, b) => a - b);
  const common = cuts.reduce((a, b) => (a * b) / divisor(a, b), 1);
  return common <= Math.min(FINEST_CUT, trials) ? [...new Set([...cuts, common])] : cuts;
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** "shard 3/8 (1200 of its trials are there)". */
export function missingText({ shard, begun, trials }: MissingShard): string {
  return `shard ${shardText(shard)}: ${trials} trials${begun ? `, ${begun.ended} are there` : ""}`;
}
