import { type Dataset, judgedRows } from "../data/dataset.js";
import { learnerTrial } from "../engine/trial.js";
import { flatWeights } from "../model/chain.js";
import { tfjsLearner } from "../model/learner.js";
import { mlp } from "../model/mlp.js";
import type { Sequential } from "../model/tensorflow.js";
import { solvedTest } from "../verdict/outcome.js";
import { makeOutcomes, type Outcome, type Outcomes, setOutcome } from "./outcomes.js";
import { drawData, type StudySetting } from "./settings.js";
import { DIVERGED, judge } from "./trials.js";

/** The trials of a setting in TensorFlow.js itself, one after the other; yields how many are done. */
export function* tfjsOutcomes(setting: StudySetting, seeds: readonly number[]): Generator<number, Outcomes> {
  const outcomes = makeOutcomes(seeds.length);
  for (let i = 0; i < seeds.length; i++) {
    const work = oneTrial(setting, seeds[i]);
    try {
      let next = work.next();
      for (; !next.done; next = work.next()) yield i + next.value;
      setOutcome(outcomes, i, next.value);
    } finally {
      work.return(DIVERGED); // a stopped study lets go of the tensors of its last trial
    }
  }
  return outcomes;
}

function* oneTrial(setting: StudySetting, seed: number): Generator<number, Outcome> {
  const { training, source } = setting;
  const data = drawData(source, seed);
  const model = settingModel(setting, seed, data);
  const trial = learnerTrial(tfjsLearner(model, data, training), data.rows, { ...training, seed });
  let finalLoss = Number.NaN;
  let firstPerfectEpoch: number | undefined;
  let firstSolvedEpoch: number | undefined;
  const isSolved = solvedTest(setting.network.network, judgedRows(data), training.solvedAccuracy);
  try {
    let next = trial.moments.next();
    for (; !next.done; next = trial.moments.next()) {
      const { epoch, epochEnds, loss, accuracy } = next.value;
      if (epochEnds) finalLoss = loss;
      if (epochEnds && accuracy === 1) firstPerfectEpoch ??= epoch;
      if (epochEnds && firstSolvedEpoch === undefined && isSolved(trial.weights())) firstSolvedEpoch = epoch;
      yield epoch / training.epochs;
    }
    if (next.value === "diverged") return DIVERGED;
    return { ...judge(setting, flatWeights(model), data), finalLoss, firstPerfectEpoch, firstSolvedEpoch };
  } finally {
    trial.dispose();
    model.dispose();
  }
}

/** The model with which a trial starts. */
export function settingModel({ given }: StudySetting, seed: number, data: Dataset): Sequential {
  const { hidden, activation, output, kernelInitializer, biasInitializer } = given;
  return mlp({ inputs: data.features, hidden, activation, output, kernelInitializer, biasInitializer, seed });
}
