import { shortened } from "../figures/parts/text.js";
import { networkLabel, type Run } from "../train/run.js";

/** Who learns, as the subject of a sentence: "relu-2". */
export function subject(run: Run): string {
  const label = networkLabel(run.network);
  if (label === "model") return "The model";
  return label === "no hidden layer" ? "The network without hidden layers" : label;
}

/** What the data are called, no longer than a title bears. */
export function dataName(run: Run): string {
  return shortened(run.data.name) || "data without a name";
}

/** What can tell two runs apart, in the order in which one would say it. The network and the seed are always said. */
const DIFFERENCES: readonly ((run: Run) => string)[] = [
  (run) => `on ${dataName(run)}`,
  (run) => `${run.data.rows} rows`,
  (run) => run.settings.optimizer.name,
  (run) => `rate ${run.settings.optimizer.learningRate}`,
  (run) => `batches of ${run.settings.batchSize}`,
  (run) => `${run.settings.epochs} epochs`,
  (run) => (run.settings.shuffle ? "shuffled" : "not shuffled"),
  (run) => `${run.engine} engine`,
];

/** A name for every run: the network, what differs among them, and the seed: "sigmoid-2, seed 1". */
export function runNames(runs: readonly Run[]): string[] {
  const differing = DIFFERENCES.filter((say) => new Set(runs.map(say)).size > 1);
  const names = runs.map((run) =>
    [networkLabel(run.network), ...differing.map((say) => say(run)), `seed ${run.seed}`].join(", "),
  );
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (run ${i + 1})`,
  );
}

/** What all the runs were given, for the line under the title: "xor, 1000 rows; rmsprop, rate 0.001". */
export function commonSettings(runs: readonly Run[]): string {
  const same = (say: (run: Run) => string) => (new Set(runs.map(say)).size === 1 ? say(runs[0]) : undefined);
  const data = [same(dataName), same((run) => rowsText(run.data.rows))];
  const training = [
    same((run) => run.settings.optimizer.name),
    same((run) => `rate ${run.settings.optimizer.learningRate}`),
  ];
  const parts = [data, training, [same((run) => `seed ${run.seed}`)]];
  return parts
    .map((part) => part.filter((fact) => fact !== undefined).join(", "))
    .filter((part) => part !== "")
    .join("; ");
}

/** "xor, 1000 rows". */
export function dataText(run: Run): string {
  return `${dataName(run)}, ${rowsText(run.data.rows)}`;
}

function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${rows} rows`;
}
