import { judgedRows } from "../data/dataset.js";
import type { MimeBundle } from "../node/notebook.js";
import type { Study } from "../study/result.js";
import { studyCells } from "../study/table.js";
import type { Run } from "../train/run.js";
import { isRight } from "../verdict/outcome.js";
import { answerText, withDecimals } from "../words/numbers.js";

const MOST_ROWS = 8; // of a truth table: three inputs

/** A run as a cell's value: the outcome in a line, and what the network answers on a small truth table. */
export function runBundle(run: Run): MimeBundle {
  const table = judgedRows(run.data);
  const outcome = asText(String(run));
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

/** A study as a cell's value: its rows as a table. */
export function studyBundle(study: Study): MimeBundle {
  return { "text/plain": String(study), "text/markdown": markdownTable(studyCells(study.rows)) };
}

function markdownTable([head, ...lines]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(asText).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...lines.map(line)].join("\n");
}

/** Text that Markdown, HTML and equations take for nothing but text; numbers stay beside their per cent. */
function asText(text: string): string {
  const plain = text.replace(/[\\`*_[\]<>&|$~#]/g, (character) => `&#${character.charCodeAt(0)};`);
  return plain.replaceAll(" %", "&nbsp;%");
}
