import type { Dataset } from "../../data/dataset.js";
import type { LayerActivation } from "../../engine/functions.js";
import { CLIP, type Loss } from "../../engine/losses.js";
import type { Network } from "../../engine/network.js";
import { activationName, lossName } from "../../words/names.js";
import { significant } from "../../words/numbers.js";

/** Rows for which a cross-entropy is clipped: what they answer is no probability, and on the wrong side. */
export interface ClippedFacts {
  readonly activation: LayerActivation;
  readonly rows: number;
  /** Of how many different rows of the training. */
  readonly all: number;
  /** What each such answer costs, in nats: −ln 1e-7. */
  readonly cost: number;
}

/** Outputs whose answers are probabilities of themselves. */
const PROBABILITIES: ReadonlySet<LayerActivation> = new Set(["sigmoid", "softmax"]);

/**
 * Counts the rows with an answer that the loss clips on the wrong side: below 1e-7 where 1 is wanted, above 1 − 1e-7 where 0
 * is. There the loss has no slope. Undefined for other losses, and behind a sigmoid or a softmax.
 */
export function clippedFacts(
  network: Network,
  loss: Loss,
  answers: ArrayLike<number>,
  data: Dataset,
): ClippedFacts | undefined {
  const { activation } = network.layers[network.layers.length - 1];
  if (PROBABILITIES.has(activation) || (loss !== "binaryCrossentropy" && loss !== "categoricalCrossentropy"))
    return undefined;
  const { rows, outputs, targets } = data;
  let clipped = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    const theirs = Array.from({ length: outputs }, (_, j) => answers[at + j]);
    const sum = loss === "categoricalCrossentropy" ? theirs.reduce((all, value) => all + value) : 1;
    const isOff = (value: number, j: number): boolean => {
      const share = value / sum;
      if (loss === "categoricalCrossentropy") return targets[at + j] > 0 && share < CLIP;
      return (targets[at + j] === 1 && share < CLIP) || (targets[at + j] === 0 && share > 1 - CLIP);
    };
    if (theirs.some(isOff)) clipped += 1;
  }
  return { activation, rows: clipped, all: rows, cost: -Math.log(CLIP) };
}

/** "The answers of a linear output are no probabilities …" */
export function clippedText({ activation, rows, all, cost }: ClippedFacts, loss: Loss): string {
  return `The answers of a ${activationName(activation)} output are no probabilities: on ${rows} of ${all} rows they lie beyond 0 or 1 on the wrong side, where ${lossName(loss)} is clipped, costs ${significant(cost)} whatever the answer is, and has no slope.`;
}
