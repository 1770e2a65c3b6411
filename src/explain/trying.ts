import { roughMilliseconds, type Tried, tried } from "./attempts.js";
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
/** Trainings on, and jolts of a size, for each hundred trials of a remedy: they take long, or say little. */
const FEWER = 0.24;
const MOST_TRIALS = 100;
/** What explain() may take without being told how much to try; fewer trials where one takes long. */
const BUDGET = 1400; // milliseconds, roughly
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
  const perTrial = millisecondsPerTrial(ended, remedies, goesOn);
  if (options.trials === undefined && LEAST_TRIALS * perTrial > TOO_LONG)
    return { ...NOTHING_TRIED, tooLong: (LEAST_TRIALS * perTrial) / 1000 };
  const trials = options.trials ?? fittingTrials(perTrial);
  const few = { trials: Math.ceil(FEWER * trials), seed: options.seed };
  return {
    trainedOn: goesOn ? trainOn(ended, cause, few) : undefined,
    jolts: goesOn && !PROVEN.has(cause) ? JOLT_SIZES.map((size) => jolt(ended, size, few)) : [],
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
  const { data, network, weights, settings, losses } = ended;
  const left = Math.max(1, settings.epochs - losses.length);
  const epochs = cause === "stopped" ? left : LONGER * settings.epochs;
  const result = tried({
    ...{ name: "on", network, data, seed, settings: { ...settings, epochs } },
    trials: settings.shuffle ? trials : 1,
    weights: () => weights,
  });
  return { ...result, alwaysTheSame: !settings.shuffle };
}

function jolt({ data, network, weights, settings }: KnownEnd, size: number, extent: Extent): Jolt {
  const moved = (seed: number) => jolted(weights, size, seed);
  return { size, ...tried({ name: `jolt ${size}`, network, data, settings, ...extent, weights: moved }) };
}

/** Tries remedies; the most successful first. */
function tryRemedies(ended: KnownEnd, remedies: readonly Remedy[], { trials, seed }: Extent): TriedRemedy[] {
  const results = remedies.map((remedy): TriedRemedy => {
    const times = repeats(remedy, !ended.settings.shuffle) ? 1 : trials;
    const result = tried({ ...remedy, data: ended.data, seed, trials: times });
    return { ...result, name: remedy.name, from: remedy.from };
  });
  return results.sort((a, b) => b.rate - a.rate || b.interval[0] - a.interval[0]);
}

/** Whether all trials of a remedy go the same way: the same weights, and no shuffles. */
function repeats(remedy: Remedy, same: boolean): boolean {
  return (
    same && remedy.from === "this state" && remedy.weights(1).every((w, i) => w === remedy.weights(2)[i])
  );
}

/** What a trial of every remedy takes together, with its share of the rest. */
function millisecondsPerTrial(
  { network, data, settings }: KnownEnd,
  remedies: readonly Remedy[],
  goesOn: boolean,
) {
  const all = remedies.reduce(
    (sum, remedy) => sum + roughMilliseconds(remedy.network, data.rows, remedy.settings.epochs),
    0,
  );
  const own = roughMilliseconds(network, data.rows, settings.epochs);
  return all + (goesOn ? FEWER * own * (LONGER + JOLT_SIZES.length) : 0);
}

function fittingTrials(perTrial: number): number {
  const fitting = Math.floor(BUDGET / perTrial);
  return fitting >= MOST_TRIALS ? MOST_TRIALS : Math.max(LEAST_TRIALS, fitting - (fitting % LEAST_TRIALS));
}
