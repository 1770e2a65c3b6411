import { type Dataset, judgedRows } from "../data/dataset.js";
import { accurateRow } from "../engine/accuracy.js";
import type { Loss } from "../engine/losses.js";
import type { Network } from "../engine/network.js";
import { meanLoss, penaltyOf, predictions } from "../engine/plain.js";
import type { Trial } from "../engine/trial.js";
import { predictRows } from "../model/chain.js";
import { penaltyOfModel } from "../model/learner.js";
import { endingOf, solvedTest } from "../verdict/outcome.js";
import type { Training } from "./makeRun.js";

/** What is looked at after every epoch, with the weights of that moment. */

/** Makes the test whether the judged rows are solved with the present weights. */
export function solvedNow(trial: Trial, { model, network, data, settings }: Training): () => boolean {
  const judged = judgedRows(data);
  if (network) {
    const passes = solvedTest(network, judged, settings);
    return () => passes(trial.weights());
  }
  return () => {
    const answers = predictRows(model, judged.inputs, data.features);
    return endingOf("completed", answers, judged, settings) === "solved";
  };
}

/** Makes the function that takes the loss over data, penalties included, and the share of right rows with the present weights. */
export function lossAndAccuracyOn(
  data: Dataset,
  trial: Trial,
  { model, network, settings }: Training,
): () => { readonly loss: number; readonly accuracy: number } {
  const { loss } = settings;
  if (network) return () => networkScore(network, trial.weights(), data, loss);
  return () => scoreOf(predictRows(model, data.inputs, data.features), data, loss, penaltyOfModel(model));
}

/** The same of a network with these weights. */
export function networkScore(network: Network, weights: Float32Array, data: Dataset, loss: Loss) {
  return scoreOf(predictions(network, weights, data.inputs), data, loss, penaltyOf(network).value(weights));
}

function scoreOf(answers: ArrayLike<number>, data: Dataset, loss: Loss, penalties: number) {
  const { rows, outputs, targets } = data;
  const isAccurate = accurateRow(data);
  let right = 0;
  for (let row = 0; row < rows; row++)
    if (isAccurate(answers, row * outputs, targets, row * outputs)) right += 1;
  return { loss: meanLoss(answers, data, loss) + penalties, accuracy: right / rows };
}
