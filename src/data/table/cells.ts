import { written } from "../../check.js";
import { counted } from "../../words/english.js";
import type { Line } from "./lines.js";

/** What the cells of a table hold: numbers, text or nothing. */

/** One column of a table that is used. */
export interface Column {
  readonly name: string;
  /** Its place in a line. */
  readonly at: number;
}

const NOTHING = new Set(["", "na", "n/a", "#n/a", "nan", "null", "?"]);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What stands before the decimals of a table's numbers. */
export type Decimal = "." | ",";

export function checkedDecimal(where: string, came: unknown): Decimal {
  if (came === undefined) return ".";
  if (came === "." || came === ",") return came;
  throw new RangeError(`${where}: decimal must be "." or ",", got ${written(came)}`);
}

/** A cell as programs write numbers; where a comma stands before the decimals, what has a point is none. */
function plain(cell: string, decimal: Decimal): string {
  return decimal === "." ? cell : cell.replace(/[.,]/g, (mark) => (mark === "," ? "." : ","));
}

/** Throws if a cell of these columns is empty or says that its value is missing. */
export function checkComplete(where: string, lines: readonly Line[], columns: readonly Column[]): void {
  let first: string | undefined;
  let count = 0;
  for (const { number, cells } of lines)
    for (const { name, at } of columns) {
      if (!NOTHING.has(cells[at].toLowerCase())) continue;
      first ??= `line ${number}, column ${written(name)}, has no value (${written(cells[at])})`;
      count += 1;
    }
  if (first === undefined) return;
  const others =
    count > 1 ? `, and ${counted(count - 1, "more cell")} ${count > 2 ? "have" : "has"} none` : "";
  throw new RangeError(
    `${where}: ${first}${others}; fill ${count > 1 ? "them" : "it"} in, remove such lines, or leave such columns out by features`,
  );
}

/** The numbers of some columns, row after row. */
export function numbersIn(
  where: string,
  lines: readonly Line[],
  columns: readonly Column[],
  decimal: Decimal = ".",
): Float64Array {
  const numbers = new Float64Array(lines.length * columns.length);
  lines.forEach(({ number, cells }, row) => {
    columns.forEach(({ name, at }, column) => {
      const value = numberIn(plain(cells[at], decimal));
      if (value === undefined)
        throw new RangeError(
          `${where}: line ${number}, column ${written(name)}, must be a number, got ${written(cells[at])}; ${advice(cells[at], decimal)}`,
        );
      numbers[row * columns.length + column] = value;
    });
  });
  return numbers;
}

/** The number that a cell holds; undefined if it holds something else, or a number that single precision cannot hold. */
function numberIn(cell: string): number | undefined {
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
  return Number.isFinite(Math.fround(value)) ? value : undefined;
}

/** Digits with commas, points, spaces or apostrophes among them: a number as people write it, but not as programs do. */
const PUNCTUATED = /^[+\-−]?\d[\d.,'’\s]*$/;

/**
 * Whether a column is one of labels: none of its cells is a number or looks like one.
 *
 * @throws RangeError if it mixes numbers and text
 */
export function holdsLabels(
  where: string,
  lines: readonly Line[],
  { name, at }: Column,
  decimal: Decimal,
): boolean {
  const looksNumeric = ({ cells }: Line) =>
    NUMBER.test(plain(cells[at], decimal)) || PUNCTUATED.test(cells[at]);
  const text = lines.find((line) => !looksNumeric(line));
  if (!text) return false;
  const numeric = lines.find(looksNumeric);
  if (!numeric) return true;
  throw new RangeError(
    `${where}: column ${written(name)} must hold numbers alone or labels alone, got ${written(numeric.cells[at])} in line ` +
      `${numeric.number} and ${written(text.cells[at])} in line ${text.number}; if all are labels, list them as classes`,
  );
}

/** What to do about a cell that is no number. */
function advice(cell: string, decimal: Decimal): string {
  if (NUMBER.test(plain(cell, decimal))) return "it must fit into single precision, which ends at 3.4e38";
  if (cell.startsWith("−")) return "write the minus as -";
  if (decimal === "." && /^[+-]?\d+,\d+$/.test(cell) && !/,\d{3}$/.test(cell))
    return `if all numbers have a decimal comma, give decimal: ","; else write it as a point: ${cell.replace(",", ".")}`;
  if (PUNCTUATED.test(cell)) {
    const [mark, example] = decimal === "." ? ["point", "1234.5"] : ["comma", "1234,5"];
    return `write it with a decimal ${mark} and without separators of thousands, as ${example}`;
  }
  return "write a number for each text, or leave the column out by features";
}
