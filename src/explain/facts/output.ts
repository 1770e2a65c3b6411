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
export type DeadOutput = NonNullable<ReturnType<typeof deadOutputFacts>>;

/** Undefined for other outputs than ReLU. */
export function deadOutputFacts(
  courses: readonly LayerCourse[],
  { rows: data, counts }: DistinctRows,
  loss: Loss,
) {
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
    /** Which output units are off on all rows of the training. */
    dead: states.flatMap((unit, j) => (unit.dead ? j : [])),
    /** Whether all are, and by more than rounding could change, so that no weight has a gradient. */
    forGood: states.every((unit) => unit.deadForGood),
    /** On how many rows of the training some output unit is off though more than 0 is wanted. */
    rows: off,
    /** What these rows make up of the loss. */
    lossShare: all > 0 ? offLoss / all : 0,
    /** What the outputs are called. */
    names: data.task === "classes" ? data.classes : data.targetNames,
  };
}

/** Rows for which a cross-entropy is clipped: what they answer is no probability, and on the wrong side. */
export type ClippedFacts = NonNullable<ReturnType<typeof clippedFacts>["clipped"]>;

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
 * Counts the rows with an answer that a cross-entropy clips on the wrong side: below 1e-7 where 1 is wanted, above 1 − 1e-7 where
 * 0 is. There the loss has no slope; but behind a sigmoid or a softmax the gradient goes on ("capped"): steps bring these answers
 * back, and for long the clipped loss does not show it.
 */
export function clippedFacts(
  courses: readonly LayerCourse[],
  { rows: data, counts }: DistinctRows,
  loss: Loss,
) {
  const { activation, units, values } = courses[courses.length - 1];
  const categorical = loss === "categoricalCrossentropy";
  if (!categorical && loss !== "binaryCrossentropy") return { clipped: undefined, capped: 0 };
  const count = { below: 0, above: 0, rows: 0 };
  for (let row = 0; row < data.rows; row++) {
    const answers = values.subarray(row * units, (row + 1) * units);
    const sum = categorical ? answers.reduce((all, value) => all + value) : 1;
    const targets = targetsOf(data, row);
    const below = targets.some((y, j) => (categorical ? y > 0 : y === 1) && answers[j] / sum < CLIP);
    const above = !categorical && targets.some((y, j) => y === 0 && answers[j] > 1 - CLIP);
    count.below += below ? counts[row] : 0;
    count.above += above ? counts[row] : 0;
    count.rows += below || above ? counts[row] : 0;
  }
  const { below, above, rows } = count;
  if (PROBABILITIES.has(activation)) return { clipped: undefined, capped: rows };
  // What such answers cost, in nats, if there are any: −ln 1e-7 below 0, and above 1, in single precision, −ln 2⁻²³.
  const costs = {
    below: below > 0 ? -Math.log(CLIP) : undefined,
    above: above > 0 ? -Math.log(1 - HIGHEST) : undefined,
  };
  const all = counts.reduce((sum, count) => sum + count, 0); // rows of the training
  return { clipped: { activation, rows, all, ...costs }, capped: 0 };
}
