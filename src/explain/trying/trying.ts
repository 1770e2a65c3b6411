import { wholeGroups } from "../../engine/cost.js";
import { parameterCount } from "../../engine/network.js";
import { type Cause, entryOf } from "../cause.js";
import { type Candidate, millisecondsOf, resultOf, surer, type Tried, tryMore } from "./attempt.js";
import { longerBy, TIME } from "./remedies/steps.js";
import { type Explained, remediesFor } from "./remedies.js";
import { here, type KnownEnd, type Remedy, type RemedyName } from "./remedy.js";
import { BUDGET, fullMilliseconds, inFull, MOST_TRIALS, type TryMore, withinBudget } from "./rounds.js";

/** What came of a remedy. */
export interface TriedRemedy extends Tried, RemedyName {}

/** Everything that was tried. */
export interface Trying {
  /**
   * What training on from the final weights came to, with a fresh optimizer and other shuffles. Undefined of solved and diverged
   * runs, and where it was not tried.
   */
  readonly trainedOn: Tried | undefined;
  /** Those first that solve it most surely: by the lower ends of the intervals. */
  readonly remedies: readonly TriedRemedy[];
  /** What was not tried: for lack of time, or since Stop was pressed. */
  readonly untried: readonly RemedyName[];
  /** Where time did not suffice: about how many seconds 8 trials of everything would take. */
  readonly tooLong: number | undefined;
  /** Whether the stop button or a signal ended it. */
  readonly stopped: boolean;
  /** Whether nothing could be tried, since only TensorFlow.js can train the model, which takes too long. */
  readonly untriable: boolean;
}

export const NOTHING_TRIED: Trying = {
  ...{ trainedOn: undefined, remedies: [], untried: [] },
  ...{ tooLong: undefined, stopped: false, untriable: false },
};

/** How many times longer than the run it is trained on, or less if that takes too long. */
const LONGER = [10, 5, 3, 2];
/** Trainings on for each trial of a remedy that was asked for: they take long. */
const FEWER = 0.24;
/** Trials of everything after which something is known. */
const FEW = 8;

/** How much is to be tried: so many trials of each remedy, or as many as fit into the budget. */
export interface Asked {
  readonly trials: number | undefined;
  readonly seed: number;
}

/** Looks on between slices of the work: told which share of about how long is done, and of what; with false it stops the work. */
export type Onlooker = (share: number, name: string, milliseconds: number) => boolean;

/** Tries training on, and everything that might have led to a solution. */
export function tryAll(about: Explained, asked: Asked, look: Onlooker = () => true): Trying {
  const candidates = candidatesFor(about);
  const { tryOn, wasStopped } = watchedBy(look, expectedMilliseconds(about, candidates, asked), asked.seed);
  const tallies =
    asked.trials === undefined
      ? withinBudget(candidates, budgetFor(about), tryOn)
      : inFull(candidates, timesFor(asked.trials), tryOn);
  const on = tallies.find(({ candidate }) => candidate.fact);
  const tried = new Set(tallies.map(({ candidate }) => candidate));
  const untried = candidates.filter((candidate) => !candidate.fact && !tried.has(candidate));
  const remedies = tallies.filter(({ candidate }) => !candidate.fact).sort(surer);
  const tooLong = untried.length > 0 && !wasStopped();
  return {
    trainedOn: on && resultOf(on),
    remedies: remedies.map((tally) => ({ ...nameOf(tally.remedy), ...resultOf(tally) })),
    untried: untried.map(({ remedy }) => nameOf(remedy)),
    tooLong: tooLong ? fullMilliseconds(candidates, () => FEW) / 1000 : undefined,
    stopped: wasStopped(),
    untriable: false,
  };
}

function nameOf({ change, name, from, write }: Remedy): RemedyName {
  return { change, name, from, write };
}

/** What there is to try: training on, then remedies, those first to which the cause points. */
export function candidatesFor(about: Explained): Candidate[] {
  const { ended, facts, cause } = about;
  if (cause === "solved" || !facts.possible) return []; // nothing can help where nothing can be right
  const remedies = remediesFor(about);
  if (cause === "diverged" || ended.dropout || ended.withOtherUnits) return remedies;
  const on: Candidate = {
    remedy: longerRun(ended, cause),
    pointedTo: entryOf(cause).tries === TIME,
    fact: true,
  };
  return [on, ...remedies];
}

/** From the final weights on, unchanged: what was left of a run that was stopped, else ten times as long as the run. */
function longerRun(ended: KnownEnd, cause: Cause): Remedy {
  const { settings, losses } = ended;
  const epochs = Math.max(1, settings.epochs - losses.length);
  const [longer] = cause === "stopped" ? [] : longerBy(ended, LONGER, here);
  return {
    ...(longer ?? here(ended, { change: "the epochs that were left", options: { train: { epochs } } })),
    name: "on",
  };
}

/** How often each is tried if so many trials were asked for. */
function timesFor(trials: number): (one: Candidate) => number {
  const fewer = Math.min(trials, wholeGroups(FEWER * trials));
  return ({ fact }) => (fact ? fewer : trials);
}

/** All of explain(), in milliseconds of one core, roughly; and what may be tried for, whatever the facts have taken. */
const ALL = 1800;
const TRYING = { least: 400, most: BUDGET };
/** What the facts take for each row that is looked at, and each weight of it: measured, roughly. */
const FACTS = { row: 0.1, weight: 7.5e-5, rows: 10_000 };

/** What is left for trying. */
function budgetFor({ ended: { data, network } }: Explained): number {
  const rows = Math.min(data.rows, FACTS.rows);
  const facts = rows * (FACTS.row + FACTS.weight * parameterCount(network));
  return Math.max(TRYING.least, Math.min(TRYING.most, ALL - facts));
}

/** About how long it all takes, at most. */
export function expectedMilliseconds(
  about: Explained,
  candidates: readonly Candidate[],
  { trials }: Asked,
): number {
  if (trials !== undefined) return fullMilliseconds(candidates, timesFor(trials));
  return Math.min(
    budgetFor(about),
    fullMilliseconds(candidates, () => MOST_TRIALS),
  );
}

/** Lets somebody look on. */
function watchedBy(look: Onlooker, expected: number, seed: number) {
  let [done, stopped] = [0, false];
  const tryOn: TryMore = (tally, trials) => {
    const cost = millisecondsOf(tally, trials);
    const work = tryMore(tally, trials, seed);
    for (let next = work.next(); !next.done && !stopped; next = work.next())
      stopped = !look(
        Math.min(1, (done + (cost * next.value) / trials) / expected),
        tally.remedy.name,
        expected,
      );
    done += cost;
    return !stopped;
  };
  return { tryOn, wasStopped: () => stopped };
}
