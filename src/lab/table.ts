import { sortedLabels } from "../data/labels.js";
import { numbersIn } from "../data/table/cells.js";
import { namedColumns } from "../data/table/columns.js";
import { tableLines } from "../data/table/lines.js";
import { MOST_CLASSES, type Table, type TableColumn } from "./setting.js";

/** What the columns of a table can be used for. */

const MOST_ROWS = 5000; // more would train too long to be looked at

/**
 * The columns of a file's text, read as readTable() reads it.
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
  const found = columns.map((column): TableColumn => {
    const values = [...new Set(rows.map(({ cells }) => cells[column.at]))];
    const numeric = isNumeric(() => numbersIn(WHERE, rows, [column]));
    const few = values.length >= 2 && values.length <= MOST_CLASSES;
    return { name: column.name, numeric, classes: few ? sortedLabels(values) : undefined };
  });
  if (!found.some(({ classes }) => classes))
    throw new RangeError(
      `a column of 2 to ${MOST_CLASSES} different values is needed, as classes to tell apart; for other targets take a notebook`,
    );
  return { name, text, columns: found };
}

const WHERE = "table";

function isNumeric(read: () => void): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
