import { type Dataset, judgedRows } from "../data/dataset.js";
import type { Trial } from "../engine/trial.js";
import { endingOf, solvedTest } from "../verdict/outcome.js";
import type { LiveModel, Training } from "./makeRun.js";
import { networkScore, scoreOf } from "./score.js";

/** What is looked at after every epoch, with the weights of that moment. */

/** Makes the test whether the judged rows are solved with the present weights. */
export function solvedNow(trial: Trial, { live, network, data, settings }: Training): () => boolean {
  const judged = judgedRows(data);
  if (network) {
    const passes = solvedTest(network, judged, settings);
    return () => passes(trial.weights());
  }
  const { answers } = needed(live);
  return () => endingOf("completed", answers(judged.inputs), judged, settings) === "solved";
}

/** Makes the function that takes the loss over data, penalties included, and the share of right rows with the present weights. */
export function lossAndAccuracyOn(
  data: Dataset,
  trial: Trial,
  { live, network, settings }: Training,
): () => { readonly loss: number; readonly accuracy: number } {
  const { loss } = settings;
  if (network) return () => networkScore(network, trial.weights(), data, loss);
  const { answers, penalty } = needed(live);
  return () => scoreOf(answers(data.inputs), data, loss, penalty());
}

/** train() gives one wherever it has no network. */
function needed(live: LiveModel | undefined): LiveModel {
  if (!live) throw new Error("train: neither a network nor a model");
  return live;
}
