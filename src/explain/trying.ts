import type { Dataset } from "../data/dataset.js";
import { roughMilliseconds, wholeGroups } from "../engine/cost.js";
import { random, trialSeed } from "../numbers/random.js";
import { summarize } from "../study/outcomes.js";
import { trainedOutcomes } from "../study/trials.js";
import { type Cause, PROVEN } from "./cause.js";
import type { Facts } from "./facts.js";
import { type KnownEnd, type Remedy, remediesFor } from "./remedies.js";

/** How often something that was tried led to a solution. */
export interface Tried {
  readonly trials: number;
  readonly solved: number;
  /** solved / trials. */
  readonly rate: number;
  /** Wilson's interval for the probability of success, 95 %. */
  readonly interval: readonly [low: number, high: number];
  /** How long each was trained. */
  readonly epochs: number;
  /** Median of the first epochs after which the judged rows were right, of those that solved the data. */
  readonly medianEpoch: number | undefined;
}

/** What training on from the final weights came to, with a fresh optimizer and other shuffles. */
export interface TrainedOn extends Tried {
  /** Whether nothing random was left (no shuffles), so that it was tried once: it always goes this way. */
  readonly alwaysTheSame: boolean;
}

/** What came of moving all weights by normal noise before training on, for as many epochs as the run. */
export interface Pushed extends Tried {
  /** The noise's standard deviation. */
  readonly size: number;
}

/** What came of a remedy. */
export interface TriedRemedy extends Tried, Pick<Remedy, "change" | "name" | "from"> {}

/** Everything that was tried. */
export interface Trying {
  /** Undefined where it makes no sense: solved and diverged runs. */
  readonly trainedOn: TrainedOn | undefined;
  /** Undefined where it makes no sense: as above, and where it is proved that no training on solves the data. */
  readonly pushed: Pushed | undefined;
  /** The most successful first. */
  readonly remedies: readonly TriedRemedy[];
  /** Where nothing was tried because even a few trials would take long: how long, in seconds. */
  readonly tooLong: number | undefined;
}

export const NOTHING_TRIED: Trying = {
  trainedOn: undefined,
  pushed: undefined,
  remedies: [],
  tooLong: undefined,
};

/** How many times longer than the run it is trained on. */
const LONGER = 10;
const PUSH = 0.1; // weights of trained tiny networks are of size 1 to 10
/** Trainings on, and pushes, for each trial of a remedy: they take long, or say little. */
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
  { trials: asked, seed }: { readonly trials: number | undefined; readonly seed: number },
): Trying {
  if (cause === "solved" || !facts.possible) return NOTHING_TRIED; // nothing can help where nothing can be right
  const remedies = remediesFor(ended, facts);
  const goesOn = cause !== "diverged";
  const on = goesOn ? longer(ended, cause) : undefined;
  const push = goesOn && !PROVEN.has(cause) ? pushOf(ended) : undefined;
  const cost = (trials: number): number => {
    const own = (times: number) => (attempt: Attempt) => millisecondsOf(attempt, ended.data, times);
    const few = [on, push].flatMap((attempt) => attempt ?? []).map(own(fewer(trials)));
    return [...few, ...remedies.map(own(trials))].reduce((sum, milliseconds) => sum + milliseconds);
  };
  if (asked === undefined && cost(LEAST_TRIALS) > TOO_LONG)
    return { ...NOTHING_TRIED, tooLong: cost(LEAST_TRIALS) / 1000 };
  const trials = asked ?? fittingTrials(cost);
  const few = (attempt: Attempt): Tried => tried(attempt, ended.data, fewer(trials), seed);
  return {
    trainedOn: on && { ...few(on), alwaysTheSame: !on.settings.shuffle },
    pushed: push && { ...few(push), size: PUSH },
    remedies: remedies
      .map((remedy) => ({ ...nameOf(remedy), ...tried(remedy, ended.data, trials, seed) }))
      .sort((a, b) => b.rate - a.rate || b.interval[0] - a.interval[0]),
    tooLong: undefined,
  };
}

/** What is trained several times; seeds follow from its name. */
export type Attempt = Pick<Remedy, "name" | "network" | "settings" | "weights">;

/** From the final weights on, unchanged: what was left of a run that was stopped, else ten times as long as the run. */
function longer({ network, weights, settings, losses }: KnownEnd, cause: Cause): Attempt {
  const left = Math.max(1, settings.epochs - losses.length);
  const epochs = cause === "stopped" ? left : LONGER * settings.epochs;
  return { name: "on", network, settings: { ...settings, epochs }, weights: () => weights };
}

/** From the final weights on, all of them moved a little. */
function pushOf({ network, weights, settings }: KnownEnd): Attempt {
  return { name: "push", network, settings, weights: (seed) => pushed(weights, PUSH, seed) };
}

/** All weights moved by normal noise of this standard deviation. */
export function pushed(weights: Float32Array, size: number, seed: number): Float32Array {
  const source = random(seed, "push");
  return weights.map((weight) => weight + size * source.normal());
}

function nameOf({ change, name, from }: Remedy): Pick<TriedRemedy, "change" | "name" | "from"> {
  return { change, name, from };
}

/** Trains an attempt so often, as a study does, each time with shuffles (and weights) of another seed. */
export function tried(attempt: Attempt, data: Dataset, asked: number, from: number): Tried {
  const { name, network, settings, weights } = attempt;
  const trials = timesOf(attempt, asked);
  const seeds = Array.from({ length: trials }, (_, trial) => trialSeed(from, `explain ${name}`, trial));
  const work = trainedOutcomes(network, settings, seeds, (seed) => ({ data, weights: weights(seed), seed }));
  let next = work.next();
  while (!next.done) next = work.next();
  const { solved, rate, interval, epochsToSolve } = summarize(next.value);
  const { epochs } = settings;
  return { trials, solved, rate, interval, epochs, medianEpoch: epochsToSolve?.median };
}

/** Once where all trials would go the same way: without shuffles, and from the same weights. */
function timesOf({ settings, weights }: Attempt, asked: number): number {
  if (settings.shuffle) return asked;
  const [first, second] = [weights(1), weights(2)];
  return first.every((weight, i) => weight === second[i]) ? 1 : asked;
}

function millisecondsOf(attempt: Attempt, data: Dataset, asked: number): number {
  return roughMilliseconds(attempt.network, data.rows, attempt.settings, timesOf(attempt, asked));
}

/** Trainings on and pushes for so many trials of a remedy, in whole groups. */
function fewer(trials: number): number {
  return wholeGroups(FEWER * trials);
}

/** As many as fit into the budget: a hundred, or whole groups. */
function fittingTrials(cost: (trials: number) => number): number {
  let trials = MOST_TRIALS;
  while (trials > LEAST_TRIALS && cost(trials) > BUDGET) trials = wholeGroups(trials) - LEAST_TRIALS;
  return trials;
}
