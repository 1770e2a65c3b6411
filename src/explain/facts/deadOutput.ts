import type { Dataset } from "../../data/dataset.js";
import type { DistinctRows } from "../../data/rows.js";
import type { LayerCourse } from "../../engine/layerValues.js";
import { type Loss, rowLoss } from "../../engine/losses.js";
import { listed, outside } from "../../words/english.js";
import { percentText } from "../../words/numbers.js";
import { layerStates } from "./units.js";

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
    if (!data.targets.subarray(at, at + units).some((target, j) => target > 0 && slopes[at + j] === 0))
      continue;
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

/** "the output unit is off on all 4 rows of the training …" */
export function deadOutputText({ dead, rows, lossShare, names }: DeadOutput, data: Dataset): string {
  const { outputs } = data;
  if (dead.length === 0) {
    const [these, have] = rows === 1 ? ["this row", "has"] : ["these rows", "have"];
    return `on ${rows} of ${data.rows} rows ${outputs === 1 ? "the" : "an"} output unit (ReLU) is off though more than 0 is wanted: it answers 0 there and has no slope, so that ${these}, ${percentText(lossShare)} of the loss, ${have} no gradient${outputs === 1 ? "" : " from it"}`;
  }
  const rest = `off on all ${data.rows} rows of the training, where ReLU answers 0 and has no slope`;
  if (outputs === 1) return `the output unit is ${rest}, so that no weight has a gradient`;
  const which = names ? ` (${listed(dead.map((j) => outside(names[j])))})` : "";
  const [are, them] = dead.length === 1 ? ["is", "it"] : ["are", "them"];
  return `${dead.length} of ${outputs} output units${which} ${are} ${rest}, so that no gradient passes ${them}`;
}
