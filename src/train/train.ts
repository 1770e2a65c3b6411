import { oneLine, optionsObject } from "../check.js";
import { checkDataset, checkTargets, type Dataset, judgedRows } from "../data/dataset.js";
import { fusedTrial } from "../engine/fused.js";
import { learnerTrial, type Moment, type Trial } from "../engine/trial.js";
import { checkModel, type Fit, flatWeights, networkOf, setFlatWeights } from "../model/chain.js";
import { tfjsLearner } from "../model/learner.js";
import { predictRows } from "../model/predict.js";
import type { LayersModel, Sequential } from "../model/tensorflow.js";
import { type Host, type Progress, platform } from "../platform.js";
import {
  TRAIN_OPTION_NAMES,
  type TrainOptions,
  type TrainSettings,
  trainControls,
  trainSettings,
} from "../settings/training.js";
import { endingOf, type RunStatus, solvedTest } from "../verdict/outcome.js";
import { networkName } from "../words/names.js";
import { accuracyText, lossText, timeLeftText } from "../words/numbers.js";
import { makeRun } from "./makeRun.js";
import { inSlices, silentReporter, stopWatch } from "./progress.js";
import type { Run } from "./run.js";

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
  const run = await trainSequential(model as unknown as Sequential, data, options, platform().host());
  return run as unknown as Run<Trained>; // its model is the one that was given
}

async function trainSequential(
  model: Sequential,
  data: Dataset,
  came: TrainOptions,
  host: Host,
): Promise<Run<Sequential>> {
  const options = optionsObject<TrainOptions>("train", came, TRAIN_OPTION_NAMES);
  checkDataset("train", data);
  checkModel("train", model, data);
  const settings = trainSettings("train", options);
  checkTargets("train", data, settings.loss);
  const controls = trainControls("train", options);
  const fit = networkOf(model);
  const { engine, reason } = chosenEngine(controls.engine, fit);
  await null; // leave the caller's synchronous part: only then can a stop button reach us
  const trial =
    engine === "fused" && fit.network
      ? fusedTrial(
          { ...settings, network: fit.network },
          { data, weights: flatWeights(model), seed: settings.seed },
        )
      : learnerTrial(tfjsLearner(model, data, settings), data.rows, settings);
  try {
    const reporting = controls.progress ? host : { ...host, reporter: () => silentReporter };
    const label = networkName(fit.network);
    const predictWithModel = (inputs: Float32Array): Float32Array =>
      predictRows(model, inputs, data.features);
    const isSolved = solvedNow(trial, fit, data, settings, predictWithModel);
    const course = await followCourse(trial, data, settings, label, isSolved, reporting, controls.signal);
    if (engine === "fused") setFlatWeights(model, trial.weights());
    const run = makeRun({
      ...{ settings, engine, engineReason: reason, data, network: fit.network, model, predictWithModel },
      ...course.record,
    });
    course.finish(run);
    return run;
  } finally {
    trial.dispose();
  }
}

function chosenEngine(
  wanted: "auto" | "fused" | "tfjs",
  fit: Fit,
): { engine: "fused" | "tfjs"; reason: string } {
  if (wanted === "tfjs") return { engine: "tfjs", reason: "asked for" };
  if (fit.network)
    return {
      engine: "fused",
      reason: wanted === "fused" ? "asked for" : "the model is a chain of dense layers",
    };
  if (wanted === "fused")
    throw new RangeError(
      `train: engine "fused" cannot train this model, since ${fit.reason}; use engine "tfjs" or "auto"`,
    );
  return { engine: "tfjs", reason: fit.reason };
}

/** Makes the test whether the judged rows are right with the present weights. */
function solvedNow(
  trial: Trial,
  { network }: Fit,
  data: Dataset,
  { solvedAccuracy }: TrainSettings,
  predictWithModel: (inputs: Float32Array) => ArrayLike<number>,
): () => boolean {
  const judged = judgedRows(data);
  if (!network)
    return () => endingOf("completed", predictWithModel(judged.inputs), judged, solvedAccuracy) === "solved";
  const passes = solvedTest(network, judged, solvedAccuracy);
  return () => passes(trial.weights());
}

/** Numbers kept in snapshots of the weights: 16 MB. Longer or larger runs keep every second, third, … epoch. */
const SNAPSHOT_NUMBERS = 4_000_000;

/** Follows the training to its end and writes down what happens. */
async function followCourse(
  trial: Trial,
  data: Dataset,
  settings: TrainSettings,
  label: string,
  isSolved: () => boolean,
  host: Host,
  signal: AbortSignal | undefined,
) {
  const reporter = host.reporter();
  const watch = stopWatch(host, signal);
  const history = { loss: [] as number[], accuracy: [] as number[] };
  const initial = trial.weights();
  const snapshots = new Map([[0, initial]]);
  const every = Math.max(1, Math.ceil((settings.epochs * initial.length) / SNAPSHOT_NUMBERS));
  let last: Moment | undefined;
  let firstSolvedEpoch: number | undefined;
  const take = (moment: Moment): void => {
    last = moment;
    if (!moment.epochEnds) return;
    history.loss.push(moment.loss);
    history.accuracy.push(moment.accuracy);
    if (firstSolvedEpoch === undefined && isSolved()) firstSolvedEpoch = moment.epoch;
    if (moment.epoch % every === 0 || moment.epoch === settings.epochs)
      snapshots.set(moment.epoch, trial.weights());
  };
  const start = performance.now();
  try {
    const pause = (moment: Moment) =>
      reporter.update(() =>
        progressOf(moment, data, settings, label, history.loss, performance.now() - start),
      );
    const status: RunStatus = await inSlices(trial.moments, watch, take, pause);
    const milliseconds = performance.now() - start;
    const finalWeights = trial.weights(); // part of an epoch beyond the last snapshot, if stopped or diverged
    const divergedAt =
      status === "diverged" && last
        ? { epoch: last.epoch - (last.epochEnds ? 1 : 0), step: last.step }
        : undefined;
    const record = {
      status,
      history,
      snapshots,
      finalWeights,
      milliseconds,
      firstSolvedEpoch,
      ...(divergedAt ? { divergedAt } : {}),
    };
    return { record, finish: (run: Run) => reporter.finish(String(run)) };
  } catch (error) {
    reporter.finish(`${label} on ${oneLine(data.name)}: failed`);
    throw error;
  } finally {
    watch.release();
  }
}

function progressOf(
  moment: Moment,
  data: Dataset,
  settings: TrainSettings,
  label: string,
  curve: readonly number[],
  passed: number,
): Progress {
  const steps = settings.epochs * Math.ceil(data.rows / settings.batchSize);
  const fraction = moment.step / steps;
  const facts = [
    `epoch ${moment.epoch} of ${settings.epochs}`,
    `loss ${lossText(moment.loss)}`,
    `accuracy ${accuracyText(moment.accuracy)}`,
    timeLeftText(passed, fraction),
  ].filter((fact) => fact !== "");
  return { title: `${label} on ${oneLine(data.name)}`, fraction, facts, curve };
}
