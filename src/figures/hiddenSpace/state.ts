import type { Dataset } from "../../data/dataset.js";
import type { Activation } from "../../engine/functions.js";
import { flatOf, layerCourses } from "../../engine/layerValues.js";
import type { Network } from "../../engine/network.js";
import { exponential, logarithm } from "../../numbers/elementary.js";
import type { Run } from "../../train/run.js";
import type { HiddenRows } from "./rows.js";

/** A point of the hidden layer's space: one value for each unit. */
export type HiddenPoint = readonly number[];

/** What the hidden layer makes of the inputs at one moment of the training. */
export interface HiddenState {
  /** Where the drawn rows land. */
  readonly points: readonly HiddenPoint[];
  /** Where the lines land. */
  readonly lines: readonly (readonly HiddenPoint[])[];
  /** The network's answers to the drawn rows. */
  readonly outputs: readonly number[];
  /** How many of all judged rows are on the right side of ½. */
  readonly right: number;
  /**
   * The flat border where the output is ½: normal · point = level, and above ½ where it is greater. Undefined for
   * layers before the last hidden one, whose border may bend.
   */
  readonly border: { readonly normal: readonly number[]; readonly level: number } | undefined;
}

/** Follows rows and lines into a hidden layer, with the weights after an epoch (the final ones if undefined). */
export function hiddenState(
  run: Run,
  network: Network,
  layer: number,
  rows: HiddenRows,
  epoch: number | undefined,
): HiddenState {
  const weights = run.weights(epoch);
  const flat = flatOf(weights);
  const pointsOf = (data: Dataset): HiddenPoint[] => {
    const { values, units } = layerCourses(network, flat, data.inputs)[layer];
    return Array.from({ length: data.rows }, (_, row) =>
      Array.from(values.subarray(row * units, (row + 1) * units)),
    );
  };
  const judged = answers(run, rows.judged, epoch);
  const output = weights[layer + 1];
  const half = halfOf(network.layers[layer + 1].activation);
  const isLast = layer === network.layers.length - 2;
  return {
    points: pointsOf(rows.drawn),
    lines: rows.lines.map(pointsOf),
    outputs: answers(run, rows.drawn, epoch),
    right: judged.filter((answer, row) => answer > 0.5 === rows.judged.targets[row] > 0.5).length,
    border: isLast
      ? { normal: output.kernel.map(([weight]) => weight), level: half - output.bias[0] }
      : undefined,
  };
}

/** The network's own answers, in single precision: what counts as right is the same everywhere. */
function answers(run: Run, { inputs, features, rows }: Dataset, epoch: number | undefined): number[] {
  const listed = Array.from({ length: rows }, (_, row) =>
    Array.from(inputs.subarray(row * features, (row + 1) * features)),
  );
  return run.predict(listed, epoch);
}

/** The output unit's weighted sum at which its value is ½. */
function halfOf(activation: Activation): number {
  if (activation === "sigmoid") return 0;
  if (activation === "tanh") return logarithm(3) / 2; // tanh x = ½
  if (activation === "softplus") return logarithm(exponential(0.5) - 1);
  return 0.5; // linear above 0
}
