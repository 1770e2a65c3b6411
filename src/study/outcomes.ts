import { medianInterval, quantile, wilsonInterval } from "../numbers/statistics.js";
import type { Ending } from "../verdict/outcome.js";
import { LARGEST_KEPT } from "../words/numbers.js";

/** How a trial ended; those of a stopped study that did not reach their end are not counted. */
export type TrialStatus = Exclude<Ending, "stopped">;
const STATUSES: readonly (TrialStatus | "pending")[] = ["pending", "solved", "unsolved", "diverged"];

/** What is kept of one trial. */
export interface Outcome {
  readonly status: TrialStatus;
  /** Running mean loss of the last epoch, at most 3.4e38 (single precision); NaN if the trial diverged. */
  readonly finalLoss: number;
  /** Mean loss over the judged rows with the final weights: without the sampling of the trial's data. At most 3.4e38; NaN if the trial diverged. */
  readonly judgedLoss: number;
  /** The floor on which an unsolved trial rests: its loss is what inputs that share an answer cost. Undefined elsewhere. */
  readonly floor: number | undefined;
  /** Loss and accuracy over the validation data with the final weights; undefined without such data. */
  readonly valLoss: number | undefined;
  readonly valAccuracy: number | undefined;
  /** The first epoch whose running accuracy was 1, counted from 1; undefined if there was none. */
  readonly firstPerfectEpoch: number | undefined;
  /** The first epoch after which the judged rows were right, counted from 1; undefined if there was none. */
  readonly firstSolvedEpoch: number | undefined;
}

/** Room for the outcomes of so many trials, all of them pending. */
export function makeOutcomes(count: number) {
  return {
    /** Indices into STATUSES. */
    status: new Uint8Array(count),
    finalLoss: new Float32Array(count),
    judgedLoss: new Float32Array(count),
    // NaN if there is none
    floor: new Float32Array(count).fill(Number.NaN),
    valLoss: new Float32Array(count).fill(Number.NaN),
    valAccuracy: new Float32Array(count).fill(Number.NaN),
    // 0 if there was none
    firstPerfect: new Uint32Array(count),
    firstSolved: new Uint32Array(count),
  };
}

/** The outcomes of many trials, a column for each part: 29 bytes a trial. Filled in as the trials end. */
export type Outcomes = ReturnType<typeof makeOutcomes>;

/** Writes one trial's outcome. */
export function setOutcome(outcomes: Outcomes, trial: number, outcome: Outcome): void {
  outcomes.status[trial] = STATUSES.indexOf(outcome.status);
  outcomes.finalLoss[trial] = kept(outcome.finalLoss);
  outcomes.judgedLoss[trial] = kept(outcome.judgedLoss);
  outcomes.floor[trial] = outcome.floor ?? Number.NaN;
  outcomes.valLoss[trial] = kept(outcome.valLoss);
  outcomes.valAccuracy[trial] = outcome.valAccuracy ?? Number.NaN;
  outcomes.firstPerfect[trial] = outcome.firstPerfectEpoch ?? 0;
  outcomes.firstSolved[trial] = outcome.firstSolvedEpoch ?? 0;
}

/** A loss in single precision: JSON has no infinity. */
function kept(loss = Number.NaN): number {
  return Math.min(loss, LARGEST_KEPT);
}

/** Writes the outcomes of several trials, from `first` on. */
export function setOutcomes(outcomes: Outcomes, first: number, part: Outcomes): void {
  for (const column of Object.keys(outcomes) as (keyof Outcomes)[]) outcomes[column].set(part[column], first);
}

/**
 * Adds outcomes to those that are known, from `first` on; those that are pending in `part` add nothing.
 *
 * @returns the first trial of `part` that is known already and ended otherwise there; undefined if there is none
 */
export function addOutcomes(outcomes: Outcomes, first: number, part: Outcomes): number | undefined {
  const count = part.status.length;
  const isNew = outcomes.status.subarray(first, first + count).every((status) => status === 0);
  if (isNew) {
    setOutcomes(outcomes, first, part);
    return undefined;
  }
  const columns = Object.keys(outcomes) as (keyof Outcomes)[];
  for (let trial = 0; trial < count; trial++) {
    if (part.status[trial] === 0) continue;
    const at = first + trial;
    if (outcomes.status[at] === 0) for (const column of columns) outcomes[column][at] = part[column][trial];
    else if (!columns.every((column) => Object.is(outcomes[column][at], part[column][trial]))) return trial;
  }
  return undefined;
}

/** The stretches of trials that are pending: from the first to the one before the second number. */
export function* pendingStretches({ status }: Outcomes): Generator<readonly [from: number, to: number]> {
  for (let from = status.indexOf(0); from >= 0; ) {
    let to = from;
    while (to < status.length && status[to] === 0) to++;
    yield [from, to];
    from = to < status.length ? status.indexOf(0, to) : -1;
  }
}

/** One trial's outcome; undefined while it is pending. */
export function outcomeOf(outcomes: Outcomes, trial: number): Outcome | undefined {
  const status = STATUSES[outcomes.status[trial]];
  if (status === undefined || status === "pending") return undefined;
  return {
    status,
    finalLoss: outcomes.finalLoss[trial],
    judgedLoss: outcomes.judgedLoss[trial],
    floor: numberOf(outcomes.floor[trial]),
    valLoss: numberOf(outcomes.valLoss[trial]),
    valAccuracy: numberOf(outcomes.valAccuracy[trial]),
    firstPerfectEpoch: outcomes.firstPerfect[trial] || undefined,
    firstSolvedEpoch: outcomes.firstSolved[trial] || undefined,
  };
}

function numberOf(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** How many trials have ended, and how many of them solved the task. */
export function countEnded(outcomes: Outcomes) {
  const count = [0, 0, 0, 0];
  for (const code of outcomes.status) count[code] += 1;
  const [pending, solved, , diverged] = count;
  return { trials: outcomes.status.length - pending, solved, diverged };
}

/** What a setting's trials say together. */
export interface OutcomeSummary {
  /** Trials that were run to their end. */
  readonly trials: number;
  readonly solved: number;
  /** solved / trials; NaN without trials. */
  readonly rate: number;
  /** Wilson's interval for the probability of success, 95 %. */
  readonly interval: readonly [low: number, high: number];
  readonly diverged: number;
  /** At which losses trials ended unsolved: by floor, most frequent first; those on none come last. */
  readonly floors: readonly FloorCount[];
  /** First epochs after which the judged rows were right, of the solved trials; undefined if none was solved. */
  readonly epochsToSolve: EpochsToSolve | undefined;
  /** Medians over the trials that did not diverge, where there are validation data; a regression has no accuracy. */
  readonly valLoss: number | undefined;
  readonly valAccuracy: number | undefined;
}

/** The distribution of the first epochs after which the judged rows were right: its 10 %, 50 % and 90 % quantiles. */
export interface EpochsToSolve {
  readonly q10: number;
  readonly median: number;
  readonly q90: number;
  /** Interval for the median of all trials that solve, 95 %; undefined for fewer than 8. */
  readonly medianInterval: readonly [low: number, high: number] | undefined;
}

/** Unsolved trials that ended on one floor, or, with `floor` undefined, on none. */
export interface FloorCount {
  /** What inputs that share an answer cost, if all judged rows are equally frequent. */
  readonly floor: number | undefined;
  readonly trials: number;
  /** The least and the largest loss over the judged rows among these trials, at most 3.4e38 (single precision). */
  readonly low: number;
  readonly high: number;
}

/** Sums up a setting's trials. */
export function summarize(outcomes: Outcomes): OutcomeSummary {
  const { trials, solved, diverged } = countEnded(outcomes);
  const ended = (trial: number, status: TrialStatus): boolean => STATUSES[outcomes.status[trial]] === status;
  const epochs = outcomes.firstSolved.filter((_, trial) => ended(trial, "solved")).sort();
  return {
    trials,
    solved,
    rate: solved / trials,
    interval: wilsonInterval(solved, trials),
    diverged,
    floors: floorCounts(outcomes),
    epochsToSolve: epochsToSolve(epochs),
    valLoss: medianOf(outcomes.valLoss),
    valAccuracy: medianOf(outcomes.valAccuracy),
  };
}

/** The median of what are numbers; undefined if none is. */
function medianOf(column: Float32Array): number | undefined {
  return quantile(column.filter((value) => !Number.isNaN(value)).sort(), 0.5);
}

/** @param sorted  ascending */
function epochsToSolve(sorted: Uint32Array): EpochsToSolve | undefined {
  const [q10, median, q90] = [0.1, 0.5, 0.9].map((share) => quantile(sorted, share));
  if (q10 === undefined || median === undefined || q90 === undefined) return undefined;
  return { q10, median, q90, medianInterval: medianInterval(sorted) };
}

/** Floors that agree to six decimals are one: single precision keeps seven digits. */
const SAME_FLOOR = 1e-6;

function floorCounts(outcomes: Outcomes): FloorCount[] {
  const counts = new Map<number | undefined, { trials: number; low: number; high: number }>();
  for (let trial = 0; trial < outcomes.status.length; trial++) {
    if (STATUSES[outcomes.status[trial]] !== "unsolved") continue;
    const floor = numberOf(Math.round(outcomes.floor[trial] / SAME_FLOOR) * SAME_FLOOR);
    const loss = outcomes.judgedLoss[trial];
    const known = counts.get(floor);
    if (known) {
      known.trials += 1;
      known.low = Math.min(known.low, loss);
      known.high = Math.max(known.high, loss);
    } else counts.set(floor, { trials: 1, low: loss, high: loss });
  }
  const last = (count: FloorCount) => (count.floor === undefined ? 1 : 0);
  return [...counts]
    .map(([floor, count]): FloorCount => ({ floor, ...count }))
    .sort((a, b) => last(a) - last(b) || b.trials - a.trials || (a.floor ?? 0) - (b.floor ?? 0));
}
