import { type Dataset, judgedRows } from "../data/dataset.js";
import { groupsByKey, rowKey } from "../data/rows.js";
import { meanLoss } from "../engine/plain.js";
import { bestAnswer } from "../verdict/floors.js";
import { type Criterion, mostRightRows, r2Of, rightRows, SOLVED_R2 } from "../verdict/outcome.js";
import { lossText, significant, withDecimals } from "../words/numbers.js";

/** By what a run is judged, what its answers come to, and the most that any answers could. */
export interface Judgement {
  /** The rows that are right; the share of the targets' variance that is explained; the mean loss. */
  readonly by: "rows" | "R²" | "loss";
  /** What was asked for: a share of the rows, an R², a loss. */
  readonly asked: number;
  /** How many rows are right, the R², the loss over the judged rows. */
  readonly reached: number;
  /** The same of the best answers that there can be, since the same inputs get the same answer. */
  readonly best: number;
  /** Whether these would be enough. */
  readonly possible: boolean;
  /** Of a regression: the root mean squared error, in the unit of the targets. */
  readonly error: number | undefined;
}

/** @param answers  to the judged rows, with the final weights */
export function judgementOf(answers: ArrayLike<number>, data: Dataset, criterion: Criterion): Judgement {
  const judged = judgedRows(data);
  const { loss, solvedAccuracy, solvedR2 = SOLVED_R2, solvedLoss } = criterion;
  const error =
    judged.task === "regression" ? Math.sqrt(meanLoss(answers, judged, "meanSquaredError")) : undefined;
  if (solvedLoss !== undefined) {
    const best = meanLoss(bestAnswers(judged, loss), judged, loss);
    const reached = meanLoss(answers, judged, loss);
    return { by: "loss", asked: solvedLoss, reached, best, possible: best <= solvedLoss, error };
  }
  if (judged.task === "regression") {
    const best = r2Of(bestAnswers(judged, "meanSquaredError"), judged);
    return {
      by: "R²",
      asked: solvedR2,
      reached: r2Of(answers, judged),
      best,
      possible: best >= solvedR2,
      error,
    };
  }
  const best = mostRightRows(judged);
  const possible = best / judged.rows >= solvedAccuracy;
  return { by: "rows", asked: solvedAccuracy, reached: rightRows(answers, judged), best, possible, error };
}

/** For each row the best answer that all rows with the same inputs can share. */
function bestAnswers(data: Dataset, loss: Criterion["loss"]): Float64Array {
  const answers = new Float64Array(data.targets.length);
  const keys = Array.from({ length: data.rows }, (_, row) => rowKey(data, row));
  for (const group of groupsByKey(keys)) {
    const once = group.map(() => 1);
    const { answer } = bestAnswer(group, data, once, loss);
    for (const row of group) answers.set(answer, row * data.outputs);
  }
  return answers;
}

/** R², never rounded up to what it is not: "0.989". */
export function r2Text(r2: number): string {
  return r2 < -9 ? significant(r2, 2) : withDecimals(Math.floor(1000 * r2) / 1000, 3);
}

/** What the answers come to, where that is a number for all rows: "R² is 0.831, less than the 0.99 asked for". */
export function reachedNumber({ by, asked, reached, error = 0 }: Judgement): string {
  if (by === "loss")
    return `the loss over the judged rows is ${lossText(reached)}, more than the ${significant(asked)} asked for`;
  return `R² is ${r2Text(reached)}, less than the ${significant(asked)} asked for (root mean squared error ${significant(error)})`;
}

/** What separates the two sides of a binary task: "½", "0". */
export function thresholdText({ threshold = 0.5 }: Pick<Dataset, "threshold">): string {
  return threshold === 0.5 ? "½" : significant(threshold);
}
