import { type NetworkRun, qualityText } from "../../train/networkRun.js";
import { courseOf, perfectFrom } from "../../verdict/course.js";
import type { Ending } from "../../verdict/outcome.js";
import { stoppedText, unsolvedText } from "../../words/course.js";
import { capital, listed } from "../../words/english.js";
import { dataInSentence, networkSubject } from "../../words/names.js";
import { boundText, lossText, significant } from "../../words/numbers.js";
import { subject } from "../parts/runs.js";
import { lowestAt } from "./curves.js";

/** What one run shows: a claim that is true of the data, and what backs it, in numbers. Plain text, as all findings. */
export function runFinding(run: NetworkRun) {
  const { claim, detail } = FINDINGS[run.ending](run);
  return { title: `${subject(run)} ${claim}`, detail };
}

/** The claim follows the network's name. */
const FINDINGS: Record<Ending, (run: NetworkRun) => { readonly claim: string; readonly detail: string }> = {
  stopped: (run) => {
    const epochs = run.history.loss.length;
    const loss = `Its loss was ${lossText(run.finalLoss)}, its ${qualityText(run)}.`;
    return {
      claim: stoppedText(epochs, run.settings.epochs),
      detail: epochs === 0 ? "There is no loss to show yet." : loss,
    };
  },
  diverged: ({ divergedAt, history: { loss } }) => {
    const { epoch, step } = divergedAt ?? { epoch: loss.length, step: 0 };
    return {
      claim: `diverged in epoch ${epoch + 1}`,
      detail: `At step ${step} the loss stopped being a finite number.`,
    };
  },
  solved: (run) => {
    const { history, data, finalLoss, r2 } = run;
    const { loss, accuracy } = history;
    const from = perfectFrom(accuracy);
    const last = r2 === undefined ? `${qualityText(run)} in the last epoch` : qualityText(run);
    return {
      claim: `solves ${dataInSentence(data)}: ${from === undefined ? last : `accuracy 1.0 from epoch ${from} on`}`,
      detail: `Loss ${lossText(loss[0])} in epoch 1, ${lossText(finalLoss)} in epoch ${loss.length}.`,
    };
  },
  unsolved: (run) => {
    const { history, data, finalLoss } = run;
    const course = courseOf(history.loss);
    const backed =
      course?.word === "flat"
        ? `; the loss moved by ${rangeText(course.range, finalLoss)} in the last ${course.epochs} epochs.`
        : `, loss ${lossText(finalLoss)} in the last epoch.`;
    return {
      claim: unsolvedText(dataInSentence(data), history.loss.length, course?.word, finalLoss),
      detail: `${capital(qualityText(run))}${backed}`,
    };
  },
};

/** Within what a loss stayed: a power of ten where that says enough beside the loss. */
function rangeText(range: number, loss: number): string {
  const enough = range < Math.abs(loss) / 100;
  return enough ? `less than ${boundText(range)}` : significant(range, 2);
}

/** What the validation loss did, if there is one: where it was lowest, and how much higher it is at the end. */
export function validationText({ history: { loss, valLoss = [] } }: NetworkRun): string {
  const best = lowestAt(valLoss);
  if (best < 0) return "";
  const rose = valLoss[valLoss.length - 1] - valLoss[best];
  if (rose === 0) return `Validation loss is lowest at the end: ${lossText(valLoss[best])}.`;
  const higher = Number.isFinite(rose) ? `${significant(rose, 2)} higher` : "no number";
  const word = courseOf(loss)?.word;
  const falls = word === "falling" || word === "slow" ? "; training loss is still falling" : "";
  return `Validation loss is lowest after epoch ${best + 1} (${lossText(valLoss[best])}) and ${higher} at the end${falls}.`;
}

const MOST_NAMES = 4; // in a title

/** What several runs show together. */
export function runsFinding(runs: readonly NetworkRun[]) {
  const solving = runs.filter((run) => run.ending === "solved");
  const names = [...new Set(runs.map((run) => subject(run, "within")))];
  const tasks = new Set(runs.map((run) => dataInSentence(run.data)));
  const [task] = tasks.size === 1 ? tasks : [];
  const detail = othersText(runs);
  const different = names.length === runs.length;
  if (task !== undefined && different && runs.length === 2 && solving.length === 1) {
    const other = runs.find((run) => run !== solving[0]) as NetworkRun;
    const title = `${subject(solving[0])} solves ${task}, ${networkSubject(other.network, "beside")} does not`;
    return { title, detail };
  }
  const noun = different && names.length > 1 ? "network" : "run";
  const whose = names.length === 1 ? ` of ${names[0]}` : "";
  const title = countText(solving.length, runs.length, noun, whose, task);
  const some = solving.length > 0 && solving.length < runs.length && solving.length <= MOST_NAMES;
  const which = listed(solving.map(({ network }) => networkSubject(network, "beside")));
  return { title: different && some ? `${title}: ${which}` : title, detail };
}

/** "3 of 5 runs of the network of 2 sigmoid units solve xor". */
function countText(
  solved: number,
  runs: number,
  noun: string,
  whose: string,
  task: string | undefined,
): string {
  const one = `solves ${task ?? "its data"}`;
  const more = `solve ${task ?? "their data"}`;
  if (runs === 1) return `${solved} of 1 ${noun}${whose} ${one}`;
  if (runs === 2 && solved === 0) return `Neither ${noun}${whose} ${one}`;
  if (solved === 0) return `None of ${runs} ${noun}s${whose} ${one}`;
  if (solved === runs) return `${runs === 2 ? "Both" : `All ${runs}`} ${noun}s${whose} ${more}`;
  return `${solved} of ${runs} ${noun}s${whose} ${solved === 1 ? one : more}`;
}

/** How the runs ended that did not solve their data. */
function othersText(runs: readonly NetworkRun[]): string {
  const ended = (ending: NetworkRun["ending"]) => runs.filter((run) => run.ending === ending);
  const losses = ended("unsolved")
    .map((run) => run.finalLoss)
    .sort((a, b) => a - b);
  const facts: string[] = [];
  const texts = losses.map(lossText);
  if (losses.length > 3) facts.push(`${losses.length} end at losses from ${texts[0]} to ${texts.at(-1)}`);
  else if (losses.length > 0) facts.push(`unsolved: loss ${texts.join(", ")} at the end`);
  for (const ending of ["stopped", "diverged"] as const)
    if (ended(ending).length > 0) facts.push(`${ended(ending).length} ${ending}`);
  return facts.length === 0
    ? "Each of them meets its criterion at the end."
    : `${capital(facts.join("; "))}.`;
}
