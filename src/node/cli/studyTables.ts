import { DATA_NAMES } from "../../data/fixed.js";
import { readTable, type TableOptions } from "../../data/readTable.js";
import type { StudyOptions } from "../../study/settings.js";

/** The flags that say how tables in files are read. */
export const TABLE_FLAGS = ["target", "scale", "decimal", "validation"] as const;
type TableFlag = (typeof TABLE_FLAGS)[number];

/**
 * A study's options in which each `data` that is the path of a table is that table.
 *
 * @throws RangeError if a table comes without its target, or if flags for tables come without one
 */
export function withTables(
  options: StudyOptions & { readonly data?: readonly string[] },
  { target, scale, decimal, validation }: Readonly<Partial<Record<TableFlag, string>>>,
): StudyOptions {
  const isFile = (data: unknown): data is string =>
    typeof data === "string" && !(DATA_NAMES as readonly string[]).includes(data) && /[./\\]/.test(data);
  const files = (options.data ?? []).filter(isFile);
  if (files.length === 0 && (target ?? scale ?? decimal ?? validation) !== undefined)
    throw new RangeError(
      "xorlab study: --target, --scale, --decimal and --validation are for a table: --data FILE",
    );
  if (files.length > 0 && target === undefined)
    throw new RangeError("xorlab study: --target must name the column that the network should answer");
  if (files.length === 0) return options;
  const columns = (target ?? "").split(",").map((name) => name.trim());
  const how = { target: columns.length === 1 ? columns[0] : columns, decimal } as TableOptions;
  const scaled = { ...how, scale } as TableOptions;
  return {
    ...options,
    data: options.data?.map((data) => (isFile(data) ? readTable(data, scaled) : data)),
    ...(validation === undefined ? {} : { validation: readTable(validation, how) }),
  };
}
