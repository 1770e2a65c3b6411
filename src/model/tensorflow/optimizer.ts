import type { NamedTensors, Scalar, Tensor, Variable } from "./tensor.js";
import type { TensorLike } from "./values.js";

/** What changes variables to make a loss smaller. */
export interface Optimizer {
  /** How many steps were made. */
  readonly iterations: number;
  /** One step: computes the loss and its gradients, and changes the variables (all trainable ones unless given). */
  minimize(loss: () => Scalar, returnCost?: boolean, variables?: Variable[]): Scalar | null;
  /** The loss and its gradients by variable, without a step. */
  computeGradients(loss: () => Scalar, variables?: Variable[]): { value: Scalar; grads: NamedTensors };
  /** A step with gradients by variable. */
  applyGradients(gradients: NamedTensors | { name: string; tensor: Tensor }[]): void;
  /** What the optimizer remembers between steps. */
  getWeights(): Promise<{ name: string; tensor: Tensor }[]>;
  setWeights(weights: { name: string; tensor: Tensor }[]): Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: every optimizer has its own settings
  getConfig(): { [name: string]: any };
  getClassName(): string;
  /** Frees what it remembers. */
  dispose(): void;
}

/** `tf.train`: optimizers. The ones of xorlab's train() are Keras 3's. */
export interface Optimizers {
  /** Plain gradient descent. */
  sgd(learningRate: number): Optimizer;
  /** Gradient descent with momentum. */
  momentum(learningRate: number, momentum: number, useNesterov?: boolean): Optimizer;
  /** Decay 0.9, momentum 0 unless given. */
  rmsprop(
    learningRate: number,
    decay?: number,
    momentum?: number,
    epsilon?: number,
    centered?: boolean,
  ): Optimizer;
  /** Rate 0.001, β₁ 0.9, β₂ 0.999 unless given. */
  adam(learningRate?: number, beta1?: number, beta2?: number, epsilon?: number): Optimizer;
  adagrad(learningRate: number, initialAccumulatorValue?: number): Optimizer;
  adadelta(learningRate?: number, rho?: number, epsilon?: number): Optimizer;
  adamax(learningRate?: number, beta1?: number, beta2?: number, epsilon?: number, decay?: number): Optimizer;
}

/** `tf.losses`: one number from targets and predictions, the mean over the weights that are not zero. */
export interface Losses {
  meanSquaredError<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    weights?: Tensor | TensorLike,
  ): O;
  absoluteDifference<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    weights?: Tensor | TensorLike,
  ): O;
  hingeLoss<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    weights?: Tensor | TensorLike,
  ): O;
  huberLoss<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    weights?: Tensor | TensorLike,
    delta?: number,
  ): O;
  /** Binary cross-entropy of probabilities, in nats. */
  logLoss<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    weights?: Tensor | TensorLike,
    epsilon?: number,
  ): O;
  /** Binary cross-entropy of numbers before the sigmoid, in nats. */
  sigmoidCrossEntropy<T extends Tensor, O extends Tensor>(
    multiClassLabels: T | TensorLike,
    logits: T | TensorLike,
    weights?: Tensor | TensorLike,
    labelSmoothing?: number,
  ): O;
  /** Cross-entropy of numbers before the softmax, in nats. */
  softmaxCrossEntropy<T extends Tensor, O extends Tensor>(
    onehotLabels: T | TensorLike,
    logits: T | TensorLike,
    weights?: Tensor | TensorLike,
    labelSmoothing?: number,
  ): O;
  cosineDistance<T extends Tensor, O extends Tensor>(
    labels: T | TensorLike,
    predictions: T | TensorLike,
    axis: number,
    weights?: Tensor | TensorLike,
  ): O;
}

/** `tf.metrics`: one number a row from targets and predictions. */
export interface Metrics {
  /** 1 where the prediction is on the right side of ½. */
  binaryAccuracy(targets: Tensor, predictions: Tensor): Tensor;
  /** In nats. */
  binaryCrossentropy(targets: Tensor, predictions: Tensor): Tensor;
  /** 1 where the largest prediction is that of the right class. */
  categoricalAccuracy(targets: Tensor, predictions: Tensor): Tensor;
  /** In nats. */
  categoricalCrossentropy(targets: Tensor, predictions: Tensor): Tensor;
  sparseCategoricalAccuracy(targets: Tensor, predictions: Tensor): Tensor;
  cosineProximity(targets: Tensor, predictions: Tensor): Tensor;
  meanAbsoluteError(targets: Tensor, predictions: Tensor): Tensor;
  meanAbsolutePercentageError(targets: Tensor, predictions: Tensor): Tensor;
  meanSquaredError(targets: Tensor, predictions: Tensor): Tensor;
  precision(targets: Tensor, predictions: Tensor): Tensor;
  recall(targets: Tensor, predictions: Tensor): Tensor;
  r2Score(targets: Tensor, predictions: Tensor): Tensor;
}
