import assert from "node:assert/strict";
import type { Figure } from "../../src/figures/figure.js";
import {
  type Dataset,
  dataset,
  iris,
  mlp,
  type NetworkOptions,
  type Run,
  type StudyRow,
  type TrainOptions,
  train,
  truthTable,
  xor,
} from "../../src/index.js";
import { wilsonInterval } from "../../src/numbers/statistics.js";
import type { Study } from "../../src/study/result.js";

/** A name that breaks whatever takes it for markup, a template, an equation or an entity. */
export const HOSTILE = '<b>x</b></script><img src=x onerror=1><a href="javascript:1">y</a> $x^2$ %{x} &lt;';

export const hostileXor = (more = "") =>
  dataset(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    [0, 1, 1, 0],
    { name: HOSTILE + more },
  );

/** A run without a word about it. */
export function trained(
  network: NetworkOptions = {},
  data: Dataset = xor({ rows: 100 }),
  options: TrainOptions = {},
): Promise<Run> {
  return train(mlp(network), data, { epochs: 5, progress: false, ...options });
}

/** Fisher's irises by their petals alone: three classes in a plane, in centimetres. */
export function petals(scaled = true): Dataset {
  const { inputs, rows, classes, featureNames } = iris();
  const [places, species] = [0, 1].map((part) =>
    Array.from({ length: rows }, (_, row) =>
      part === 0 ? Array.from(inputs.subarray(4 * row + 2, 4 * row + 4)) : classes?.[Math.floor(row / 50)],
    ),
  );
  return dataset(places as number[][], species as string[], {
    name: "petals",
    features: featureNames?.slice(2) ?? [],
    ...(scaled ? { scale: "standard" } : {}),
  });
}

/** A regression over one input or two, in units of its own, scaled. */
export function heights(inputs: 1 | 2): Dataset {
  const rows = Array.from({ length: 60 }, (_, i) => [100 + i / 3, 40 * Math.sin(2.4 * i)].slice(0, inputs));
  const targets = rows.map(([x, y = 0]) => 5000 + 300 * Math.sin((x - 100) / 4) + 10 * y);
  return dataset(rows, targets, {
    name: "heights",
    features: ["way (km)", "side (m)"].slice(0, inputs),
    scale: "standard",
  });
}

/** Two outputs that are each a yes or no: sum and carry of two bits. */
export const halfAdder = (): Dataset =>
  dataset(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    [
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ],
    { name: "half adder" },
  );

const tanh = { activation: "tanh" } as const;
const squared = { loss: "meanSquaredError", learningRate: 0.02 } as const;

/** Runs of every task. */
export const TASK_RUNS = {
  classes: (seed = 1, hidden: number | number[] = 4) =>
    trained({ ...tanh, hidden, outputs: 3, output: "softmax", seed }, petals(), {
      ...{ loss: "categoricalCrossentropy", learningRate: 0.01, epochs: 30, seed },
      validation: petals(),
    }),
  signs: (seed = 1) =>
    trained(
      { ...tanh, hidden: 3, output: "tanh", seed },
      dataset(
        [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ],
        [-1, 1, 1, -1],
        { name: "signs" },
      ),
      { ...squared, epochs: 100, batchSize: 1, seed },
    ),
  outputs: (seed = 1) =>
    trained({ ...tanh, hidden: 3, outputs: 2, seed }, halfAdder(), {
      ...{ learningRate: 0.02, epochs: 100, batchSize: 1, seed },
    }),
  named: (seed = 1) =>
    trained(
      { inputs: 1, ...tanh, hidden: 2, seed },
      dataset(
        Array.from({ length: 20 }, (_, i) => [i]),
        Array.from({ length: 20 }, (_, i) => (i > 12 ? "yes" : "no")),
        { name: "doses", features: ["dose (mg)"] },
      ),
      { epochs: 40, learningRate: 0.02, seed },
    ),
  curve: (seed = 1) =>
    trained({ inputs: 1, ...tanh, hidden: 6, output: "linear", seed }, heights(1), {
      ...squared,
      epochs: 40,
      seed,
    }),
  surface: (seed = 1) =>
    trained({ ...tanh, hidden: 6, output: "linear", seed }, heights(2), { ...squared, epochs: 40, seed }),
  line: () =>
    trained(
      { inputs: 1, outputs: 3, output: "softmax" },
      dataset([[1], [2], [3], [4]], ["low", "middle", "high", "high"]),
      { loss: "categoricalCrossentropy", epochs: 3 },
    ),
  many: () =>
    trained({ inputs: 4, outputs: 3, output: "softmax", hidden: 3 }, iris({ scale: "minMax" }), {
      ...{ loss: "categoricalCrossentropy", epochs: 3 },
    }),
  table: () =>
    trained(
      { inputs: 3, outputs: 2, output: "linear", kernelRegularizer: { l1: 0.001 } },
      dataset(
        Array.from({ length: 12 }, (_, i) => [i, i * i, Math.sin(i)]),
        Array.from({ length: 12 }, (_, i) => [i + 3, 1000 - 7 * i]),
        { name: "table", scale: "minMax" },
      ),
      { loss: "meanAbsoluteError", epochs: 4 },
    ),
} as const;

/** A run stopped before its first epoch ended. */
export function stoppedAtOnce(): Promise<Run> {
  return trained({}, xor({ rows: 20 }), { signal: AbortSignal.abort() });
}

/** A run as if its losses (and accuracies) had been these. */
export function withHistory(
  run: Run,
  loss: readonly number[],
  accuracy: readonly number[] = loss.map(() => 0.75),
  more: Partial<Run> = {},
): Run {
  const first = accuracy.indexOf(1);
  const { status = "completed", solved = accuracy.at(-1) === 1 } = more;
  const result = solved ? "solved" : "unsolved";
  return {
    ...run,
    ...{ status, solved, ending: status === "completed" ? result : status },
    history: { loss, accuracy },
    finalLoss: loss.at(-1) ?? Number.NaN,
    finalAccuracy: accuracy.at(-1) ?? Number.NaN,
    firstPerfectEpoch: first < 0 ? undefined : first + 1,
    ...more,
  };
}

/** A falling or resting line of so many losses. */
export function line(length: number, from: number, to: number): number[] {
  return Array.from({ length }, (_, i) => from + ((to - from) * i) / Math.max(1, length - 1));
}

/** A row of a study of which so many trials were solved. */
export function studyRow(
  hidden: number | readonly number[],
  solved: number,
  trials = 100,
  more: Partial<StudyRow> = {},
): StudyRow {
  const unsolved = trials - solved - (more.diverged ?? 0);
  return {
    hidden,
    activation: "relu",
    output: "sigmoid",
    ...{ outputs: 1, useBias: true, kernelRegularizer: {} },
    kernelInitializer: "glorotUniform",
    biasInitializer: "zeros",
    optimizer: "rmsprop",
    learningRate: 0.001,
    loss: "binaryCrossentropy",
    batchSize: 4,
    epochs: 100,
    shuffle: true,
    data: "xor",
    rows: 1000,
    trials,
    solved,
    rate: solved / trials,
    interval: wilsonInterval(solved, trials),
    diverged: 0,
    floors: unsolved > 0 ? [{ floor: undefined, trials: unsolved, low: 0.2, high: 0.3 }] : [],
    epochsToSolve: undefined,
    valLoss: undefined,
    valAccuracy: undefined,
    ...more,
  };
}

/** First solved epochs around a median, the median known to an epoch. */
export function soonness(median: number): Pick<StudyRow, "epochsToSolve"> {
  const medianInterval = [median - 1, median + 1] as const;
  return { epochsToSolve: { q10: median / 2, median, q90: 2 * median, medianInterval } };
}

/** Rows with more and more solved trials; the others ended at several losses. */
export function endedRows(count: number, differing: "hidden" | "batchSize" = "hidden"): StudyRow[] {
  return line(count, 0, 60).map((share, i) => {
    const solved = Math.floor(share);
    const quarter = Math.floor((60 - solved) / 4);
    const elsewhere = { floor: undefined, trials: 60 - solved - 3 * quarter, low: 0.21, high: 0.62 };
    return studyRow(2, solved, 60, {
      [differing]: i + 1,
      floors: [
        ...[Math.LN2 / 2, 0.4774, Math.LN2].map((floor) => ({
          floor,
          trials: quarter,
          low: floor,
          high: floor,
        })),
        elsewhere,
      ],
      epochsToSolve: solved > 0 ? soonness(3 * i).epochsToSolve : undefined,
    });
  });
}

/** A study with these rows, whose trials were judged by a table. */
export function studyOf(
  rows: readonly StudyRow[],
  status: Study["status"] = "completed",
  dataOf: (row: StudyRow) => Dataset = () => truthTable("xor"),
): Study {
  const solvedBy = { solvedAccuracy: 1 };
  return { rows, status, seed: 1, engine: "fused", milliseconds: 1, solvedBy, dataOf } as unknown as Study;
}

export interface Title {
  readonly text: string;
  readonly subtitle: { readonly text: string };
}

/** A figure's title as it is read: in one line, without Plotly's codes. */
export function titleOf({ layout }: Figure): string {
  return plain((layout.title as Title).text);
}

/** Plotly's text as it is read. */
export function plain(text: string): string {
  return text.replaceAll("<br>", " ").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

/** Asserts that a hostile name is nowhere in what Plotly reads: `meta` alone keeps texts as they are. */
export function assertWritten({ layout: { meta: _, ...layout }, ...figure }: Figure): void {
  assert.ok(!JSON.stringify({ ...figure, layout }).includes(HOSTILE.slice(0, 8)));
}

/** What holds for every figure. */
export function assertFigure(figure: Figure): void {
  assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure, "plain JSON: no NaN, undefined or functions");
  const { layout, config } = figure;
  assert.deepEqual(Object.keys(layout.meta), ["description", "fit"]);
  assert.doesNotMatch(layout.meta.description, /<br>|&#|NaN|undefined|null/);
  assert.ok(layout.meta.description.startsWith(titleOf(figure)), "the description begins with the finding");
  assert.equal(layout.autosize, true);
  assert.equal(layout.width, undefined);
  assert.ok((layout.height as number) >= 300 && (layout.height as number) <= 900);
  assert.equal(config.typesetMath, false);
}
