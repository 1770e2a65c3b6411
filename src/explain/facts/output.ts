import type { Dataset } from "../../data/dataset.js";
import { type DistinctRows, targetsOf } from "../../data/rows.js";
import type { LayerActivation } from "../../engine/functions.js";
import type { LayerCourse } from "../../engine/layerValues.js";
import { CLIP, type Loss, rowLoss } from "../../engine/losses.js";
import { outputLayer } from "../../engine/network.js";
import { meanLoss } from "../../engine/plain.js";
import type { Ended } from "../ended.js";
import { layerStates } from "./units.js";

/** Where an output gives the training no slope: ReLU that is off, answers that a cross-entropy clips. */

/** Output units (ReLU) that are off where they should not be: there they answer 0 and have no slope. */
export interface DeadOutput {
  /** Which output units are off on all rows of the training. */
  readonly dead: readonly number[];
  /** Whether all are, and by more than rounding could change, so that no weight has a gradient. */
  readonly forGood: boolean;
  /** On how many rows of the training some output unit is off though more than 0 is wanted. */
  readonly rows: number;
  /** What these rows make up of the loss. */
  readonly lossShare: number;
  /** What the outputs are called. */
  readonly names: readonly string[] | undefined;
}

/** Undefined for other outputs than ReLU. */
export function deadOutputFacts(
  courses: readonly LayerCourse[],
  { rows: data, counts }: DistinctRows,
  loss: Loss,
): DeadOutput | undefined {
  const { activation, units, values, slopes } = courses[courses.length - 1];
  if (activation !== "relu") return undefined;
  const states = layerStates(courses, courses.length - 1);
  const { value } = rowLoss(loss, units);
  let [off, offLoss, all] = [0, 0, 0];
  for (let row = 0; row < data.rows; row++) {
    const at = row * units;
    const cost = counts[row] * value(values, at, data.targets, at);
    all += cost;
    if (!targetsOf(data, row).some((target, j) => target > 0 && slopes[at + j] === 0)) continue;
    off += counts[row];
    offLoss += cost;
  }
  return {
    dead: states.flatMap((unit, j) => (unit.dead ? j : [])),
    forGood: states.every((unit) => unit.deadForGood),
    ...{ rows: off, lossShare: all > 0 ? offLoss / all : 0 },
    names: data.task === "classes" ? data.classes : data.targetNames,
  };
}

/** Rows for which a cross-entropy is clipped: what they answer is no probability, and on the wrong side. */
export interface ClippedFacts {
  readonly activation: LayerActivation;
  readonly rows: number;
  /** Of how many rows of the training. */
  readonly all: number;
  /** What such answers cost, in nats, if there are any: −ln 1e-7 below 0, and above 1, in single precision, −ln 2⁻²³. */
  readonly below: number | undefined;
  readonly above: number | undefined;
}

/** Where cross-entropies clip answers at the top: 1 − 1e-7, which in the single precision of trainings is 1 − 2⁻²³. */
const HIGHEST = Math.fround(1 - CLIP);

/** Who counts a loss. */
export type Counter = Pick<Ended, "network" | "engine">;

/**
 * Mean loss over rows as trainings count it: answers near 1 and above are clipped in single precision. The fused engine counts
 * that of a sigmoid from its input, and does not.
 *
 * @param counts  how often each row counts; once unless given
 */
export function countedLoss(
  answers: ArrayLike<number>,
  rows: Dataset,
  loss: Loss,
  { network, engine = "fused" }: Counter,
  counts?: ArrayLike<number>,
): number {
  const fromInput =
    engine === "fused" && network !== undefined && outputLayer(network).activation === "sigmoid";
  const clips = loss === "binaryCrossentropy" && !fromInput;
  const theirs = clips ? Float64Array.from(answers, (answer) => Math.min(answer, HIGHEST)) : answers;
  return meanLoss(theirs, rows, loss, counts);
}

/** Outputs whose answers are probabilities of themselves. */
const PROBABILITIES: ReadonlySet<LayerActivation> = new Set(["sigmoid", "softmax"]);

/**
 * Counts the rows with an answer that the loss clips on the wrong side: below 1e-7 where 1 is wanted, above 1 − 1e-7 where 0
 * is. There the loss has no slope. Undefined for other losses, and behind a sigmoid or a softmax.
 */
export function clippedFacts(
  courses: readonly LayerCourse[],
  training: DistinctRows,
  loss: Loss,
): ClippedFacts | undefined {
  const { activation } = courses[courses.length - 1];
  if (PROBABILITIES.has(activation) || !isCrossEntropy(loss)) return undefined;
  const { rows, below, above } = clippedRows(courses, training, loss);
  const costs = {
    below: below > 0 ? -Math.log(CLIP) : undefined,
    above: above > 0 ? -Math.log(1 - HIGHEST) : undefined,
  };
  return { activation, rows, all: training.counts.reduce((sum, count) => sum + count, 0), ...costs };
}

/**
 * Counts such rows behind a sigmoid or a softmax, whose gradient goes on there: steps bring these answers back, and for long the
 * clipped loss does not show it.
 */
export function cappedRows(courses: readonly LayerCourse[], training: DistinctRows, loss: Loss): number {
  const { activation } = courses[courses.length - 1];
  return PROBABILITIES.has(activation) && isCrossEntropy(loss)
    ? clippedRows(courses, training, loss).rows
    : 0;
}

function isCrossEntropy(loss: Loss): boolean {
  return loss === "categoricalCrossentropy" || loss === "binaryCrossentropy";
}

function clippedRows(courses: readonly LayerCourse[], { rows: data, counts }: DistinctRows, loss: Loss) {
  const { units, values } = courses[courses.length - 1];
  const categorical = loss === "categoricalCrossentropy";
  const clipped = { below: 0, above: 0, rows: 0 };
  for (let row = 0; row < data.rows; row++) {
    const answers = values.subarray(row * units, (row + 1) * units);
    const sum = categorical ? answers.reduce((all, value) => all + value) : 1;
    const targets = targetsOf(data, row);
    const below = targets.some((y, j) => (categorical ? y > 0 : y === 1) && answers[j] / sum < CLIP);
    const above = !categorical && targets.some((y, j) => y === 0 && answers[j] > 1 - CLIP);
    clipped.below += below ? counts[row] : 0;
    clipped.above += above ? counts[row] : 0;
    clipped.rows += below || above ? counts[row] : 0;
  }
  return clipped;
}
