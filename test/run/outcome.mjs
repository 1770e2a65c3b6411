// Runs one test file in a process of its own, and reports how it ended.
import { join } from "node:path";
import { run } from "node:test";
import { inspect } from "node:util";
import { TEST_FOLDER } from "./files.mjs";
import { inSources } from "./sources.mjs";

const FILE_LIMIT = 30 * 60 * 1000; // milliseconds: far above the slowest, so that only a hanging file meets it

const COMPILED = join(TEST_FOLDER, "..", "dist", "test");

/**
 * @typedef {object} Outcome  of one test file
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped  the reason for each
 * @property {string[]} failures  each in full
 * @property {string} printed  what the tests printed
 * @property {number} seconds
 */

/**
 * @param {string} name  the file's path in test/
 * @returns {Promise<Outcome>}
 */
export async function runFile(name) {
  const file = join(COMPILED, name.replace(/\.ts$/, ".js"));
  /** @type {Outcome} */
  const outcome = { name, passed: 0, failed: 0, skipped: [], failures: [], printed: "", seconds: 0 };
  const start = performance.now();
  for await (const { type, data } of run({ files: [file], timeout: FILE_LIMIT })) {
    if (type === "test:pass") countPass(outcome, data, file);
    else if (type === "test:fail") countFailure(outcome, data);
    else if (type === "test:stdout" || type === "test:stderr") outcome.printed += data.message;
  }
  if (outcome.passed + outcome.failed + outcome.skipped.length === 0) {
    outcome.failed = 1;
    outcome.failures.push("there is no test in this file");
  }
  outcome.seconds = (performance.now() - start) / 1000;
  return outcome;
}

/**
 * @param {Outcome} outcome
 * @param {any} data  of node:test's event
 * @param {string} file
 */
function countPass(outcome, data, file) {
  if (data.details.type === "suite" || data.name === file) return; // a file without tests passes under its own name
  if (data.skip !== undefined || data.todo !== undefined)
    outcome.skipped.push(`${data.name}: ${data.skip ?? data.todo}`);
  else outcome.passed++;
}

/**
 * @param {Outcome} outcome
 * @param {any} data  of node:test's event
 */
function countFailure(outcome, { name, details }) {
  const inside = details.error?.failureType === "subtestsFailed"; // told by the tests inside
  if (details.type === "suite" && inside) return;
  outcome.failed++;
  if (!inside) outcome.failures.push(`${name}\n${inspect(details.error?.cause ?? details.error)}`);
}

/**
 * @param {Outcome} outcome
 * @param {boolean} skipsFail  whether a skipped test is a failure
 */
export function report({ name, passed, failed, skipped, failures, printed, seconds }, skipsFail) {
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  const bad = failed > 0 || (skipsFail && skipped.length > 0);
  const time = `${seconds.toFixed(1)} s`.padStart(8);
  console.log(`${bad ? "✗" : "✓"} ${name.padEnd(40)} ${time}   ${counts.join(", ")}`);
  for (const skip of skipped) console.log(`    skipped: ${skip}`);
  const shown = (/** @type {string} */ text) => inSources(text.trimEnd()).replaceAll("\n", "\n    ");
  for (const failure of failures) console.log(`\n  ✗ ${shown(failure)}\n`);
  if (failed > 0 && printed) console.log(`  it printed:\n    ${shown(printed)}\n`);
}
