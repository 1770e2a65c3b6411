import type { Dataset } from "../data/dataset.js";
import type { LayersModel, Sequential } from "../model/tensorflow.js";
import type { TrainOptions } from "../settings/training.js";
import { displayed } from "../show/display.js";
import { runBundle, studyBundle } from "../show/markdown.js";
import type { Study } from "../study/result.js";
import type { StudyOptions } from "../study/settings.js";
import { runStudy } from "../study/study.js";
import type { Run } from "../train/run.js";
import { trainModel } from "../train/train.js";
import { currentHost } from "./host.js";

/**
 * Trains a model on data: one run. Afterwards the model holds the trained weights.
 *
 * While it works, the cell (or the terminal) shows epoch, loss, accuracy and the time left; at the end a one-line
 * summary stays. The notebook's stop button, or the signal, ends the run with what was done: `status: "stopped"`.
 *
 * @param model    made by mlp(), or any TensorFlow.js model of layers with one output a row
 * @param data     a dataset with as many features as the model takes
 * @param options  see TrainOptions; the defaults are the question's script
 * @returns the run; a loss that stops being finite is its `status: "diverged"`
 * @throws TypeError or RangeError that names the option
 * @example (await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 1 })).history.loss.length // 1
 */
export async function train<Trained extends LayersModel>(
  model: Trained,
  data: Dataset,
  options: TrainOptions = {},
): Promise<Run<Trained>> {
  const run = await trainModel(model as unknown as Sequential, data, options, currentHost());
  return shownRun(run as unknown as Run<Trained>); // its model is the one that was given
}

/**
 * Trains many networks: every combination of the settings given as arrays, `trials` of each. Trial t of a setting has
 * its own data, initial weights and shuffles, all from a seed that follows from (seed, setting, t).
 *
 * @param options  see StudyOptions; what is not given is as in the question's script
 * @returns rows with the rate of success, its 95 % interval, and where the others stalled
 * @throws TypeError or RangeError that names the option
 * @example (await study({ hidden: [1, 2], trials: 2, epochs: 1 })).rows.length // 2
 */
export async function study(options: StudyOptions = {}): Promise<Study> {
  const done = await runStudy(options, currentHost());
  const replay: Study["replay"] = async (row, t) => shownRun(await done.replay(row, t));
  return displayed(done, () => studyBundle(done), { replay });
}

/** A run that shows itself as a cell's value. */
function shownRun<Trained extends LayersModel>(run: Run<Trained>): Run<Trained> {
  return displayed(run, () => runBundle(run));
}
