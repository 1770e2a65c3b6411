import { oneOf, written } from "../check.js";
import { type Dataset, makeDataset } from "./dataset.js";
import { fittingRows } from "./fitting.js";
import { fittingScaling, SCALE_METHODS, type ScaleMethod, scaledBy } from "./scaling.js";
import { type Task, taskOf } from "./task.js";

/** What a user's data are made of: checked numbers, in the units in which they were given. */
export interface Given {
  readonly name: string;
  readonly features: number;
  readonly inputs: Float64Array;
  readonly featureNames: readonly string[] | undefined;
  readonly outputs: number;
  readonly targets: Float32Array | Float64Array;
  readonly targetNames?: readonly string[];
  /** Where labels decide it; otherwise it follows from the targets. */
  readonly task?: Task;
  /** Different names, in the order of the outputs, or of the two targets. */
  readonly classes?: readonly string[];
  readonly judge?: unknown;
  readonly scale?: unknown;
}

/**
 * The dataset of these numbers: its task found, scaled, with the rows that it is judged by.
 *
 * @throws TypeError or RangeError if classes, judge or scale do not fit
 */
export function assembled(where: string, { judge, scale, ...given }: Given): Dataset {
  const task = given.task ?? taskOf(Float32Array.from(given.targets), given.outputs);
  const classes = classNames(where, given, task);
  const scaling =
    scale === undefined
      ? undefined
      : fittingScaling(oneOf<ScaleMethod>(where, "scale", scale, SCALE_METHODS), { ...given, task }, given);
  const data = makeDataset({ ...given, ...scaledBy(scaling, given), task, classes, scaling });
  return judge === undefined
    ? data
    : makeDataset({ ...data, judge: fittingRows(where, "judge", judge, data) });
}

/** The names of the classes, which must be as many as there are; targets in columns with names have theirs. */
function classNames(
  where: string,
  { classes, outputs, targetNames }: Given,
  task: Task,
): readonly string[] | undefined {
  if (classes === undefined) return task === "classes" ? targetNames : undefined;
  const count = { binary: 2, classes: outputs, regression: 0 }[task];
  if (count === 0)
    throw new RangeError(
      `${where}: classes must name labels or two target values, but the targets are other numbers; ` +
        'numbers that are labels must be given, or listed, as texts: "1", "2", …',
    );
  if (classes.length !== count)
    throw new RangeError(`${where}: classes must be ${count} names, got ${written(classes)}`);
  return classes;
}
