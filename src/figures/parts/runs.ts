import type { Run } from "../../train/run.js";
import { counted } from "../../words/english.js";
import {
  type Described,
  dataName,
  differing,
  inCommon,
  momentText,
  networkName,
  networkSubject,
  said,
} from "../../words/names.js";

/** What runs are called in figures. */

/** Who learns, as the subject of a sentence: "relu-2". */
export function subject(run: Run, place: "start" | "within" = "start"): string {
  return networkSubject(run.network, place);
}

/** A name for every run: the network, what differs among them, and the seed: "sigmoid-2, seed 1". */
export function runNames(runs: readonly Run[]): string[] {
  const described = runs.map(describedRun);
  const keys = differing(described).filter((key) => key !== "network" && key !== "seed");
  const names = described.map((one) =>
    [
      one.network,
      ...keys.map((key) => `${key === "data" ? "on " : ""}${said(key, one)}`),
      said("seed", one),
    ].join(", "),
  );
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (run ${i + 1})`,
  );
}

/** What all the runs were given, for the line under the title: "xor, 1000 rows; rmsprop, rate 0.001; seed 1". */
export function commonSettings(runs: readonly Run[]): string {
  const described = runs.map(describedRun);
  const parts = [["data", "rows"], ["optimizer", "learningRate"], ["seed"]] as const;
  return parts
    .map((keys) => inCommon(described, keys).join(", "))
    .filter((part) => part !== "")
    .join("; ");
}

/** "xor, 1000 rows". */
export function dataText({ data }: Run): string {
  return `${dataName(data)}, ${counted(data.rows, "row")}`;
}

/** When the run is looked at: "after epoch 79 of 100"; without an epoch its end. */
export function runMoment({ status, history, settings }: Run, epoch?: number): string {
  return momentText({ status, done: history.loss.length, epochs: settings.epochs }, epoch);
}

/** Title of a picture of a run that diverged: "relu-4 diverged in epoch 3; this is its output after epoch 2 of 40". */
export function divergedText(run: Run, what: string, epoch: number | undefined): string {
  return `${subject(run)} ${runMoment(run)}; ${what} ${epoch === undefined ? "at that moment" : runMoment(run, epoch)}`;
}

type DescribedRun = Pick<
  Described,
  | "network"
  | "data"
  | "rows"
  | "optimizer"
  | "learningRate"
  | "batchSize"
  | "epochs"
  | "shuffle"
  | "engine"
  | "seed"
>;

function describedRun({ network, data, settings, engine, seed }: Run): DescribedRun {
  const { optimizer, batchSize, epochs, shuffle } = settings;
  return {
    network: networkName(network),
    ...{ data: data.name, rows: data.rows },
    ...{ optimizer: optimizer.name, learningRate: optimizer.learningRate },
    ...{ batchSize, epochs, shuffle, engine, seed },
  };
}
