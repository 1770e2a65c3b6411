import type { NetworkRun } from "../../train/networkRun.js";
import { listed } from "../../words/english.js";
import { inputsText } from "../../words/names.js";
import { percentText } from "../../words/numbers.js";
import type { Moment } from "../parts/epochs.js";
import { rightText } from "../parts/rows.js";
import { divergedText, subject, subjectAt } from "../parts/runs.js";
import { answersOf, type BoundaryRows } from "./points.js";

const KEY = "A point on its own colour is classified correctly.";

/**
 * What the plane of a network shows: how many answers are right, and which are not.
 *
 * @param asked  whether this moment is the one that was asked for
 */
export function boundaryFinding(run: NetworkRun, rows: BoundaryRows, moment: Moment, asked: boolean) {
  const { drawn, right } = answersOf(run, rows, moment.epoch);
  const numbers = rows.labelled
    ? `Answers: ${drawn.map(({ place, text }) => `${inputsText(place)} → ${text}`).join(", ")}.`
    : "";
  if (!drawn.every(({ output }) => Number.isFinite(output)))
    return finding(`${subject(run)} diverged: its output is no number`, "The marks are the data.");
  if (run.status === "diverged" && !asked)
    return finding(divergedText(run, "this is its output", moment.epoch), KEY, numbers);
  const who = subjectAt(run, asked ? moment.epoch : undefined, rows.output);
  if (!rows.labelled) {
    const all = rows.judged.rows;
    const share = right === 0 || right === all ? "" : `${percentText(right / all, 1)} right. `; // the title says it
    return finding(`${who} gets ${rightText(right, all, "point")}`, `${share}${KEY}`);
  }
  const wrong = drawn.filter((answer) => !answer.right);
  const count = `${who} gets ${rightText(drawn.length - wrong.length, drawn.length, "input")}`;
  const which = `${listed(wrong.map(({ place }) => inputsText(place)))} ${wrong.length === 1 ? "is" : "are"} on the wrong side`;
  const few = wrong.length > 0 && wrong.length < drawn.length;
  return finding(few ? `${count}; ${which}` : count, KEY, numbers);
}

function finding(title: string, detail: string, numbers = "") {
  return { title, detail, description: `${title}. ${numbers || detail}` };
}
