import { type Dataset, judgedRows } from "../data/dataset.js";
import { drawData } from "../data/drawn.js";
import { distinctRows } from "../data/rows.js";
import { vectorsFor } from "../engine/cost.js";
import { fusedGroup, groupFor, type LaneResult, STUDY_LANES } from "../engine/fused.js";
import { initialWeights } from "../engine/initializers.js";
import type { Network } from "../engine/network.js";
import { meanLoss, predictions } from "../engine/plain.js";
import type { Lane, LaneGroup } from "../engine/simd/lanes.js";
import { runToEnd } from "../engine/trial.js";
import type { TrainSettings } from "../settings/training.js";
import { networkScore } from "../train/score.js";
import { endingOf, type SolvedTest, solvedTest } from "../verdict/outcome.js";
import { floorUnder, LARGEST_TABLE } from "../verdict/ties.js";
import { makeOutcomes, type Outcome, type Outcomes, setOutcome } from "./outcomes.js";
import type { StudySetting } from "./settings.js";

/**
 * The trials of a setting with these seeds in the fused engine. A seed gives the same bits here as in train() with the
 * data, weights and shuffles of that seed.
 *
 * Yields now and then how many trials are done, with parts of those that run.
 */
export function fusedOutcomes(
  { network: settings, training, source, validation }: StudySetting,
  seeds: readonly number[],
): Generator<number, Outcomes> {
  const { network, kernelInitializer, biasInitializer } = settings;
  const startOf = (seed: number): TrialStart => ({
    data: drawData(source, seed),
    weights: initialWeights(network, kernelInitializer, biasInitializer, seed),
    ...{ seed, validation },
  });
  return trainedOutcomes(network, training, seeds, startOf);
}

/** A chunk of a study as it is sent to a worker. */
export interface StudyTask {
  readonly setting: StudySetting;
  readonly seeds: readonly number[];
}

/** What a worker does: all trials of a task. */
export function doTask({ setting, seeds }: StudyTask): Outcomes {
  return runToEnd(fusedOutcomes(setting, seeds));
}

/** How a trial starts, and the data on which loss and accuracy of its final weights are taken, if there are any. */
export interface TrialStart extends Lane {
  readonly validation?: Dataset;
}

/**
 * Trains a network once for each seed in the fused engine, eight at a time, and judges how each training ended.
 *
 * Yields now and then how many are done, with parts of those that run.
 *
 * @param startOf  the data, the first weights and the seed of the shuffles of one training; all data are of one shape
 */
export function* trainedOutcomes(
  network: Network,
  training: TrainSettings,
  seeds: readonly number[],
  startOf: (seed: number) => TrialStart,
): Generator<number, Outcomes> {
  const outcomes = makeOutcomes(seeds.length);
  yield* trainedLanes(network, training, seeds, startOf, (trial, { data, validation }, result) => {
    const { weights, diverged, finalLoss, firstPerfectEpoch, firstSolvedEpoch } = result;
    const epochs = {
      firstPerfectEpoch: firstPerfectEpoch || undefined,
      firstSolvedEpoch: firstSolvedEpoch || undefined,
    };
    const ended = () => ({ ...judge(network, training, weights, data, validation), finalLoss, ...epochs });
    setOutcome(outcomes, trial, diverged ? DIVERGED : ended());
  });
  return outcomes;
}

/**
 * The same, judged by whoever calls.
 *
 * @param take  receives each trial's start and result, and the test whether weights solve its data
 */
export function* trainedLanes<Start extends Lane>(
  network: Network,
  training: TrainSettings,
  seeds: readonly number[],
  startOf: (seed: number) => Start,
  take: (trial: number, start: Start, result: LaneResult, isSolved: SolvedTest) => void,
): Generator<number, void> {
  const plan = { ...training, network };
  const vectors = vectorsFor(seeds.length);
  let group: LaneGroup | undefined;
  for (let first = 0; first < seeds.length; first += STUDY_LANES) {
    const lanes = seeds.slice(first, first + STUDY_LANES).map(startOf);
    const data = lanes.map((lane) => lane.data);
    if (!group?.takes(data)) group = groupFor(plan, data, vectors); // as a rule one group serves them all
    const tests = data.map((one) => solvedTest(network, judgedRows(one), training));
    const results = yield* countedOn(fusedGroup(plan, group, lanes, tests), first, lanes.length);
    for (const [i, result] of results.entries()) take(first + i, lanes[i], result, tests[i]);
  }
}

/** A trial whose loss stopped being finite. */
export const DIVERGED: Outcome = {
  status: "diverged",
  finalLoss: Number.NaN,
  judgedLoss: Number.NaN,
  floor: undefined,
  valLoss: undefined,
  valAccuracy: undefined,
  firstSolvedEpoch: undefined,
  firstPerfectEpoch: undefined,
};

/** How a training that reached its last epoch with these weights is judged. */
export function judge(
  network: Network,
  training: TrainSettings,
  weights: Float32Array,
  data: Dataset,
  validation: Dataset | undefined,
): Omit<Outcome, "finalLoss" | "firstSolvedEpoch" | "firstPerfectEpoch"> {
  const { loss } = training;
  const score = validation && networkScore(network, weights, validation, loss);
  const accuracy = data.task === "regression" ? undefined : score?.accuracy;
  const validated = { valLoss: score?.loss, valAccuracy: accuracy };
  const judged = judgedRows(data);
  const answers = predictions(network, weights, judged.inputs);
  const judgedLoss = meanLoss(answers, judged, loss);
  if (endingOf("completed", answers, judged, training) === "solved")
    return { status: "solved", judgedLoss, floor: undefined, ...validated };
  const rows = distinctRows(judged, LARGEST_TABLE);
  const theirs = rows.rows === judged ? answers : predictions(network, weights, rows.rows.inputs);
  const floor = floorUnder(rows, theirs, loss, judgedLoss);
  return { status: "unsolved", judgedLoss, floor, ...validated };
}

/** Does a part of some work. Yields `before` plus what the part yields, times `each`. */
export function* countedOn<Result>(
  part: Generator<number, Result>,
  before: number,
  each = 1,
): Generator<number, Result> {
  try {
    let next = part.next();
    for (; !next.done; next = part.next()) yield before + next.value * each;
    return next.value;
  } finally {
    part.return(undefined as never); // a part that is stopped runs its finally blocks
  }
}
