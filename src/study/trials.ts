import type { Sequential } from "@tensorflow/tfjs";
import { type Dataset, judgedRows } from "../data/dataset.js";
import { lossFunction, rightAnswers } from "../engine/functions.js";
import { initialWeights } from "../engine/initializers.js";
import { plainLearner, predictions } from "../engine/plain.js";
import { type Learner, type Moment, trialMoments } from "../engine/trial.js";
import { tfjsLearner } from "../model/fit.js";
import { mlp } from "../model/mlp.js";
import { tf } from "../model/tf.js";
import type { Outcome } from "./outcomes.js";
import type { StudySetting } from "./settings.js";

/** One trial of a setting, paused now and then; the same seed as data, weights and shuffles of train() would take. */
export function* trialOutcome(
  setting: StudySetting,
  seed: number,
  engine: "fused" | "tfjs",
): Generator<Moment, Outcome> {
  const data = setting.drawData(seed);
  const { learner, release } =
    engine === "fused" ? fusedTrial(setting, seed, data) : tfjsTrial(setting, seed, data);
  try {
    let finalLoss = Number.NaN;
    let firstPerfectEpoch: number | undefined;
    const moments = trialMoments(learner, data.rows, { ...setting.training, seed });
    for (;;) {
      const next = moments.next();
      if (next.done) {
        if (next.value === "diverged")
          return {
            status: "diverged",
            finalLoss: Number.NaN,
            judgedLoss: Number.NaN,
            firstPerfectEpoch: undefined,
          };
        return { ...judge(setting, learner.weights(), data), finalLoss, firstPerfectEpoch };
      }
      const { epochEnds, loss, accuracy, epoch } = next.value;
      if (epochEnds) finalLoss = loss;
      if (epochEnds && accuracy === 1) firstPerfectEpoch ??= epoch;
      yield next.value;
    }
  } finally {
    release();
  }
}

function judge(
  setting: StudySetting,
  weights: Float32Array,
  data: Dataset,
): Pick<Outcome, "status" | "judgedLoss"> {
  const judged = judgedRows(data);
  const predicted = predictions(setting.network.network, weights, judged.inputs);
  const value = lossFunction(setting.training.loss).value;
  let loss = 0;
  for (let row = 0; row < judged.rows; row++)
    loss += value(predicted[row], judged.targets[row]) / judged.rows;
  const solved = rightAnswers(predicted, judged.targets) >= setting.training.solvedAccuracy * judged.rows;
  return { status: solved ? "solved" : "stalled", judgedLoss: loss };
}

function fusedTrial(
  { network, training }: StudySetting,
  seed: number,
  data: Dataset,
): { learner: Learner; release(): void } {
  const weights = initialWeights(network.network, network.kernelInitializer, network.biasInitializer, seed);
  return { learner: plainLearner(network.network, weights, data, training), release: () => {} };
}

function tfjsTrial(
  setting: StudySetting,
  seed: number,
  data: Dataset,
): { learner: Learner; release(): void } {
  const model = settingModel(setting, seed, data);
  const learner = tfjsLearner(model, data, setting.training);
  const release = (): void => {
    learner.dispose();
    tf.dispose(model.getWeights());
  };
  return { learner, release };
}

/** The model with which a trial starts. */
export function settingModel({ given }: StudySetting, seed: number, data: Dataset): Sequential {
  const { hidden, activation, output, kernelInitializer, biasInitializer } = given;
  return mlp({ inputs: data.features, hidden, activation, output, kernelInitializer, biasInitializer, seed });
}
