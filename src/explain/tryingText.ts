import { capital, counted } from "../words/english.js";
import { outcomeText, percentText, significant } from "../words/numbers.js";
import { type Cause, PROVEN } from "./cause.js";
import type { Facts } from "./facts.js";
import { type Line, outer } from "./line.js";
import type { TrainedOn, TriedRemedy, Trying } from "./trying.js";

/** What is said of what was tried. */

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
