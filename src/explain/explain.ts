import {
  abortSignal,
  came,
  DEFAULT_SEED,
  optionsObject,
  seedNumber,
  trueOrFalse,
  wholeNumber,
} from "../check.js";
import { checkDataset } from "../data/dataset.js";
import { inputsOf, MOST_ENUMERATED } from "../data/rows.js";
import { showing } from "../display.js";
import { flatOf } from "../engine/layerValues.js";
import { areFinite } from "../engine/network.js";
import { predictions } from "../engine/plain.js";
import { flatWeights, networkOf } from "../model/chain.js";
import { startOf } from "../model/start.js";
import type { Sequential } from "../model/tensorflow.js";
import type { Run } from "../train/run.js";
import { isRight } from "../verdict/outcome.js";
import { codeSpan, oneLine } from "../words/english.js";
import { dataName, networkName } from "../words/names.js";
import { type Cause, causeOf, isProven } from "./cause.js";
import type { Ended } from "./ended.js";
import { type Facts, factsOf } from "./facts.js";
import { headlineText } from "./headline.js";
import type { InsideFacts } from "./inside.js";
import { type LookOptions, lookingOn } from "./lookingOn.js";
import { factLines } from "./particulars.js";
import type { Case, KnownEnd } from "./remedy.js";
import {
  type Asked,
  candidatesFor,
  expectedMilliseconds,
  NOTHING_TRIED,
  type Trying,
  tryAll,
} from "./trying.js";
import { trainedOnHeadline, tryingLines } from "./tryingText.js";

export interface ExplainOptions {
  /**
   * How often each remedy is tried; 0 for the facts alone, which takes some milliseconds. Unless given, as often as is
   * possible in about two seconds: everything a few times, what looks best up to 100 times; of large networks and data
   * only what the cause points to.
   */
  readonly trials?: number;
  /** Seed of everything that is tried; 1 unless given. */
  readonly seed?: number;
  /** Whether progress is shown where it takes longer than half a second; true unless given. */
  readonly progress?: boolean;
  /**
   * Stops it; what was tried is kept. Since explain() does not return to the event loop, this is of use for signals that
   * were aborted before, or that the stop button aborts.
   */
  readonly signal?: AbortSignal;
}
const OPTION_NAMES = ["trials", "seed", "progress", "signal"] as const;

/** What explain() found: everything the text says, as fields. Nothing of it can be changed. */
export interface Diagnosis extends Pick<Facts, "ties" | "loss" | "course">, Trying {
  /** The one cause; src/explain/cause.ts says the exact test of each. */
  readonly cause: Cause;
  /** Whether it is proved that no training on from here solves the data. */
  readonly proven: boolean;
  /** The text's first line: what came of the training, and why. */
  readonly verdict: string;
  /** The judged rows, sorted; none if there are more than 64. */
  readonly answers: readonly Answer[];
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

/** An input on which the network was judged, and what it answered. */
export interface Answer {
  readonly inputs: readonly number[];
  /** One number, or with several outputs as many. */
  readonly target: number | readonly number[];
  readonly answer: number | readonly number[];
  readonly right: boolean;
  /** How often the row stands in the data. */
  readonly count: number;
}

/**
 * Why a run ended as it did: which inputs get the same answer though they need different ones and what that costs, which
 * units are dead, whether the gradient is zero, whether the loss still moved, and what would have helped, each tried.
 *
 * Everything is computed from the run's final weights and its data; nothing is said that was not. The result prints as
 * text, shows itself as a cell's last expression, and holds all facts as fields.
 *
 * It works at once and returns no promise. Where it takes longer than half a second it shows its progress, and a notebook's
 * stop button ends it with what was tried so far; in a terminal Ctrl-C ends the program, and in an exported page it cannot
 * be stopped.
 *
 * @param run      made by train()
 * @param options  `trials`: how often each remedy is tried (0: the facts alone); `seed`, `progress`, `signal`
 * @throws TypeError or RangeError that names the option
 * @example explain(await train(mlp({ hidden: 1 }), truthTable("xor"), { epochs: 1 }), { trials: 0 }).cause // "cannot-represent"
 */
export function explain(run: Run, options: ExplainOptions = {}): Diagnosis {
  const {
    trials,
    seed = DEFAULT_SEED,
    progress = true,
    signal,
  } = optionsObject<ExplainOptions>("explain", options, OPTION_NAMES);
  if (trials !== undefined) wholeNumber("explain", "trials", trials, 0, 100_000);
  seedNumber("explain", seed);
  trueOrFalse("explain", "progress", progress);
  abortSignal("explain", signal);
  const ended = endOf(run);
  const facts = factsOf(ended);
  const cause = causeOf(ended, facts);
  const known = trials === 0 ? undefined : knownEnd(ended, run.model);
  if (!known) return makeDiagnosis(cause, ended, facts, NOTHING_TRIED, seed);
  const about = { ended: known, facts, cause };
  return makeDiagnosis(
    cause,
    ended,
    facts,
    tryLookingOn(about, { trials, seed }, { progress, signal }),
    seed,
  );
}

/** A run whose structure is known, or would be without its dropout layers. */
function knownEnd(ended: Ended, model: Run["model"]): KnownEnd | undefined {
  const network =
    ended.network ?? (ended.dropout && networkOf(model as Sequential, "without dropout").network);
  const weights = ended.weights ?? (network && flatWeights(model));
  return network && weights && { ...ended, network, weights, drawn: startOf(model) };
}

function tryLookingOn(about: Case, asked: Asked, options: LookOptions): Trying {
  const { network, data } = about.ended;
  const title = `explain: ${networkName(network)} on ${oneLine(data.name)}`;
  const expected = expectedMilliseconds(candidatesFor(about), asked);
  return lookingOn(title, expected, options, (look) => tryAll(about, asked, look));
}

/** What explain() needs of a run. Weights that are no numbers are as good as a loss that is none. */
function endOf(run: Run): Ended {
  checkRun(run);
  const { settings, ending, divergedAt, firstPerfectEpoch, data, history, network } = run;
  const weights = network && flatOf(run.weights());
  const start = run.epochsKept?.[0] === 0 ? flatOf(run.weights(0)) : undefined;
  const rowsOf = (inputs: Float32Array): number[][] =>
    Array.from({ length: inputs.length / data.features }, (_, row) =>
      Array.from(inputsOf({ ...data, inputs }, row)),
    );
  return {
    ...{ settings, firstPerfectEpoch, data, network, weights, start, losses: history.loss },
    ending: weights && !areFinite(weights) ? "diverged" : ending,
    ...(divergedAt ? { divergedAt } : {}),
    predict:
      network && weights
        ? (inputs) => predictions(network, weights, inputs)
        : (inputs) => run.predict(rowsOf(inputs)).flat(),
  };
}

function checkRun(value: unknown): void {
  const run = (value ?? {}) as Partial<Run>;
  const whole =
    typeof value === "object" &&
    typeof run.predict === "function" &&
    typeof run.weights === "function" &&
    typeof run.settings === "object" &&
    typeof run.ending === "string" &&
    Array.isArray(run.history?.loss);
  if (!whole) throw new TypeError(`explain: run must be a run made by train(), got ${came(value)}`);
  checkDataset("explain", run.data);
}

/** Puts facts and trials together. */
export function makeDiagnosis(
  cause: Cause,
  ended: Ended,
  facts: Facts,
  trying: Trying,
  seed: number,
): Diagnosis {
  const { judged, ties, loss, course, inside } = facts;
  const { text, verdict, markdown } = texts(cause, ended, facts, trying);
  const fields: Omit<Diagnosis, "toString"> = {
    ...{ cause, proven: isProven(cause, ended, facts), verdict },
    ...{ answers: answersOf(judged), rows: judged.rows.rows, right: judged.right },
    ...{ ties, loss, course, units: inside?.units, working: inside?.working },
    ...{ gradient: inside?.gradient, curvature: inside?.curvature },
    ...trying,
    ...{ seed, text, markdown },
  };
  return deepFrozen(withText(fields, text));
}

function answersOf({ rows, counts, answers }: Facts["judged"]): Answer[] {
  if (rows.rows > MOST_ENUMERATED) return [];
  const one = (numbers: ArrayLike<number>, row: number): number | readonly number[] => {
    const { outputs } = rows;
    return outputs === 1
      ? numbers[row]
      : Array.from({ length: outputs }, (_, j) => numbers[row * outputs + j]);
  };
  return counts.map((count, row) => ({
    inputs: Array.from(inputsOf(rows, row)),
    target: one(rows.targets, row),
    answer: one(answers, row),
    right: isRight(answers, row, rows),
    count,
  }));
}

/** Names of data that would read as a part of the sentence. */
const CONJUNCTIONS: ReadonlySet<string> = new Set(["and", "or", "nor"]);

function texts(cause: Cause, ended: Ended, facts: Facts, trying: Trying) {
  const name = dataName(ended.data);
  const moves = trainedOnHeadline(cause, facts, trying, ended.settings.epochs);
  const headline = (dataText: string): string => headlineText(cause, ended, facts, dataText) + moves;
  const verdict = headline(CONJUNCTIONS.has(name) ? `"${name}"` : name);
  const lines = [...factLines(cause, ended, facts), ...tryingLines(trying, ended.settings.epochs)];
  const listed = (outer: string): string =>
    lines.map(({ text, inner }) => `${inner ? "  - " : outer}${text}`).join("\n");
  return {
    verdict,
    text: `${verdict}\n${listed("")}`,
    markdown: `**Verdict:** ${headline(codeSpan(name))}\n\n${listed("- ")}`,
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
