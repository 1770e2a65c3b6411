import { className, type Dataset, judgedRows, targetTexts } from "../data/dataset.js";
import { inputsInUnits } from "../data/scaling.js";
import type { MimeBundle } from "../display.js";
import { firstLargest } from "../engine/accuracy.js";
import { isRight } from "../verdict/outcome.js";
import { asMarkdown, markdownTable } from "../words/markdown.js";
import { answerText, withDecimals } from "../words/numbers.js";
import type { NetworkRun } from "./networkRun.js";

/** An answer: the class that is chosen and its output, or the outputs. */
function saidText(answer: readonly number[], table: Dataset): string {
  if (table.task !== "classes") return answer.map((one) => answerText(one, table.threshold)).join(", ");
  const chosen = firstLargest(answer, 0, answer.length);
  return `${className(table, chosen)} (${answerText(answer[chosen])})`;
}

const MOST_ROWS = 8; // of a truth table: three inputs

/** A run as a cell's value: the outcome in a line, and what the network answers on a small truth table. */
export function runBundle(run: NetworkRun): MimeBundle {
  const table = judgedRows(run.data);
  const outcome = asMarkdown(String(run));
  const text = { "text/plain": String(run) };
  if (table.rows > MOST_ROWS) return { ...text, "text/markdown": outcome };
  const rows = Array.from({ length: table.rows }, (_, row) => [...inputsInUnits(table, row)]);
  const answers: (number | number[])[] = run.predict(rows);
  const isJudged = table.task !== "regression";
  const lines = rows.map((row, i) => [
    row.map((value) => withDecimals(value, 3)).join(", "),
    targetTexts(table, i).join(", "),
    saidText([answers[i]].flat(), table),
    ...(isJudged ? [isRight(answers.flat(), i, table) ? "✓" : "✗"] : []),
  ]);
  const head = ["inputs", "target", "answer", ...(isJudged ? ["right"] : [])];
  const answered = markdownTable([head, ...lines]);
  return { ...text, "text/markdown": `${outcome}\n\n${answered}` };
}
