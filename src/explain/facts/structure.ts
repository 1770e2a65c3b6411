import { judgedRows } from "../../data/dataset.js";
import type { Ended } from "../ended.js";
import { type FixedAnswers, fixedAnswers } from "./fixedAnswers.js";
import type { InsideFacts } from "./inside.js";
import { type RangeFacts, rangeFacts } from "./outputRange.js";
import { bestLinearR2, drawsOneLine, isLinear, separableByLine } from "./separable.js";

/** What can be said of a network with any weights. */
export interface StructureFacts {
  readonly range: RangeFacts | undefined;
  readonly fixed: FixedAnswers | undefined;
  /** Whether it can only draw one line between two classes. */
  readonly oneLine: boolean;
  /** If it is a linear function: the best R² of these. */
  readonly linearR2: number | undefined;
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
  const linear = judged.task === "regression" && isLinear(network);
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
    linearR2: linear ? bestLinearR2(judged) : undefined,
    separable: asked ? separableByLine(judged) : undefined,
  };
}

/** Whether no line separates the classes, and one wrong row is one too many. */
export function noLine({ data, settings }: Ended, structure: StructureFacts | undefined): boolean {
  const { rows, task } = judgedRows(data);
  const mustBeAllRight = task !== "regression" && (rows - 1) / rows < settings.solvedAccuracy;
  return mustBeAllRight && settings.solvedLoss === undefined && structure?.separable === false;
}
