import { wholeNumber, written } from "../check.js";
import { type Dataset, judgedRows } from "../data/dataset.js";
import { drawData } from "../data/drawn.js";
import { showing } from "../display.js";
import type { Sequential } from "../model/tensorflow.js";
import type { Run } from "../train/run.js";
import { train } from "../train/train.js";
import type { Criterion } from "../verdict/outcome.js";
import { counted } from "../words/english.js";
import { asMarkdown, markdownTable } from "../words/markdown.js";
import { measuredText } from "../words/numbers.js";
import { contradictions } from "./contradictions.js";
import { type Outcome, outcomeOf, summarize } from "./outcomes.js";
import { endedTrials, plannedTrials, type StudyPlan, seedOf } from "./plan.js";
import type { GivenSetting } from "./settings.js";
import { shardText } from "./shard.js";
import { type StudyRow, studyCells, studyTable } from "./table.js";
import { settingModel } from "./tfjsTrials.js";

/** One trial's settings and outcome. */
export interface StudyTrial extends Outcome {
  /** The seed of the trial's data, weights and shuffles. */
  readonly seed: number;
  readonly setting: GivenSetting;
  readonly data: Dataset;
}

/** Many runs and what came of them. */
export interface Study {
  readonly rows: readonly StudyRow[];
  readonly seed: number;
  readonly engine: "fused" | "tfjs";
  /** Which part of a study this is, such as "3/10": the rows hold its trials only. Undefined of a whole study. */
  readonly shard: string | undefined;
  /** "stopped": the rows hold what was done. */
  readonly status: "completed" | "stopped";
  readonly milliseconds: number;
  /** When a trial counts as solved. */
  readonly solvedBy: Omit<Criterion, "loss">;
  /** Trial t of a row (the row itself or its index). */
  trial(row: number | StudyRow, t: number): StudyTrial;
  /**
   * The data by which the trials of a row are judged: the truth table, or the data that were given. Of data without a
   * truth table that are drawn anew for every trial, those of trial 0.
   */
  dataOf(row: number | StudyRow): Dataset;
  /** Trains trial t of a row again, as a full run. */
  replay(row: number | StudyRow, t: number): Promise<Run<Sequential>>;
  /** The rows as a table of plain text; below it, with which data no trial can be solved. */
  toString(): string;
}

const plans = new WeakMap<Study, StudyPlan>();

/** The plan of a study that was made here. */
export function planOf(study: Study): StudyPlan | undefined {
  return plans.get(study);
}

/** Makes the study from its plan, whose outcomes have been filled in. */
export function makeStudy(plan: StudyPlan, status: "completed" | "stopped", milliseconds: number): Study {
  const rows = plan.settings.map((setting, i): StudyRow => {
    return Object.freeze({ ...setting.given, ...summarize(plan.outcomes[i]) });
  });
  const find = (where: string, row: number | StudyRow, t: number) => {
    const index = typeof row === "number" ? row : rows.indexOf(row);
    if (typeof row !== "number" && index < 0)
      throw new TypeError(`${where}: row must be a row of this study or its index, got ${written(row)}`);
    wholeNumber(where, "row", index, 0, rows.length - 1);
    const seed = seedOf(plan, index, wholeNumber(where, "t", t, 0, plan.trials - 1));
    return { index, seed, setting: plan.settings[index], data: drawData(plan.settings[index].source, seed) };
  };
  const trial = (row: number | StudyRow, t: number): StudyTrial => {
    const { index, seed, setting, data } = find("trial", row, t);
    const { first, count } = plan.ranges[index];
    if (t < first || t >= first + count)
      throw new RangeError(
        `trial: trial ${t} of row ${index} is not in shard ${shardText(plan.shard)}, which has ` +
          (count > 0 ? `trials ${first} to ${first + count - 1} of this row` : "none of this row"),
      );
    const outcome = outcomeOf(plan.outcomes[index], t - first);
    if (!outcome) throw new RangeError(`trial: the study was stopped before trial ${t} of row ${index}`);
    return { ...outcome, seed, setting: setting.given, data };
  };
  const dataOf = (row: number | StudyRow): Dataset => judgedRows(find("dataOf", row, 0).data);
  const replay = async (row: number | StudyRow, t: number): Promise<Run<Sequential>> => {
    const { seed, setting, data } = find("replay", row, t);
    const { training, validation } = setting;
    const options = { ...training, seed, validation, engine: plan.engine, progress: false };
    return train(settingModel(setting, seed, data), data, options);
  };
  const { seed, engine } = plan;
  const text = (): string => [studyTable(rows), ...contradictions(plan)].join("\n");
  const { solvedAccuracy, solvedR2, solvedLoss } = plan.settings[0].training;
  const solvedBy = {
    solvedAccuracy,
    ...(solvedR2 === undefined ? {} : { solvedR2 }),
    ...(solvedLoss === undefined ? {} : { solvedLoss }),
  };
  const shard = plan.shard.of === 1 ? undefined : shardText(plan.shard);
  const made = { rows, seed, engine, shard, status, milliseconds, solvedBy, trial, dataOf, replay };
  const study: Study = { ...made, toString: text };
  const markdown = () =>
    [markdownTable(studyCells(rows)), ...contradictions(plan).map(asMarkdown)].join("\n\n");
  const display = () => ({ "text/plain": text(), "text/markdown": markdown() });
  plans.set(study, plan);
  return Object.freeze(showing(study, { display, inspect: text }));
}

/** The outcome in one line. */
export function studyText(study: Study, plan: StudyPlan): string {
  const { shard } = plan;
  const [total, whole] = [endedTrials(plan), plannedTrials(plan)];
  const part = study.status === "stopped" ? `stopped after ${total} of ${whole} trials` : `${total} trials`;
  const name = shard.of === 1 ? "study" : `study, shard ${shardText(shard)}`;
  return `${name}: ${part} of ${counted(study.rows.length, "setting")} in ${measuredText(study.milliseconds)} (seed ${study.seed})`;
}
