import { capital, counted, countedRange, ofThe } from "../../words/english.js";
import {
  durationText,
  lossText,
  outcomeText,
  percentText,
  r2Text,
  significant,
} from "../../words/numbers.js";
import { type Cause, isProof } from "../cause.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import { mostPossible } from "../facts/judgement.js";
import type { Tried } from "../trying/attempt.js";
import type { TriedRemedy, Trying } from "../trying/trying.js";

/** What is said of what was tried. */

/** How a line begins that belongs to the last one before it that does not. */
export const INNER = "  - ";

/** Causes that say that the loss still falls, where it has a course; and all after which more time is what one expects to help. */
const FALLING: ReadonlySet<Cause> = new Set(["still-learning", "plateau"]);
const TIMELY: ReadonlySet<Cause> = new Set([...FALLING, "too-little-training", "unfinished", "saddle"]);
/** Besides proofs these causes say it all: whether training on helps is no question, or follows. */
const SAID: ReadonlySet<Cause> = new Set(["solved", "diverged", "stopped"]);

/** What belongs to the headline of what was tried: whether training on solved it. */
export function trainedOnHeadline(cause: Cause, facts: Facts, { trainedOn }: Trying, ended: Ended): string {
  if (!trainedOn || isProof(cause, ended, facts) || SAID.has(cause)) return "";
  const { solved, trials } = trainedOn;
  const longer = ended.elsewhere
    ? `training on for ${counted(trainedOn.epochs, "epoch")}`
    : `training on for ${significant(trainedOn.epochs / ended.settings.epochs)} times as many epochs`;
  const falls = facts.course !== undefined && FALLING.has(cause);
  const far = facts.judgement.by === "rows" ? "so far" : "near that"; // of what was said to be possible
  const [solve, solvedIt] = facts.possible ? ["solve it", "solved it"] : [`come ${far}`, `came ${far}`];
  if (solved === 0) return ` ${falls ? `Yet ${longer}` : capital(longer)} did not ${solve}.`;
  if (solved < trials) return ` ${capital(longer)} ${solvedIt} in ${solved} of ${trials} tries.`;
  const came = `${longer} ${solvedIt}${trials === 1 ? "" : ` in ${ofThe(trials, trials)} tries`}`;
  return TIMELY.has(cause) ? ` It only needed time: ${came}.` : ` Yet ${came}.`;
}

/** What is said of what was tried. */
export function tryingLines(trying: Trying, ended: Ended, facts: Facts): string[] {
  const { trainedOn, remedies } = trying;
  const lines = [
    trainedOn || remedies.length > 0 ? goalText(facts) : "",
    trainedOn ? trainedOnText(trainedOn) : "",
    ended.withOtherUnits && remedies.length > 0 ? OTHER_UNITS : "",
    ...(remedies.length > 0 ? remedyLines(remedies, ended, facts) : []),
    untriedText(trying),
    lessText(remedies, facts),
  ];
  return lines.filter((text) => text !== "");
}

/** What counts as solved in what was tried, where that is less than was asked for. */
function goalText({ judgement }: Facts): string {
  const most = mostPossible(judgement);
  if (most === undefined) return "";
  const { by, best, rows } = judgement;
  const goal =
    by === "rows" ? `${best} of ${rows} rows are right, the` : `R² is at least ${r2Text(most)}, near the`;
  return `Solved means in what was tried that ${goal} most that can be.`;
}

const UNTRIABLE =
  "Nothing was tried: only TensorFlow.js can train this model, which takes too long for many trials.";
const OTHER_UNITS =
  "What was tried has other units than this model: only TensorFlow.js can train it as it is, which takes too long for many trials.";

function trainedOnText(on: Tried): string {
  const [how, came] = on.alwaysTheSame
    ? ["; nothing in it is random", on.solved ? "solved" : "not solved"]
    : [", other shuffles", `solved in ${outcomeText(on)}`];
  const text = `Trained on from here (a fresh optimizer${how}) for ${counted(on.epochs, "epoch")}: ${came}`;
  if (on.medianEpoch === undefined) return `${text}.`;
  return `${text}, ${on.solved > 1 ? "typically " : ""}by epoch ${Math.ceil(on.medianEpoch)}.`;
}

const MOST_SHOWN = 4;

function remedyLines(remedies: readonly TriedRemedy[], ended: Ended, facts: Facts): string[] {
  const helped = remedies.filter((remedy) => remedy.solved > 0);
  const never = remedies.filter((remedy) => remedy.solved === 0);
  const nearer = helped.length === 0 ? nearerOnes(never, facts).slice(0, MOST_NEARER) : [];
  const head =
    helped.length === 0
      ? `Nothing that was tried solved it${boundText(never)}.${nearerHead(nearer, facts)}`
      : `What would have helped, each tried for ${counted(ended.settings.epochs, "epoch")} unless it says otherwise (solved, 95 % interval):`;
  const others = never.filter((one) => !nearer.some(({ name }) => name === one.name));
  const inner = [
    ...helped.slice(0, MOST_SHOWN).map((one) => `${one.name}: ${cameText(one)}. Write ${one.write}`),
    ...nearer.map(
      (one) =>
        `${one.name}: ${scoreText(one.reached, facts)} (${counted(one.trials, "trial")}). Write ${one.write}`,
    ),
    namesText("also solved it", helped.slice(MOST_SHOWN).map(shortText)),
    namesText(
      `${nearer.length > 0 ? "also never" : "never"} in ${trialsText(others)}`,
      others.map(({ name }) => name),
    ),
  ];
  return [head, ...inner.filter((text) => text !== "").map((text) => INNER + text)];
}

const MOST_NEARER = 3;

/** A remedy of which it is known how near to a solution half of its trials came. */
type Nearer = TriedRemedy & { readonly reached: number };

/** Remedies of which half of the trials came nearer to a solution than the run. */
function nearerOnes(never: readonly TriedRemedy[], { judgement: { by, reached, rows } }: Facts): Nearer[] {
  const nearer = (came: number): boolean => {
    if (by === "loss") return came < reached;
    return by === "rows" ? Math.floor(came) > reached : r2Text(came) !== r2Text(reached) && came > reached;
  };
  return rows < FEW_ROWS
    ? [] // one row more or less says nothing there
    : never.filter((one): one is Nearer => one.reached !== undefined && nearer(one.reached));
}

/** Tables that networks like these solve whole, or not at all. */
const FEW_ROWS = 10;

function nearerHead(nearer: readonly Nearer[], facts: Facts): string {
  if (nearer.length === 0) return "";
  const these = nearer.length === 1 ? "This" : "These";
  return ` ${these} came nearer than the run, which has ${scoreText(facts.judgement.reached, facts)} (median of the trials):`;
}

/** "146 of 150 rows right", "an R² of 0.972", "a loss of 0.0312". */
function scoreText(score: number, { judgement: { by, rows } }: Facts): string {
  return {
    rows: `${Math.floor(score)} of ${rows} rows right`,
    "R²": `an R² of ${r2Text(score)}`,
    loss: `a loss of ${lossText(score)}`,
  }[by];
}

/** From here on a share of rows, or an R², is good enough for some; of noisy targets what their noise leaves, but no less than half. */
const GOOD = 0.9;
const HALF = 0.5;

/** How to ask for less than all rows, but more than always answering the same reaches, where that is out of reach, or nothing that was tried reached it. */
function lessText(
  remedies: readonly TriedRemedy[],
  { judgement, possible, classes, scatter }: Facts,
): string {
  const { by, asked, reached, best, rows } = judgement;
  const tried = remedies.length > 0 && remedies.every(({ solved }) => solved === 0);
  if (by === "loss" || (possible && !tried)) return "";
  const unit = by === "rows" ? rows : 1;
  const scores = possible ? [reached, ...remedies.flatMap((one) => one.reached ?? [])] : [best];
  const share = Math.floor((100 * Math.max(...scores)) / unit) / 100;
  const good = scatter ? Math.max(HALF, Math.min(GOOD, scatter.smoothR2)) : GOOD;
  const constant = classes ? classes.wanted[classes.largest] / rows : 0;
  if (!(share > 0 && share < asked) || (possible && (share < good || share <= constant))) return ""; // of trials that diverged it may be no number
  const whole = `that ${asked === 1 ? `all ${rows}` : `${percentText(asked)} of the`} rows are right`;
  const [option, means] =
    by === "rows" ? ["solvedAccuracy", whole] : ["solvedR2", `an R² of ${significant(asked)}`];
  const why = possible || remedies.length > 0 ? "" : "Nothing was tried, since no answers are good enough. ";
  return `${why}Solved means here ${means}; train(…, { ${option}: ${significant(share)} }) asks for less.`;
}

/** What so few trials leave open. */
function boundText(never: readonly TriedRemedy[]): string {
  const highs = never.flatMap(({ interval: [, high], alwaysTheSame }) => (alwaysTheSame ? [] : [high]));
  return highs.length === 0 ? "" : ` (95 % intervals up to ${percentText(Math.max(...highs))})`;
}

function cameText(one: TriedRemedy): string {
  return one.alwaysTheSame ? "solved (once, for nothing in it is random)" : `solved in ${outcomeText(one)}`;
}

function shortText({ name, alwaysTheSame, solved, trials }: TriedRemedy): string {
  return `${name}${alwaysTheSame ? "" : ` (${solved} of ${trials})`}`;
}

/** How often some remedies were tried: "8 trials", "4 to 24 trials"; what always goes the same way counts only if all do. */
function trialsText(remedies: readonly TriedRemedy[]): string {
  const several = remedies.filter(({ alwaysTheSame }) => !alwaysTheSame);
  return countedRange(
    (several.length > 0 ? several : remedies).map(({ trials }) => trials),
    "trial",
  );
}

/** What was not tried, and why. */
function untriedText({ untried, tooLong, stopped, remedies, trainedOn, untriable }: Trying): string {
  if (untriable) return UNTRIABLE;
  if (untried.length === 0) return "";
  const names = namesText(
    "Not tried",
    untried.map(({ name }) => name),
  );
  if (stopped) return `Stopped before all was tried. ${names}.`;
  const ask = `explain(run, { trials: 8 }) tries everything, in about ${durationText(tooLong ?? 0)}`;
  return remedies.length === 0 && !trainedOn
    ? `Nothing was tried, since it takes long: ${ask}.`
    : `${names}; ${ask}.`;
}

const MOST_NAMES = 8;

function namesText(head: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const more = names.length - MOST_NAMES;
  return `${head}: ${names.slice(0, MOST_NAMES).join("; ")}${more > 0 ? `; and ${counted(more, "other")}` : ""}`;
}
