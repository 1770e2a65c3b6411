import { type NetworkRun, qualityText } from "../../train/networkRun.js";
import { courseOf, perfectFrom } from "../../verdict/course.js";
import { stoppedText, unsolvedText } from "../../words/course.js";
import { capital, listed } from "../../words/english.js";
import { dataInSentence, networkSubject } from "../../words/names.js";
import { boundText, lossText, significant } from "../../words/numbers.js";
import { subject } from "../parts/runs.js";
import { lowestAt } from "./curves.js";

/** What a figure of runs says in words, plain text. */
export interface Finding {
  /** The claim. It must be true of the data. */
  readonly title: string;
  /** What backs the claim, in numbers. */
  readonly detail: string;
}

/** What one run shows. */
export function runFinding(run: NetworkRun): Finding {
  const who = subject(run);
  const { epoch, step } = run.divergedAt ?? { epoch: run.history.loss.length, step: 0 };
  switch (run.ending) {
    case "stopped":
      return stoppedFinding(run, who);
    case "diverged":
      return {
        title: `${who} diverged in epoch ${epoch + 1}`,
        detail: `At step ${step} the loss stopped being a finite number.`,
      };
    case "solved":
      return solvedFinding(run, who);
    case "unsolved":
      return unsolvedFinding(run, who);
  }
}

function stoppedFinding(run: NetworkRun, who: string): Finding {
  const { history, settings, finalLoss } = run;
  const epochs = history.loss.length;
  return {
    title: `${who} ${stoppedText(epochs, settings.epochs)}`,
    detail:
      epochs === 0
        ? "There is no loss to show yet."
        : `Its loss was ${lossText(finalLoss)}, its ${qualityText(run)}.`,
  };
}

function solvedFinding(run: NetworkRun, who: string): Finding {
  const { history, data, finalLoss, r2 } = run;
  const { loss, accuracy } = history;
  const from = perfectFrom(accuracy);
  const last = r2 === undefined ? `${qualityText(run)} in the last epoch` : qualityText(run);
  return {
    title: `${who} solves ${dataInSentence(data)}: ${from === undefined ? last : `accuracy 1.0 from epoch ${from} on`}`,
    detail: `Loss ${lossText(loss[0])} in epoch 1, ${lossText(finalLoss)} in epoch ${loss.length}.`,
  };
}

function unsolvedFinding(run: NetworkRun, who: string): Finding {
  const { history, data, finalLoss } = run;
  const course = courseOf(history.loss);
  const quality = capital(qualityText(run));
  return {
    title: `${who} ${unsolvedText(dataInSentence(data), history.loss.length, course?.word, finalLoss)}`,
    detail:
      course?.word === "flat"
        ? `${quality}; the loss moved by ${rangeText(course.range, finalLoss)} in the last ${course.epochs} epochs.`
        : `${quality}, loss ${lossText(finalLoss)} in the last epoch.`,
  };
}

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
export function runsFinding(runs: readonly NetworkRun[]): Finding {
  const solving = runs.filter((run) => run.ending === "solved");
  const names = [...new Set(runs.map((run) => subject(run, "within")))];
  const task =
    new Set(runs.map((run) => dataInSentence(run.data))).size === 1
      ? dataInSentence(runs[0].data)
      : undefined;
  const detail = othersText(runs);
  const different = names.length === runs.length;
  if (task !== undefined && different && runs.length === 2 && solving.length === 1) {
    const other = runs.find((run) => run !== solving[0]) as NetworkRun;
    return {
      title: `${subject(solving[0])} solves ${task}, ${networkSubject(other.network, "beside")} does not`,
      detail,
    };
  }
  const noun = different && names.length > 1 ? "network" : "run";
  const whose = names.length === 1 ? ` of ${names[0]}` : "";
  const title = countText(solving.length, runs.length, noun, whose, task);
  const some = solving.length > 0 && solving.length < runs.length && solving.length <= MOST_NAMES;
  if (!different || !some) return { title, detail };
  return {
    title: `${title}: ${listed(solving.map(({ network }) => networkSubject(network, "beside")))}`,
    detail,
  };
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
  if (losses.length > 3)
    facts.push(
      `${losses.length} end at losses from ${lossText(losses[0])} to ${lossText(losses[losses.length - 1])}`,
    );
  else if (losses.length > 0) facts.push(`unsolved: loss ${losses.map(lossText).join(", ")} at the end`);
  for (const ending of ["stopped", "diverged"] as const)
    if (ended(ending).length > 0) facts.push(`${ended(ending).length} ${ending}`);
  return facts.length === 0
    ? "Each of them meets its criterion at the end."
    : `${capital(facts.join("; "))}.`;
}
