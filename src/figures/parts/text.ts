import { oneLine } from "../../words/english.js";

/**
 * Text on figures. Plotly reads a part of HTML, entities, `%{…}` templates and `$…$` equations in every text it draws;
 * names from outside are none of these. What is written here reaches the screen letter by letter.
 */

/** Text from outside as Plotly must get it to show it exactly as it is, in titles, labels, legends and hovers. */
export function asText(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N}\p{M} .,:;()+*/=_–—−·…-]/gu, (character) => {
    return `&#${character.codePointAt(0)};`;
  });
}

/** "12 %", "100 of 100", "seed 1", "width 6", "ln 2" and "(0, 1)" stay together. */
const GAP = /(?<!\bof|\bseed|\bwidth|\bln|\((?:[\d.−]+, )*[\d.−]+,) (?!%|of \d)/;

/** Lines of text that fit a width in pixels, ready for Plotly. */
export function wrappedText(text: string, width: number, size: number): { text: string; lines: number } {
  return joined(wrappedLines(oneLine(text), width, size));
}

/** The same for a heading: two lines break at a pause of the sentence. */
export function wrappedHeading(text: string, width: number, size: number): { text: string; lines: number } {
  const lines = wrappedLines(oneLine(text), width, size);
  const paused = lines.length === 2 ? brokenAtPause(oneLine(text), width, size) : undefined;
  return joined(paused ?? lines);
}

/** Two lines that fit, broken after the strongest mark, if neither is a mere stub. */
function brokenAtPause(text: string, width: number, size: number): string[] | undefined {
  for (const mark of [";", ":", ","])
    for (let at = text.indexOf(`${mark} `); at > 0; at = text.indexOf(`${mark} `, at + 1)) {
      const lines = [text.slice(0, at + 1), text.slice(at + 2)];
      const [shorter, longer] = lines.map((line) => textWidth(line, size)).sort((a, b) => a - b);
      if (longer <= width && shorter >= 0.35 * longer) return lines;
    }
  return undefined;
}

function joined(lines: readonly string[]): { text: string; lines: number } {
  return { text: lines.map(asText).join("<br>"), lines: lines.length };
}

/** Plotly never breaks a line by itself, and a figure is as wide as its cell: lines are made for the narrowest. */
function wrappedLines(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(GAP)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = brokenWord(word, width, size);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** A word that is wider than a line, in pieces that are not. */
function brokenWord(word: string, width: number, size: number): string[] {
  const pieces = [""];
  for (const character of Array.from(word)) {
    const longer = pieces[pieces.length - 1] + character;
    if (textWidth(longer, size) <= width || longer === character) pieces[pieces.length - 1] = longer;
    else pieces.push(character);
  }
  return pieces;
}

/** About how wide a text is in pixels: mean widths of Arial's and Helvetica's letters, in parts of the size. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += letterWidth(character);
  return width * size;
}

function letterWidth(character: string): number {
  if (/[ijlI|'.,:;!ftr()[\]/ ]/.test(character)) return 0.31;
  if (/[mwMW@%—…]/.test(character)) return 0.9;
  if (/[A-Z&<>=+~½]/.test(character)) return 0.68;
  return character <= "\u024f" ? 0.57 : 1;
}
