import type { Dataset } from "../data/dataset.js";
import { accurateRow } from "../engine/accuracy.js";
import type { Loss } from "../engine/losses.js";
import type { OptimizerSettings } from "../engine/optimizers.js";
import type { Learner } from "../engine/trial.js";
import { flatWeights } from "./chain.js";
import { seededDropouts } from "./layers.js";
import { tfOptimizer } from "./optimizer.js";
import {
  type LayersModel,
  type Scalar,
  type Sequential,
  type Tensor2D,
  tf,
  type Variable,
} from "./tensorflow.js";

/**
 * The "tfjs" engine: TensorFlow.js itself computes losses, gradients and optimizer steps, on the batches that it is given, as
 * its own `fit` does. That one shuffles and drops units with an unseeded generator, and forgets the weights' constraints.
 */
export function tfjsLearner(
  model: Sequential,
  data: Dataset,
  settings: { readonly loss: Loss; readonly optimizer: OptimizerSettings; readonly seed: number },
): Learner {
  const optimizer = tfOptimizer(settings.optimizer);
  const dropouts = seededDropouts(model, settings.seed);
  const step = stepOf(model, settings.loss, optimizer);
  const isAccurate = accurateRow(data);
  const totals = { loss: 0, right: 0 };
  const learn = (order: Uint32Array, from: number, to: number): void => {
    const rows = order.subarray(from, to);
    const inputs = rowsOf(data.inputs, data.features, rows);
    const targets = rowsOf(data.targets, data.outputs, rows);
    dropouts.next();
    const { loss, answers } = step(inputs, targets, rows.length);
    totals.loss += loss * rows.length;
    for (let at = 0; at < answers.length; at += data.outputs)
      if (isAccurate(answers, at, targets, at)) totals.right += 1;
  };
  const dispose = (): void => {
    optimizer.dispose();
    dropouts.restore();
  };
  return { learn, totals, weights: () => flatWeights(model), dispose, stepsPerPause: 4 };
}

/** Makes the function that takes one step on a batch, and gives the loss, penalties included, and the answers before it. */
function stepOf(model: Sequential, loss: Loss, optimizer: ReturnType<typeof tfOptimizer>) {
  const lossOf = tf.metrics[loss];
  const inner = modelWithin(model);
  const variables = inner.trainableWeights.map((weight) => weight.read() as Variable);
  const constrained = inner.trainableWeights.filter((weight) => weight.constraint);
  return (inputs: Float32Array, targets: Float32Array, rows: number) =>
    tf.tidy(() => {
      const x = tf.tensor2d(inputs, [rows, inputs.length / rows]);
      const y = tf.tensor2d(targets, [rows, targets.length / rows]);
      let answers: Float32Array = new Float32Array();
      const value = optimizer.minimize(() => {
        const output = inner.apply(x, { training: true }) as Tensor2D;
        answers = output.dataSync<"float32">();
        const penalties = inner.calculateLosses();
        return penalties.reduce((sum, penalty) => tf.add(sum, penalty), tf.mean(lossOf(y, output)) as Scalar);
      }, variables);
      for (const weight of constrained) weight.write(weight.read().clone()); // writing applies the constraint
      return { loss: value.dataSync()[0], answers };
    });
}

/** What is added to the loss for a model's regularizers. */
export function penaltyOfModel(model: Sequential): number {
  return tf.tidy(() => {
    const penalties = modelWithin(model).calculateLosses();
    return penalties.reduce((sum, penalty) => sum + penalty.dataSync()[0], 0);
  });
}

/** What `fit` trains: of a sequential model the one within, in which a layer that was added twice counts once. */
function modelWithin(model: Sequential): LayersModel {
  if (!model.built) model.build();
  return (model as unknown as { model?: LayersModel }).model ?? model;
}

/** Some rows, one after the other. */
function rowsOf(numbers: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const some = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    some.set(numbers.subarray(row * width, (row + 1) * width), i * width);
  });
  return some;
}
