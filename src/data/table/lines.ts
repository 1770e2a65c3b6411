import { plainText, written } from "../../check.js";
import { listed } from "../../words/english.js";

/** The text of a table as lines of cells. */

/** As much of Papa Parse as is used here. (Its published declarations need those of Node.) */
interface PapaParse {
  parse(
    text: string,
    options: { readonly delimiter: string; readonly newline: string },
  ): {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly { readonly code: string; readonly index: number }[];
  };
}

/** Loads it when the first table is read. */
declare function require(name: "papaparse"): PapaParse;

/** One line of a table. */
export interface Line {
  /** The number that an editor gives it, from 1; of a line with line breaks in quotes that of its start. */
  readonly number: number;
  /** Without spaces around them. */
  readonly cells: readonly string[];
}

/** Longer texts are refused: ten million numbers of ten characters each. */
export const MOST_CHARACTERS = 100_000_000;

/**
 * The lines of a table; blank ones are left out.
 *
 * @param delimiter  what separates cells; found in the first line unless given
 * @throws RangeError that names the line where a quote is wrong, or says why the delimiter cannot be found
 */
export function tableLines(where: string, text: string, delimiter: string | undefined): Line[] {
  if (text.length > MOST_CHARACTERS)
    throw new RangeError(
      `${where}: a table must have at most ${MOST_CHARACTERS} characters, got ${text.length}`,
    );
  const whole = text.replace(/\r\n?/g, "\n");
  const [first = "", said] = EXCEL.exec(whole) ?? [];
  const plain = first === "" ? whole : `\n${whole.slice(first.length)}`; // a blank line in its place keeps the numbers of the others
  const separator = delimiter ?? said ?? foundDelimiter(where, plain);
  const { data, errors } = require("papaparse").parse(plain, { delimiter: separator, newline: "\n" });
  if (errors.length > 0) throw quoteError(where, plain, errors[0]);
  const lines: Line[] = [];
  let number = 1;
  for (const row of data) {
    const cells = row.map((cell) => cell.trim());
    if (cells.length > 1 || cells[0] !== "") lines.push({ number, cells });
    number += row.reduce((breaks, cell) => breaks + lineBreaks(cell), 1);
  }
  return lines;
}

/** A first line by which a table tells Excel what separates its cells. */
const EXCEL = /^\ufeff?"?sep=(.)"?[^\S\n]*\n/i;

function quoteError(where: string, text: string, error: { code: string; index: number }): Error {
  const line = 1 + lineBreaks(text.slice(0, error.index));
  const rule =
    error.code === "MissingQuotes"
      ? "a quote is opened and never closed"
      : 'a closing quote must be the end of its cell; write "" for a quote within quotes';
  return new RangeError(`${where}: line ${line}: ${rule}`);
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

const DELIMITERS = { commas: ",", semicolons: ";", tabs: "\t" } as const;

/** What separates the names in the first line that is not blank; a comma if nothing does. */
function foundDelimiter(where: string, text: string): string {
  const unquoted = text.replace(/"[^"]*("|$)/g, "").trimStart();
  const header = unquoted.split("\n", 1)[0];
  const found = Object.entries(DELIMITERS).filter(([, delimiter]) => header.includes(delimiter));
  if (found.length <= 1) return found[0]?.[1] ?? ",";
  throw new RangeError(
    `${where}: the first line has ${listed(found.map(([name]) => name))}; say which of them separate columns: ` +
      `delimiter: ${found.map(([, delimiter]) => JSON.stringify(delimiter)).join(" or ")}`,
  );
}

/** A given delimiter: one character. */
export function checkedDelimiter(where: string, came: unknown): string | undefined {
  if (came === undefined) return undefined;
  const delimiter = plainText(where, "delimiter", came);
  if (!/^[^\w."\n\r+-]$/.test(delimiter))
    throw new RangeError(
      `${where}: delimiter must be one character that is not part of numbers, such as ";" or "\\t", got ${written(came)}`,
    );
  return delimiter;
}
