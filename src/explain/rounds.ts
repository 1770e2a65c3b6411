import { goesOneWay, millisecondsOf, resultOf, surer, type Tally } from "./attempt.js";
import type { Remedy } from "./remedy.js";

/** Which of many things is tried how often, within a time that is estimated from shapes: so it is the same on every machine. */

/** Something to try, and how much it matters. */
export interface Candidate {
  readonly remedy: Remedy;
  /** Whether the cause points to it: then it may take more of the time. */
  readonly pointedTo: boolean;
  /** Training on, or a push: not a remedy, but facts of the run. They are tried in the first round alone. */
  readonly fact?: "on" | "push";
}

/** What explain() may take without being told how much to try, in milliseconds of one core, roughly. */
export const BUDGET = 1500;
/** Of that for the first trials of everything: the rest is for what looks best. */
const FIRST_ROUND = 0.7;
/** The most of it for the first trials of one thing. */
const SHARES = { pointedTo: 0.4, other: 0.12 };

/** How many trials a fact or a remedy gets at first: as many of these as fit. */
const FIRST_TRIALS = { fact: [24, 8, 4], remedy: [8, 4] };
/** How many those have in all that go on, round by round. */
export const MOST_TRIALS = 100;
const LATER_TRIALS = [24, 48, MOST_TRIALS];
/** Half of those that were tried in a round go on; so many in any case. */
const GO_ON = 4;

/** Tries some more; false if it was stopped. */
export type TryMore = (tally: Tally, trials: number) => boolean;

/** What came of the candidates, in their order; undefined of those that were not tried, for lack of time or after a stop. */
export type Tallies = readonly (Tally | undefined)[];

/** Estimated milliseconds for so many trials of every candidate. */
export function fullMilliseconds(candidates: readonly Candidate[], trialsOf: (one: Candidate) => number): number {
  const costs = candidates.map((candidate) => {
    const tally = freshTally(candidate.remedy);
    return millisecondsOf(tally, atMost(trialsOf(candidate), tally));
  });
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/** Tries every candidate so often. */
export function inFull(candidates: readonly Candidate[], trialsOf: (one: Candidate) => number, tryMore: TryMore): Tallies {
  let goesOn = true;
  return candidates.map((candidate) => {
    const tally = freshTally(candidate.remedy);
    goesOn &&= tryMore(tally, atMost(trialsOf(candidate), tally));
    return tally.trials > 0 ? tally : undefined;
  });
}

/**
 * Tries the candidates within the budget: a few trials each, as long as the time for that lasts, in the order in which they
 * come; then more trials of the remedies that solved it most surely.
 */
export function withinBudget(candidates: readonly Candidate[], tryMore: TryMore): Tallies {
  let left = BUDGET;
  let goesOn = true;
  const pay = (tally: Tally, trials: number): void => {
    left -= millisecondsOf(tally, trials);
    goesOn &&= tryMore(tally, trials);
  };
  const tallies = candidates.map((candidate) => {
    const share = SHARES[candidate.pointedTo ? "pointedTo" : "other"] * BUDGET;
    const [tally, trials] = firstTrials(candidate, Math.min(share, left - (1 - FIRST_ROUND) * BUDGET)) ?? [];
    if (tally) pay(tally, trials ?? 0);
    return tally && tally.trials > 0 ? tally : undefined;
  });
  let running = tallies.filter((tally, i) => tally && !candidates[i].fact && !goesOneWay(tally.remedy)) as Tally[];
  for (const goal of LATER_TRIALS) {
    running = goingOn(running);
    for (const tally of running)
      if (millisecondsOf(tally, goal - tally.trials) <= left) pay(tally, goal - tally.trials);
  }
  return tallies;
}

function freshTally(remedy: Remedy): Tally {
  return { remedy, trials: 0, epochs: [] };
}

function atMost(trials: number, { remedy }: Tally): number {
  return goesOneWay(remedy) ? 1 : trials;
}

/** A candidate's first trials that fit into so many milliseconds, rather of a shorter version than fewer; none may fit. */
function firstTrials({ remedy, fact }: Candidate, milliseconds: number): [Tally, number] | undefined {
  const versions = [remedy, ...(remedy.shorter?.() ?? [])].map(freshTally);
  for (const wanted of FIRST_TRIALS[fact ? "fact" : "remedy"]) {
    const found = versions.find((tally) => millisecondsOf(tally, atMost(wanted, tally)) <= milliseconds);
    if (found) return [found, atMost(wanted, found)];
  }
  return undefined;
}

/** The better half: without those of which it is known by now that they solve it less often than the best. */
function goingOn(tallies: readonly Tally[]): Tally[] {
  const sorted = [...tallies].sort(surer);
  const best = sorted.length > 0 ? resultOf(sorted[0]).interval[0] : 0;
  const equal = sorted.filter((tally) => resultOf(tally).interval[1] >= best);
  return equal.slice(0, Math.max(GO_ON, Math.ceil(tallies.length / 2)));
}
