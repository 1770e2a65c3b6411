import { came, written } from "../../check.js";
import type { Network } from "../../engine/network.js";
import type { Study } from "../../study/result.js";
import type { NetworkRun } from "../../train/networkRun.js";

/** One run, or a TypeError that says what came instead. */
export function checkRun(where: string, value: unknown): NetworkRun {
  if (!isRun(value))
    throw new TypeError(`${where}: expected a run (made by await train(…)), got ${cameText(value)}`);
  return value;
}

/** A run on data whose targets are classes, or numbers. */
export function checkTask(where: string, value: unknown, wanted: "classes" | "numbers"): NetworkRun {
  const run = checkRun(where, value);
  const own = run.data.task === "regression" ? "numbers" : "classes";
  if (own !== wanted) throw unfit(where, run, `${wanted} as targets`, own);
  return run;
}

/** The error for data that a figure cannot draw, with the figure that draws a run's answers to them. */
export function unfit(where: string, { data }: NetworkRun, rule: string, own: string): RangeError {
  const { task, features, name } = data;
  const [one, many] = task === "regression" ? ["fit", "predictedVsTrue"] : ["boundary", "confusion"];
  const other = features === 2 ? one : features === 1 && task !== "classes" ? "fit" : many;
  const came = `got ${written(name)} with ${own}`;
  return new RangeError(`${where}: the data must have ${rule}, ${came}; figures.${other} draws the run`);
}

/** The structure of a run's network, where it is a chain of dense layers. */
export function checkChain(where: string, { network, engineReason }: NetworkRun): Network {
  if (network) return network;
  throw new TypeError(
    `${where}: the model must be a chain of dense layers (made by mlp, …): ${engineReason}`,
  );
}

/** One run or several, always as an array. */
export function checkRuns(where: string, value: unknown): readonly NetworkRun[] {
  if (!Array.isArray(value)) {
    if (isRun(value)) return [value];
    const wanted = "a run (made by await train(…)) or an array of runs";
    throw new TypeError(`${where}: expected ${wanted}, got ${cameText(value)}`);
  }
  if (value.length === 0)
    throw new RangeError(`${where}: expected a run or at least one run in an array, got []`);
  Array.from(value).forEach((one: unknown, i) => {
    if (!isRun(one))
      throw new TypeError(`${where}: expected an array of runs, got ${cameText(one)} as element ${i}`);
  });
  const losses = [...new Set((value as NetworkRun[]).map((run) => run.settings.loss))];
  if (losses.length > 1)
    throw new RangeError(
      `${where}: expected runs with one loss, since losses cannot be compared, got ${losses.join(" and ")}`,
    );
  return value as NetworkRun[];
}

/** A study, or a TypeError that says what came instead. */
export function checkStudy(where: string, value: unknown): Study {
  if (!isStudy(value))
    throw new TypeError(`${where}: expected a study (made by await study(…)), got ${cameText(value)}`);
  return value;
}

function isRun(value: unknown): value is NetworkRun {
  const run = value as NetworkRun | null | undefined;
  return (
    typeof run === "object" &&
    run !== null &&
    Array.isArray(run.history?.loss) &&
    Array.isArray(run.history.accuracy) &&
    typeof run.settings?.loss === "string" &&
    typeof run.data?.name === "string" &&
    typeof run.predict === "function"
  );
}

function isStudy(value: unknown): value is Study {
  const study = value as Study | null | undefined;
  return (
    typeof study === "object" &&
    study !== null &&
    typeof study.dataOf === "function" &&
    Array.isArray(study.rows) &&
    study.rows.every((row) => typeof row?.rate === "number" && Array.isArray(row.interval))
  );
}

/** What came, and the cure where one can guess it. */
function cameText(value: unknown): string {
  if (isRun(value)) return "a run; figures.loss and figures.boundary draw it";
  if (isStudy(value)) return "a study; figures.successByWidth draws it";
  if (Array.isArray(value) && value.length > 0 && value.every(isRun))
    return `an array of ${value.length} runs`;
  return came(value);
}
