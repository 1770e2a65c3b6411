// Where an error is in the sources. Node could say so itself (--enable-source-maps), but would read the map of every file
// that a test loads, which takes longer than loading them.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * A text with the places in compiled files, as stacks have them, turned into places in their sources.
 * @param {string} text
 * @returns {string}
 */
export function inSources(text) {
  /** @type {Map<string, SourceMap | undefined>} */
  const maps = new Map();
  return text.replace(
    /((?:(?<![A-Za-z])[A-Za-z]:)?[\\/][^\n():]+\.js):(\d+):(\d+)/g,
    (place, file, line, column) => {
      if (!maps.has(file)) maps.set(file, mapOf(file));
      const found = maps.get(file)?.findEntry(line - 1, column - 1);
      if (!found || !("originalSource" in found)) return place;
      const source = resolve(dirname(file), found.originalSource);
      return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    },
  );
}

/**
 * @param {string} file
 * @returns {SourceMap | undefined}  undefined if it has none
 */
function mapOf(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  } catch {
    return undefined;
  }
}
