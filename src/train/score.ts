import type { Dataset } from "../data/dataset.js";
import { accurateRow } from "../engine/accuracy.js";
import type { Loss } from "../engine/losses.js";
import type { Network } from "../engine/network.js";
import { meanLoss, penaltyOf, predictions } from "../engine/plain.js";

/** The loss over data, penalties included, and the share of right rows, of a network with these weights. */
export function networkScore(network: Network, weights: Float32Array, data: Dataset, loss: Loss) {
  return scoreOf(predictions(network, weights, data.inputs), data, loss, penaltyOf(network).value(weights));
}

/** The same of answers. */
export function scoreOf(answers: ArrayLike<number>, data: Dataset, loss: Loss, penalties: number) {
  const { rows, outputs, targets } = data;
  const isAccurate = accurateRow(data);
  let right = 0;
  for (let row = 0; row < rows; row++)
    if (isAccurate(answers, row * outputs, targets, row * outputs)) right += 1;
  return { loss: meanLoss(answers, data, loss) + penalties, accuracy: right / rows };
}
