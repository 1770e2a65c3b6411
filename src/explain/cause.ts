import { unsolvedText } from "../words/course.js";
import { capital } from "../words/english.js";
import { networkSubject } from "../words/names.js";
import { lossText, r2Text } from "../words/numbers.js";
import { ANSWERS } from "./causes/answers.js";
import { COURSE } from "./causes/course.js";
import { ENDINGS } from "./causes/endings.js";
import { type Entry, further, noLine, penalized, wrongText } from "./causes/entry.js";
import { SCALE } from "./causes/scale.js";
import { limitText, STRUCTURE } from "./causes/structure.js";
import { deadUnits, UNITS } from "./causes/units.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts/facts.js";

const UNKNOWN = {
  name: "unknown",
  holds: () => true,
  why: (facts) => `${wrongText(facts)}; none of the causes that explain() knows fits`,
} as const satisfies Entry;

/**
 * Why a run ended as it did. Each cause has one exact test, which stands in `causes/` beside what is said of it and what it
 * points to; the first that holds, in the order of these lists, is the cause. "Settled" there means that the loss did not
 * fall by more than 2 % within the last quarter of the epochs.
 */
const CAUSES = [...ENDINGS, ...STRUCTURE, ...ANSWERS, ...SCALE, ...UNITS, ...COURSE, UNKNOWN] as const;

/** Why a run ended as it did: the name of one of the causes that explain() knows. */
export type Cause = (typeof CAUSES)[number]["name"];

const ENTRIES = new Map<Cause, Entry>(CAUSES.map((entry) => [entry.name, entry]));

/** A cause's test, sentences and remedies. */
export function entryOf(cause: Cause): Entry {
  return ENTRIES.get(cause) ?? UNKNOWN;
}

/** The cause, from the facts alone. */
export function causeOf(ended: Ended, facts: Facts): Cause {
  const entries: readonly (Entry & { readonly name: Cause })[] = CAUSES;
  return entries.find(({ holds }) => holds(facts, ended))?.name ?? UNKNOWN.name;
}

/** Whether the cause is a proof: no training on from here can solve the data. */
export function isProof(cause: Cause, ended: Ended, facts: Facts): boolean {
  const { proof = false } = entryOf(cause);
  return typeof proof === "function" ? proof(facts, ended) : proof;
}

/** Whether it is proved that no training on from here solves the data: by the cause, or besides it. */
export function isProven(cause: Cause, ended: Ended, facts: Facts): boolean {
  if (cause === "solved") return false;
  if (isProof(cause, ended, facts) || !facts.possible) return true;
  const { inside } = facts;
  if (!inside || ended.ending !== "unsolved") return false;
  return (
    deadUnits(facts, ended) ||
    (inside.output?.forGood === true && !penalized(ended)) ||
    (inside.differentDrawOneLine && noLine(facts, ended))
  );
}

/**
 * The first sentences: what came of the training, and why. Every number in them is a fact.
 *
 * @param dataText  what the data are called, as it is to be shown
 */
export function headlineText(cause: Cause, ended: Ended, facts: Facts, dataText: string): string {
  const who = networkSubject(ended.network);
  const loss = facts.loss.reported ?? facts.loss.now;
  const unsolved = `${who} ${unsolvedText(dataText, ended.losses.length, facts.course?.word, loss)}`;
  const { headline, cannot, why } = entryOf(cause);
  const text =
    headline?.({ who, dataText, unsolved, facts, ended }) ??
    (cannot
      ? `${who} cannot solve ${dataText}${cannot(facts, ended)}`
      : unsolved + further(why?.(facts, ended)));
  const said = cause === "solved" || cause === "contradictory-data" || cause === "unreachable-loss";
  return facts.possible || said ? `${text}.` : `${text}. ${capital(bestText(facts))}: ${limitText(facts)}.`;
}

/** The most that any answers can achieve: "no answers can be right on more than 5 of 6 rows". */
function bestText({ judgement: { by, best, rows } }: Facts): string {
  return {
    rows: `no answers can be right on more than ${best} of ${rows} rows`,
    "R²": `no answers can have an R² above ${r2Text(best)}`,
    loss: `no answers can have a loss below ${lossText(best)}`,
  }[by];
}
