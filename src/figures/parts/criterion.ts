import type { Task } from "../../data/task.js";
import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { type Criterion, SOLVED_R2 } from "../../verdict/outcome.js";
import { significant } from "../../words/numbers.js";

/** When runs and trials count as solved, where it is not when all answers are right. */

/** "R² ≥ 0.99", "90 % of rows right", "loss ≤ 0.1"; empty where all answers must be right. */
function criterionText(criterion: Omit<Criterion, "loss">, tasks: readonly Task[]): string {
  const { solvedAccuracy, solvedR2 = SOLVED_R2, solvedLoss } = criterion;
  if (solvedLoss !== undefined) return `loss ≤ ${significant(solvedLoss)}`;
  const facts = [
    ...(tasks.includes("regression") ? [`R² ≥ ${significant(solvedR2)}`] : []),
    ...(tasks.some((task) => task !== "regression") && solvedAccuracy < 1
      ? [`${significant(100 * solvedAccuracy)} % of rows right`]
      : []),
  ];
  return facts.join(" or ");
}

/** When trials of these rows count as solved. */
export function studyCriterion(study: Study, rows: readonly StudyRow[]): string {
  return criterionText(
    study.solvedBy,
    rows.map((row) => study.dataOf(row).task),
  );
}

/** When runs count as solved, as a sentence of its own: "Solved: R² ≥ 0.99."; of runs that are judged otherwise "Solved: each by its own criterion." */
export function solvedRemark(runs: readonly NetworkRun[]): string {
  const own = new Set(runs.map(({ settings, data }) => criterionText(settings, [data.task])));
  const [text] = own.size === 1 ? own : ["each by its own criterion"];
  return text === "" ? "" : `Solved: ${text}.`;
}
