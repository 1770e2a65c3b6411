import { judgedRows } from "../data/dataset.js";
import { compileMilliseconds, trialsMilliseconds } from "../engine/cost.js";
import { random, trialSeed } from "../numbers/random.js";
import { quantile, wilsonInterval } from "../numbers/statistics.js";
import { trainedLanes } from "../study/trials.js";
import { PROVEN } from "./cause.js";
import { remediesFor } from "./remedies.js";
import { longerBy } from "./remedies/steps.js";
import { type Case, here, type Remedy } from "./remedy.js";
import { type Budget, type Candidate, inRounds, type Watch } from "./rounds.js";

/** How often something that was tried led to a solution. */
export interface Tried {
  readonly trials: number;
  readonly solved: number;
  /** solved / trials. */
  readonly rate: number;
  /** Wilson's interval for the probability of success, 95 %. It says nothing of what always goes the same way. */
  readonly interval: readonly [low: number, high: number];
  /** Whether nothing random was left, so that it was tried once: no shuffles, or none that change a step, and the same weights. */
  readonly alwaysTheSame: boolean;
  /** How long each was trained. */
  readonly epochs: number;
  /** Median of the first epochs after which the judged rows were right, of those that solved the data. */
  readonly medianEpoch: number | undefined;
}

/** What training on from the final weights came to, with a fresh optimizer and other shuffles. */
export type TrainedOn = Tried;

/** What came of moving all weights by normal noise before training on, for as many epochs as the run. */
export interface Pushed extends Tried {
  /** The noise's standard deviation. */
  readonly size: number;
}

/** What is told of a remedy. */
export type RemedyName = Pick<Remedy, "change" | "name" | "from" | "write">;

/** What came of a remedy. */
export interface TriedRemedy extends Tried, RemedyName {}

/** Everything that was tried. */
export interface Trying {
  /** Undefined where it makes no sense (solved and diverged runs), and where it would take too long. */
  readonly trainedOn: TrainedOn | undefined;
  /** Undefined as above, and where it is proved that no training on solves the data. */
  readonly pushed: Pushed | undefined;
  /** Those first whose rate is the highest for sure: by the lower end of the interval. */
  readonly remedies: readonly TriedRemedy[];
  /** What was not tried, for lack of time or since Stop was pressed. */
  readonly untried: readonly RemedyName[];
  /** Where something was not tried for lack of time: about how many seconds 8 trials of everything would take. */
  readonly tooLong: number | undefined;
  /** Whether the stop button or a signal ended it before all was tried. */
  readonly stopped: boolean;
}

export const NOTHING_TRIED: Trying = {
  trainedOn: undefined,
  pushed: undefined,
  remedies: [],
  untried: [],
  tooLong: undefined,
  stopped: false,
};
