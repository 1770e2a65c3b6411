import { tf } from "../../model/tensorflow.js";
import { hashText } from "../../numbers/random.js";
import { VERSION } from "../../version.js";
import { makeOutcomes, type Outcomes, pendingStretches, setOutcomes } from "../outcomes.js";
import type { StudyPlan } from "../plan.js";
import type { StudyOptions } from "../settings.js";
import { shardText } from "../shard.js";
import { type PackedColumns, packColumns, unpackColumns } from "./columns.js";
import { packOptions, unpackOptions } from "./options.js";

/**
 * The text of a part of a study: a JSON array with one entry a line, so that a program that runs a shard appends to its file,
 * and a reader needs one line at a time.
 *
 * - The first entry says what made the part: its options, the seed among them, and the version of xorlab.
 * - Each of the others has the outcomes of some trials.
 * - `{"complete":true}` is the last one, and "]" ends the array.
 *
 * Each entry begins with a checksum of the rest of it. A file whose last line is only half there is one whose program was
 * killed; reading leaves this line out.
 */

const KIND = "part of a study";
const FORMAT = 1;

/** What made a part. */
export type PartHeader = ReturnType<typeof readHeader>;

/** The outcomes of some trials of a row. */
export interface TrialOutcomes {
  readonly row: number;
  readonly first: number;
  readonly outcomes: Outcomes;
}

/** How every part begins. */
export const PART_START = '[{"check":"';

/** The text of an entry: its checksum, then the rest. */
function entryText(entry: object): string {
  const rest = JSON.stringify(entry).slice(1);
  return `{"check":"${checksum(rest)}",${rest}`;
}

/** Eight hexadecimal digits that are others for almost any other text. */
export function checksum(text: string): string {
  return (hashText(text) >>> 0).toString(16).padStart(8, "0");
}

/** The first line of a part. */
export function headerLine(plan: StudyPlan, command?: readonly string[]): string {
  const { shard, options, engine } = plan;
  const backend = engine === "tfjs" ? backendText() : undefined;
  const what = { xorlab: KIND, format: FORMAT, version: VERSION, shard: shardText(shard), backend, command };
  return `[${entryText({ ...what, options: packOptions(options) })}\n`;
}

/** TensorFlow.js's backends differ in the last bits. */
function backendText(): string {
  tf.backend(); // makes sure that there is one
  return `${tf.getBackend()} ${tf.version_core}`;
}

/**
 * A line with outcomes.
 *
 * @param milliseconds  how long they took
 */
export function outcomesLine(parts: readonly TrialOutcomes[], milliseconds: number): string {
  const trials = parts.map(({ row, first, outcomes }) => [row, first, outcomes.status.length]);
  const columns = packColumns(joined(parts.map(({ outcomes }) => outcomes)));
  return `,${entryText({ milliseconds: Math.round(milliseconds), trials, ...columns })}\n`;
}

/** The last line of a part that has all of its trials. */
export const COMPLETE_LINE = `,${entryText({ complete: true })}]\n`;

/** Several outcomes, one after the other. */
function joined(parts: readonly Outcomes[]): Outcomes {
  const all = makeOutcomes(parts.reduce((sum, { status }) => sum + status.length, 0));
  let at = 0;
  for (const part of parts) {
    setOutcomes(all, at, part);
    at += part.status.length;
  }
  return all;
}

/** Some of the trials. */
function slice(outcomes: Outcomes, from: number, to: number): Outcomes {
  const columns = Object.entries(outcomes).map(([name, column]) => [name, column.slice(from, to)]);
  return Object.fromEntries(columns);
}

const LINE_TRIALS = 65_536; // of a line: about a megabyte

/** All lines of a plan's outcomes. */
export function* partLines(plan: StudyPlan, milliseconds: number): Generator<string> {
  yield headerLine(plan);
  let time = milliseconds; // stands in the first line
  let pending = 0;
  for (const [row, outcomes] of plan.outcomes.entries()) {
    const { first, count } = plan.ranges[row];
    let from = 0;
    for (const [gap, to] of [...pendingStretches(outcomes), [count, count]]) {
      pending += to - gap;
      for (; from < gap; from = Math.min(gap, from + LINE_TRIALS)) {
        const end = Math.min(gap, from + LINE_TRIALS);
        yield outcomesLine([{ row, first: first + from, outcomes: slice(outcomes, from, end) }], time);
        time = 0;
      }
      from = to;
    }
  }
  if (pending === 0) yield COMPLETE_LINE;
}

/** What stands in a line of a part. */
export type PartEntry =
  | { readonly kind: "header"; readonly header: PartHeader }
  | { readonly kind: "outcomes"; readonly trials: readonly TrialOutcomes[]; readonly milliseconds: number }
  | { readonly kind: "complete" };

/** Reads a line; undefined if it is damaged. */
export function readLine(line: string): PartEntry | undefined {
  const [, check, rest, end] = /^[[,]\{"check":"([\da-f]{8})",(.*\})(\]?)\s*$/s.exec(line) ?? [];
  if (rest === undefined || checksum(rest) !== check) return undefined;
  try {
    const entry = JSON.parse(`{${rest}`);
    if (entry.complete) return end === "]" ? { kind: "complete" } : undefined;
    if (entry.xorlab === KIND) return { kind: "header", header: readHeader(entry) };
    return { kind: "outcomes", trials: readOutcomes(entry), milliseconds: Number(entry.milliseconds) };
  } catch {
    return undefined;
  }
}

function readHeader(entry: Record<string, unknown>) {
  const { format, version, shard, backend, options, command } = entry;
  const known = format === FORMAT && version === VERSION; // else the options may mean something else
  return {
    version: format === FORMAT ? String(version) : `${version}, format ${format}`,
    /** "3/10", and "1/1" of a whole study. */
    shard: String(shard),
    /** What computed it, where that could change a bit: undefined of the fused engine, which gives the same bits everywhere. */
    backend: backend as string | undefined,
    options: (known ? unpackOptions(options) : {}) as StudyOptions,
    /** The options as they stand there: parts with equal texts were made by the same options. */
    optionsText: JSON.stringify(options),
    /** The arguments of `xorlab study` without --shard and --out; undefined if a program of its own made it. */
    command: command as readonly string[] | undefined,
  };
}

function readOutcomes({ trials, ...packed }: { trials: [number, number, number][] } & PackedColumns) {
  const total = trials.reduce((sum, [, , count]) => sum + count, 0);
  const all = unpackColumns(packed, total);
  let from = 0;
  return trials.map(([row, first, count]): TrialOutcomes => {
    const outcomes = slice(all, from, from + count);
    from += count;
    return { row, first, outcomes };
  });
}
