import type { Dataset } from "../data/dataset.js";
import { accurateRow } from "../engine/accuracy.js";
import type { Loss } from "../engine/losses.js";
import type { OptimizerSettings } from "../engine/optimizers.js";
import type { Learner } from "../engine/trial.js";
import { flatWeights } from "./chain.js";
import {
  type Optimizer,
  type Scalar,
  type Sequential,
  type Tensor2D,
  tf,
  type Variable,
} from "./tensorflow.js";

/**
 * The "tfjs" engine: TensorFlow.js itself computes losses, gradients and optimizer steps, on the batches that it is
 * given. (Its own `fit` shuffles with an unseeded generator.)
 */
export function tfjsLearner(
  model: Sequential,
  data: Dataset,
  settings: { readonly loss: Loss; readonly optimizer: OptimizerSettings },
): Learner {
  const optimizer = tfOptimizer(settings.optimizer);
  const meanLoss = tf.metrics[settings.loss];
  const isAccurate = accurateRow(data);
  const { outputs } = data;
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const totals = { loss: 0, right: 0 };
  const prepareStep = epsilonSetter(optimizer, settings.optimizer);
  const learn = (order: Uint32Array, from: number, to: number): void => {
    prepareStep();
    const batch = batchOf(data, order, from, to);
    tf.tidy(() => {
      const x = tf.tensor2d(batch.inputs, [to - from, data.features]);
      const y = tf.tensor2d(batch.targets, [to - from, 1]);
      let predicted: Tensor2D | undefined;
      const loss = optimizer.minimize(
        () => {
          const output = model.apply(x, { training: true }) as Tensor2D;
          predicted = tf.keep(output.clone());
          return tf.mean(meanLoss(y, output)) as Scalar;
        },
        true,
        variables,
      ) as Scalar;
      totals.loss += loss.dataSync()[0] * (to - from);
      const answers = predicted?.dataSync() ?? [];
      for (let row = 0; row < to - from; row++)
        if (isAccurate(answers, row * outputs, batch.targets, row * outputs)) totals.right += 1;
      predicted?.dispose();
    });
  };
  return {
    learn,
    totals,
    weights: () => flatWeights(model),
    dispose: () => disposeOptimizer(optimizer),
    stepsPerPause: 4,
  };
}

/** The penalties that a model's regularizers add to its loss. */
export function penaltyOfModel(model: Sequential): number {
  return tf.tidy(() => model.calculateLosses().reduce((sum, loss) => sum + loss.dataSync()[0], 0));
}

/** TensorFlow.js forgets the scalar of the learning rate when it disposes of a momentum optimizer. */
function disposeOptimizer(optimizer: Optimizer): void {
  optimizer.dispose();
  (optimizer as { c?: Scalar }).c?.dispose();
}

function batchOf(data: Dataset, order: Uint32Array, from: number, to: number) {
  const { features } = data;
  const inputs = new Float32Array((to - from) * features);
  const targets = new Float32Array(to - from);
  for (let k = from; k < to; k++) {
    const row = order[k];
    inputs.set(data.inputs.subarray(row * features, (row + 1) * features), (k - from) * features);
    targets[k - from] = data.targets[row];
  }
  return { inputs, targets };
}

/**
 * Adam's ε as Keras means it. TensorFlow.js adds ε to √(v / (1 − β₂ᵗ)), Keras to √v: so before step t ours must be
 * ε / √(1 − β₂ᵗ).
 */
function epsilonSetter(optimizer: Optimizer, settings: OptimizerSettings): () => void {
  if (settings.name !== "adam") return () => {};
  let power = 1; // β₂ᵗ
  return () => {
    power *= settings.beta2;
    (optimizer as unknown as { epsilon: number }).epsilon = settings.epsilon / Math.sqrt(1 - power);
  };
}

function tfOptimizer(settings: OptimizerSettings) {
  switch (settings.name) {
    case "sgd":
      return settings.momentum === 0
        ? tf.train.sgd(settings.learningRate)
        : tf.train.momentum(settings.learningRate, settings.momentum, settings.nesterov);
    case "rmsprop":
      return tf.train.rmsprop(settings.learningRate, settings.rho, settings.momentum, settings.epsilon);
    case "adam":
      return tf.train.adam(settings.learningRate, settings.beta1, settings.beta2, settings.epsilon);
    case "adagrad":
      if (settings.epsilon !== 1e-7)
        throw new RangeError(
          `train: engine "tfjs" has adagrad with epsilon 1e-7 only, got ${settings.epsilon}`,
        );
      return tf.train.adagrad(settings.learningRate, settings.initialAccumulator);
  }
}
