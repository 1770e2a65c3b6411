import { sortedLabels } from "../data/labels.js";
import { type Column, type Decimal, numbersIn } from "../data/table/cells.js";
import { namedColumns } from "../data/table/columns.js";
import { type Line, tableLines } from "../data/table/lines.js";
import { MOST_CLASSES, type Table, type TableColumn } from "./setting.js";

/** What the columns of a table can be used for. */

const MOST_ROWS = 5000; // more would train too long to be looked at

/**
 * The columns of a file's text, read as readTable() reads it; whether its numbers have a decimal comma is found here.
 *
 * @throws RangeError that names the line at fault
 */
export function tableOf({ name, text }: Pick<Table, "name" | "text">): Table {
  const lines = tableLines(WHERE, text, undefined);
  const columns = namedColumns(WHERE, lines);
  const rows = lines.slice(1);
  if (rows.length > MOST_ROWS)
    throw new RangeError(
      `the table has ${rows.length} rows, and at most ${MOST_ROWS} are trained on here; take a part of them, or a notebook`,
    );
  const read = (decimal: Decimal) => columns.map((column) => isNumeric(rows, column, decimal));
  const [withPoints, withCommas] = [read("."), read(",")];
  // A comma before three digits may separate thousands.
  const isDecimal = columns.some(
    ({ at }, i) => withCommas[i] && !withPoints[i] && rows.some(({ cells }) => CLEAR_COMMA.test(cells[at])),
  );
  const found = columns.map((column, i): TableColumn => {
    const values = [...new Set(rows.map(({ cells }) => cells[column.at]))];
    const numeric = (isDecimal ? withCommas : withPoints)[i];
    const few = values.length >= 2 && values.length <= MOST_CLASSES;
    return { name: column.name, numeric, classes: few ? sortedLabels(values) : undefined };
  });
  if (!found.some(({ classes }) => classes))
    throw new RangeError(
      `a column of 2 to ${MOST_CLASSES} different values is needed, as classes to tell apart; for other targets take a notebook`,
    );
  return { name, text, columns: found, ...(isDecimal ? { decimal: "," } : {}) };
}

const WHERE = "table";
const CLEAR_COMMA = /,(\d{1,2}|\d{4,})$/;

function isNumeric(rows: readonly Line[], column: Column, decimal: Decimal): boolean {
  try {
    numbersIn(WHERE, rows, [column], decimal);
    return true;
  } catch {
    return false;
  }
}
