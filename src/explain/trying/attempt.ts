import { judgedRows } from "../../data/dataset.js";
import { compileMilliseconds, trialsMilliseconds, type Work } from "../../engine/cost.js";
import { predictions } from "../../engine/plain.js";
import { trialSeed } from "../../numbers/random.js";
import { quantile, wilsonInterval } from "../../numbers/statistics.js";
import type { OutcomeSummary } from "../../study/outcomes.js";
import { trainedLanes } from "../../study/trials.js";
import { scoreOf } from "../facts/judgement.js";
import { partsChanged, type Remedy } from "./remedy.js";

/** How often something that was tried led to a solution. */
export interface Tried extends Pick<OutcomeSummary, "trials" | "solved" | "rate" | "interval"> {
  /**
   * Whether nothing random is left, so that it was tried once: the same weights, and no shuffles that change a step. Then the
   * interval means nothing.
   */
  readonly alwaysTheSame: boolean;
  /** How long each was trained. */
  readonly epochs: number;
  /** Median of the first epochs after which the judged rows were right, of those that solved the data. */
  readonly medianEpoch: number | undefined;
  /**
   * Median of what the trials came to by what the run is judged by: the judged rows that are right, R², or the mean loss over these
   * rows. Undefined if that compares with nothing: the loss is another one, or half of them diverged.
   */
  readonly reached: number | undefined;
}

/** Something to try, and how much it matters. */
export interface Candidate {
  readonly remedy: Remedy;
  /** Whether the cause points to it: then it may take more of the time. */
  readonly pointedTo: boolean;
  /** Of training on: not a remedy, but a fact of the run. */
  readonly fact?: true;
}

/** The trials of a candidate so far; their seeds follow from its name. */
export interface Tally {
  readonly candidate: Candidate;
  /** The candidate's own, or a shorter version of it. */
  readonly remedy: Remedy;
  trials: number;
  /** The first epochs after which those were right that ended right. */
  readonly epochs: number[];
  /** How near to a solution each of them came: what it is judged by, losses with a minus; the larger, the nearer. */
  readonly near: number[];
  /** How many judged rows they have looked at. */
  looked: number;
}

export function freshTally(candidate: Candidate, remedy = candidate.remedy): Tally {
  return { candidate, remedy, trials: 0, epochs: [], near: [], looked: 0 };
}

/**
 * Whether every trial would go the same way: from the same weights, without shuffles, or with all rows in each step, where
 * another order changes nothing but rounding.
 */
export function goesOneWay({ startsAlike, settings, rows }: Remedy): boolean {
  return startsAlike && (!settings.shuffle || settings.batchSize >= rows);
}

/** So many trials, or one where all would go the same way. */
export function atMost(trials: number, { remedy }: Tally): number {
  return goesOneWay(remedy) ? 1 : trials;
}

/** Estimated milliseconds of so many trials more. */
export function millisecondsOf(tally: Tally, wanted: number): number {
  const trials = atMost(wanted, tally);
  const compiling = tally.trials === 0 ? compileMilliseconds(tally.remedy.network, trials) : 0;
  return compiling + trialsMilliseconds(workOf(tally), trials, trials * lookedAt(tally.remedy));
}

/** Estimated milliseconds that the trials so far have taken. */
export function spentOn(tally: Tally): number {
  const { trials, looked, remedy } = tally;
  if (trials === 0) return 0;
  return compileMilliseconds(remedy.network, trials) + trialsMilliseconds(workOf(tally), trials, looked);
}

function workOf({ remedy: { network, settings, rows } }: Tally): Work {
  return { ...settings, network, rows };
}

/** How many judged rows a trial is likely to look at, at most: all when it solves them, and at the end; else until too much is wrong. */
function lookedAt({ ended, settings }: Remedy): number {
  const { rows, task } = judgedRows(ended.data);
  const { epochs, solvedAccuracy, solvedLoss } = settings;
  const allMustBeRight = solvedAccuracy === 1 && task !== "regression" && solvedLoss === undefined;
  return 2 * rows + epochs * (allMustBeRight ? 1 : rows / 2);
}

/** Trains so often with a remedy, each time with shuffles (and weights) of another seed; yields now and then how many are done. */
export function* tryMore(tally: Tally, trials: number, from: number): Generator<number, void> {
  const { remedy, trials: before } = tally;
  const { name, network, settings, weights } = remedy;
  const data = remedy.data();
  const judged = judgedRows(data);
  const score = scoreOf(judged, settings, { network });
  const seeds = Array.from({ length: trials }, (_, i) => trialSeed(from, `explain ${name}`, before + i));
  const startOf = (seed: number) => ({ data, weights: weights(seed), seed });
  yield* trainedLanes(network, settings, seeds, startOf, (_, __, result, isSolved) => {
    tally.trials += 1;
    if (!result.diverged && isSolved(result.weights)) tally.epochs.push(result.firstSolvedEpoch);
    const came = result.diverged ? Number.NaN : score.of(predictions(network, result.weights, judged.inputs));
    tally.near.push(!Number.isFinite(came) ? FARTHEST : score.by === "loss" ? -came : came);
    tally.looked += isSolved.looked;
  });
}

/** Of trials that diverged, or whose R² is no number since the targets are all the same; half of it is the median of two of which one did. */
const FARTHEST = -Number.MAX_VALUE;

/** What came of it. */
export function resultOf(tally: Tally): Tried {
  const { remedy, trials, epochs } = tally;
  const solved = epochs.length;
  const near = nearness(tally);
  return {
    ...{ trials, solved, rate: solved / trials, interval: wilsonInterval(solved, trials) },
    ...{ alwaysTheSame: goesOneWay(remedy), epochs: remedy.settings.epochs },
    medianEpoch: medianOf(epochs),
    reached: near <= FARTHEST / 2 ? undefined : remedy.settings.solvedLoss === undefined ? near : -near,
  };
}

function medianOf(numbers: readonly number[]): number | undefined {
  return quantile(Float64Array.from(numbers).sort(), 0.5);
}

/** How near to a solution half of the trials came. Losses of another kind, or of scaled targets, compare with none. */
function nearness({ remedy: { settings, ended, changes }, near }: Tally): number {
  const alike = settings.loss === ended.settings.loss && !(changes.data && ended.data.task === "regression");
  return settings.solvedLoss === undefined || alike ? (medianOf(near) ?? FARTHEST) : FARTHEST;
}

/**
 * Which of two is surer to help: by the lower ends of their intervals, then by their rates; of two that never solved it the one
 * that came nearer, of equally sure ones the one that changes less.
 */
export function surer(a: Tally, b: Tally): number {
  const [one, other] = [resultOf(a), resultOf(b)];
  const never = a.epochs.length + b.epochs.length === 0;
  return (
    other.interval[0] - one.interval[0] ||
    other.rate - one.rate ||
    (never ? nearness(b) - nearness(a) : partsChanged(a.remedy) - partsChanged(b.remedy))
  );
}
