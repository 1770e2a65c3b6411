import { type Dataset, judgedRows } from "../../data/dataset.js";
import { groupsByKey, type RowGroup, rowKey, unlike } from "../../data/rows.js";
import { answersInUnits } from "../../data/scaling.js";
import { columnsOf } from "../../numbers/columns.js";
import { rootMeanSquare } from "../../numbers/vectors.js";
import { bestAnswer, constantAnswer } from "../../verdict/floors.js";
import {
  type Criterion,
  isRight,
  mostAlike,
  mostRightRows,
  r2Of,
  rightRows,
  SOLVED_R2,
} from "../../verdict/outcome.js";
import { capital } from "../../words/english.js";
import { lossText, r2Text, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import { type Counter, countedLoss } from "./output.js";

/** By what a run is judged, what its answers come to, and the most that any answers could. */
export interface Judgement {
  /** The rows that are right; the share of the targets' variance that is explained; the mean loss. */
  readonly by: "rows" | "R²" | "loss";
  /** What was asked for: a share of the rows, an R², a loss. */
  readonly asked: number;
  /** How many rows are right, the R², the loss over the judged rows. */
  readonly reached: number;
  /** How many rows are judged. */
  readonly rows: number;
  /** The same of the best answers that there can be, since the same inputs get the same answer. */
  readonly best: number;
  /** Whether these would be enough. */
  readonly possible: boolean;
  /** Whether the judged rows give the same inputs different targets. */
  readonly contradictory: boolean;
  /** Whether the answers are as good as any can be: of rows that contradict each other right for as many as they can be. */
  readonly exhausted: boolean;
  /** Of a regression: the root mean squared error, in the unit of the targets. */
  readonly error: number | undefined;
}

/** What a run's answers are counted by, and when it is enough. */
interface Score extends Pick<Judgement, "by" | "asked"> {
  readonly of: (answers: ArrayLike<number>) => number;
  readonly isEnough: (score: number) => boolean;
}

/** @param counter  who counts the loss, if that is what is judged */
export function scoreOf(judged: Dataset, criterion: Criterion, counter: Counter): Score {
  const { loss, solvedAccuracy, solvedR2 = SOLVED_R2, solvedLoss } = criterion;
  if (solvedLoss !== undefined)
    return {
      ...{ by: "loss", asked: solvedLoss },
      of: (answers) => countedLoss(answers, judged, loss, counter),
      isEnough: (score) => score <= solvedLoss,
    };
  if (judged.task === "regression")
    return {
      ...{ by: "R²", asked: solvedR2 },
      of: (answers) => r2Of(answers, judged),
      isEnough: (score) => score >= solvedR2,
    };
  return {
    ...{ by: "rows", asked: solvedAccuracy },
    of: (answers) => rightRows(answers, judged),
    isEnough: (score) => score / judged.rows >= solvedAccuracy,
  };
}

/** @param answers  to the judged rows, with the final weights */
export function judgementOf(answers: ArrayLike<number>, ended: Ended): Judgement {
  const { data, settings: criterion } = ended;
  const judged = judgedRows(data);
  const { by, asked, of, isEnough } = scoreOf(judged, criterion, ended);
  const error = judged.task === "regression" ? errorOf(answers, judged) : undefined;
  const reached = of(answers);
  const groups = groupsByKey(Array.from({ length: judged.rows }, (_, row) => rowKey(judged, row)));
  const contradictory = groups.some((group) => unlike(group, judged));
  const best =
    by === "rows"
      ? mostRightRows(judged)
      : of(bestAnswers(groups, judged, by === "loss" ? criterion.loss : "meanSquaredError"));
  const exhausted =
    by === "rows"
      ? isExhausted(groups, answers, judged)
      : (by === "loss" ? reached - best : best - reached) <= NEAR_BEST;
  const found = { by, asked, reached, rows: judged.rows, contradictory, error };
  return { ...found, best, possible: isEnough(best), exhausted };
}

/** What can be asked for instead where no answers are good enough and the run's are far from the best; else undefined. */
export function mostPossible({ by, best, rows, possible, exhausted }: Judgement): number | undefined {
  if (possible || exhausted || by === "loss") return undefined;
  return by === "rows" ? best / rows : best - NEAR_BEST;
}

/** Whether the best constant answer is not good enough. */
export function constantFails(ended: Ended): boolean {
  const { data, settings } = ended;
  const judged = judgedRows(data);
  const { by, isEnough } = scoreOf(judged, settings, ended);
  if (by === "R²") return !isEnough(0);
  return !isEnough(by === "rows" ? mostAlike(judged) : constantAnswer(judged, settings.loss).loss);
}

/** R² and losses this near to the best are as good. */
const NEAR_BEST = 0.02;

/** Whether as many rows are right as can be; where the same inputs have different targets equally often, any answer will do. */
function isExhausted(groups: readonly RowGroup[], answers: ArrayLike<number>, data: Dataset): boolean {
  return groups.every((group) => {
    const right = group.filter((row) => isRight(answers, row, data)).length;
    const most = mostAlike(data, group);
    return right === most || (unlike(group, data) && 2 * most <= group.length);
  });
}

/** Root mean squared error, in the unit in which targets were given. */
function errorOf(answers: ArrayLike<number>, data: Dataset): number {
  const [given, targets] = [answers, data.targets].map((numbers) => answersInUnits(data, numbers));
  return rootMeanSquare(Float64Array.from(targets, (target, i) => given[i] - target));
}

/** For each row the best answer that all rows with the same inputs can share. */
function bestAnswers(groups: readonly RowGroup[], data: Dataset, loss: Criterion["loss"]): Float64Array {
  const answers = new Float64Array(data.targets.length);
  for (const group of groups) {
    const { answer } = bestAnswer(group, data, loss);
    for (const row of group) answers.set(answer, row * data.outputs);
  }
  return answers;
}

/** That the answers are not good enough, where one number tells: "R² is only 0.831". */
export function wrongNumber({ by, reached }: Judgement): string {
  return by === "loss"
    ? `the loss over the judged rows is still ${lossText(reached)}`
    : `R² is only ${r2Text(reached)}`;
}

/** What the answers come to, where numbers for all rows tell. */
export function reachedNumbers({ by, asked, reached, error }: Judgement, data: Dataset): string | undefined {
  if (by === "rows") return undefined;
  const loss =
    by === "loss"
      ? `The loss over the judged rows is ${lossText(reached)}; ${significant(asked)} was asked for.`
      : "";
  if (error === undefined) return loss;
  const { deviation } = columnsOf(answersInUnits(data, data.targets), 1)[0];
  const errors = `the root mean squared error is ${significant(error)}, the targets' deviation ${significant(deviation)}`;
  if (by === "loss") return `${loss} ${capital(errors)}.`;
  const against = deviation === 0 ? " (against answers of 0, since all targets are alike)" : "";
  return `R² is ${r2Text(reached)}${against}, and ${significant(asked)} was asked for: ${errors}.`;
}
