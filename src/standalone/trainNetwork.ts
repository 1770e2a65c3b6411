import { optionsObject } from "../check.js";
import { checkDataset, checkTargets, type Dataset } from "../data/dataset.js";
import { fittingRows } from "../data/fitting.js";
import { fusedTrial } from "../engine/fused.js";
import { initialWeights } from "../engine/initializers.js";
import { type Moment, runToEnd } from "../engine/trial.js";
import { type NetworkOptions, networkSettings } from "../settings/network.js";
import { TRAIN_OPTION_NAMES, type TrainOptions, trainSettings } from "../settings/training.js";
import { makeRun, type Training } from "../train/makeRun.js";
import type { NetworkRun } from "../train/networkRun.js";
import { notesOn } from "../train/notes.js";

/** How a network is trained: the options of train() that do not need a page, a terminal or TensorFlow.js. */
export type NetworkTrainOptions = Omit<TrainOptions, "engine" | "progress" | "signal">;

const OPTION_NAMES = TRAIN_OPTION_NAMES.filter(
  (name): name is keyof NetworkTrainOptions => !/^(engine|progress|signal)$/.test(name),
);

/**
 * Trains a network in the calling thread, at once and without TensorFlow.js: the run that train() gives with mlp() of the same
 * options, bit for bit, but for its `model`. It takes milliseconds for small networks; where a thread must stay responsive, use
 * trainNetworkSteps().
 *
 * @param network  the options of mlp(); what is not given is as in the question's script
 * @param data     a dataset with as many features as the network has inputs, and as many targets as it has outputs
 * @param options  the options of train(), without engine, progress and signal
 * @returns the run; a loss that stops being finite is its `status: "diverged"`
 * @throws TypeError or RangeError that names the option
 * @example trainNetwork({ hidden: 3, seed: 2 }, xor({ seed: 2 }), { seed: 2, epochs: 5 }).history.loss.length // 5
 */
export function trainNetwork(
  network: NetworkOptions,
  data: Dataset,
  options: NetworkTrainOptions = {},
): NetworkRun {
  return runToEnd(trainNetworkSteps(network, data, options));
}

/**
 * The same in parts of about a millisecond: yields how far the training is, and returns the run at the end. Options are checked
 * at the first step.
 *
 * @example [...trainNetworkSteps({}, xor({ rows: 8 }), { epochs: 3 })].filter(({ epochEnds }) => epochEnds).length // 3
 */
export function* trainNetworkSteps(
  network: NetworkOptions,
  data: Dataset,
  options: NetworkTrainOptions = {},
): Generator<Moment, NetworkRun> {
  const { training, weights } = checked(network, data, options);
  const { settings } = training;
  const lane = { data, weights, seed: settings.seed };
  const trial = fusedTrial({ ...settings, network: training.network }, lane);
  const notes = notesOn(trial, training);
  const start = performance.now();
  let next = trial.moments.next();
  for (; !next.done; next = trial.moments.next()) {
    notes.take(next.value);
    yield next.value;
  }
  return makeRun(training, notes.log(next.value, performance.now() - start), {});
}

function checked(came: NetworkOptions, data: Dataset, asked: NetworkTrainOptions) {
  const where = "trainNetwork";
  const { network, kernelInitializer, biasInitializer, seed, weights } = networkSettings(where, came);
  checkDataset(where, data);
  const outputs = network.layers[network.layers.length - 1].units;
  if (network.inputs !== data.features || outputs !== data.outputs)
    throw new RangeError(
      `${where}: the network takes ${network.inputs} inputs and gives ${outputs} outputs a row, but the data have ${data.features} and ${data.outputs}; set inputs and outputs`,
    );
  const options = optionsObject<NetworkTrainOptions>(where, asked, OPTION_NAMES);
  const settings = trainSettings(where, options);
  checkTargets(where, data, settings.loss);
  const { validation: held } = options;
  const validation = held === undefined ? undefined : fittingRows(where, "validation", held, data);
  if (validation) checkTargets(where, validation, settings.loss);
  const engine = { engine: "fused", engineReason: "trainNetwork() has no other" } as const;
  const training = { ...engine, network, data, validation, settings } satisfies Training;
  const start = weights ?? initialWeights(network, kernelInitializer, biasInitializer, seed);
  return { training, weights: start };
}
