import { optionsObject, trueOrFalse, written } from "../../check.js";
import { VERSION } from "../../version.js";
import { counted, listed, oneLine } from "../../words/english.js";
import { addOutcomes } from "../outcomes.js";
import { makePlan, type StudyPlan } from "../plan.js";
import { makeStudy, planOf, type Study } from "../result.js";
import { readShard, shardText, type TrialRange, trialRanges } from "../shard.js";
import { headerDifference } from "./difference.js";
import { type PartHeader, partLines, type TrialOutcomes } from "./lines.js";
import { missingShards, missingText, type PartRead } from "./missing.js";
import { type PartSource, partHeader, readPart } from "./read.js";

/** How mergeStudies() puts parts together. */
export interface MergeOptions {
  /** Whether trials may be missing: the study is then "stopped", and its rows hold what is there. False unless given. */
  readonly partial?: boolean;
}

/**
 * Puts the parts of a study together: `study({ …, shard: "3/10" })` made them, on one machine or on several. The result
 * is, to the bit, what `study()` gives without `shard`: rows, trials, intervals. A trial that is in several parts counts once.
 *
 * @param parts    studies, or their texts: what `studyPart` gives and `xorlab study --out FILE` writes; in any order
 * @param options  see MergeOptions
 * @returns the whole study; `milliseconds` is what the parts took together
 * @throws TypeError or RangeError if parts do not belong together, disagree, are damaged, or if trials are missing
 * @example mergeStudies([await study({ trials: 4, shard: "1/2" }), await study({ trials: 4, shard: "2/2" })]).rows[0].trials // 4
 */
export function mergeStudies(parts: readonly (Study | string)[], options: MergeOptions = {}): Study {
  const where = "mergeStudies";
  const { partial = false } = optionsObject<MergeOptions>(where, options, ["partial"]);
  const mayMiss = trueOrFalse(where, "partial", partial);
  if (!Array.isArray(parts))
    throw new TypeError(
      `${where}: parts must be an array of studies or of their texts, got ${written(parts)}`,
    );
  const { study, missing } = mergeParts(
    where,
    Array.from(parts, (part, i) => sourceOf(where, part, i)),
  );
  if (missing.length === 0 || mayMiss) return study;
  throw new RangeError(
    `${where}: trials are missing: ${missing.map(missingText).join("; ")}. Run study() with the same options and ` +
      `shard: "${shardText(missing[0].shard)}", …; { partial: true } merges what there is`,
  );
}

/**
 * The text of a study, or of one of its parts, from which `mergeStudies` makes the study again: to be kept in a file, or sent
 * to another machine. It has the options, the outcomes of all trials that ended, and data of one's own.
 *
 * @throws TypeError if it is not a study
 * @example mergeStudies([studyPart(await study({ trials: 2, epochs: 1 }))]).rows[0].trials // 2
 */
export function studyPart(study: Study): string {
  const lines = linesOf(study);
  if (!lines) throw new TypeError(`studyPart: the study must be what study() gave, got ${written(study)}`);
  return [...lines()].join("");
}

function linesOf(study: unknown): (() => Iterable<string>) | undefined {
  const plan = typeof study === "object" && study !== null ? planOf(study as Study) : undefined;
  return plan && (() => partLines(plan, (study as Study).milliseconds));
}

function sourceOf(where: string, part: unknown, i: number): PartSource {
  const lines = typeof part === "string" ? () => part.split("\n") : linesOf(part);
  if (lines) return { name: `part ${i + 1}`, lines };
  throw new TypeError(
    `${where}: parts must be studies or their texts, got ${written(part)} as part ${i + 1}`,
  );
}

/** Puts parts together; see mergeStudies(). The study is "stopped" if trials are missing. */
export function mergeParts(where: string, sources: readonly PartSource[]) {
  if (sources.length === 0) throw new RangeError(`${where}: there must be at least one part, got none`);
  const headers = headersOf(where, sources);
  checkTogether(where, sources, headers);
  const { plan } = makePlan(headers[0].options);
  const parts: PartRead[] = [];
  let milliseconds = 0;
  for (const [i, source] of sources.entries()) {
    const { command } = headers[i];
    const shard = readShard(where, headers[i].shard, plan.settings.length * plan.trials);
    const ranges = trialRanges(shard, plan.settings.length, plan.trials);
    let ended = 0;
    const found = readPart(where, source, (trials) => {
      if (!isWithin(ranges, trials)) return false;
      const { row, first, outcomes } = trials;
      const differs = addOutcomes(plan.outcomes[row], first, outcomes);
      if (differs !== undefined) throw contradiction(where, source, parts, row, first + differs, plan);
      ended += outcomes.status.length;
      return true;
    });
    milliseconds += found.milliseconds;
    parts.push({ name: source.name, shard, ended, command });
  }
  const missing = missingShards(parts, plan.outcomes, plan.trials);
  const study = makeStudy(plan, missing.length > 0 ? "stopped" : "completed", milliseconds);
  return { study, missing, parts };
}

/** All headers. Options that are alike, and the data in them, are kept once. */
function headersOf(where: string, sources: readonly PartSource[]): readonly PartHeader[] {
  const [first, ...others] = sources;
  const mine = partHeader(where, first);
  const { options, optionsText } = mine;
  const theirs = others.map((source) => {
    const header = partHeader(where, source);
    return header.optionsText === optionsText ? { ...header, options, optionsText } : header;
  });
  return [mine, ...theirs];
}

/** Throws unless this version made all parts, of one study. */
function checkTogether(where: string, sources: readonly PartSource[], headers: readonly PartHeader[]): void {
  const names = (test: (header: PartHeader) => boolean): string => {
    const fitting = sources.filter((_, i) => test(headers[i])).map(({ name }) => oneLine(name));
    if (fitting.length <= MOST_NAMED) return listed(fitting);
    return listed([...fitting.slice(0, MOST_NAMED), counted(fitting.length - MOST_NAMED, "other")]);
  };
  const [mine] = headers;
  for (const header of headers) {
    const found = headerDifference(mine, header);
    if (!found) continue;
    const { field, theirs } = found;
    const alike = (other: PartHeader) => {
      const difference = headerDifference(mine, other);
      return difference?.field === field && difference.theirs === theirs;
    };
    const same = names((other) => headerDifference(mine, other) === undefined);
    throw new RangeError(
      `${where}: these are not parts of one study: ${field} is ${found.mine} in ${same}, and ${theirs} in ${names(alike)}`,
    );
  }
  if (mine.version !== VERSION)
    throw new RangeError(
      `${where}: the parts must be of this version of xorlab, ${VERSION}, got ${mine.version}; merge them with that one`,
    );
}

const MOST_NAMED = 4; // parts, in an error

/** Whether outcomes are of these trials. */
export function isWithin(ranges: readonly TrialRange[], { row, first, outcomes }: TrialOutcomes): boolean {
  const range = ranges[row];
  if (range === undefined) return false;
  return first >= range.first && first + outcomes.status.length <= range.first + range.count;
}

/** The error that one trial ended in two ways. */
function contradiction(
  where: string,
  { name }: PartSource,
  before: readonly PartRead[],
  row: number,
  trial: number,
  { settings, trials }: StudyPlan,
): Error {
  const holders = before.filter(({ shard }) => {
    const { first, count } = trialRanges(shard, settings.length, trials)[row];
    return trial >= first && trial < first + count;
  });
  const names = [...holders.map((part) => oneLine(part.name)), oneLine(name)];
  return new RangeError(
    `${where}: trial ${trial} of row ${row} ended differently in ${listed([...new Set(names)])}, though its seed is the same: ` +
      "one of them was changed, or another program made it",
  );
}
