import type { Run } from "../../train/run.js";
import { dataName } from "../../words/names.js";
import { isStuck, lossText, perfectFrom } from "../loss/finding.js";
import { subject } from "../parts/runs.js";

/** What came of a run, in a few words. */
export function verdict(run: Run): string {
  const { status, solved, history, divergedAt } = run;
  const epochs = history.loss.length;
  if (status === "stopped") return epochs === 0 ? "stopped at once" : `stopped after epoch ${epochs}`;
  if (status === "diverged") return `diverged in epoch ${(divergedAt?.epoch ?? epochs) + 1}`;
  const from = perfectFrom(run);
  if (solved) return from === undefined ? "solved at the end" : `solved from epoch ${from}`;
  return `${isStuck(run) ? "stalled at" : "unsolved at"} ${lossText(run.finalLoss)}`;
}

/** The same as a sentence: "relu-2 stalls at 0.3397". */
export function verdictSentence(run: Run, task: string): string {
  const who = subject(run);
  const said = verdict(run);
  if (said.startsWith("solved")) return `${who} ${said.replace("solved", `solves ${task}`)}`;
  if (said.startsWith("stalled")) return `${who} ${said.replace("stalled", "stalls")}`;
  if (said.startsWith("stopped")) return `${who} was ${said}`;
  if (said.startsWith("diverged")) return `${who} ${said}`;
  return `${who} has not solved ${task}`;
}

/** What all the runs had to learn: "xor", or "its data" where they differ. */
export function commonTask(runs: readonly Run[]): string {
  const names = new Set(runs.map((run) => dataName(run.data)));
  return names.size === 1 ? dataName(runs[0].data) : "its data";
}
