import { written } from "../check.js";
import { counted } from "../words/english.js";
import { rounded } from "../words/numbers.js";
import { checkDataset, type Dataset, makeDataset } from "./dataset.js";
import { type Scaling, sameScaling, scaledBy, unscaled } from "./scaling.js";

/** Data that go together: the same task, on the same scale. */

/** The same rows on the scale of other data; without a scaling, in the units in which they were given. */
export function rescaled(data: Dataset, scaling: Scaling | undefined): Dataset {
  if (sameScaling(data.scaling, scaling)) return data;
  const { scaling: _, judge, ...parts } = data;
  return makeDataset({
    ...parts,
    ...scaledBy(scaling, unscaled(data)),
    ...(judge ? { judge: rescaled(judge, scaling) } : {}),
    ...(scaling ? { scaling } : {}),
  });
}

/**
 * Other rows for a network that learns some data: to judge it by, or to validate it. They become of the same task and on the
 * same scale.
 *
 * @throws TypeError or RangeError that names what does not fit
 */
export function fittingRows(where: string, option: string, came: unknown, data: Dataset): Dataset {
  const rows = checkDataset(where, came, option);
  const must = (rule: string, found: string | number) =>
    new RangeError(`${where}: ${option} must have ${rule} as the data have, got ${found}`);
  if (rows.features !== data.features) throw must(counted(data.features, "feature"), rows.features);
  if (rows.outputs !== data.outputs) throw must(counted(data.outputs, "target"), rows.outputs);
  const { task, threshold, classes } = data;
  if (classes && rows.classes && classes.join("\n") !== rows.classes.join("\n"))
    throw must(`the classes ${written(classes)}`, written(rows.classes));
  if (task === "classes" && rows.task !== task)
    throw must("one target that is 1 and others that are 0 in each row", `the task ${written(rows.task)}`);
  const known = new Set(threshold === 0.5 ? [0, 1] : []);
  if (task === "binary") for (const target of data.targets) known.add(target);
  const strange = rows.targets.find((target) => !known.has(target));
  if (task === "binary" && strange !== undefined)
    throw must(`the targets ${[...known].sort((a, b) => a - b).join(" and ")}`, String(rounded(strange)));
  const alike = rows.task === task && rows.threshold === threshold && !rows.classes === !classes;
  if (alike && rows.judge === undefined) return rescaled(rows, data.scaling);
  const { judge, ...parts } = rows;
  return rescaled(makeDataset({ ...parts, task, threshold, classes }), data.scaling);
}
