import { judgedRows } from "../data/dataset.js";
import { drawData } from "../data/drawn.js";
import { mostRightRows } from "../verdict/outcome.js";
import { significant } from "../words/numbers.js";
import { type StudyPlan, seedOf } from "./plan.js";

/**
 * Why no trial can be solved with some of a study's data: the same inputs have different targets in more rows than may be wrong.
 *
 * @returns a sentence for each such data set; of data that are drawn anew for every trial it is about trial 0
 */
export function contradictions(plan: StudyPlan): string[] {
  const sentences = plan.settings.map(({ source, training }, row) => {
    const data = drawData(source, seedOf(plan, row, 0));
    const judged = judgedRows(data);
    const { solvedAccuracy, solvedLoss } = training;
    if (judged.task === "regression" || solvedLoss !== undefined) return "";
    const most = mostRightRows(judged);
    if (most / judged.rows >= solvedAccuracy) return "";
    const [of, none] = "dataset" in source ? ["", "no trial is"] : [" (trial 0)", "it is not"];
    const share = Math.floor((100 * most) / judged.rows) / 100;
    const less = share > 0 ? `; solvedAccuracy: ${significant(share)} asks for less` : "";
    return (
      `${data.name}${of}: no answers can be right on more than ${most} of ${judged.rows} rows, since the same inputs have ` +
      `different targets. So ${none} solved${less}.`
    );
  });
  return [...new Set(sentences)].filter((sentence) => sentence !== "");
}
