import { type Dataset, judgedRows } from "../data/dataset.js";
import { fusedGroup, groupFor, type LaneResult, STUDY_LANES } from "../engine/fused.js";
import type { Network } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import type { Lane, LaneGroup } from "../engine/simd/lanes.js";
import { trialSeed } from "../numbers/random.js";
import { quantile, wilsonInterval } from "../numbers/statistics.js";
import type { TrainSettings } from "../settings/training.js";
import { endingOf, solvedTest } from "../verdict/outcome.js";

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

/** What is to be tried. */
export interface Attempt {
  /** Seeds follow from it. */
  readonly name: string;
  readonly network: Network;
  readonly data: Dataset;
  readonly settings: TrainSettings;
  readonly trials: number;
  readonly seed: number;
  /** The weights with which a trial starts, from the trial's seed. */
  readonly weights: (seed: number) => Float32Array;
}

/** Trains some networks in the fused engine, in this thread, each with shuffles (and weights) of its own seed. */
export function tried(attempt: Attempt): Tried {
  const { network, data, settings, trials } = attempt;
  const plan = { ...settings, network };
  const judged = judgedRows(data);
  const test = solvedTest(network, judged, settings.solvedAccuracy);
  const firstEpochs: number[] = [];
  let solved = 0;
  let group: LaneGroup | undefined;
  for (let first = 0; first < trials; first += STUDY_LANES) {
    const lanes = lanesOf(attempt, first, Math.min(STUDY_LANES, trials - first));
    group ??= groupFor(plan, [data], 2);
    for (const result of toTheEnd(
      fusedGroup(
        plan,
        group,
        lanes,
        lanes.map(() => test),
      ),
    )) {
      if (!solves(network, result, judged, settings)) continue;
      solved += 1;
      firstEpochs.push(result.firstSolvedEpoch);
    }
  }
  firstEpochs.sort((a, b) => a - b);
  return {
    ...{ trials, solved, rate: solved / trials, interval: wilsonInterval(solved, trials) },
    ...{ epochs: settings.epochs, medianEpoch: quantile(firstEpochs, 0.5) },
  };
}

function lanesOf({ name, data, seed, weights }: Attempt, first: number, count: number): Lane[] {
  return Array.from({ length: count }, (_, i) => {
    const own = trialSeed(seed, `explain ${name}`, first + i);
    return { data, weights: weights(own), seed: own };
  });
}

function toTheEnd(work: Generator<number, LaneResult[]>): LaneResult[] {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

function solves(network: Network, result: LaneResult, judged: Dataset, settings: TrainSettings): boolean {
  if (result.diverged) return false;
  const answers = predictions(network, result.weights, judged.inputs);
  return endingOf("completed", answers, judged, settings.solvedAccuracy) === "solved";
}
