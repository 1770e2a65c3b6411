import { isPenalized } from "../../engine/network.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { capital, counted, shortened } from "../../words/english.js";
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

/** Who learns, as the subject of a sentence: "The network of 2 ReLU units"; "Output 2 (carry) of the network of 2 ReLU units". */
export function subject(run: NetworkRun, place: "start" | "within" = "start", output?: number): string {
  const network = networkSubject(run.network, "within");
  const said = output === undefined ? network : `${outputName(run, output)} of ${network}`;
  return place === "start" ? capital(said) : said;
}

/** Who answers, at the start of a sentence; of an epoch that was asked for: "After epoch 5 of 100, the network of …". */
export function subjectAt(run: NetworkRun, epoch: number | undefined, output?: number): string {
  if (epoch === undefined) return subject(run, "start", output);
  return `${capital(runMoment(run, epoch))}, ${subject(run, "within", output)}`;
}

/** What an output is called, counted from 0: "output 2 (carry)". */
export function outputName({ data }: NetworkRun, output: number): string {
  const name = data.targetNames?.[output];
  return `output ${output + 1}${name ? ` (${shortened(name, 30)})` : ""}`;
}

/** What else is in these losses, if anything: "Losses are those of scaled targets." */
export function lossRemark(runs: readonly NetworkRun[]): string {
  const facts = runs.map(({ data, network }) =>
    [
      ...(data.scaling?.targets ? ["are those of scaled targets"] : []),
      ...(network && isPenalized(network) ? ["include penalties on weights"] : []),
    ].join(" and "),
  );
  const kinds = [...new Set(facts)].filter((fact) => fact !== "");
  const losses = new Set(facts).size === 1 ? "Losses" : "Some losses";
  return kinds.map((fact) => `${losses} ${fact}.`).join(" ");
}

/** A name for every run: the network, what differs among them, and the seed: "2 sigmoid units, seed 1". */
export function runNames(runs: readonly NetworkRun[]): string[] {
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
export function commonSettings(runs: readonly NetworkRun[]): string {
  const described = runs.map(describedRun);
  const parts = [["data", "rows"], ["optimizer", "learningRate"], ["seed"]] as const;
  return parts
    .map((keys) => inCommon(described, keys).join(", "))
    .filter((part) => part !== "")
    .join("; ");
}

/** "xor, 1000 rows". */
export function dataText({ data }: Pick<NetworkRun, "data">): string {
  return `${dataName(data)}, ${counted(data.rows, "row")}`;
}

/** Under a title: "xor, 1000 rows; seed 1; after epoch 79 of 100"; of other rows of data their name. */
export function runLine(run: NetworkRun, epoch: number | undefined, data = run.data): string {
  return `${dataText({ data })}; seed ${run.seed}; ${runMoment(run, epoch)}`;
}

/** When the run is looked at: "after epoch 79 of 100"; without an epoch its end. */
export function runMoment({ status, history, settings }: NetworkRun, epoch?: number): string {
  return momentText({ status, done: history.loss.length, epochs: settings.epochs }, epoch);
}

/** Title of a picture of a run that diverged: "The network of 4 ReLU units diverged in epoch 3; this is its output after epoch 2 of 40". */
export function divergedText(run: NetworkRun, what: string, epoch: number | undefined): string {
  return `${subject(run)} ${runMoment(run)}; ${what} ${epoch === undefined ? "at that moment" : runMoment(run, epoch)}`;
}

function describedRun({ network, data, settings, engine, seed }: NetworkRun) {
  const { optimizer, batchSize, epochs, shuffle } = settings;
  return {
    network: networkName(network),
    ...{ data: data.name, rows: data.rows },
    ...{ optimizer: optimizer.name, learningRate: optimizer.learningRate },
    ...{ batchSize, epochs, shuffle, engine, seed },
  } satisfies Partial<Described>;
}
