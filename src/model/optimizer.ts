import type { OptimizerSettings } from "../engine/optimizers.js";
import { type Optimizer, type Scalar, tf, type Variable } from "./tensorflow.js";

/** Makes an optimizer of TensorFlow.js that takes Keras's steps. `minimize` takes one, and gives the loss before it. */
export function tfOptimizer(settings: OptimizerSettings) {
  const optimizer = optimizerOf(settings);
  const prepareStep = epsilonSetter(optimizer, settings);
  const minimize = (loss: () => Scalar, variables: Variable[]): Scalar => {
    prepareStep();
    return optimizer.minimize(loss, true, variables) as Scalar;
  };
  const dispose = (): void => {
    optimizer.dispose();
    (optimizer as { c?: Scalar }).c?.dispose(); // the learning rate, which a momentum optimizer forgets
  };
  return { minimize, dispose };
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

function optimizerOf(settings: OptimizerSettings): Optimizer {
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
