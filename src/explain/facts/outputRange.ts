import { type Dataset, judgedRows } from "../../data/dataset.js";
import type { LayerActivation } from "../../engine/functions.js";
import type { Network } from "../../engine/network.js";
import { meanLoss } from "../../engine/plain.js";
import { extent } from "../../numbers/vectors.js";
import { type Criterion, r2Of, SOLVED_R2 } from "../../verdict/outcome.js";
import { activationName } from "../../words/names.js";
import { lossText, r2Text, significant } from "../../words/numbers.js";

/** What an output can answer, and what the best of these answers are good for. */
export interface RangeFacts {
  readonly activation: LayerActivation;
  /** One unit: a softmax over it is always 1. */
  readonly units: number;
  /** The lowest and the highest answer, or what answers come as near to as one likes. */
  readonly range: readonly [low: number, high: number];
  /** The lowest and the highest target. */
  readonly targets: readonly [low: number, high: number];
  /** What the best answers come to: rows that can be right, R², or the loss, as the run is judged. */
  readonly best: number;
  readonly judgedBy: "rows" | "R²" | "loss";
  /** Whether that is less than was asked for. */
  readonly tooNarrow: boolean;
}

const RANGES: Partial<Record<LayerActivation, readonly [low: number, high: number]>> = {
  sigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  relu: [0, Infinity],
  softplus: [0, Infinity],
  elu: [-1, Infinity],
};

/**
 * Whether the best answers that the output's activation allows are good enough: for each row those nearest to its targets.
 * Undefined for outputs that can answer anything, and for several classes, of which any one can be the largest.
 */
export function rangeFacts(network: Network, data: Dataset, criterion: Criterion): RangeFacts | undefined {
  const judged = judgedRows(data);
  const { activation, units } = network.layers[network.layers.length - 1];
  const range = activation === "softmax" && units === 1 ? ([1, 1] as const) : RANGES[activation];
  if (!range || judged.task === "classes") return undefined;
  const facts = { activation, units, range, targets: extent(judged.targets) };
  const nearest = judged.targets.map((target) => Math.min(range[1], Math.max(range[0], target)));
  const { loss, solvedLoss, solvedR2 = SOLVED_R2, solvedAccuracy } = criterion;
  if (solvedLoss !== undefined) {
    const best = meanLoss(nearest, judged, loss);
    return { ...facts, best, judgedBy: "loss", tooNarrow: best > solvedLoss };
  }
  if (judged.task === "regression") {
    const best = r2Of(nearest, judged);
    return { ...facts, best, judgedBy: "R²", tooNarrow: best < solvedR2 };
  }
  const best = rowsWithin(judged, range);
  return { ...facts, best, judgedBy: "rows", tooNarrow: best / judged.rows < solvedAccuracy };
}

/** Rows of a binary task all of whose targets lie on a side of the threshold that answers within a range can reach. */
function rowsWithin(
  { rows, outputs, targets, threshold = 0 }: Dataset,
  [low, high]: readonly [number, number],
) {
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const theirs = targets.subarray(row * outputs, (row + 1) * outputs);
    if (theirs.every((target) => (target > threshold ? high > threshold : low < threshold))) right += 1;
  }
  return right;
}

/** "a sigmoid output answers between 0 and 1, while the targets go from 3 to 6, so that at most 0 of 4 rows can be right" */
export function rangeText(facts: RangeFacts, data: Dataset): string {
  const { activation, units, range, targets, best, judgedBy } = facts;
  const [low, high] = range.map((value) => significant(value));
  const name = activationName(activation);
  const output = `${name === "ELU" ? "an" : "a"} ${name} output answers`;
  const fixed = `a softmax over ${units === 1 ? "a single unit" : `${units} units`} always answers ${low}`;
  const open =
    range[1] === Infinity ? `${output} nothing below ${low}` : `${output} between ${low} and ${high}`;
  const scaled = data.scaling?.targets ? ", as they are scaled," : "";
  const from = `the targets${scaled} go from ${significant(targets[0])} to ${significant(targets[1])}`;
  const most = {
    rows: `at most ${best} of ${judgedRows(data).rows} rows can be right`,
    "R²": `R² can be ${r2Text(best)} at best`,
    loss: `the loss can be ${lossText(best)} at best`,
  }[judgedBy];
  return `${low === high ? fixed : open}, while ${from}, so that ${most}`;
}
