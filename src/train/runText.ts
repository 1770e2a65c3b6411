import { oneLine } from "../check.js";
import { judgedRows } from "../data/dataset.js";
import type { MimeBundle } from "../display.js";
import { isRight } from "../verdict/outcome.js";
import { asMarkdown, markdownTable } from "../words/markdown.js";
import { networkName } from "../words/names.js";
import { accuracyText, answerText, lossText, measuredText, withDecimals } from "../words/numbers.js";
import type { Run } from "./run.js";

/** A run in one line. */
export function runText(run: Run): string {
  const who = `${networkName(run.network)} on ${oneLine(run.data.name)}`;
  const epochs = run.history.loss.length;
  const where =
    epochs > 0
      ? `loss ${lossText(run.finalLoss)}, accuracy ${accuracyText(run.finalAccuracy)} after epoch ${epochs}`
      : "before its first epoch ended";
  const how = `${run.engine} engine, ${measuredText(run.milliseconds)}`;
  return `${who}: ${outcome(run)}; ${where} (${how}, seed ${run.seed})`;
}

function outcome({ ending, divergedAt, firstPerfectEpoch }: Run): string {
  if (ending === "diverged")
    return `diverged in epoch ${(divergedAt?.epoch ?? 0) + 1}, step ${divergedAt?.step}`;
  if (ending !== "solved") return ending;
  return firstPerfectEpoch ? `solved, first perfect epoch ${firstPerfectEpoch}` : "solved";
}

const MOST_ROWS = 8; // of a truth table: three inputs

/** A run as a cell's value: the outcome in a line, and what the network answers on a small truth table. */
export function runBundle(run: Run): MimeBundle {
  const table = judgedRows(run.data);
  const outcome = asMarkdown(String(run));
  const text = { "text/plain": String(run) };
  if (table.rows > MOST_ROWS) return { ...text, "text/markdown": outcome };
  const { features, inputs, targets } = table;
  const rows = Array.from(targets, (_, row) => [...inputs.subarray(row * features, (row + 1) * features)]);
  const answers = run.predict(rows);
  const lines = rows.map((row, i) => {
    const right = isRight(answers[i], targets[i]);
    return [
      row.map((value) => withDecimals(value, 3)).join(", "),
      withDecimals(targets[i], 3),
      answerText(answers[i]),
      right ? "✓" : "✗",
    ];
  });
  const answered = markdownTable([["inputs", "target", "answer", "right"], ...lines]);
  return { ...text, "text/markdown": `${outcome}\n\n${answered}` };
}
