import { oneLine } from "../check.js";
import { inputsOf, MOST_ENUMERATED } from "../data/rows.js";
import { showing } from "../display.js";
import { isRight } from "../verdict/outcome.js";
import type { TiedRows } from "../verdict/ties.js";
import { codeSpan } from "../words/english.js";
import { type Cause, PROVEN } from "./cause.js";
import type { Ended, Facts, InsideFacts } from "./facts.js";
import { verdictText } from "./headline.js";
import { factLines, movesText, tryingLines } from "./particulars.js";
import type { Trying } from "./trying.js";

/** An input on which the network was judged, and what it answered. */
export interface Answer {
  readonly inputs: readonly number[];
  readonly target: number;
  readonly answer: number;
  readonly right: boolean;
  /** How often the row stands in the data. */
  readonly count: number;
}

/** Unlike inputs that get one answer. */
export interface Tie extends TiedRows {
  readonly inputs: readonly (readonly number[])[];
}

/** The losses that are compared, in the loss's unit (nats for binary cross-entropy). */
export interface DiagnosedLoss {
  /** What the training reported: the running mean over the last epoch. Undefined without a completed epoch. */
  readonly reported: number | undefined;
  /** Mean over all data with the final weights. */
  readonly now: number;
  /** Mean over the judged rows with the final weights, each counted once. */
  readonly judged: number;
  /** What the ties cost at best, with the rows as frequent as in the data; 0 without ties. */
  readonly floor: number;
  /** The same if all judged rows were equally frequent. */
  readonly floorIfEqual: number;
}

/** What explain() found: everything the text says, as fields. Nothing of it can be changed. */
export interface Diagnosis extends Pick<Facts, "course">, Trying {
  /** The one cause; src/explain/cause.ts says the exact test of each. */
  readonly cause: Cause;
  /** Whether it is proved that no training on from here solves the data. */
  readonly proven: boolean;
  /** The first sentence. */
  readonly verdict: string;
  /** The judged rows, sorted; none if there are more than 64. */
  readonly answers: readonly Answer[];
  readonly rows: number;
  readonly right: number;
  readonly ties: readonly Tie[];
  readonly loss: DiagnosedLoss;
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

/** Puts facts and trials together. */
export function makeDiagnosis(
  cause: Cause,
  ended: Ended,
  facts: Facts,
  trying: Trying,
  seed: number,
): Diagnosis {
  const { judged, course, inside, possible } = facts;
  const { text, verdict, markdown } = texts(cause, ended, facts, trying);
  const fields: Omit<Diagnosis, "toString"> = {
    ...{ cause, proven: PROVEN.has(cause) || (!possible && cause !== "solved"), verdict },
    ...{ answers: answersOf(judged), rows: judged.rows.rows, right: judged.right },
    ties: facts.ties.map((tie) => ({ ...tie, inputs: tie.rows.map((row) => inputsAt(judged, row)) })),
    loss: lossesOf(ended, facts),
    ...{ course, units: inside?.units, working: inside?.working },
    ...{ gradient: inside?.gradient, curvature: inside?.curvature },
    ...trying,
    ...{ seed, text, markdown },
  };
  return deepFrozen(withText(fields, text));
}

/** Names of data that would read as a part of the sentence. */
const CONJUNCTIONS: ReadonlySet<string> = new Set(["and", "or", "nor"]);

function texts(cause: Cause, ended: Ended, facts: Facts, trying: Trying) {
  const name = oneLine(ended.data.name);
  const moves = movesText(cause, trying, ended.settings.epochs);
  const verdict = verdictText(cause, ended, facts, CONJUNCTIONS.has(name) ? `"${name}"` : name) + moves;
  const heading = verdictText(cause, ended, facts, codeSpan(name)) + moves;
  const found = factLines(cause, ended, facts).map((text) => ({ text, inner: false }));
  const rest = [...found, ...tryingLines(trying)];
  const listed = (outer: string): string[] =>
    rest.map((line) => `${line.inner ? "  - " : outer}${line.text}`);
  return {
    verdict,
    text: [verdict, ...listed("")].join("\n"),
    markdown: `**Verdict:** ${heading}\n\n${listed("- ").join("\n")}`,
  };
}

function answersOf({ rows, counts, answers }: Facts["judged"]): Answer[] {
  if (rows.rows > MOST_ENUMERATED) return [];
  return answers.map((answer, row) => ({
    inputs: inputsAt({ rows }, row),
    target: rows.targets[row],
    answer,
    right: isRight(answer, rows.targets[row]),
    count: counts[row],
  }));
}

function inputsAt({ rows }: Pick<Facts["judged"], "rows">, row: number): number[] {
  return Array.from(inputsOf(rows, row));
}

function lossesOf({ losses }: Ended, { lossNow, judged, floor }: Facts): DiagnosedLoss {
  return {
    reported: losses[losses.length - 1],
    now: lossNow,
    judged: judged.loss,
    floor: floor.data,
    floorIfEqual: floor.equal,
  };
}

/** The text in place of the fields where a diagnosis is printed; not among the fields itself. */
function withText(fields: Omit<Diagnosis, "toString">, text: string): Diagnosis {
  const diagnosis = Object.defineProperty(fields, "toString", { value: () => text }) as Diagnosis;
  const bundle = { "text/plain": text, "text/markdown": fields.markdown };
  return showing(diagnosis, { display: () => bundle, inspect: () => text });
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
}
