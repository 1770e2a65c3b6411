import { oneLine } from "../options.js";
import { type Cause, PROVEN } from "./cause.js";
import { inputsOf, MOST_ENUMERATED } from "./distinct.js";
import type { Ended, Facts, InsideFacts } from "./facts.js";
import { factLines, movesText, tryingLines } from "./lines.js";
import type { TiedRows } from "./ties.js";
import type { Trying } from "./trying.js";
import { verdictText } from "./verdict.js";
import { codeSpan } from "./words.js";

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
export interface Diagnosis extends Pick<Facts, "trend">, Trying {
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
  const { judged, floor, trend, inside } = facts;
  const { rows, counts, answers, right } = judged;
  const plainName = oneLine(ended.data.name);
  const moves = movesText(cause, trying, ended.settings.epochs);
  const verdict = verdictText(cause, ended, facts, plainName) + moves;
  const rest = [
    ...factLines(cause, ended, facts).map((text) => ({ text, inner: false })),
    ...tryingLines(trying),
  ];
  const text = [verdict, ...rest.map((line) => `${line.inner ? "  - " : ""}${line.text}`)].join("\n");
  const heading = verdictText(cause, ended, facts, codeSpan(plainName)) + moves;
  const listed = rest.map((line) => `${line.inner ? "  - " : "- "}${line.text}`).join("\n");
  const diagnosis: Omit<Diagnosis, "toString"> = {
    ...{ cause, proven: PROVEN.has(cause) || (!facts.possible && cause !== "solved"), verdict },
    answers:
      rows.rows > MOST_ENUMERATED
        ? []
        : answers.map((answer, row) => ({
            inputs: Array.from(inputsOf(rows, row)),
            target: rows.targets[row],
            answer,
            right: answer > 0.5 === rows.targets[row] > 0.5,
            count: counts[row],
          })),
    ...{ rows: rows.rows, right },
    ties: facts.ties.map((tie) => ({
      ...tie,
      inputs: tie.rows.map((row) => Array.from(inputsOf(rows, row))),
    })),
    loss: {
      reported: ended.losses[ended.losses.length - 1],
      now: facts.lossNow,
      judged: judged.loss,
      floor: floor.data,
      floorIfEqual: floor.equal,
    },
    ...{ trend, units: inside?.units, working: inside?.working },
    ...{ gradient: inside?.gradient, curvature: inside?.curvature },
    ...trying,
    ...{ seed, text, markdown: `**Verdict:** ${heading}\n\n${listed}` },
  };
  return deepFrozen(withText(diagnosis, text));
}

/** Node prints values by this method: here, as the text. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The text in place of the fields where a diagnosis is printed; not among the fields itself. */
function withText(fields: Omit<Diagnosis, "toString">, text: string): Diagnosis {
  const shown = { value: () => text, enumerable: false };
  return Object.defineProperties(fields, { toString: shown, [INSPECT]: shown }) as Diagnosis;
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
}
