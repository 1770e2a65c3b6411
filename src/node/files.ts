import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { oneLine } from "../words/english.js";
import { sizeText } from "../words/numbers.js";

/** Files that users name. Errors say who asked for them, and why they cannot be had. */

/**
 * Does something with a file or folder.
 *
 * @param what  the participle for the error: "written"
 * @throws RangeError that names the file
 */
export function trying<Result>(where: string, path: string, what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new RangeError(`${where}: ${oneLine(path)} cannot be ${what}: ${(error as Error).message}`);
  }
}

/** The names in a folder, in their order; none where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Writes a text in UTF-8; a file that is there is replaced. */
export function writeText(where: string, path: string, text: string): void {
  const file = resolve(path);
  trying(where, file, "written", () => writeFileSync(file, text));
}

const NOT_UTF8 = "is not a text in UTF-8; save it as CSV with this encoding";

/** The text of a table's file, which may have so many bytes. */
export function readText(where: string, path: string, most: number): string {
  const file = resolve(path);
  const refused = (why: string) => new RangeError(`${where}: ${oneLine(file)} ${why}`);
  const found = trying(where, file, "read", () => statSync(file, { throwIfNoEntry: false }));
  if (!found) throw refused("does not exist; text instead of a path must have a line break");
  if (found.isDirectory()) throw refused("is a folder");
  if (found.size > most) throw refused(`must have at most ${sizeText(most)}, got ${sizeText(found.size)}`);
  const bytes = trying(where, file, "read", () => readFileSync(file));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text; // as UTF-16 has between its letters
  } catch {
    // its letters are of another encoding
  }
  throw refused(NOT_UTF8);
}
