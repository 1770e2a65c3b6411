import { MOST_ENUMERATED } from "../data/rows.js";
import { answersInUnits, inputsInUnits } from "../data/scaling.js";
import { showing } from "../display.js";
import { isRight } from "../verdict/outcome.js";
import { asPlain, inMarkdown, marked } from "../words/english.js";
import { dataInSentence, dataName } from "../words/names.js";
import { type Cause, headlineText, isProven } from "./cause.js";
import type { Ended } from "./ended.js";
import type { Facts } from "./facts/facts.js";
import type { InsideFacts } from "./facts/inside.js";
import { factLines } from "./text/particulars.js";
import { INNER, trainedOnHeadline, tryingLines } from "./text/tryingText.js";
import type { Trying } from "./trying/trying.js";

/**
 * What explain() found: everything the text says, as fields. Nothing of it can be changed. Of a run that diverged, what follows from
 * answers or weights that are no numbers is NaN; JSON has null in its place.
 */
export interface Diagnosis
  extends Pick<Facts, "judgement" | "classes" | "ties" | "loss" | "course" | "steps" | "misfit">,
    Trying {
  /** The one cause; src/explain/causes/ has the exact test of each. */
  readonly cause: Cause;
  /** Whether it is proved that no training on from here solves the data. */
  readonly proven: boolean;
  /** The text's first line: what came of the training, and why. */
  readonly verdict: string;
  /** The different ones among the judged rows, sorted; none if there are more than 64. */
  readonly answers: readonly AnsweredRow[];
  /** How many different rows there are, and how many of them are right. */
  readonly rows: number;
  readonly right: number;
  /** Hidden units, layer by layer, on the judged rows; undefined where the model's inside is unknown. */
  readonly units: InsideFacts["units"] | undefined;
  readonly working: InsideFacts["working"] | undefined;
  /** Of the mean loss over all data. */
  readonly gradient: InsideFacts["gradient"] | undefined;
  readonly curvature: InsideFacts["curvature"];
  readonly seed: number;
  /** The whole text. */
  readonly text: string;
  /** The whole text as Markdown; names from outside are code spans. */
  readonly markdown: string;
  toString(): string;
}

/** An input on which the network was judged, and what it answered, in the units in which the data were given. */
export interface AnsweredRow {
  readonly inputs: readonly number[];
  /** One number, or with several outputs as many. */
  readonly target: number | readonly number[];
  readonly answer: number | readonly number[];
  readonly right: boolean;
  /** How often the row stands in the data. */
  readonly count: number;
}

/** Puts facts and trials together. */
export function makeDiagnosis(
  cause: Cause,
  ended: Ended,
  facts: Facts,
  trying: Trying,
  seed: number,
): Diagnosis {
  const { judged, judgement, classes, ties, loss, course, steps, misfit, inside } = facts;
  const { text, verdict, markdown } = texts(cause, ended, facts, trying);
  const fields: Diagnosis = {
    ...{ cause, proven: isProven(cause, ended, facts), verdict },
    ...{ answers: answersOf(judged), rows: judged.rows.rows, right: judged.right },
    ...{ judgement, classes, ties, loss, course, steps, misfit },
    ...{ units: inside?.units, working: inside?.working },
    ...{ gradient: inside?.gradient, curvature: inside?.curvature },
    ...trying,
    ...{ seed, text, markdown },
  };
  const bundle = { "text/plain": text, "text/markdown": markdown };
  const asText = () => text; // in place of the fields where a diagnosis is printed
  return deepFrozen(showing(fields, { display: () => bundle, inspect: asText, text: asText }));
}

function answersOf({ rows, counts, answers }: Facts["judged"]): AnsweredRow[] {
  if (rows.rows > MOST_ENUMERATED) return [];
  const [targets, given] = [rows.targets, answers].map((numbers) => answersInUnits(rows, numbers));
  const one = (numbers: ArrayLike<number>, row: number): number | readonly number[] => {
    const theirs = Array.from({ length: rows.outputs }, (_, j) => numbers[row * rows.outputs + j]);
    return theirs.length === 1 ? theirs[0] : theirs;
  };
  return counts.map((count, row) => ({
    inputs: Array.from(inputsInUnits(rows, row)),
    target: one(targets, row),
    answer: one(given, row),
    right: isRight(answers, row, rows),
    count,
  }));
}

function texts(cause: Cause, ended: Ended, facts: Facts, trying: Trying) {
  const moves = trainedOnHeadline(cause, facts, trying, ended);
  const headline = (dataText: string): string => headlineText(cause, ended, facts, dataText) + moves;
  const verdict = asPlain(headline(dataInSentence(ended.data)));
  const lines = [...factLines(cause, ended, facts), ...tryingLines(trying, ended, facts)];
  const listed = (outer: string): string =>
    lines.map((line) => (line.startsWith(INNER) ? line : outer + line)).join("\n");
  return {
    verdict,
    text: `${verdict}\n${asPlain(listed(""))}`,
    markdown: `**Verdict:** ${inMarkdown(`${headline(marked(dataName(ended.data)))}\n\n${listed("- ")}`)}`,
  };
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
}
