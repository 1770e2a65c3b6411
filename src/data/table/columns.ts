import { unknownName, written } from "../../check.js";
import { counted, oneLine } from "../../words/english.js";
import type { Column } from "./cells.js";
import type { Line } from "./lines.js";

/** The columns of a table, and those that are used. */

/**
 * The table's first line as columns, after checking that it names them and that all lines are as long.
 *
 * @throws RangeError that names the line and column
 */
export function namedColumns(where: string, [header, ...lines]: readonly Line[]): Column[] {
  if (header === undefined) throw new RangeError(`${where}: the table is empty`);
  const names = header.cells.map(oneLine);
  if (names.length < 2)
    throw new RangeError(
      `${where}: the first line must name at least two columns, separated by commas, semicolons or tabs, got ${written(names[0])}; ` +
        "if another character separates them, give delimiter",
    );
  if (names.every((name) => name !== "" && !Number.isNaN(Number(name))))
    throw new RangeError(
      `${where}: the first line must name the columns, got the numbers ${written(names.join(", "))}; ` +
        `put a line of names above them, such as ${names.map((_, i) => (i === names.length - 1 ? "y" : `x${i + 1}`)).join(",")}`,
    );
  const twice = names.find((name, i) => name !== "" && names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`${where}: columns must have different names, got ${written(twice)} twice`);
  if (lines.length === 0) throw new RangeError(`${where}: the table has names of columns and no rows`);
  checkLengths(where, lines, names.length);
  return names.map((name, at) => ({ name, at }));
}

function checkLengths(where: string, lines: readonly Line[], columns: number): void {
  const odd = lines.filter(({ cells }) => cells.length !== columns);
  if (odd.length === 0) return;
  const others = odd.length > 1 ? `, and ${counted(odd.length - 1, "more line")} of another length` : "";
  throw new RangeError(
    `${where}: line ${odd[0].number} must have ${columns} cells as the first line has, got ${odd[0].cells.length}${others}`,
  );
}

/** The columns of these names, in this order. */
export function chosenColumns(
  where: string,
  option: string,
  came: unknown,
  columns: readonly Column[],
): Column[] {
  const names = columns.map(({ name }) => name).filter((name) => name !== "");
  const list = Array.isArray(came) ? came : [came];
  if (came === undefined || list.length === 0)
    throw new TypeError(
      `${where}: ${option} must name at least one column (${names.join(", ")}), got ${written(came)}`,
    );
  list.forEach((name, i) => {
    if (list.indexOf(name) !== i)
      throw new RangeError(`${where}: ${option} must name each column once, got ${written(name)} twice`);
  });
  return list.map((name: unknown) => {
    const found = columns.find((column) => column.name !== "" && column.name === name);
    if (!found) throw unknownName(`${where}: ${option}`, "column", name, names);
    return found;
  });
}
