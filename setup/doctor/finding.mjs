import { SETUP } from "../paths.mjs";

/**
 * What was found out about one thing that xorlab needs, or may use.
 *
 * @typedef {object} Finding
 * @property {"ok" | "problem" | "note"} state  problem: something needed does not work; note: it could be better
 * @property {string} text
 * @property {string} [cure]  the command that fixes it, where there is something to fix
 *
 * @typedef {{ name: string } & Finding} NamedFinding
 */

/** @type {(text: string) => Finding} */
export const ok = (text) => ({ state: "ok", text });

/** @type {(text: string, cure?: string) => Finding} */
export const problem = (text, cure = SETUP) => ({ state: "problem", text, cure });

/** @type {(text: string, cure: string) => Finding} */
export const note = (text, cure) => ({ state: "note", text, cure });

const MARKS = { ok: "✓", problem: "✗", note: "–" };
const NAME_WIDTH = 17; // columns, so that the texts stand under each other

/**
 * A finding as a person reads it: one line, and the command that fixes it below.
 * @param {NamedFinding} finding
 */
export function findingText({ name, state, text, cure }) {
  const line = `  ${MARKS[state]} ${name.padEnd(NAME_WIDTH)} ${text}\n`;
  return cure === undefined ? line : `${line}${" ".repeat(NAME_WIDTH + 5)}Cure: ${cure}\n`;
}

/**
 * The last line of the page.
 * @param {readonly NamedFinding[]} findings
 */
export function summaryText(findings) {
  const names = findings.filter(({ state }) => state === "problem").map(({ name }) => name);
  if (names.length === 0) return "Everything xorlab needs is installed and works.\n";
  if (names.length === 1) return `One thing needs fixing: ${names[0]}.\n`;
  return `${names.length} things need fixing, best in this order: ${names.join(", ")}.\n`;
}

/**
 * The same for programs.
 * @param {readonly NamedFinding[]} findings
 */
export function reportJson(findings) {
  const good = findings.every(({ state }) => state !== "problem");
  return `${JSON.stringify({ ok: good, findings }, null, 2)}\n`;
}
