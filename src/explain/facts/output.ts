import { type DistinctRows, targetsOf } from "../../data/rows.js";
import type { LayerActivation } from "../../engine/functions.js";
import type { LayerCourse } from "../../engine/layerValues.js";
import { CLIP, type Loss, rowLoss } from "../../engine/losses.js";
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
  courses: readonly LayerCourse[],
  { rows: data }: DistinctRows,
  loss: Loss,
): ClippedFacts | undefined {
  const { activation, units, values } = courses[courses.length - 1];
  const categorical = loss === "categoricalCrossentropy";
  if (PROBABILITIES.has(activation) || !(categorical || loss === "binaryCrossentropy")) return undefined;
  let rows = 0;
  for (let row = 0; row < data.rows; row++) {
    const answers = values.subarray(row * units, (row + 1) * units);
    const sum = categorical ? answers.reduce((all, value) => all + value) : 1;
    const isOff = (target: number, j: number): boolean => {
      const share = answers[j] / sum;
      if (categorical) return target > 0 && share < CLIP;
      return (target === 1 && share < CLIP) || (target === 0 && share > 1 - CLIP);
    };
    if (targetsOf(data, row).some(isOff)) rows += 1;
  }
  return { activation, rows, all: data.rows, cost: -Math.log(CLIP) };
}
