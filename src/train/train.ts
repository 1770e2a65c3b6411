import { optionsObject } from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import { fittingRows } from "../data/fitting.js";
import { fusedTrial } from "../engine/fused.js";
import { learnerTrial, type Moment, type Trial } from "../engine/trial.js";
import { type Fit, flatWeights, networkOf, predictRows, setFlatWeights } from "../model/chain.js";
import { checkModel } from "../model/checkModel.js";
import { penaltyOfModel, tfjsLearner } from "../model/learner.js";
import type { LayersModel, Sequential } from "../model/tensorflow.js";
import { type Progress, platform, type Reporter } from "../platform.js";
import { TRAIN_OPTION_NAMES, type TrainOptions, trainControls, trainSettings } from "../settings/training.js";
import { oneLine } from "../words/english.js";
import { networkName } from "../words/names.js";
import { accuracyText, lossText, timeLeftText } from "../words/numbers.js";
import { makeRun, type Training } from "./makeRun.js";
import { notesOn } from "./notes.js";
import { inSlices, type StopWatch, silentReporter, stopWatch } from "./progress.js";
import type { Run } from "./run.js";
import { runBundle } from "./runBundle.js";

/**
 * Trains a model on data: one run. Afterwards the model holds the trained weights.
 *
 * While it works, the cell (or the terminal) shows epoch, loss, accuracy and the time left; at the end a one-line
 * summary stays. The notebook's stop button, or the signal, ends the run with what was done: `status: "stopped"`.
 *
 * @param model    made by mlp(), or any TensorFlow.js model of layers with as many outputs as the data have targets
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
  const host = platform().host();
  const sequential = model as unknown as Sequential;
  const { controls, training } = checked(sequential, data, options);
  await null; // leave the caller's synchronous part: only then can a stop button reach us
  const trial = trialOf(sequential, training);
  try {
    const reporter = controls.progress ? host.reporter() : silentReporter;
    const watch = stopWatch(host, controls.signal);
    return await finished<Trained>(trial, model, training, watch, reporter);
  } finally {
    trial.dispose();
  }
}

/** Checks what train() was given, and chooses the engine. */
function checked(model: Sequential, data: Dataset, came: TrainOptions) {
  const options = optionsObject<TrainOptions>("train", came, TRAIN_OPTION_NAMES);
  checkDataset("train", data);
  checkModel("train", model, data);
  const settings = trainSettings("train", options);
  checkTargets("train", data, settings.loss);
  const validation =
    options.validation === undefined
      ? undefined
      : fittingRows("train", "validation", options.validation, data);
  if (validation) checkTargets("train", validation, settings.loss);
  const controls = trainControls("train", options);
  const fit = networkOf(model);
  const engine = chosenEngine(controls.engine, fit);
  const live = {
    answers: (inputs: Float32Array) => predictRows(model, inputs, data.features),
    penalty: () => penaltyOfModel(model),
  };
  const training: Training = { ...engine, settings, data, validation, network: fit.network, live };
  return { controls, training };
}

function chosenEngine(
  wanted: "auto" | "fused" | "tfjs",
  fit: Fit,
): { engine: "fused" | "tfjs"; engineReason: string } {
  if (wanted === "tfjs") return { engine: "tfjs", engineReason: "asked for" };
  if (fit.network) {
    const engineReason = wanted === "fused" ? "asked for" : "the model is a chain of dense layers";
    return { engine: "fused", engineReason };
  }
  if (wanted === "auto") return { engine: "tfjs", engineReason: fit.reason };
  throw new RangeError(
    `train: engine "fused" cannot train this model, since ${fit.reason}; use engine "tfjs" or "auto"`,
  );
}

function trialOf(model: Sequential, { network, data, settings, engine }: Training): Trial {
  if (engine === "tfjs" || !network)
    return learnerTrial(tfjsLearner(model, data, settings), data.rows, settings);
  const lane = { data, weights: flatWeights(model), seed: settings.seed };
  return fusedTrial({ ...settings, network }, lane);
}

/** Trains to the end; afterwards the model holds the trained weights. */
async function finished<Trained extends LayersModel>(
  trial: Trial,
  model: Trained,
  training: Training,
  watch: StopWatch,
  reporter: Reporter,
): Promise<Run<Trained>> {
  const notes = notesOn(trial, training);
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  const report = (moment: Moment): void =>
    reporter.update(() => progressOf(moment, training, notes.history.loss, passed()));
  try {
    const status = await inSlices(trial.moments, watch, notes.take, report);
    const log = notes.log(status, passed());
    if (training.engine === "fused") setFlatWeights(model as unknown as Sequential, log.finalWeights);
    const run = makeRun(training, log, { model }, runBundle);
    reporter.finish(String(run));
    return run;
  } catch (error) {
    reporter.finish(`${titleOf(training)}: failed`);
    throw error;
  } finally {
    watch.release();
  }
}

/** Who learns what, on one line. */
function titleOf({ network, data }: Training): string {
  return `${networkName(network)} on ${oneLine(data.name)}`;
}

function progressOf(
  moment: Moment,
  training: Training,
  curve: readonly number[],
  millisecondsPassed: number,
): Progress {
  const { data, settings } = training;
  const fraction = moment.step / (settings.epochs * Math.ceil(data.rows / settings.batchSize));
  const facts = [
    `epoch ${moment.epoch} of ${settings.epochs}`,
    `loss ${lossText(moment.loss)}`,
    ...(data.task === "regression" ? [] : [`accuracy ${accuracyText(moment.accuracy)}`]),
    timeLeftText(millisecondsPassed, fraction),
  ].filter((fact) => fact !== "");
  return { title: titleOf(training), fraction, facts, curve };
}
