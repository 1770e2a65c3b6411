import type { Run } from "../../train/run.js";
import { dataName } from "../../words/names.js";
import type { Finding } from "../loss/finding.js";
import type { Answer, Answers } from "../parts/answers.js";
import { subject } from "../parts/runs.js";

/** What the plane of a network shows, at the end or after an epoch: how many answers are right, and which are not. */
export function boundaryFinding(
  run: Run,
  answers: Answers,
  epoch?: number,
): Finding & { readonly description: string } {
  const { drawn, right, rows, labelled } = answers;
  const who = epoch === undefined ? subject(run) : subjectAt(run, epoch);
  if (drawn.some((answer) => !Number.isFinite(answer.output)))
    return withDescription(`${who} diverged: its output is no number`, "The marks are the data.");
  if (!labelled) {
    const title = `${who} answers ${countText(right, rows, "points")} right`;
    return withDescription(title, `${shareOf(right, rows)} of ${dataName(run.data)}. ${KEY}`);
  }
  const wrong = drawn.filter((answer) => !answer.right);
  const count = `${who} answers ${countText(drawn.length - wrong.length, drawn.length, "inputs")} right`;
  const which = `${listed(wrong.map(place))} ${wrong.length === 1 ? "is" : "are"} on the wrong side`;
  const title = wrong.length === 0 || wrong.length === drawn.length ? count : `${count}; ${which}`;
  return withDescription(title, KEY, `Answers: ${drawn.map(answerPart).join(", ")}.`);
}

/** "After epoch 5, relu-2". */
function subjectAt(run: Run, epoch: number): string {
  const when = epoch === 0 ? "Before training" : `After epoch ${epoch}`;
  return `${when}, ${subject(run).replace(/^The /, "the ")}`;
}

const KEY = "A mark is right where it stands on its own colour.";

function withDescription(title: string, detail: string, numbers = detail) {
  return { title, detail, description: `${title}. ${numbers}` };
}

/** "3 of 4 inputs". */
function countText(right: number, rows: number, what: string): string {
  if (rows === 1) return right === 1 ? "its only input" : "not even its only input";
  return right === rows ? `all ${rows} ${what}` : `${right === 0 ? "none" : right} of ${rows} ${what}`;
}

/** "(0, 0)". */
function place({ inputs }: Answer): string {
  return `(${inputs.map((value) => Number(value.toPrecision(3))).join(",")})`;
}

function answerPart(answer: Answer): string {
  return `${place(answer)} → ${outputText(answer.output)}`;
}

/** An answer in two decimals, or as many as show on which side of ½ it lies. */
export function outputText(output: number): string {
  if (!Number.isFinite(output)) return "no number";
  for (const decimals of [2, 3, 4, 5])
    if (output === 0.5 || Number(output.toFixed(decimals)) !== 0.5) return output.toFixed(decimals);
  return `${output > 0.5 ? "just over" : "just under"} 0.5`;
}

/** A share that is never rounded to all or nothing: "97.4 %". */
function shareOf(part: number, whole: number): string {
  if (part === whole) return "100 %";
  return `${Math.min(99.9, Math.max(part === 0 ? 0 : 0.1, Math.round((1000 * part) / whole) / 10))} %`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}
