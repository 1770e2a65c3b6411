import { type Dataset, judgedRows } from "../data/dataset.js";
import { drawData } from "../data/drawn.js";
import { learnerTrial } from "../engine/trial.js";
import { tfjsLearner } from "../model/learner.js";
import { mlp } from "../model/mlp.js";
import type { Sequential } from "../model/tensorflow.js";
import { NETWORK_OPTION_NAMES, type NetworkOptions } from "../settings/network.js";
import { solvedTest } from "../verdict/outcome.js";
import { makeOutcomes, type Outcome, type Outcomes, setOutcome } from "./outcomes.js";
import { axesOf, type StudySetting } from "./settings.js";
import { countedOn, DIVERGED, judge } from "./trials.js";

/** The trials of a setting in TensorFlow.js itself, one after the other; yields how many are done. */
export function* tfjsOutcomes(setting: StudySetting, seeds: readonly number[]): Generator<number, Outcomes> {
  const outcomes = makeOutcomes(seeds.length);
  for (const [i, seed] of seeds.entries())
    setOutcome(outcomes, i, yield* countedOn(oneTrial(setting, seed), i));
  return outcomes;
}

function* oneTrial(setting: StudySetting, seed: number): Generator<number, Outcome> {
  const { training } = setting;
  const { network } = setting.network;
  const data = drawData(setting.source, seed);
  const model = settingModel(setting, seed, data);
  const trial = learnerTrial(tfjsLearner(model, data, training), data.rows, { ...training, seed });
  let finalLoss = Number.NaN;
  let firstPerfectEpoch: number | undefined;
  let firstSolvedEpoch: number | undefined;
  const isSolved = solvedTest(network, judgedRows(data), training);
  try {
    let next = trial.moments.next();
    for (; !next.done; next = trial.moments.next()) {
      const { epoch, epochEnds, loss, accuracy } = next.value;
      if (epochEnds) {
        finalLoss = loss;
        if (accuracy === 1) firstPerfectEpoch ??= epoch;
        if (firstSolvedEpoch === undefined && isSolved(trial.weights())) firstSolvedEpoch = epoch;
      }
      yield epoch / training.epochs;
    }
    if (next.value === "diverged") return DIVERGED;
    const judged = judge(network, training, trial.weights(), data, setting.validation);
    return { ...judged, finalLoss, firstPerfectEpoch, firstSolvedEpoch };
  } finally {
    trial.dispose();
    model.dispose();
  }
}

/** The model with which a trial starts. */
export function settingModel({ given }: StudySetting, seed: number, data: Dataset): Sequential {
  return mlp({ ...(axesOf(given, NETWORK_OPTION_NAMES) as NetworkOptions), inputs: data.features, seed });
}
