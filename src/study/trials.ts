import { type Dataset, judgedRows } from "../data/dataset.js";
import { distinctRows } from "../data/rows.js";
import { type FusedPlan, fusedGroup, groupFor, STUDY_LANES } from "../engine/fused.js";
import { initialWeights } from "../engine/initializers.js";
import { meanLoss, predictions } from "../engine/plain.js";
import type { LaneGroup } from "../engine/simd/lanes.js";
import { endingOf, solvedTest } from "../verdict/outcome.js";
import { floorUnder } from "../verdict/ties.js";
import { makeOutcomes, type Outcome, type Outcomes, setOutcome } from "./outcomes.js";
import { drawData, type StudySetting } from "./settings.js";

/**
 * The trials of a setting with these seeds in the fused engine, a few side by side. A seed gives the same bits here as
 * in train() with the data, weights and shuffles of that seed.
 *
 * Yields now and then how many trials are done, with parts of those that run.
 */
export function* fusedOutcomes(setting: StudySetting, seeds: readonly number[]): Generator<number, Outcomes> {
  const outcomes = makeOutcomes(seeds.length);
  const plan: FusedPlan = { ...setting.training, network: setting.network.network };
  let group: LaneGroup | undefined;
  for (let first = 0; first < seeds.length; first += STUDY_LANES) {
    const lanes = seeds.slice(first, first + STUDY_LANES).map((seed) => laneOf(setting, seed));
    const data = lanes.map((lane) => lane.data);
    if (!group?.takes(data)) group = groupFor(plan, data, 2); // in a setting all data are alike: one group serves them all
    const tests = data.map((one) =>
      solvedTest(plan.network, judgedRows(one), setting.training.solvedAccuracy),
    );
    const work = fusedGroup(plan, group, lanes, tests);
    let next = work.next();
    for (; !next.done; next = work.next()) yield first + next.value * lanes.length;
    next.value.forEach((result, i) => {
      const { weights, diverged, finalLoss, firstPerfectEpoch, firstSolvedEpoch } = result;
      const ended = {
        ...judge(setting, weights, lanes[i].data),
        finalLoss,
        firstPerfectEpoch: firstPerfectEpoch || undefined,
        firstSolvedEpoch: firstSolvedEpoch || undefined,
      };
      setOutcome(outcomes, first + i, diverged ? DIVERGED : ended);
    });
  }
  return outcomes;
}

/** A trial whose loss stopped being finite. */
export const DIVERGED: Outcome = {
  status: "diverged",
  finalLoss: Number.NaN,
  judgedLoss: Number.NaN,
  floor: undefined,
  firstSolvedEpoch: undefined,
  firstPerfectEpoch: undefined,
};

function laneOf({ network, source }: StudySetting, seed: number) {
  const weights = initialWeights(network.network, network.kernelInitializer, network.biasInitializer, seed);
  return { data: drawData(source, seed), weights, seed };
}

/** How a trial that reached its last epoch with these weights is judged. */
export function judge(
  { network, training }: StudySetting,
  weights: Float32Array,
  data: Dataset,
): Pick<Outcome, "status" | "judgedLoss" | "floor"> {
  const judged = judgedRows(data);
  const answers = predictions(network.network, weights, judged.inputs);
  const judgedLoss = meanLoss(answers, judged, training.loss);
  if (endingOf("completed", answers, judged, training.solvedAccuracy) === "solved")
    return { status: "solved", judgedLoss, floor: undefined };
  const rows = distinctRows(judged);
  const theirs = rows.rows === judged ? answers : predictions(network.network, weights, rows.rows.inputs);
  return { status: "unsolved", judgedLoss, floor: floorUnder(rows, theirs, training.loss, judgedLoss) };
}
