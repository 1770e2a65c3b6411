import { roughMilliseconds, wholeGroups } from "../engine/cost.js";
import { type Tried, tried } from "./attempts.js";
import { type Cause, PROVEN } from "./cause.js";
import { jolted } from "./changes.js";
import type { Facts } from "./facts.js";
import { type KnownEnd, type Remedy, remediesFor } from "./remedies.js";

/** What training on from the final weights came to, with a fresh optimizer and other shuffles. */
export interface TrainedOn extends Tried {
  /** Whether nothing random was left (no shuffles), so that it was tried once: it always goes this way. */
  readonly alwaysTheSame: boolean;
}

/** What came of moving all weights by normal noise of a size before training on, for as many epochs as the run. */
export interface Jolt extends Tried {
  readonly size: number;
}

/** What came of a remedy. */
export interface TriedRemedy extends Tried {
  readonly name: string;
  readonly from: Remedy["from"];
}

/** Everything that was tried. */
export interface Trying {
  /** Undefined where it makes no sense: solved and diverged runs. */
  readonly trainedOn: TrainedOn | undefined;
  readonly jolts: readonly Jolt[];
  /** The most successful first. */
  readonly remedies: readonly TriedRemedy[];
  /** Where nothing was tried because even a few trials would take long: how long, in seconds. */
  readonly tooLong: number | undefined;
}

export const NOTHING_TRIED: Trying = { trainedOn: undefined, jolts: [], remedies: [], tooLong: undefined };

/** How many times longer than the run it is trained on. */
const LONGER = 10;
const JOLT_SIZES = [0.01, 0.1, 1];
/** Trainings on, and jolts of a size, for each trial of a remedy: they take long, or say little. */
const FEWER = 0.24;
const MOST_TRIALS = 100;
/** What explain() may take without being told how much to try; fewer trials where one takes long. */
const BUDGET = 1550; // milliseconds of one core, roughly: 100 trials of two units, 1000 rows and 100 epochs fit in
const LEAST_TRIALS = 8;
/** Nobody waits longer without having asked for it. */
const TOO_LONG = 12_000; // milliseconds, roughly

/** Tries training on, and everything that might have led to a solution. */
export function tryAll(
  ended: KnownEnd,
  facts: Facts,
  cause: Cause,
  options: { readonly trials: number | undefined; readonly seed: number },
): Trying {
  if (cause === "solved" || !facts.possible) return NOTHING_TRIED; // nothing can help where nothing can be right
  const remedies = remediesFor(ended, facts);
  const goesOn = cause !== "diverged" && ended.weights.every(Number.isFinite);
  const jolts = goesOn && !PROVEN.has(cause) ? JOLT_SIZES : [];
  const cost = (trials: number): number => {
    const epochs = goesOn ? epochsOn(ended, cause) : 0;
    return millisecondsOf(ended, remedies, epochs, jolts.length, trials);
  };
  if (options.trials === undefined && cost(LEAST_TRIALS) > TOO_LONG)
    return { ...NOTHING_TRIED, tooLong: cost(LEAST_TRIALS) / 1000 };
  const trials = options.trials ?? fittingTrials(cost);
  const few = { trials: fewer(trials), seed: options.seed };
  return {
    trainedOn: goesOn ? trainOn(ended, cause, few) : undefined,
    jolts: jolts.map((size) => jolt(ended, size, few)),
    remedies: tryRemedies(ended, remedies, { trials, seed: options.seed }),
    tooLong: undefined,
  };
}

/** How many trials, and the seed of them all. */
interface Extent {
  readonly trials: number;
  readonly seed: number;
}

/** From the final weights on, unchanged: what was left of a run that was stopped, else ten times as long as the run. */
function trainOn(ended: KnownEnd, cause: Cause, { trials, seed }: Extent): TrainedOn {
  const { data, network, weights, settings } = ended;
  const epochs = epochsOn(ended, cause);
  const result = tried({
    ...{ name: "on", network, data, seed, settings: { ...settings, epochs } },
    trials: settings.shuffle ? trials : 1,
    weights: () => weights,
  });
  return { ...result, alwaysTheSame: !settings.shuffle };
}

function epochsOn({ settings, losses }: KnownEnd, cause: Cause): number {
  return cause === "stopped" ? Math.max(1, settings.epochs - losses.length) : LONGER * settings.epochs;
}

/** Trainings on and jolts for so many trials of a remedy, in whole groups. */
function fewer(trials: number): number {
  return wholeGroups(FEWER * trials);
}

function jolt({ data, network, weights, settings }: KnownEnd, size: number, extent: Extent): Jolt {
  const moved = (seed: number) => jolted(weights, size, seed);
  return { size, ...tried({ name: `jolt ${size}`, network, data, settings, ...extent, weights: moved }) };
}

/** Tries remedies; the most successful first. */
function tryRemedies(ended: KnownEnd, remedies: readonly Remedy[], { trials, seed }: Extent): TriedRemedy[] {
  const results = remedies.map((remedy): TriedRemedy => {
    const result = tried({ ...remedy, data: ended.data, seed, trials: timesOf(remedy, ended, trials) });
    return { ...result, name: remedy.name, from: remedy.from };
  });
  return results.sort((a, b) => b.rate - a.rate || b.interval[0] - a.interval[0]);
}

/** How often a remedy is tried: once where all trials would go the same way, with the same weights and no shuffles. */
function timesOf({ from, weights }: Remedy, { settings }: KnownEnd, trials: number): number {
  if (settings.shuffle || from === "new weights") return trials;
  const [first, second] = [weights(1), weights(2)];
  return first.every((weight, i) => weight === second[i]) ? 1 : trials;
}

/** What everything takes together, if each remedy is tried so often. */
function millisecondsOf(
  ended: KnownEnd,
  remedies: readonly Remedy[],
  epochs: number,
  jolts: number,
  trials: number,
): number {
  const { network, data, settings } = ended;
  const own = (longer: number, times: number): number =>
    roughMilliseconds(network, data.rows, { ...settings, epochs: longer }, times);
  return remedies.reduce(
    (sum, remedy) =>
      sum + roughMilliseconds(remedy.network, data.rows, remedy.settings, timesOf(remedy, ended, trials)),
    own(epochs, settings.shuffle ? fewer(trials) : 1) + jolts * own(settings.epochs, fewer(trials)),
  );
}

/** As many as fit into the budget: a hundred, or whole groups. */
function fittingTrials(cost: (trials: number) => number): number {
  let trials = MOST_TRIALS;
  while (trials > LEAST_TRIALS && cost(trials) > BUDGET) trials = wholeGroups(trials) - LEAST_TRIALS;
  return trials;
}
