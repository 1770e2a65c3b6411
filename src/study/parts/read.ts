import { oneLine } from "../../words/english.js";
import { type PartHeader, readLine, type TrialOutcomes } from "./lines.js";

/** A part of a study, and what errors call it. */
export interface PartSource {
  readonly name: string;
  /** Its text, line by line, from the beginning at every call. */
  lines(): Iterable<string>;
}

/**
 * What made a part.
 *
 * @throws RangeError if it is not a part
 */
export function partHeader(where: string, { name, lines }: PartSource): PartHeader {
  for (const line of lines()) {
    const entry = readLine(line);
    if (entry?.kind === "header") return entry.header;
    break;
  }
  throw new RangeError(
    `${where}: ${oneLine(name)} must be a part of a study (made by xorlab study --out, or studyPart), got something else`,
  );
}

/**
 * Reads the outcomes of a part whose header has been read.
 *
 * @param take  receives them; false if they cannot be of this part
 * @returns how many lines are as they were written (the last one may be half-written, and does not count); whether its program had
 *   done all of its trials; how long they took
 * @throws RangeError if a line before the last one is damaged
 */
export function readPart(
  where: string,
  { name, lines }: PartSource,
  take: (trials: TrialOutcomes) => boolean,
) {
  let [number, wholeLines, milliseconds, complete] = [0, 0, 0, false];
  for (const line of lines()) {
    number++;
    if (line.trim() === "") continue;
    if (wholeLines < number - 1)
      throw new RangeError(
        `${where}: line ${wholeLines + 1} of ${oneLine(name)} is damaged; delete this line, and its trials are run again`,
      );
    const entry = readLine(line);
    if (!entry) continue;
    if (entry.kind === "outcomes") {
      if (!entry.trials.every(take)) continue;
      milliseconds += entry.milliseconds;
    }
    if (entry.kind === "complete") complete = true;
    wholeLines = number;
  }
  return { wholeLines, complete, milliseconds };
}
