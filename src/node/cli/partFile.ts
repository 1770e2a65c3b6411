import { appendFileSync, closeSync, ftruncateSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { addOutcomes, type Outcomes } from "../../study/outcomes.js";
import { headerDifference } from "../../study/parts/difference.js";
import {
  COMPLETE_LINE,
  headerLine,
  outcomesLine,
  PART_START,
  type PartEntry,
  readLine,
  type TrialOutcomes,
} from "../../study/parts/lines.js";
import { isWithin } from "../../study/parts/merge.js";
import { type PartSource, partHeader, readPart } from "../../study/parts/read.js";
import { type Chunk, endedTrials, plannedTrials, type StudyPlan } from "../../study/plan.js";
import { oneLine } from "../../words/english.js";
import { trying } from "../files.js";

/** A part of a study in a file. */
export function fileSource(where: string, path: string): PartSource {
  return { name: path, lines: () => fileLines(where, path) };
}

const BLOCK = 2 ** 20; // bytes that are read at a time
const LINE_END = 10;

/**
 * The lines of a file, without their ends.
 *
 * @param ends  receives for each of them the place after it; not for a last line that does not end
 */
function* fileLines(where: string, path: string, ends: number[] = []): Generator<string> {
  const file = trying(where, path, "read", () => openSync(resolve(path), "r"));
  try {
    const buffer = Buffer.alloc(BLOCK);
    let line: Buffer[] = [];
    for (let at = 0; ; ) {
      const block = buffer.subarray(
        0,
        trying(where, path, "read", () => readSync(file, buffer)),
      );
      if (block.length === 0) break;
      let from = 0;
      for (let end = block.indexOf(LINE_END); end >= 0; end = block.indexOf(LINE_END, from)) {
        const text = Buffer.concat([...line, block.subarray(from, end)]).toString("utf8");
        [line, from] = [[], end + 1];
        ends.push(at + from);
        yield text;
      }
      line.push(Buffer.from(block.subarray(from)));
      at += block.length;
    }
    const rest = Buffer.concat(line);
    if (rest.length > 0) yield rest.toString("utf8");
  } finally {
    closeSync(file);
  }
}

// A program that is killed loses at most a tenth of its work, and at most ten seconds of it.
const LOST_SHARE = 0.1;
const LEAST_LOST = 100; // milliseconds
const MOST_LOST = 10_000;

/**
 * Opens the file of a plan's shard, or makes it, so that outcomes can be appended while they come. Those that it has go into the plan.
 *
 * @param command  the arguments that made the plan
 * @throws RangeError if it is another file, or a part of another study
 */
export function openPartFile(where: string, path: string, plan: StudyPlan, command: readonly string[]) {
  const file = trying(where, path, "written", () => openSync(resolve(path), "a"));
  const write = (text: string): void => trying(where, path, "written", () => appendFileSync(file, text));
  const complete = continueFile(where, path, plan, { file, write, header: headerLine(plan, command) });
  const start = performance.now();
  let written = start;
  let waiting: TrialOutcomes[] = [];
  const flush = (now: number): void => {
    if (waiting.length > 0) write(outcomesLine(waiting, now - written));
    [written, waiting] = [now, []];
  };
  return {
    /** How many trials it had already. */
    known: endedTrials(plan),
    take({ row, first }: Chunk, outcomes: Outcomes): void {
      waiting.push({ row, first, outcomes });
      const now = performance.now();
      const wait = Math.min(MOST_LOST, Math.max(LEAST_LOST, LOST_SHARE * (now - start)));
      if (now - written > wait) flush(now);
    },
    /** Writes what is left. */
    close(): void {
      flush(performance.now());
      if (!complete && isDone(plan)) write(COMPLETE_LINE);
      closeSync(file);
    },
  };
}

const isDone = (plan: StudyPlan): boolean => endedTrials(plan) === plannedTrials(plan);

/**
 * Reads what an opened file has, and cuts off what a killed program wrote by half.
 *
 * @param opened  its number, what appends to it, and the first line of this plan's part
 * @returns whether it is complete
 */
function continueFile(
  where: string,
  path: string,
  plan: StudyPlan,
  { file, write, header }: { file: number; write: (text: string) => void; header: string },
): boolean {
  const ends: number[] = [];
  const source = { name: path, lines: () => fileLines(where, path, ends) };
  const [start = ""] = source.lines();
  if (ends.length === 0 && PART_START.startsWith(start.slice(0, PART_START.length))) {
    ftruncateSync(file, 0); // not even the first line was written
    write(header);
    return false;
  }
  checkSame(where, source, header);
  ends.length = 0;
  const found = readPart(where, source, (trials) => {
    if (!isWithin(plan.ranges, trials)) return false;
    const { row, first, outcomes } = trials;
    return addOutcomes(plan.outcomes[row], first - plan.ranges[row].first, outcomes) === undefined;
  });
  const complete = found.complete && isDone(plan);
  const whole = found.wholeLines - (found.complete && !complete ? 1 : 0); // a line was deleted from a complete file
  if (ends.length < whole) write("\n");
  else if (!complete) ftruncateSync(file, ends[whole - 1]);
  return complete;
}

/** Throws unless a file is of this study and of this shard. */
function checkSame(where: string, source: PartSource, header: string): void {
  const theirs = partHeader(where, source);
  const { header: mine } = readLine(header) as PartEntry & { kind: "header" };
  const difference =
    headerDifference(mine, theirs) ??
    (mine.shard === theirs.shard ? undefined : { field: "shard", mine: mine.shard, theirs: theirs.shard });
  if (!difference) return;
  throw new RangeError(
    `${where}: ${oneLine(source.name)} is a part of another study: ${difference.field} is ${difference.theirs} there ` +
      `and ${difference.mine} here; delete it, or give another --out`,
  );
}
