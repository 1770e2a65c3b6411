import type { CellPlace } from "./positions.js";

const BEFORE = 1; // lines of context above

/** The line of a place with a mark under it, and the line above for orientation. */
export function excerpt(source: string, { line, column }: CellPlace, length = 1): string {
  const lines = source.split("\n");
  const width = String(line).length;
  const first = Math.max(1, line - BEFORE);
  const shown: string[] = [];
  for (let number = first; number <= line; number++) {
    const mark = number === line ? ">" : " ";
    shown.push(`  ${mark} ${String(number).padStart(width)} | ${(lines[number - 1] ?? "").trimEnd()}`);
  }
  const text = lines[line - 1] ?? "";
  const marked = [...text.slice(column - 1, column - 1 + length)].map(columns).join("") || " ";
  const under = `${[...text.slice(0, column - 1)].map(padding).join("")}\x1b[31m${"^".repeat(marked.length)}\x1b[0m`;
  return [...shown, `    ${" ".repeat(width)} | ${under}`].join("\n");
}

/** As much blank as a character is wide; a tab stays one. */
function padding(character: string): string {
  return character === "\t" ? "\t" : columns(character);
}

/** Emoji and the scripts of East Asia take two columns in a fixed-width font. */
function columns(character: string): string {
  return /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(
    character,
  )
    ? "  "
    : " ";
}
