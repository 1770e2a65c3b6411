import type { FloorCount } from "../floors.js";
import { countByFloor } from "../floors.js";
import { quantile, wilsonInterval } from "../stats.js";

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

/** The outcomes of one setting's trials, in typed arrays: 13 bytes a trial. */
export interface Outcomes {
  set(trial: number, outcome: Outcome): void;
  get(trial: number): Outcome | undefined;
  summary(floors: readonly number[]): OutcomeSummary;
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

/** Room for the outcomes of so many trials. */
export function makeOutcomes(count: number): Outcomes {
  const status = new Uint8Array(count);
  const finalLoss = new Float32Array(count);
  const judgedLoss = new Float32Array(count);
  const firstPerfect = new Uint32Array(count);
  return {
    set(trial, outcome) {
      status[trial] = STATUSES.indexOf(outcome.status);
      finalLoss[trial] = outcome.finalLoss;
      judgedLoss[trial] = outcome.judgedLoss;
      firstPerfect[trial] = outcome.firstPerfectEpoch ?? 0;
    },
    get(trial) {
      const ended = STATUSES[status[trial]];
      if (ended === "pending" || ended === undefined) return undefined;
      const first = firstPerfect[trial];
      return {
        status: ended,
        finalLoss: finalLoss[trial],
        judgedLoss: judgedLoss[trial],
        firstPerfectEpoch: first || undefined,
      };
    },
    summary: (floors) => summarize(status, judgedLoss, firstPerfect, floors),
  };
}

function summarize(
  status: Uint8Array,
  judgedLoss: Float32Array,
  firstPerfect: Uint32Array,
  floors: readonly number[],
): OutcomeSummary {
  const count = [0, 0, 0, 0];
  for (const code of status) count[code] += 1;
  const [pending, solved, , diverged] = count;
  const trials = status.length - pending;
  const stalledLosses = Array.from(judgedLoss).filter((_, trial) => STATUSES[status[trial]] === "stalled");
  const epochs = firstPerfect
    .filter((epoch, trial) => epoch > 0 && STATUSES[status[trial]] === "solved")
    .sort();
  return {
    trials,
    solved,
    rate: solved / trials,
    interval: wilsonInterval(solved, trials),
    diverged,
    floors: countByFloor(stalledLosses, floors),
    epochsToSolve:
      epochs.length > 0
        ? { q10: quantile(epochs, 0.1)!, median: quantile(epochs, 0.5)!, q90: quantile(epochs, 0.9)! }
        : undefined,
  };
}
