import { type Dataset, judgedRows } from "../data/dataset.js";
import { tieFloors } from "../floors.js";
import { wholeNumber, written } from "../options.js";
import {
  breathe,
  type Host,
  inSlices,
  type Progress,
  silentHost,
  stopWatch,
  timeLeftText,
} from "../progress.js";
import { trialSeed } from "../random.js";
import type { Run } from "../run.js";
import type { TrainOptions } from "../settings.js";
import { trainModel } from "../train.js";
import { makeOutcomes, type Outcome, type Outcomes } from "./outcomes.js";
import {
  type GivenSetting,
  type StudyOptions,
  type StudySetting,
  studyControls,
  studySettings,
} from "./settings.js";
import { type StudyRow, settingLabel, studyTable } from "./table.js";
import { settingModel, trialOutcome } from "./trials.js";

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
  /** "stopped": the rows hold what was done. */
  readonly status: "completed" | "stopped";
  readonly milliseconds: number;
  /** Trial t of a row (the row itself or its index). */
  trial(row: number | StudyRow, t: number): StudyTrial;
  /** Trains trial t of a row again, as a full run. */
  replay(row: number | StudyRow, t: number): Promise<Run>;
  /** The rows as a table of plain text. */
  toString(): string;
}

/** Runs a study, reporting to a host. See the public study(). */
export async function runStudy(options: StudyOptions, host: Host): Promise<Study> {
  const settings = studySettings(options);
  const controls = studyControls(options);
  await null; // leave the caller's synchronous part: only then can a stop button reach us
  const outcomes = settings.map(() => makeOutcomes(controls.trials));
  const reporter = (controls.progress ? host : silentHost).reporter();
  const watch = stopWatch(host, controls.signal);
  const start = performance.now();
  const plan = { settings, outcomes, ...controls };
  try {
    const pause = (done: number) => reporter.update(() => progressOf(plan, done, performance.now() - start));
    const ended = await inSlices(allTrials(plan), watch, () => {}, pause);
    await breathe(); // a stop pressed in the last slice arrives now
    const status = ended === "stopped" ? "stopped" : "completed";
    const study = makeStudy(plan, status, performance.now() - start);
    reporter.finish(studyText(study, controls.trials));
    return study;
  } catch (error) {
    reporter.finish("study: failed");
    throw error;
  } finally {
    watch.release();
  }
}

interface Plan {
  readonly settings: readonly StudySetting[];
  readonly outcomes: readonly Outcomes[];
  readonly trials: number;
  readonly seed: number;
  readonly engine: "fused" | "tfjs";
}

/** Trial after trial, setting after setting; yields how many are done, with parts of the one that runs. */
function* allTrials({ settings, outcomes, trials, seed, engine }: Plan): Generator<number, "completed"> {
  let done = 0;
  for (let row = 0; row < settings.length; row++) {
    for (let t = 0; t < trials; t++) {
      const setting = settings[row];
      const moments = trialOutcome(setting, trialSeed(seed, setting.text, t), engine);
      let next = moments.next();
      try {
        while (!next.done) {
          yield done + next.value.epoch / setting.training.epochs;
          next = moments.next();
        }
      } finally {
        moments.return(undefined as never); // a stopped study lets go of its last trial
      }
      outcomes[row].set(t, next.value);
      done += 1;
    }
  }
  return "completed";
}

function makeStudy(plan: Plan, status: "completed" | "stopped", milliseconds: number): Study {
  const rows = plan.settings.map((setting, i): StudyRow => {
    const floors = tieFloors(judgedRows(setting.drawData(plan.seed)), setting.training.loss);
    return Object.freeze({ ...setting.given, ...plan.outcomes[i].summary(floors) });
  });
  const rowIndex = (where: string, row: number | StudyRow): number => {
    const index = typeof row === "number" ? row : rows.indexOf(row);
    if (index < 0)
      throw new RangeError(`${where}: row must be a row of this study or its index, got ${written(row)}`);
    return wholeNumber(where, "row", index, 0, rows.length - 1);
  };
  const trial = (row: number | StudyRow, t: number): StudyTrial => {
    const index = rowIndex("trial", row);
    const { given, text, drawData } = plan.settings[index];
    const seed = trialSeed(plan.seed, text, wholeNumber("trial", "t", t, 0, plan.trials - 1));
    const outcome = plan.outcomes[index].get(t);
    if (!outcome) throw new RangeError(`trial: the study was stopped before trial ${t} of row ${index}`);
    return { ...outcome, seed, setting: given, data: drawData(seed) };
  };
  const replay = async (row: number | StudyRow, t: number): Promise<Run> => {
    const index = rowIndex("replay", row);
    return replayTrial(
      plan,
      index,
      trialSeed(plan.seed, plan.settings[index].text, wholeNumber("replay", "t", t, 0, plan.trials - 1)),
    );
  };
  const study = {
    rows,
    seed: plan.seed,
    engine: plan.engine,
    status,
    milliseconds,
    trial,
    replay,
    toString: () => studyTable(rows),
  };
  const inspect = Symbol.for("nodejs.util.inspect.custom"); // how Node prints a value: here, as its table
  return Object.freeze(
    Object.defineProperty(study, inspect, { value: () => studyTable(rows), enumerable: false }),
  );
}

function replayTrial(plan: Plan, index: number, seed: number): Promise<Run> {
  const setting = plan.settings[index];
  const data = setting.drawData(seed);
  const options: TrainOptions = { ...setting.training, seed, engine: plan.engine, progress: false };
  return trainModel(settingModel(setting, seed, data), data, options, silentHost);
}

function progressOf(plan: Plan, done: number, passed: number): Progress {
  const total = plan.settings.length * plan.trials;
  const perSecond = (done / passed) * 1000;
  const facts = [
    `trial ${Math.floor(done)} of ${total}`,
    `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} trials/s`,
    timeLeftText(passed, done / total),
  ].filter((fact) => fact !== "");
  const bars = plan.settings.map((setting, i) => {
    const part = Math.max(0, Math.min(1, done / plan.trials - i));
    const { rate } = part > 0 ? plan.outcomes[i].summary([]) : { rate: 0 };
    return { label: settingLabel(setting.given), value: Number.isNaN(rate) ? 0 : rate, done: part };
  });
  return { title: "study: share of trials solved", fraction: done / total, facts, bars };
}

function studyText(study: Study, trials: number): string {
  const total = study.rows.reduce((sum, row) => sum + row.trials, 0);
  const seconds = (study.milliseconds / 1000).toFixed(1);
  const whole = study.rows.length * trials;
  const part = study.status === "stopped" ? `stopped after ${total} of ${whole} trials` : `${total} trials`;
  return `study: ${part} of ${study.rows.length} settings in ${seconds} s (seed ${study.seed})`;
}
