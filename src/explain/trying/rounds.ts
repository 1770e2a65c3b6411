import {
  atMost,
  type Candidate,
  freshTally,
  goesOneWay,
  millisecondsOf,
  resultOf,
  spentOn,
  surer,
  type Tally,
} from "./attempt.js";
import { together } from "./remedy.js";

/** Which of many things is tried how often, within a time that is estimated from shapes: so it is the same on every machine. */

/** What may be tried without being told how much, in milliseconds of one core, roughly. */
export const BUDGET = 1500;
/** Of that for the first trials of everything: the rest is for what looks best. */
const FIRST_ROUND = 0.7;
/** What is left for the rest where nothing is good so far: something else might be. */
const LAST_RESERVE = 0.1;
/** The most of it for the first trials of one thing; and at the end, of what was not tried so far. */
const SHARES = { pointedTo: 0.4, other: 0.12 };
const LAST_SHARES = [0.4, 1];

/** How many trials training on or a remedy gets at first: as many of these as fit. */
const FIRST_TRIALS = { fact: [24, 8, 4], remedy: [8, 4] };
/** How many those have in all that go on, round by round. */
export const MOST_TRIALS = 100;
const LATER_TRIALS = [24, 48, MOST_TRIALS];
/** Half of those that were tried in a round go on; so many in any case. */
const GO_ON = 4;

/** Where it is established that no remedy solves it that often, the best is tried together with so many others. */
const GOOD = 0.75;
const PAIRS = 6;

/** Trains so often; false if it was stopped. */
export type TryMore = (tally: Tally, trials: number) => boolean;

/** Estimated milliseconds for so many trials of every candidate. */
export function fullMilliseconds(
  candidates: readonly Candidate[],
  trialsOf: (one: Candidate) => number,
): number {
  const costs = candidates.map((candidate) => millisecondsOf(freshTally(candidate), trialsOf(candidate)));
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/**
 * Tries every candidate so often, and if no remedy is good, pairs of them.
 *
 * @returns what was tried
 */
export function inFull(
  candidates: readonly Candidate[],
  trialsOf: (one: Candidate) => number,
  tryMore: TryMore,
): Tally[] {
  const purse = new Purse(Number.POSITIVE_INFINITY, tryMore);
  for (const candidate of candidates) purse.pay(freshTally(candidate), trialsOf(candidate));
  for (const pair of pairsOf(purse.tallies)) purse.pay(freshTally(pair), trialsOf(pair));
  return purse.tallies;
}

/**
 * Tries candidates within a budget: a few trials each, in the order in which they come, as long as the time for that lasts;
 * then more trials of the remedies that solved it most surely; then what there was no time for.
 *
 * @param budget  estimated milliseconds
 * @returns what was tried
 */
export function withinBudget(candidates: readonly Candidate[], budget: number, tryMore: TryMore): Tally[] {
  const purse = new Purse(budget, tryMore);
  const shareOf = ({ pointedTo }: Candidate): number =>
    (pointedTo ? SHARES.pointedTo : SHARES.other) * budget;
  purse.tryFirst(candidates, shareOf, (1 - FIRST_ROUND) * budget);
  if (!isGood(purse.tallies)) purse.tryFirst(candidates, () => SHARES.other * budget, LAST_RESERVE * budget);
  let running = purse.tallies;
  for (const goal of LATER_TRIALS) {
    running = goingOn(running);
    for (const tally of running) if (tally.trials < goal) purse.payIfItFits(tally, goal - tally.trials);
    if (goal < MOST_TRIALS) running = [...running, ...purse.tryFirst(pairsOf(purse.tallies), shareOf, 0)];
  }
  const remediesFirst = [...candidates].sort((a, b) => Number(a.fact ?? 0) - Number(b.fact ?? 0));
  for (const share of LAST_SHARES) purse.tryFirst(remediesFirst, () => share * budget, 0);
  return purse.tallies;
}

/** The time that is left, and what was tried for the rest. */
class Purse {
  readonly tallies: Tally[] = [];
  private stopped = false;

  constructor(
    private left: number,
    private readonly tryMore: TryMore,
  ) {}

  pay(tally: Tally, trials: number): void {
    if (this.stopped) return;
    const before = spentOn(tally);
    this.stopped = !this.tryMore(tally, atMost(trials, tally));
    this.left -= spentOn(tally) - before;
    if (tally.trials > 0 && !this.tallies.includes(tally)) this.tallies.push(tally);
  }

  payIfItFits(tally: Tally, trials: number): void {
    if (millisecondsOf(tally, trials) <= this.left) this.pay(tally, trials);
  }

  /**
   * The first trials of those candidates that were not tried so far, if they fit.
   *
   * @param mostFor  the most that may be paid for one
   * @param reserve  what must be left
   */
  tryFirst(candidates: readonly Candidate[], mostFor: (one: Candidate) => number, reserve: number): Tally[] {
    const before = this.tallies.length;
    for (const candidate of candidates) {
      if (this.tallies.some((tally) => tally.candidate === candidate)) continue;
      const first = firstTrials(candidate, Math.min(mostFor(candidate), this.left - reserve));
      const name = first?.[0].remedy.name; // a shorter version may be that of another pair
      if (first && this.tallies.every(({ remedy }) => remedy.name !== name)) this.pay(...first);
    }
    return this.tallies.slice(before);
  }
}

/** A candidate's first trials that fit into so many milliseconds: rather of a shorter version than fewer. None may fit. */
function firstTrials(candidate: Candidate, milliseconds: number): [Tally, number] | undefined {
  const { remedy, fact } = candidate;
  const versions = [remedy, ...(remedy.shorter?.() ?? [])].map((version) => freshTally(candidate, version));
  for (const trials of FIRST_TRIALS[fact ? "fact" : "remedy"]) {
    const found = versions.find((tally) => millisecondsOf(tally, trials) <= milliseconds);
    if (found) return [found, trials];
  }
  return undefined;
}

/** Whether some remedy surely solves it half of the times. */
function isGood(tallies: readonly Tally[]): boolean {
  return tallies.some((tally) => !tally.candidate.fact && resultOf(tally).interval[0] >= 0.5);
}

/** Remedies that could be tried more often, the surest first; of those that never solved it, those that came nearest. */
function ranked(tallies: readonly Tally[]): Tally[] {
  return tallies.filter(({ candidate, remedy }) => !candidate.fact && !goesOneWay(remedy)).sort(surer);
}

/** The better half of them, without those of which it is known by now that the best is better. */
function goingOn(tallies: readonly Tally[]): Tally[] {
  const [best, ...others] = ranked(tallies);
  if (!best) return [];
  const atLeast = resultOf(best).interval[0];
  const equal = [best, ...others.filter((tally) => resultOf(tally).interval[1] >= atLeast)];
  return equal.slice(0, Math.max(GO_ON, Math.ceil((others.length + 1) / 2)));
}

/** Where none is good: the best that changes anything, together with others. */
function pairsOf(tallies: readonly Tally[]): Candidate[] {
  const sorted = ranked(tallies);
  if (sorted.length === 0 || resultOf(sorted[0]).interval[1] >= GOOD) return [];
  const pairs = sorted.map(({ remedy }, i) =>
    sorted.slice(i + 1).flatMap((other) => together(remedy, other.remedy) ?? []),
  );
  const tried = new Set(tallies.map(({ remedy }) => remedy.name));
  const [best = []] = pairs
    .map((some) => some.filter(({ name }) => !tried.has(name)))
    .filter((some) => some.length > 0);
  return best.slice(0, PAIRS).map((remedy) => ({ remedy, pointedTo: false }));
}
