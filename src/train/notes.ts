import { type Dataset, judgedRows } from "../data/dataset.js";
import { areFinite } from "../engine/network.js";
import type { Moment, Trial } from "../engine/trial.js";
import { endingOf, type RunStatus, solvedTest } from "../verdict/outcome.js";
import type { LiveModel, Log, Training } from "./makeRun.js";
import type { History } from "./networkRun.js";
import { networkScore, scoreOf } from "./score.js";

/** Numbers kept in snapshots of the weights: 16 MB. Longer or larger runs keep every second, third, … epoch. */
const SNAPSHOT_NUMBERS = 4_000_000;

/** Writes down what happens in a training: `take` sees every moment, `log` gives all that was noted. */
export function notesOn(trial: Trial, training: Training) {
  const { epochs } = training.settings;
  const isSolved = solvedNow(trial, training);
  const { data, validation } = training;
  const history: { -readonly [Name in keyof History]: number[] } = { loss: [], accuracy: [] };
  if (validation) Object.assign(history, { valLoss: [], valAccuracy: [] });
  const validate = validation && lossAndAccuracyOn(validation, trial, training);
  const initial = trial.weights();
  const snapshots = new Map([[0, initial]]);
  const every = Math.max(1, Math.ceil((epochs * initial.length) / SNAPSHOT_NUMBERS));
  let last: Moment | undefined;
  let firstSolvedEpoch: number | undefined;
  const take = (moment: Moment): void => {
    last = moment;
    if (!moment.epochEnds) return;
    history.loss.push(moment.loss);
    if (data.task !== "regression") history.accuracy.push(moment.accuracy);
    const validated = validate?.();
    if (validated) history.valLoss?.push(validated.loss);
    if (validated && data.task !== "regression") history.valAccuracy?.push(validated.accuracy);
    if (firstSolvedEpoch === undefined && isSolved()) firstSolvedEpoch = moment.epoch;
    if (moment.epoch % every === 0 || moment.epoch === epochs) snapshots.set(moment.epoch, trial.weights());
  };
  const log = (ended: RunStatus, milliseconds: number): Log => {
    const finalWeights = trial.weights();
    const broken = last !== undefined && !areFinite(finalWeights); // also where a stop came before the next loss showed it
    const status = broken ? "diverged" : ended;
    const place = last && { epoch: last.epoch - (last.epochEnds ? 1 : 0), step: last.step };
    const found = status === "diverged" && place ? { divergedAt: place } : {};
    return { status, ...found, history, firstSolvedEpoch, milliseconds, snapshots, finalWeights };
  };
  return { history, take, log };
}

/** Makes the test whether the judged rows are solved with the present weights. */
function solvedNow(trial: Trial, { live, network, data, settings }: Training): () => boolean {
  const judged = judgedRows(data);
  if (network) {
    const passes = solvedTest(network, judged, settings);
    return () => passes(trial.weights());
  }
  const { answers } = needed(live);
  return () => endingOf("completed", answers(judged.inputs), judged, settings) === "solved";
}

/** Makes the function that takes the loss over data, penalties included, and the share of right rows with the present weights. */
function lossAndAccuracyOn(
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
