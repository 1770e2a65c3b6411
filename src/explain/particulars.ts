import { inputsOf, rowKey, unlikeInputs } from "../data/rows.js";
import type { Course } from "../verdict/course.js";
import { capital, counted, listed } from "../words/english.js";
import { inputsText } from "../words/names.js";
import { answerText, changeText, lossText, outcomeText, percentText, significant } from "../words/numbers.js";
import { type Cause, PROVEN } from "./cause.js";
import { contributionsLine, contributionsOf } from "./contributions.js";
import type { Ended, Facts } from "./facts.js";
import { floorLine, reachedText } from "./floorText.js";
import type { TrainedOn, TriedRemedy, Trying } from "./trying.js";
import { unitsLine } from "./units.js";

/** What follows the headline: the facts behind it, and what was tried. */

/** A line of text; an inner one belongs to the last before it that is not. */
export interface Line {
  readonly text: string;
  readonly inner: boolean;
}

/** From the facts: answers, losses, units, gradient. */
export function factLines(cause: Cause, ended: Ended, facts: Facts): Line[] {
  const lines = [answersLine(ended, facts), lossLine(ended, facts), hiddenLine(ended, facts)];
  return [...lines, gradientLine(cause, facts), solvedLine(ended)].flatMap((text) =>
    text ? outer(text) : [],
  );
}

function outer(text: string): Line {
  return { text, inner: false };
}

const FEW_ROWS = 8;

function answersLine({ ending }: Ended, { judged }: Facts): string | undefined {
  const { rows, answers, right } = judged;
  if (!answers.every(Number.isFinite)) return undefined;
  if (rows.rows > FEW_ROWS)
    return ending === "solved" ? undefined : `${right} of ${rows.rows} rows are on the right side of ½.`;
  const places = Array.from(answers, (_, row) => row);
  const texts = unlikeInputs(rows, places).map((row) => {
    const same = places.filter((other) => rowKey(rows, other) === rowKey(rows, row));
    const wanted = listed(same.map((other) => significant(rows.targets[other])));
    return `${inputsText(inputsOf(rows, row))} ${answerText(answers[row])}, wanted ${wanted}`;
  });
  return `Its answers: ${texts.join("; ")}.`;
}

function lossLine(ended: Ended, facts: Facts): string | undefined {
  const { ending } = ended;
  if (ending === "solved" || ending === "diverged" || !Number.isFinite(facts.loss.now)) return undefined;
  const reached = floorLine(ended, facts) ?? reachedText(facts);
  return facts.course ? `${reached} ${movedText(facts.course)}` : reached;
}

/** What the loss did last, in numbers. */
function movedText({ word, epochs, fell, change, range }: Course): string {
  const moved = {
    falling: `fell by ${changeText(fell)}`,
    slow: `fell by ${changeText(fell)}`,
    rising: `rose by ${changeText(-fell)}`,
    oscillating: `changed by ${changeText(change)} from one epoch to the next`,
    flat: range === 0 ? "did not change" : `moved by ${significant(range, 2)} at most`,
  }[word];
  return `Within the last ${counted(epochs, "epoch")} the reported loss ${moved}.`;
}

function hiddenLine({ ending, network, weights }: Ended, { inside, judged }: Facts): string | undefined {
  if (!inside || !network || !weights) return undefined;
  const { rows } = judged;
  const how =
    ending === "solved" ? contributionsLine(contributionsOf(network, weights, rows), rows) : undefined;
  return how ?? unitsLine(inside.units, rows);
}

function gradientLine(cause: Cause, { inside }: Facts): string | undefined {
  if (!inside || cause === "solved" || cause === "diverged") return undefined;
  const { norm, rowNorm, ratio, size, layers } = inside.gradient;
  const curvature = curvatureText(inside.curvature, cause);
  if (size === "zero") return `The gradient over all data is exactly zero${curvature}.`;
  const zeroLayers = layers.flatMap(({ zero }, l) =>
    zero ? [l === layers.length - 1 ? "the output's weights" : `hidden layer ${l + 1}`] : [],
  );
  const exactly = zeroLayers.length > 0 ? `; it is exactly zero for ${listed(zeroLayers)}` : "";
  const share = `${changeText(ratio)} of a single row's (${significant(rowNorm, 2)}, root mean square)`;
  return `The gradient over all data has the length ${significant(norm, 2)}, ${share}${exactly}${curvature}.`;
}

function curvatureText(
  curvature: { readonly least: number; readonly curvesDown: boolean } | undefined,
  cause: Cause,
): string {
  if (!curvature || (cause !== "saddle" && cause !== "minimum" && cause !== "tied")) return "";
  return curvature.curvesDown
    ? `; the loss curves down in one direction (second derivative ${significant(curvature.least, 2)})`
    : "; the loss curves down in no direction";
}

function solvedLine({ ending, losses, firstPerfectEpoch }: Ended): string | undefined {
  if (ending !== "solved" || losses.length === 0) return undefined;
  const loss = `The last epoch's mean loss is ${lossText(losses[losses.length - 1])}`;
  return firstPerfectEpoch === undefined
    ? `${loss}; no epoch was without an error from its first row to its last.`
    : `${loss}. Epoch ${firstPerfectEpoch} of ${losses.length} was the first without an error.`;
}

/** Causes that say that the loss still falls, where it has a course. */
const FALLING: ReadonlySet<Cause> = new Set(["still-learning", "plateau"]);
/** Causes that say it all: whether training on helps is no question, or follows. */
const SAID: ReadonlySet<Cause> = new Set([...PROVEN, "solved", "diverged", "stopped"]);

/** What belongs to the headline of what was tried: whether training on solved it. */
export function trainedOnHeadline(cause: Cause, facts: Facts, { trainedOn }: Trying, epochs: number): string {
  if (!trainedOn || SAID.has(cause)) return "";
  const { solved, trials } = trainedOn;
  const longer = `training on for ${significant(trainedOn.epochs / epochs)} times as many epochs`;
  const falls = facts.course !== undefined && FALLING.has(cause);
  if (solved === 0) return ` ${falls ? `Yet ${longer}` : capital(longer)} did not solve it.`;
  if (solved < trials) return ` ${capital(longer)} solved it in ${solved} of ${trials} tries.`;
  return ` It only needed time: ${longer} solved it${trials > 1 ? ` in all ${trials} tries` : ""}.`;
}

/** What is said of what was tried. */
export function tryingLines({ tooLong, trainedOn, pushed, remedies }: Trying): Line[] {
  if (tooLong === undefined)
    return [
      ...(trainedOn ? [outer(trainedOnText(trainedOn) + pushedText(pushed))] : []),
      ...remedyLines(remedies),
    ];
  const seconds = counted(Math.round(tooLong), "second");
  return [
    outer(
      `Nothing was tried, since it would take about ${seconds}: ask for it with explain(run, { trials: 8 }).`,
    ),
  ];
}

function trainedOnText(on: TrainedOn): string {
  const [shuffles, came] = on.alwaysTheSame
    ? ["; without shuffles it can only go one way", on.solved ? "solved" : "not solved"]
    : [", other shuffles", `solved in ${outcomeText(on)}`];
  const how = `Trained on from here (a fresh optimizer${shuffles}) for ${counted(on.epochs, "epoch")}: ${came}`;
  if (on.medianEpoch === undefined) return `${how}.`;
  return `${how}, ${on.solved > 1 ? "typically " : ""}by epoch ${Math.ceil(on.medianEpoch)}.`;
}

function pushedText(pushed: Trying["pushed"]): string {
  if (!pushed) return "";
  const noise = `normal noise of size ${significant(pushed.size)}`;
  return ` After a random push of all weights (${noise}) and ${counted(pushed.epochs, "epoch")}: solved in ${outcomeText(pushed)}.`;
}

const MOST_SHOWN = 4;

function remedyLines(remedies: readonly TriedRemedy[]): Line[] {
  if (remedies.length === 0) return [];
  const helped = remedies.filter((remedy) => remedy.solved > 0);
  const never = remedies.filter((remedy) => remedy.solved === 0);
  const [shown, rest] = [helped.slice(0, MOST_SHOWN), helped.slice(MOST_SHOWN)];
  const epochs = counted(remedies[0].epochs, "epoch");
  const head =
    shown.length === 0
      ? `Nothing that was tried solved it within ${epochs} (95 % interval of the best up to ${percentText(never[0].interval[1])}).`
      : `What would have helped, each tried for ${epochs} (solved, 95 % interval):`;
  const inner = [
    ...shown.map((one) => `${one.name}: solved in ${outcomeText(one)}`),
    listText(
      "less often",
      rest.map((one) => `${one.name}: ${one.solved} of ${one.trials}`),
    ),
    ...(["this state", "new weights"] as const).map((start) => {
      const names = never.filter(({ from }) => from === start).map(({ change }) => change);
      return listText(`never, from ${start}`, names);
    }),
  ];
  return [outer(head), ...inner.filter((text) => text !== "").map((text) => ({ text, inner: true }))];
}

function listText(head: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${head}: ${items.join("; ")}`;
}
