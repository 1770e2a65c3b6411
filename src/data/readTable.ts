import { differentNames, optionsObject, plainText, written } from "../check.js";
import { platform } from "../platform.js";
import { assembled } from "./assembled.js";
import type { Dataset } from "./dataset.js";
import { labelled } from "./labels.js";
import type { ScaleMethod } from "./scaling.js";
import {
  type Column,
  checkComplete,
  checkedDecimal,
  type Decimal,
  holdsLabels,
  numbersIn,
} from "./table/cells.js";
import { chosenColumns, namedColumns } from "./table/columns.js";
import { checkedDelimiter, type Line, MOST_CHARACTERS, tableLines } from "./table/lines.js";

/** How readTable() reads a table. */
export interface TableOptions {
  /** The column that a network is to predict, by name; an array of several numeric columns for several outputs. */
  readonly target: string | readonly string[];
  /** The columns that a network sees, in this order; all others unless given. */
  readonly features?: readonly string[];
  /** Scales the columns, as in `dataset`: "standard" or "minMax". */
  readonly scale?: ScaleMethod;
  /** What separates the cells of a line; a comma, a semicolon or a tab is found unless given. */
  readonly delimiter?: string;
  /** What stands before the decimals of a number: a point unless given, or a comma, as in 1,5. */
  readonly decimal?: "." | ",";
  /** What figures and tables call the data; the file's name without its ending, or "my data", unless given. */
  readonly name?: string;
  /**
   * All classes in their order: for labels, also for those that are written as numbers. For a column of two numbers: what the
   * lower and the higher stand for.
   */
  readonly classes?: readonly string[];
}

const WHERE = "readTable";
const OPTION_NAMES = ["target", "features", "scale", "delimiter", "decimal", "name", "classes"] as const;

/**
 * Data from a table in a text file (CSV or TSV).
 *
 * The first line names the columns. All cells that are used must hold numbers, written with a decimal point (or see `decimal`), except for those of
 * a target column of labels. Nothing is guessed and nothing is left out silently: missing values, text among numbers, lines of
 * another length and names that are not there are errors, which give the line as an editor numbers it. The task follows from the
 * target, as in `dataset`: texts are classes, two numbers are two classes, other numbers are a regression.
 *
 * @param source   the path of a file in UTF-8, or the text itself, which has at least one line break. In a page only the text.
 *                 Addresses of the Web are refused: no request leaves the machine.
 * @param options  see TableOptions
 * @throws TypeError or RangeError that names the line, the column and what to do
 * @example readTable("width,height,kind\n1,2,plum\n3,4,pear\n", { target: "kind" }).classes // ["pear", "plum"]
 */
export function readTable(source: string, options: TableOptions): Dataset {
  const given = optionsObject<TableOptions>(WHERE, options, OPTION_NAMES);
  const { target, features, scale, delimiter, decimal: mark, name, classes } = given;
  const decimal = checkedDecimal(WHERE, mark);
  const names = differentNames(WHERE, "classes", classes);
  const { text, title } = textOf(source);
  const lines = tableLines(WHERE, text, checkedDelimiter(WHERE, delimiter));
  const columns = namedColumns(WHERE, lines);
  const wanted = chosenColumns(WHERE, "target", target, columns);
  const seen =
    features === undefined
      ? otherColumns(columns, wanted)
      : chosenColumns(WHERE, "features", features, columns);
  const both = seen.find((column) => wanted.includes(column));
  if (both) throw new RangeError(`${WHERE}: features must not have the target, got ${written(both.name)}`);
  const rows = lines.slice(1);
  checkComplete(WHERE, rows, [...seen, ...wanted]);
  return assembled(WHERE, {
    name: name === undefined ? title : plainText(WHERE, "name", name),
    features: seen.length,
    featureNames: namesOf(seen),
    inputs: numbersIn(WHERE, rows, seen, decimal),
    ...targetsIn(rows, wanted, names, decimal),
    scale,
  });
}

/** The text of a table, and what it is called. */
function textOf(source: unknown): { readonly text: string; readonly title: string } {
  if (typeof source !== "string")
    throw new TypeError(`${WHERE}: the table must be a path or a text, got ${written(source)}`);
  if (/[\n\r]/.test(source)) return { text: source, title: "my data" };
  if (/^file:/i.test(source))
    throw new RangeError(`${WHERE}: a file is given by its path, such as "data.csv", got ${written(source)}`);
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(source))
    throw new RangeError(
      `${WHERE}: no request leaves this machine: save the file, and give its path, got ${written(source)}`,
    );
  if (source === "") throw new RangeError(`${WHERE}: the table must be a path or a text, got ""`);
  const title = source.replace(/^.*[\\/]/, "").replace(/(?!^)\.[^.]*$/, "");
  return { text: platform().readText(WHERE, source, MOST_CHARACTERS), title };
}

function otherColumns(columns: readonly Column[], wanted: readonly Column[]): Column[] {
  const others = columns.filter((column) => !wanted.includes(column));
  const nameless = others.find(({ name }) => name === "");
  if (nameless)
    throw new RangeError(
      `${WHERE}: column ${nameless.at + 1} must have a name in the first line, got ""; or list the columns to be used as features`,
    );
  if (others.length === 0)
    throw new RangeError(`${WHERE}: target must leave at least one column as a feature, got all of them`);
  return others;
}

/** The targets: labels of one column, or the numbers of one or several. */
function targetsIn(
  rows: readonly Line[],
  wanted: readonly Column[],
  classes: readonly string[] | undefined,
  decimal: Decimal,
) {
  const [{ name, at }] = wanted;
  const isLabel =
    wanted.length === 1 &&
    (rows.some(({ cells }) => classes?.includes(cells[at])) || holdsLabels(WHERE, rows, wanted[0], decimal));
  if (isLabel) {
    const labels = rows.map(({ cells }) => cells[at]);
    const placeOf = (row: number) => `line ${rows[row].number}, column ${written(name)}`;
    return { ...labelled(WHERE, labels, classes, placeOf), targetNames: [name] };
  }
  return {
    targets: numbersIn(WHERE, rows, wanted, decimal),
    outputs: wanted.length,
    targetNames: namesOf(wanted),
    classes,
  };
}

function namesOf(columns: readonly Column[]): readonly string[] {
  return Object.freeze(columns.map(({ name }) => name));
}
