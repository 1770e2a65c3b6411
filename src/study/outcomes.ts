import { quantile, wilsonInterval } from "../numbers/statistics.js";
import { countByFloor, type FloorCount } from "../verdict/floors.js";

/** How a trial ended. */
export type TrialStatus = "solved" | "stalled" | "diverged";
const STATUSES: readonly (TrialStatus | "pending")[] = ["pending", "solved", "stalled", "diverged"];

/** What is kept of one trial. */
export interface Outcome {
  readonly status: TrialStatus;
  /** Running mean loss of the last epoch; NaN if the trial diverged. */
  readonly finalLoss: number;
  /** Mean loss over the judged rows with the final weights: where the trial is stuck, without the sampling of its data. */
  readonly judgedLoss: number;
  /** Counted from 1; undefined if there was none. */
  readonly firstPerfectEpoch: number | undefined;
}

/** The outcomes of many trials, a column for each part: 13 bytes a trial. Filled in as the trials end. */
export interface Outcomes {
  /** Indices into STATUSES. */
  readonly status: Uint8Array;
  readonly finalLoss: Float32Array;
  readonly judgedLoss: Float32Array;
  /** 0 if there was none. */
  readonly firstPerfect: Uint32Array;
}

/** Room for the outcomes of so many trials, all of them pending. */
export function makeOutcomes(count: number): Outcomes {
  return {
    status: new Uint8Array(count),
    finalLoss: new Float32Array(count),
    judgedLoss: new Float32Array(count),
    firstPerfect: new Uint32Array(count),
  };
}

/** Writes one trial's outcome. */
export function setOutcome(outcomes: Outcomes, trial: number, outcome: Outcome): void {
  outcomes.status[trial] = STATUSES.indexOf(outcome.status);
  outcomes.finalLoss[trial] = outcome.finalLoss;
  outcomes.judgedLoss[trial] = outcome.judgedLoss;
  outcomes.firstPerfect[trial] = outcome.firstPerfectEpoch ?? 0;
}

/** Writes the outcomes of several trials, from `first` on. */
export function setOutcomes(outcomes: Outcomes, first: number, part: Outcomes): void {
  outcomes.status.set(part.status, first);
  outcomes.finalLoss.set(part.finalLoss, first);
  outcomes.judgedLoss.set(part.judgedLoss, first);
  outcomes.firstPerfect.set(part.firstPerfect, first);
}

/** One trial's outcome; undefined while it is pending. */
export function outcomeOf(outcomes: Outcomes, trial: number): Outcome | undefined {
  const status = STATUSES[outcomes.status[trial]];
  if (status === undefined || status === "pending") return undefined;
  return {
    status,
    finalLoss: outcomes.finalLoss[trial],
    judgedLoss: outcomes.judgedLoss[trial],
    firstPerfectEpoch: outcomes.firstPerfect[trial] || undefined,
  };
}

/** How many trials have ended, and how many of them solved the task. */
export function countEnded(outcomes: Outcomes): {
  readonly trials: number;
  readonly solved: number;
  readonly diverged: number;
} {
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
  /**
   * How many trials stalled at which loss, most frequent first. The loss is that over the truth table where there is one,
   * counted at the floor it sits on; losses near no floor are counted at the nearest multiple of 0.1.
   */
  readonly floors: readonly FloorCount[];
  /** First perfect epochs of the solved trials; undefined if none was. */
  readonly epochsToSolve: { readonly q10: number; readonly median: number; readonly q90: number } | undefined;
}

/** Sums up a setting's trials; `floors` are the losses at which they can be stuck. */
export function summarize(outcomes: Outcomes, floors: readonly number[]): OutcomeSummary {
  const { trials, solved, diverged } = countEnded(outcomes);
  const ended = (trial: number, status: TrialStatus): boolean => STATUSES[outcomes.status[trial]] === status;
  const stalledLosses = outcomes.judgedLoss.filter((_, trial) => ended(trial, "stalled"));
  const epochs = outcomes.firstPerfect.filter((epoch, trial) => epoch > 0 && ended(trial, "solved")).sort();
  const at = (share: number): number => quantile(epochs, share) ?? Number.NaN;
  return {
    trials,
    solved,
    rate: solved / trials,
    interval: wilsonInterval(solved, trials),
    diverged,
    floors: countByFloor(stalledLosses, floors),
    epochsToSolve: epochs.length > 0 ? { q10: at(0.1), median: at(0.5), q90: at(0.9) } : undefined,
  };
}
