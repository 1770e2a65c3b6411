import { type Dataset, judgedRows } from "../data/dataset.js";
import { compileMilliseconds, trialsMilliseconds } from "../engine/cost.js";
import { trialSeed } from "../numbers/random.js";
import { quantile, wilsonInterval } from "../numbers/statistics.js";
import type { TrainSettings } from "../settings/training.js";
import { trainedLanes } from "../study/trials.js";
import type { Remedy } from "./remedy.js";

/** How often something that was tried led to a solution. */
export interface Tried {
  readonly trials: number;
  readonly solved: number;
  /** solved / trials. */
  readonly rate: number;
  /** Wilson's interval for the probability of success, 95 %. It means nothing where every trial would go the same way. */
  readonly interval: readonly [low: number, high: number];
  /** Whether nothing random is left, so that it was tried once: the same weights, and no shuffles that change a step. */
  readonly alwaysTheSame: boolean;
  /** How long each was trained. */
  readonly epochs: number;
  /** Median of the first epochs after which the judged rows were right, of those that solved the data. */
  readonly medianEpoch: number | undefined;
}

/** The trials of a remedy so far; their seeds follow from its name. */
export interface Tally {
  readonly remedy: Remedy;
  trials: number;
  /** The first epochs after which those were right that ended right. */
  readonly epochs: number[];
}

/**
 * Whether every trial would go the same way: from the same weights, without shuffles, or with all rows in each step, where
 * another order changes nothing but rounding.
 */
export function goesOneWay({ startsAlike, settings, data }: Remedy): boolean {
  return startsAlike && (!settings.shuffle || settings.batchSize >= data.rows);
}

/** Estimated milliseconds of so many trials more. */
export function millisecondsOf({ remedy, trials: before }: Tally, trials: number): number {
  const { network, settings, data } = remedy;
  const judged = judgedRows(data);
  const work = { ...settings, network, rows: data.rows, judged: judged.rows, judgedAtOnce: lookedAt(judged, settings) };
  return (before === 0 ? compileMilliseconds(network, trials) : 0) + trialsMilliseconds(work, trials);
}

/** How many judged rows it takes, about, to see that a network is not good enough: of rows that must all be right one. */
function lookedAt({ rows, task }: Dataset, { solvedAccuracy, solvedLoss }: TrainSettings): number {
  if (task === "regression" || solvedLoss !== undefined) return rows / 4;
  return 1 + rows * Math.min(1, 3 * (1 - solvedAccuracy)); // where a third is wrong
}

/** Trains so often with a remedy, each time with shuffles (and weights) of another seed; yields now and then how many are done. */
export function* tryMore(tally: Tally, trials: number, from: number): Generator<number, void> {
  const { remedy, trials: before } = tally;
  const { name, network, settings, data, weights } = remedy;
  const seeds = Array.from({ length: trials }, (_, i) => trialSeed(from, `explain ${name}`, before + i));
  const startOf = (seed: number) => ({ data, weights: weights(seed), seed });
  yield* trainedLanes(network, settings, seeds, startOf, (_, __, result, isSolved) => {
    tally.trials += 1;
    if (!result.diverged && isSolved(result.weights)) tally.epochs.push(result.firstSolvedEpoch);
  });
}

/** What came of it. */
export function resultOf({ remedy, trials, epochs }: Tally): Tried {
  const solved = epochs.length;
  return {
    ...{ trials, solved, rate: solved / trials, interval: wilsonInterval(solved, trials) },
    ...{ alwaysTheSame: goesOneWay(remedy), epochs: remedy.settings.epochs },
    medianEpoch: quantile(
      [...epochs].sort((a, b) => a - b),
      0.5,
    ),
  };
}

/** Which of two is surer to help: by the lower ends of their intervals, then by their rates. */
export function surer(a: Tally, b: Tally): number {
  const [one, other] = [resultOf(a), resultOf(b)];
  return other.interval[0] - one.interval[0] || other.rate - one.rate;
}
