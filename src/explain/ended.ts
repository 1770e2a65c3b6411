import { came } from "../check.js";
import { checkDataset, type Dataset, judgedRows } from "../data/dataset.js";
import { flatOf } from "../engine/layerValues.js";
import { areFinite, type Network } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import { flatWeights, type Misfit, networkOf, predictRows } from "../model/chain.js";
import { checkModel } from "../model/checkModel.js";
import { layersIn } from "../model/layers.js";
import type { LayersModel, Sequential } from "../model/tensorflow.js";
import type { TrainSettings } from "../settings/training.js";
import type { Run } from "../train/run.js";
import { type Ending, endingOf } from "../verdict/outcome.js";

/** A training that has ended, as explain() needs to know it. */
export interface Ended {
  readonly settings: TrainSettings;
  readonly ending: Ending;
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  readonly data: Dataset;
  readonly firstPerfectEpoch?: number | undefined;
  readonly firstSolvedEpoch?: number | undefined;
  /** Which engine trained it, the fused one unless given. */
  readonly engine?: "fused" | "tfjs";
  /** Losses of the completed epochs. */
  readonly losses: readonly number[];
  /** Rows that were held out for validation, and the loss over them after each completed epoch. */
  readonly heldOut?: { readonly data: Dataset; readonly losses: readonly number[] };
  /** True of a model that was trained elsewhere: nothing is known of its training. */
  readonly elsewhere?: boolean;
  /** The structure and the final weights; undefined for models that are no chain of dense layers. */
  readonly network: Network | undefined;
  readonly weights: Float32Array | undefined;
  /** Why the structure is not known. */
  readonly noChain?: Misfit | undefined;
  /** The initial weights, where they are known. */
  readonly start?: Float32Array | undefined;
  /** Shares of the units that dropout layers leave out while training. */
  readonly dropout?: readonly number[];
  /** Whether one of them has a seed of its own: TensorFlow.js then leaves out the same units in every step. */
  readonly sameDropout?: boolean;
  /** Whether layers normalize each batch by its own statistics while training, and by running averages when they answer. */
  readonly batchStatistics?: boolean;
  /** The structure without these layers, by which answers are given; undefined if it is no chain of dense layers either. */
  readonly withoutDropout?: Network | undefined;
  /** The structure without dropout layers and with tanh units in place of hidden ones that the engine does not know, if it has such. */
  readonly withOtherUnits?: Network | undefined;
  /** Answers with the final weights. */
  readonly predict: (inputs: Float32Array) => ArrayLike<number>;
}

/** What explain() needs of a run. */
export function endOfRun(run: Run): Ended {
  checkRun(run);
  const { settings, ending, divergedAt, firstPerfectEpoch, firstSolvedEpoch } = run;
  const { data, validation, history, network, model, engine } = run;
  const weights = network && flatOf(run.weights());
  const start = network && run.epochsKept[0] === 0 ? flatOf(run.weights(0)) : undefined;
  return {
    ...{ settings, ending, firstPerfectEpoch, firstSolvedEpoch, data, network, weights, start, engine },
    losses: history.loss,
    ...(divergedAt ? { divergedAt } : {}),
    ...(validation && history.valLoss ? { heldOut: { data: validation, losses: history.valLoss } } : {}),
    ...insideOf(model),
    predict: predictorOf(model, data, network, weights),
  };
}

function checkRun(value: unknown): void {
  const run = (value ?? {}) as Partial<Run>;
  const whole =
    typeof value === "object" &&
    typeof run.predict === "function" &&
    typeof run.weights === "function" &&
    typeof run.settings === "object" &&
    typeof run.ending === "string" &&
    Array.isArray(run.epochsKept) &&
    Array.isArray(run.history?.loss);
  if (!whole)
    throw new TypeError(
      `explain: run must be a run made by train(), or a model with its data as the second argument, got ${came(value)}`,
    );
  checkDataset("explain", run.data);
}

/** What explain() needs of a model that was trained elsewhere. */
export function endOfModel(model: LayersModel, data: Dataset, settings: TrainSettings): Ended {
  const sequential = model as unknown as Sequential;
  checkModel("explain", sequential, data);
  const { network } = networkOf(sequential);
  const weights = network && flatWeights(model);
  const predict = predictorOf(model, data, network, weights);
  const judged = judgedRows(data);
  const finite = !weights || areFinite(weights);
  return {
    ...{ settings, data, network, weights, losses: [], elsewhere: true, predict },
    ending: finite ? endingOf("completed", predict(judged.inputs), judged, settings) : "diverged",
    ...insideOf(model),
  };
}

/** Makes the function that gives answers; those to the same rows are computed once. */
function predictorOf(
  model: LayersModel,
  { features }: Dataset,
  network: Network | undefined,
  weights: Float32Array | undefined,
): Ended["predict"] {
  const known = new Map<Float32Array, ArrayLike<number>>();
  return (inputs) => {
    const answers =
      known.get(inputs) ??
      (network && weights
        ? predictions(network, weights, inputs)
        : predictRows(model as unknown as Sequential, inputs, features));
    known.set(inputs, answers);
    return answers;
  };
}

/** What can be known of a model without looking into its weights: what dropout layers leave out, and what it is without them. */
function insideOf(model: LayersModel) {
  const sequential = model as unknown as Sequential;
  const { misfit } = networkOf(sequential);
  const inner = model.layers.flatMap(layersIn);
  const batchStatistics = inner.some((layer) => layer.getClassName() === "BatchNormalization");
  const { network: withoutDropout } = networkOf(sequential, "without dropout");
  const withOtherUnits = withoutDropout ? undefined : networkOf(sequential, "with other units").network;
  const layers = inner.flatMap((layer) => {
    const { rate, seed } = layer.getConfig() as { rate?: unknown; seed?: unknown };
    const drops = /Dropout/.test(layer.getClassName()) && typeof rate === "number" && rate > 0;
    return drops ? [{ rate, seeded: typeof seed === "number" }] : [];
  });
  const dropout = layers.map(({ rate }) => rate);
  const sameDropout = layers.some(({ seeded }) => seeded);
  return {
    ...{ noChain: misfit, batchStatistics, withOtherUnits },
    ...(layers.length > 0 ? { dropout, sameDropout, withoutDropout } : {}),
  };
}
