import { type Dataset, judgedRows } from "../data/dataset.js";
import { accurateRow } from "../engine/accuracy.js";
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
  const isAccurate = accurateRow(data);
  const { rows, outputs, targets, inputs } = data;
  const penalty = network && penaltyOf(network);
  return () => {
    const weights = trial.weights();
    const answers = network
      ? predictions(network, weights, inputs)
      : predictRows(model, inputs, data.features);
    let right = 0;
    for (let row = 0; row < rows; row++)
      if (isAccurate(answers, row * outputs, targets, row * outputs)) right += 1;
    const penalties = penalty ? penalty.value(weights) : penaltyOfModel(model);
    return { loss: meanLoss(answers, data, settings.loss) + penalties, accuracy: right / rows };
  };
}
