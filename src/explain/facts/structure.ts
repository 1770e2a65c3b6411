import { type Dataset, judgedRows } from "../../data/dataset.js";
import type { LayerActivation } from "../../engine/functions.js";
import { type Network, outputLayer } from "../../engine/network.js";
import { extent } from "../../numbers/vectors.js";
import type { Criterion } from "../../verdict/outcome.js";
import type { Ended } from "../ended.js";
import { type FixedAnswers, fixedAnswers } from "./fixedAnswers.js";
import type { InsideFacts } from "./inside.js";
import { scoreOf } from "./judgement.js";
import { bestOneWayAnswers, type TurnFacts, turnFacts } from "./oneInput.js";
import { bestLinearAnswers, drawsOneLine, isLinear, separableByLine } from "./separable.js";

/** What can be said of a network with any weights. */
export interface StructureFacts {
  readonly range: RangeFacts | undefined;
  readonly fixed: FixedAnswers | undefined;
  /** Whether it can only draw one line between two classes. */
  readonly oneLine: boolean;
  /** If it is a linear function, or one of a single input that only rises or only falls: what the best of these come to. */
  readonly limit: LimitFacts | undefined;
  /** Of a single input, along which two or more classes change more often than the network can. */
  readonly turns: TurnFacts | undefined;
  /** Whether one line separates the classes; undefined where it was not needed, or not found. */
  readonly separable: boolean | undefined;
}

/** Undefined for runs that solved their data or were stopped, and for models whose structure is not known. */
export function structureFacts(
  { ending, data, settings, ...ended }: Ended,
  inside: InsideFacts | undefined,
): StructureFacts | undefined {
  const network = ended.network ?? ended.withoutDropout;
  if (!network || !(ending === "unsolved" || ending === "diverged")) return undefined;
  const judged = judgedRows(data);
  const oneLine = drawsOneLine(network);
  const reduced = inside && [
    inside.working.oneLine,
    inside.working.oneLineForGood,
    inside.differentDrawOneLine,
  ];
  const asked = judged.task !== "regression" && (oneLine || reduced?.includes(true));
  return {
    range: rangeFacts(network, data, settings),
    fixed: fixedAnswers(network, data, settings),
    oneLine,
    limit: limitFacts(network, judged, settings),
    turns: turnFacts(network, judged),
    separable: asked ? separableByLine(judged) : undefined,
  };
}

/** The best answers that a network of this structure can give, whatever its weights. */
export interface LimitFacts {
  /** A linear function of the inputs; a function of the one input that only rises or only falls. */
  readonly shape: "linear" | "one way";
  /** What they come to: R², or the loss, as the run is judged. */
  readonly best: number;
  /** Whether that is less than was asked for. */
  readonly tooFew: boolean;
}

/** Of answers that are judged by their squared error; those that go one way also by their cross-entropy, which the same minimize. */
function limitFacts(network: Network, judged: Dataset, criterion: Criterion): LimitFacts | undefined {
  const { by, of, isEnough } = scoreOf(judged, criterion, { network });
  const squares = by === "R²" || (by === "loss" && criterion.loss === "meanSquaredError");
  const shape = isLinear(network) ? "linear" : "one way";
  const answers =
    shape === "linear"
      ? squares && bestLinearAnswers(judged)
      : (squares || (by === "loss" && criterion.loss === "binaryCrossentropy")) &&
        bestOneWayAnswers(network, judged);
  if (!answers) return undefined;
  const best = of(answers);
  return { shape, best, tooFew: !isEnough(best) };
}

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
function rangeFacts(network: Network, data: Dataset, criterion: Criterion): RangeFacts | undefined {
  const judged = judgedRows(data);
  const { activation, units } = outputLayer(network);
  const range = activation === "softmax" && units === 1 ? ([1, 1] as const) : RANGES[activation];
  if (!range || judged.task === "classes") return undefined;
  const score = scoreOf(judged, criterion, { network });
  const best = score.of(judged.targets.map((target) => Math.min(range[1], Math.max(range[0], target))));
  return {
    activation,
    units,
    range,
    targets: extent(judged.targets),
    best,
    tooNarrow: !score.isEnough(best) && score.isEnough(score.of(judged.targets)),
  };
}
