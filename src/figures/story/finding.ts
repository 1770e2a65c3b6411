import type { Run } from "../../train/run.js";
import { listed } from "../../words/english.js";
import { networkName } from "../../words/names.js";
import { type Finding, runFinding, runsFinding } from "../loss/finding.js";
import { commonTask, verdict, verdictSentence } from "./verdict.js";

/** What a set of runs tells: each network in a clause, widths of one activation together. */
export function storyFinding(runs: readonly Run[]): Finding {
  const task = commonTask(runs);
  const solved = runs.filter((run) => run.solved).length;
  const detail =
    runs.length === 1
      ? runFinding(runs[0]).detail
      : `${solved} of ${runs.length} runs solved, ${dataScope(runs)}.`;
  const labels = runs.map((run) => networkName(run.network));
  const groups = familiesOf(runs);
  const telling = new Set(labels).size === runs.length && groups.length <= MOST_CLAUSES;
  if (!telling) return { title: runsFinding(runs).title, detail };
  return { title: groups.reduce((said, group) => joined(said, group, task), ""), detail };
}

const MOST_CLAUSES = 3; // of a title that is read at a glance

/** The clauses so far and one more; what the data are called is said once. */
function joined(said: string, group: readonly Run[], task: string): string {
  const known = task !== "its data" && said.includes(` ${task}`);
  return `${said}${said === "" ? "" : "; "}${clause(group, known ? "it" : task)}`;
}

/** What all runs learnt from. */
function dataScope(runs: readonly Run[]): string {
  const [first] = runs;
  const same = ({ data }: Run) =>
    data.rows === first.data.rows &&
    data.inputs.length === first.data.inputs.length &&
    data.inputs.every((value, i) => value === first.data.inputs[i]) &&
    data.targets.every((value, i) => value === first.data.targets[i]);
  return runs.every(same) ? "all on the very same data" : "not all on the same data";
}

/** The runs of networks with one hidden layer by its activation; every other network on its own. */
function familiesOf(runs: readonly Run[]): Run[][] {
  const families = new Map<string, Run[]>();
  runs.forEach((run, i) => {
    const name = widthOf(run) === undefined ? `network ${i}` : activationOf(run);
    families.set(name, [...(families.get(name) ?? []), run]);
  });
  return [...families.values()];
}

function widthOf({ network }: Run): number | undefined {
  return network?.layers.length === 2 ? network.layers[0].units : undefined;
}

function activationOf({ network }: Run): string {
  return network?.layers[0].activation ?? "";
}

/** "relu solves it with 5 units, not with 1 to 4". */
function clause(family: readonly Run[], task: string): string {
  if (family.length === 1) return verdictSentence(family[0], task);
  const widths = (solved: boolean) =>
    family.flatMap((run) => (run.solved === solved ? [widthOf(run) as number] : [])).sort((a, b) => a - b);
  const [solving, failing] = [widths(true), widths(false)];
  const solves = `${activationOf(family[0])} solves ${task} with`;
  if (failing.length === 0) return `${solves} ${unitsText(solving)}`;
  if (solving.length === 0) return `${solves} none of ${unitsText(failing)}`;
  return `${solves} ${unitsText(solving)}, not with ${widthsText(failing)}`;
}

function unitsText(widths: readonly number[]): string {
  return `${widthsText(widths)} ${widths.length === 1 && widths[0] === 1 ? "unit" : "units"}`;
}

/** "1 to 4", or "2, 3 and 8". */
function widthsText(widths: readonly number[]): string {
  const last = widths[widths.length - 1];
  if (widths.length > 2 && last - widths[0] === widths.length - 1) return `${widths[0]} to ${last}`;
  return listed(widths.map(String));
}

/** All verdicts, for those who do not see the panels. */
export function verdictsText(runs: readonly Run[], names: readonly string[]): string {
  return `${runs.map((run, i) => `${names[i]}: ${verdict(run)}`).join("; ")}.`;
}
